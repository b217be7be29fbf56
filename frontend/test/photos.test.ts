import assert from "node:assert/strict";
import { test } from "node:test";
import { type Body, COUNT_MS, type Gate, LOST_MS, type PhotoPose, STEADY_MS, WAITING, bodyIn, bodyOf, hintOf, passed, trunkOf } from "../src/photos/standing.ts";

/** Somebody who faces the camera in an upright picture. */
const FRONT: Body = {
  nose: { x: 0.375, y: 0.2 },
  leftShoulder: { x: 0.45, y: 0.3 },
  rightShoulder: { x: 0.3, y: 0.3 },
  leftHip: { x: 0.42, y: 0.54 },
  rightHip: { x: 0.33, y: 0.54 },
  wide: 0.75,
};

function changed(body: Body, each: (x: number, y: number) => readonly [number, number]): Body {
  const at = (point: { x: number; y: number }) => {
    const [x, y] = each(point.x, point.y);
    return { x, y };
  };
  const { nose, leftShoulder, rightShoulder, leftHip, rightHip, wide } = body;
  return { nose: nose === null ? null : at(nose), leftShoulder: at(leftShoulder), rightShoulder: at(rightShoulder), leftHip: at(leftHip), rightHip: at(rightHip), wide };
}

const shifted = (body: Body, right: number) => changed(body, (x, y) => [x + right, y]);
const sized = (body: Body, scale: number) => changed(body, (x, y) => [0.375 + (x - 0.375) * scale, 0.42 + (y - 0.42) * scale]);
/** The same seen from behind, and from a side: left and right change places, or fall together. */
const BACK = changed(FRONT, (x, y) => [0.75 - x, y]);
const RIGHT: Body = { ...changed(FRONT, (_, y) => [0.37, y]), nose: { x: 0.42, y: 0.2 } };
const LEFT: Body = { ...changed(FRONT, (_, y) => [0.37, y]), nose: { x: 0.32, y: 0.2 } };
const POSES: Readonly<Record<PhotoPose, Body>> = { front: FRONT, back: BACK, left: LEFT, right: RIGHT };

test("nobody, half a body and two people are told what to change", () => {
  assert.equal(hintOf("front", null, null, 0), "Step into the picture.");
  assert.equal(hintOf("front", null, null, 1), "Step back until head and hips are in the picture.");
  assert.equal(hintOf("front", FRONT, null, 2), "One person in the picture only.");
});

test("points that were not seen make no body", () => {
  const image = new Float32Array(99).fill(50);
  const visibility = new Float32Array(33).fill(1);
  assert.notEqual(bodyOf(image, visibility, 100, 200), null);
  assert.equal(bodyOf(image, visibility.map((_, n) => (n === 23 || n === 24 ? 0.1 : 1)), 100, 200), null);
  assert.notEqual(bodyOf(image, visibility.map((_, n) => (n === 23 ? 0.1 : 1)), 100, 200), null, "one hip stands for both");
  assert.equal(bodyOf(image.map(() => Number.NaN), visibility, 100, 200), null);
  assert.equal(bodyOf([], [], 100, 200), null);
});

test("a kept photo tells where the body was, and unseen points tell nothing", () => {
  const points = [[0.5, 0.2], [0.6, 0.3], [0.4, 0.3], [0.56, 0.54], [0.44, 0.54]] as const;
  const body = bodyIn(points, 300, 400);
  assert.ok(body !== null);
  assert.ok(Math.abs(body.leftShoulder.x - 0.45) < 1e-9);
  assert.ok(Math.abs(trunkOf(body) - 0.24) < 1e-9);
  assert.equal(bodyIn([[0.5, 0.2], [-1, -1], [0.4, 0.3], [0.5, 0.5], [0.4, 0.5]], 300, 400), null);
  assert.equal(bodyIn([], 300, 400), null);
});

for (const pose of ["front", "back", "left", "right"] as const) {
  test(`${pose}: who stands as last time has nothing to do`, () => {
    assert.equal(hintOf(pose, POSES[pose], POSES[pose]), "");
    assert.equal(hintOf(pose, POSES[pose], null), "");
  });

  test(`${pose}: every other way to stand is told to turn`, () => {
    for (const other of ["front", "back", "left", "right"] as const) {
      if (other !== pose) assert.match(hintOf(pose, POSES[other], null), /^(Face|Turn)/, `${other} for ${pose}`);
    }
  });

  test(`${pose}: nearer, farther and aside are told in the right direction`, () => {
    const last = POSES[pose];
    assert.equal(hintOf(pose, sized(last, 1.3), last), "A small step back from the camera.");
    assert.equal(hintOf(pose, sized(last, 0.7), last), "A small step closer.");
    const tooFarLeft = { front: "A small step to your left.", back: "A small step to your right.", right: "A small step forward.", left: "A small step back." }[pose];
    const tooFarRight = { front: "A small step to your right.", back: "A small step to your left.", right: "A small step back.", left: "A small step forward." }[pose];
    assert.equal(hintOf(pose, shifted(last, -0.12), last), tooFarLeft);
    assert.equal(hintOf(pose, shifted(last, 0.12), last), tooFarRight);
  });
}

test("the middle of the picture is the same place in a wide one", () => {
  const wide: Body = { ...shifted(FRONT, 0.5), wide: 1.75 };
  assert.equal(hintOf("front", wide, FRONT), "");
});

test("without a last photo the whole upper body has to be in the picture", () => {
  assert.equal(hintOf("front", sized(FRONT, 2), null), "A step back from the camera.");
  assert.equal(hintOf("front", sized(FRONT, 0.4), null), "A step closer.");
  assert.equal(hintOf("front", changed(FRONT, (x, y) => [x, y - 0.2]), null), "Lower the camera, or step back: your head is cut off.");
  assert.equal(hintOf("front", shifted(FRONT, 0.32), null), "Step back until head and hips are in the picture.");
});

/** Look at a body every 100 ms; `hints` are what stands in the way at each look. */
function watched(hints: readonly string[], body: Body = FRONT, from: Gate = WAITING) {
  let gate = from;
  return hints.map((hint, n) => {
    const verdict = passed(gate, hint, body, 100 * n);
    gate = verdict.gate;
    return verdict;
  });
}
const STEADY = STEADY_MS / 100;
const COUNT = COUNT_MS / 100;

test("the countdown begins after a while of standing well, counts three, two, one, and takes one photo", () => {
  const seen = watched(Array<string>(STEADY + COUNT + 1).fill(""));
  assert.ok(seen.slice(0, STEADY).every(({ left, take }) => left === null && !take));
  assert.deepEqual([...new Set(seen.slice(STEADY, -1).map(({ left }) => left))], [3, 2, 1]);
  assert.deepEqual(seen.flatMap(({ take }, n) => (take ? [n] : [])), [STEADY + COUNT]);
  assert.deepEqual(seen.at(-1)?.gate, WAITING);
});

test("a short look away does not stop it, a longer one does", () => {
  const short = LOST_MS / 100 - 1;
  const all = (lost: number) => [...Array<string>(STEADY + 5).fill(""), ...Array<string>(lost).fill("A small step closer."), ...Array<string>(COUNT).fill("")];
  assert.equal(watched(all(short)).filter(({ take }) => take).length, 1);
  const stopped = watched(all(short + 3));
  assert.equal(stopped.filter(({ take }) => take).length, 0);
  assert.equal(stopped[STEADY + 5 + short + 1]?.hint, "A small step closer.");
});

test("no photo is taken while something stands in the way", () => {
  assert.ok(watched(Array<string>(200).fill("Step into the picture.")).every(({ take, left }) => !take && left === null));
});

test("who moves is asked to stand still", () => {
  let gate: Gate = WAITING;
  for (let n = 0; n < 60; n++) {
    const verdict = passed(gate, "", shifted(FRONT, 0.02 * (n % 2 === 0 ? 1 : -1)), 100 * n);
    assert.ok(!verdict.take);
    if (n > 0) assert.equal(verdict.hint, "Stand still.");
    gate = verdict.gate;
  }
});

test("whatever is seen, a photo needs all of the waiting and all of the counting", () => {
  let random = 7;
  const next = () => (random = (random * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round++) {
    const hints = Array.from({ length: 120 }, () => (next() < 0.08 ? "A small step closer." : ""));
    const at = watched(hints).findIndex(({ take }) => take);
    if (at < 0) continue;
    assert.ok(at >= STEADY + COUNT, `taken at look ${at}`);
    assert.equal(hints[at], "");
  }
});
