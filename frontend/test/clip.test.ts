import assert from "node:assert/strict";
import { test } from "node:test";
import { momentAt, pointAt, unpacked } from "../src/clip/landmarks.ts";
import { type Rep, cueAt, meaningOf, pictureFrom, repFrom } from "../src/clip/moments.ts";
import { problemOf, refusal } from "../src/clip/send.ts";
import { sideOf } from "../src/clip/skeleton.ts";
import { type Count, countOf, outcome } from "../src/session/clips.ts";

// --- Landmarks -------------------------------------------------------------------------------------

/** Pack moments of one landmark each, by the layout that services/clip_landmarks.py describes. */
function packed(moments: readonly { t: number; x: number; y: number; seen: number }[], points = 1): ArrayBuffer {
  const buffer = new ArrayBuffer(16 + moments.length * (4 + 5 * points));
  const view = new DataView(buffer);
  for (const [at, letter] of [..."OBLM"].entries()) view.setUint8(at, letter.charCodeAt(0));
  view.setUint16(4, 1, true);
  view.setUint16(6, points, true);
  view.setUint32(8, moments.length, true);
  for (const [n, { t, x, y, seen }] of moments.entries()) {
    view.setFloat32(16 + 4 * n, t, true);
    const at = 16 + 4 * moments.length + 4 * points * n;
    view.setUint16(at, x, true);
    view.setUint16(at + 2, y, true);
    view.setUint8(16 + moments.length * (4 + 4 * points) + points * n, seen);
  }
  return buffer;
}

test("no moments are no landmarks", () => {
  const none = unpacked(packed([]));
  assert.equal(none.times.length, 0);
  assert.equal(momentAt(none.times, 0), null);
  assert.equal(pointAt(none, 0, 0), null);
});

test("landmarks are shares of the picture, and nobody is nobody", () => {
  const read = unpacked(packed([{ t: 0.5, x: 32767, y: 16384, seen: 255 }, { t: 1, x: 65535, y: 65535, seen: 0 }]));
  assert.deepEqual([...read.times], [0.5, 1]);
  const there = pointAt(read, 0, 0);
  assert.ok(there !== null);
  assert.ok(Math.abs(there.x - 0.5) < 1e-4 && Math.abs(there.y) < 1e-4 && there.seen === 1);
  assert.equal(pointAt(read, 1, 0), null);
});

for (const [name, buffer, problem] of [
  ["nothing", new ArrayBuffer(0), /no landmarks/],
  ["something else", new TextEncoder().encode("<!doctype html><html lang=en>").buffer, /no landmarks/],
  ["half of it", packed([{ t: 0, x: 0, y: 0, seen: 0 }]).slice(0, 20), /arrive whole/],
] as const) test(`refused: ${name}`, () => assert.throws(() => unpacked(buffer as ArrayBuffer), problem));

test("a file of another version is refused", () => {
  const buffer = packed([]);
  new DataView(buffer).setUint16(4, 2, true);
  assert.throws(() => unpacked(buffer), /another Openback/);
});

const times = new Float32Array([0, 1, 1.5, 2]);
for (const { at, moment } of [
  { at: 0, moment: 0 },
  { at: -0.2, moment: 0 },
  { at: 1.1, moment: 1 },
  { at: 1.26, moment: 2 },
  { at: 2.2, moment: 3 },
  { at: 2.4, moment: null }, // too far to be meant
  { at: 0.5, moment: null },
]) test(`the moment at ${at} s`, () => assert.equal(momentAt(times, at), moment));

for (const [bone, side] of [[[11, 13], "left"], [[12, 14], "right"], [[11, 12], "middle"], [[7, 11], "left"], [[8, 12], "right"]] as const) {
  test(`the bone ${bone.join("-")} is ${side}`, () => assert.equal(sideOf(bone), side));
}

// --- Moments ---------------------------------------------------------------------------------------

const reps: readonly Rep[] = [{ fromS: 1, toS: 3 }, { fromS: 3, toS: 5 }, { fromS: 6, toS: 8 }];
const jumps: { name: string; now: number; way: 1 | -1; at: number | null }[] = [
  { name: "on to the first rep", now: 0, way: 1, at: 1 },
  { name: "on to the next one", now: 3.5, way: 1, at: 6 },
  { name: "on from its very start is on", now: 1, way: 1, at: 3 },
  { name: "not on from the last", now: 7, way: 1, at: null },
  { name: "back to the start of this rep", now: 4.5, way: -1, at: 3 },
  { name: "back from its start to the one before", now: 3.2, way: -1, at: 1 },
  { name: "back from before the first is the first", now: 0.2, way: -1, at: 1 },
];
for (const { name, now, way, at } of jumps) test(name, () => assert.equal(repFrom(reps, now, way), at));
test("without reps there is nowhere to go", () => assert.equal(repFrom([], 1, -1), null));

test("a picture on, and back again", () => {
  const on = pictureFrom(0.51, 25, 1);
  assert.ok(Math.abs(on - 13.5 / 25) < 1e-9);
  assert.ok(Math.abs(pictureFrom(on, 25, -1) - 12.5 / 25) < 1e-9);
  assert.equal(pictureFrom(0, 25, -1), 0);
});

test("the cue of the nearest fault, while it is to be seen", () => {
  const faults = [{ atS: 1, cue: "Bar in front." }, { atS: 1.5, cue: "Chest up." }];
  assert.equal(cueAt([], 1), "");
  assert.equal(cueAt(faults, 0.5), "");
  assert.equal(cueAt(faults, 1.1), "Bar in front.");
  assert.equal(cueAt(faults, 1.4), "Chest up.");
});

test("keys mean what the page says, others nothing", () => {
  assert.equal(meaningOf(" "), "play");
  assert.equal(meaningOf("["), "rep-back");
  assert.equal(meaningOf("q"), null);
});

// --- Sending ---------------------------------------------------------------------------------------

const MB = 1024 * 1024;
test("a clip within the limit is sent", () => assert.equal(refusal("a.mov", 2000 * MB, 2000), ""));
test("an empty one is not", () => assert.equal(refusal("a.mov", 0, 2000), "a.mov is empty. Choose another clip."));
test("one beyond the limit is not, and says how large it is", () =>
  assert.equal(refusal("a.mov", 2000 * MB + 1, 2000), "A clip may have 2000 MB, and this one has 2001 MB. Cut it to the one set, or film in 1080p."));
test("the server's sentence is said", () => assert.equal(problemOf('{"message": "No room."}'), "No room."));
for (const text of ["", "<html>", "{}", '{"message": 3}']) test(`an answer without one: ${text}`, () => assert.match(problemOf(text), /^The clip could not be sent\./));

// --- Filling a row ---------------------------------------------------------------------------------

test("only a strip that fills has a count", () => {
  assert.equal(countOf({ fill: "differs", clipReps: "9" }), null);
  assert.equal(countOf({ fill: "fills", clipSide: "both" }), null);
  assert.deepEqual(countOf({ fill: "fills", clipReps: "9", clipSide: "both" }), { reps: "9", side: "both" });
  assert.deepEqual(countOf({ fill: "fills", clipHoldS: "28", clipSide: "both" }), { hold_s: "28", side: "both" });
});

const NINE: Count = { reps: "9", side: "both" };
for (const { name, now, typed, expected } of [
  { name: "what the row has is left", now: { reps: "9", side: "both" }, typed: true, expected: "same" },
  { name: "what was planned is filled", now: { reps: "12", side: "both" }, typed: false, expected: "fill" },
  { name: "what somebody typed is asked about", now: { reps: "10", side: "both" }, typed: true, expected: "ask" },
  { name: "another side is filled too", now: { reps: "9", side: "left" }, typed: false, expected: "fill" },
] as const) test(name, () => assert.equal(outcome(NINE, now, typed), expected));
