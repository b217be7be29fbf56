import assert from "node:assert/strict";
import { test } from "node:test";
import { foundIn } from "../src/coach/found.ts";
import { FULL_BYTES, type Landmarks, encoded } from "../src/coach/frames.ts";
import { Pace } from "../src/coach/pace.ts";
import { takenAt } from "../src/coach/pose.ts";
import { reasonOf } from "../src/coach/camera.ts";

function landmarks(change: Partial<Landmarks> = {}): Landmarks {
  const numbers = (count: number, from: number) => Float32Array.from({ length: count }, (_, at) => from + at / 8);
  return { t_s: 12.25, width: 1280, height: 720, image: numbers(99, 100), world: numbers(99, -1), visibility: new Float32Array(33).fill(0.5), found: true, ...change };
}

// --- Frames ------------------------------------------------------------------------------------------

test("nobody is twenty bytes", () => {
  const none = new Float32Array(0);
  const view = new DataView(encoded(landmarks({ found: false, image: none, world: none, visibility: none }), 7));
  assert.equal(view.byteLength, 20);
  assert.deepEqual([0, 1].map((at) => view.getUint8(at)), [1, 0]);
  assert.deepEqual([2, 4, 6].map((at) => view.getUint16(at, true)), [1280, 720, 0]);
  assert.equal(view.getUint32(8, true), 7);
  assert.equal(view.getFloat64(12, true), 12.25);
});

test("a body is seven numbers a landmark", () => {
  const view = new DataView(encoded(landmarks(), 1));
  assert.equal(view.byteLength, FULL_BYTES);
  assert.equal(FULL_BYTES, 944);
  assert.equal(view.getUint8(1), 1);
  const values = (point: number) => Array.from({ length: 7 }, (_, at) => view.getFloat32(20 + 28 * point + 4 * at, true));
  assert.deepEqual(values(0), [100, 100.125, 100.25, -1, -0.875, -0.75, 0.5]);
  assert.deepEqual(values(32), [112, 112.125, 112.25, 11, 11.125, 11.25, 0.5]);
});

for (const part of ["image", "world", "visibility"] as const) {
  test(`what is no number in ${part} makes nobody of a body`, () => {
    const broken = landmarks()[part].map((value, at) => (at === 5 ? Number.NaN : value));
    assert.equal(encoded(landmarks({ [part]: broken }), 1).byteLength, 20);
  });
}

test("half a body is nobody", () => {
  assert.equal(encoded(landmarks({ world: new Float32Array(96) }), 1).byteLength, 20);
});

// --- What MediaPipe finds ---------------------------------------------------------------------------------

test("nobody found is nobody", () => {
  assert.deepEqual(foundIn({ landmarks: [], worldLandmarks: [] }, 640, 480), { image: new Float32Array(0), world: new Float32Array(0), visibility: new Float32Array(0), found: false, people: 0 });
});

test("shares of the picture become pixels, depth by the width", () => {
  const points = Array.from({ length: 33 }, () => ({ x: 0.5, y: 0.25, z: -0.125, visibility: 1.5 }));
  const places = points.map(() => ({ x: 0.5, y: -0.5, z: 0.25 }));
  const found = foundIn({ landmarks: [points], worldLandmarks: [places] }, 640, 480);
  assert.ok(found.found);
  assert.deepEqual([...found.image.slice(96)], [320, 120, -80]);
  assert.deepEqual([...found.world.slice(96)], [0.5, -0.5, 0.25]);
  assert.equal(found.visibility[32], 1);
});

test("a point whose visibility is not told is not seen", () => {
  const points = Array.from({ length: 33 }, () => ({ x: 0, y: 0, z: 0 }));
  assert.equal(foundIn({ landmarks: [points], worldLandmarks: [points] }, 1, 1).visibility[0], 0);
});

// --- Time and pace ----------------------------------------------------------------------------------------

for (const [name, captured, expected] of [
  ["a camera that says nothing", undefined, 5_000],
  ["what the camera says", 4_960, 4_960],
  ["a clock of its own", 90_000, 5_000],
  ["a clock from long ago", 12, 5_000],
] as const) {
  test(`a picture's time: ${name}`, () => assert.equal(takenAt(5_000, captured), expected));
}

function paced(took_ms: number, frames: number, every_ms = took_ms): Pace {
  const pace = new Pace();
  for (let at = 0; at < frames; at += 1) pace.add(at * every_ms, took_ms);
  return pace;
}

test("no pictures are not slow", () => {
  assert.ok(Number.isNaN(new Pace().fps));
  assert.equal(new Pace().slow, false);
});

test("a pose model that is slow for some seconds is slow", () => {
  assert.equal(paced(100, 60).slow, true);
  assert.ok(Math.abs(paced(100, 60).fps - 10) < 1e-9);
});

test("a slow first second is no slow model", () => assert.equal(paced(100, 15).slow, false));
test("a slow camera is no slow model", () => assert.equal(paced(30, 60, 120).slow, false));
test("a quick model stays", () => assert.equal(paced(33, 200).slow, false));

test("another model begins anew", () => {
  const pace = paced(100, 60);
  pace.reset();
  assert.equal(pace.slow, false);
});

// --- Why a camera does not open -------------------------------------------------------------------------

for (const [name, reason] of [["", "busy"], ["NotAllowedError", "refused"], ["NotFoundError", "none"], ["OverconstrainedError", "none"], ["NotReadableError", "busy"]] as const) {
  test(`a camera that ends with ${name || "nothing"} is ${reason}`, () => assert.equal(reasonOf(name), reason));
}
