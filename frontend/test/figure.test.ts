import assert from "node:assert/strict";
import { test } from "node:test";
import { mixed, momentAt, tinted, viewWords, type Motion } from "../src/figure/motion.ts";
// Written from what the server says: see tests/test_figure_playing.py.
import told from "./figure-motion.json" with { type: "json" };

const motion = told as unknown as Motion;

test("the server's motion has a move for each bone and each moment", () => {
  assert.equal(motion.version, 1);
  assert.equal(motion.moves.length, motion.t_s.length);
  for (const row of motion.moves) assert.equal(row.length, motion.bones.length * 7);
  for (const prop of motion.props) {
    assert.ok(prop.at.length === 1 || prop.at.length === motion.t_s.length);
    for (const row of prop.at) assert.equal(row.length, 8);
  }
  assert.ok(motion.peak >= 0 && motion.peak < motion.t_s.length);
  assert.ok(motion.low_m.every((low, i) => low < (motion.high_m[i] ?? low)));
});

const course = { t_s: [0, 1, 2], length_s: 3 };
const moments: [number, number, number, number][] = [
  [0, 0, 1, 0],
  [0.5, 0, 1, 0.5],
  [2.5, 2, 0, 0.5],
  [3, 0, 1, 0],
  [-0.5, 2, 0, 0.5],
];
for (const [time, before, after, share] of moments) {
  test(`${time} s lies between samples ${before} and ${after}`, () => assert.deepEqual(momentAt(course, time), { before, after, share }));
}

test("a figure of one moment stands still", () => assert.deepEqual(momentAt({ t_s: [0], length_s: 0 }, 7), { before: 0, after: 0, share: 0 }));

test("a turn and its negative are the same turn", () => {
  const into = new Float32Array(7);
  mixed([0, 0, 0, 1, 0, 0, 0], [0, 0, 0, -1, 2, 4, 6], 0.5, 7, into);
  assert.deepEqual([...into], [0, 0, 0, 1, 1, 2, 3]);
});

test("what is mixed of two turns is a turn", () => {
  const into = new Float32Array(7);
  mixed([1, 0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0], 0.3, 7, into);
  assert.ok(Math.abs(Math.hypot(...into) - 1) < 1e-6);
});

test("what does not work is not tinted", () => assert.equal(tinted(0), 0));
test("what works more is tinted more", () => assert.ok(tinted(0.25) < tinted(0.5) && tinted(0.5) < tinted(1) && tinted(1) < 1));

const words: [number, string][] = [
  [0, "from the front"],
  [360, "from the front"],
  [90, "from the left"],
  [-90, "from the right"],
  [40, "from the front, to the left"],
  [-140, "from the back, to the right"],
  [180, "from the back"],
];
for (const [yaw, said] of words) test(`${yaw} degrees is ${said}`, () => assert.equal(viewWords(yaw), said));
