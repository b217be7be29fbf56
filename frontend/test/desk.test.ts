import assert from "node:assert/strict";
import { test } from "node:test";
import type { Landmarks } from "../src/coach/frames.ts";
import { windowOf } from "../src/desk/mark.ts";
import { frameOf } from "../src/desk/sending.ts";
import { type Wanted, TURNS_DEG, apartDeg, flawsOf, mirrored, pointsOf, trunkShare, turnDeg } from "../src/desk/standing.ts";
import { CROPS, uncropped } from "../src/desk/still.ts";
import { type Take, type TakePlan, countShown, freshTake, shareDone, taken } from "../src/desk/take.ts";

/** Somebody who stands in the middle of a picture, turned so far to their left, and so tall (1: from head to feet). */
function stood(turn_deg: number, { tall = 0.8, people = 1, down = 0 } = {}): Landmarks {
  const [width, height] = [720, 1280];
  const [image, world, visibility] = [new Float32Array(99), new Float32Array(99), new Float32Array(33).fill(1)];
  const turn = (turn_deg * Math.PI) / 180;
  const put = (point: number, x: number, y: number, z: number) => {
    const [across, away] = [x * Math.cos(turn) - z * Math.sin(turn), x * Math.sin(turn) + z * Math.cos(turn)];
    world.set([across, y, away], 3 * point);
    const scale = (tall * height) / 1.7;
    image.set([width / 2 + across * scale, height * (0.5 + down) + y * scale, away * scale], 3 * point);
  };
  for (let point = 0; point < 33; point += 1) {
    const side = point === 0 ? 0 : point % 2 === 1 ? 1 : -1;
    const [wide, y] = point <= 10 ? [0.07, -0.65] : point <= 22 ? [0.18, -0.45 + 0.05 * (point - 11)] : [0.1, 0.05 + 0.08 * (point - 23)];
    put(point, side * wide, y, point <= 10 ? -0.05 : 0);
  }
  return { t_s: 0, width, height, image, world, visibility, found: true, people };
}

const NOBODY: Landmarks = { t_s: 0, width: 720, height: 1280, image: new Float32Array(0), world: new Float32Array(0), visibility: new Float32Array(0), found: false, people: 0 };
const anyTurn: Wanted = { turns_deg: [], any: [] };

test("nobody and too dark come before everything else", () => {
  assert.deepEqual(flawsOf(NOBODY, anyTurn, 120), ["nobody"]);
  assert.deepEqual(flawsOf(NOBODY, anyTurn, null), ["nobody"]);
  assert.deepEqual(flawsOf(NOBODY, anyTurn, 10), ["too_dark"]);
  assert.deepEqual(flawsOf(stood(0), anyTurn, 10), ["too_dark"]);
});

test("each shot is told from the body, and only its own is taken", () => {
  for (const [shot, turn] of Object.entries(TURNS_DEG) as [keyof typeof TURNS_DEG, number][]) {
    const of = stood(turn);
    assert.ok(apartDeg(turnDeg(of) ?? NaN, turn) < 1e-3, `${shot}: ${turnDeg(of)}`);
    for (const [other, wanted] of Object.entries(TURNS_DEG) as [keyof typeof TURNS_DEG, number][]) {
      const flaws = flawsOf(of, { turns_deg: [wanted], any: [pointsOf(other)] }, 120);
      assert.deepEqual(flaws, other === shot ? [] : ["wrong_view"], `${shot} for ${other}`);
    }
  }
});

test("a turn of twenty-nine degrees is still the shot, one of thirty-one is not; scale and place change nothing", () => {
  for (const tall of [0.5, 0.8]) {
    for (const down of [-0.1, 0.05]) {
      const flaws = (off: number) => flawsOf(stood(off, { tall, down }), { turns_deg: [0], any: [] }, 120);
      assert.deepEqual(flaws(29), []);
      assert.deepEqual(flaws(-29), []);
      assert.deepEqual(flaws(31), ["wrong_view"]);
    }
  }
});

test("in a mirror left is right: the turn changes its sign and twice is once", () => {
  for (const turn of [0, 20, 90, 180, -90, -135]) {
    const of = stood(turn);
    assert.ok(apartDeg(turnDeg(mirrored(of)) ?? NaN, -turn) < 1e-3);
    assert.deepEqual(mirrored(mirrored(of)).visibility, of.visibility);
    mirrored(mirrored(of)).image.forEach((value, at) => assert.ok(Math.abs(value - (of.image[at] ?? NaN)) < 1e-3));
  }
});

test("two people, half a body, too far and too near are each told", () => {
  assert.deepEqual(flawsOf(stood(0, { people: 2 }), anyTurn, 120), ["two_people"]);
  assert.deepEqual(flawsOf(stood(0, { down: 0.45 }), { turns_deg: [], any: [pointsOf("front")] }, 120), ["half_body"]);
  assert.deepEqual(flawsOf(stood(0, { tall: 0.2 }), { turns_deg: [], any: [pointsOf("front")] }, 120), ["too_far"]);
  assert.deepEqual(flawsOf(stood(0, { tall: 2.2 }), { turns_deg: [], any: [pointsOf("front")] }, 120), ["too_near"]);
  const hidden = stood(0);
  hidden.visibility[7] = 0.2;
  assert.deepEqual(flawsOf(hidden, { turns_deg: [], any: [pointsOf("front")] }, 120), ["half_body"]);
  assert.deepEqual(flawsOf(hidden, { turns_deg: [], any: [pointsOf("front"), pointsOf("right")] }, 120), []);
  assert.equal(trunkShare(NOBODY), null);
});

const PLAN: TakePlan = { steady_ms: 1_000, count_ms: 3_000, take_ms: 1_000, least: 5, most: 8, apart_s: 0.1, strict: true };
const still = stood(0);

/** Go through moments of 100 ms; `flawed` says in which of them something is wrong. */
function through(moments: number, flawed: (at: number) => boolean, plan = PLAN, frames = true): { readonly take: Take; readonly phases: readonly string[] } {
  let take = freshTake(0);
  let since: number | null = null;
  const phases: string[] = [];
  for (let at = 0; at < moments; at += 1) {
    const now = 100 * at;
    since = flawed(at) ? (since ?? now) : null;
    take = taken(take, { flawed: flawed(at), flawedSince: since, frame: frames ? { ...still, t_s: now / 1000 } : null }, plan, now);
    if (phases.at(-1) !== take.phase) phases.push(take.phase);
  }
  return { take, phases };
}

test("without anybody a take never begins", () => {
  assert.deepEqual(through(200, () => true).phases, ["settle"]);
});

test("a take goes from standing well over the countdown to its pictures, all by itself", () => {
  const { take, phases } = through(80, () => false);
  assert.deepEqual(phases, ["settle", "count", "take", "done"]);
  assert.ok(take.frames.length >= PLAN.least && take.frames.length <= PLAN.most);
  assert.equal(take.again, 0);
});

test("one wrong picture is forgiven, somebody who leaves begins anew", () => {
  assert.deepEqual(through(80, (at) => at === 20).phases, ["settle", "count", "take", "done"]);
  const { take, phases } = through(130, (at) => at >= 20 && at < 35);
  assert.deepEqual(phases, ["settle", "count", "settle", "count", "take", "done"]);
  assert.equal(take.again, 1);
});

test("a wrong picture is never among those of a strict take", () => {
  const wrong = (at: number) => at % 3 === 0 && at > 40;
  const { take } = through(200, wrong);
  assert.ok(take.frames.length > 0);
  assert.ok(take.frames.every((one) => !wrong(Math.round(10 * one.t_s))));
});

test("a take without pictures waits for them, and pictures keep their distance", () => {
  assert.equal(through(300, () => false, PLAN, false).take.phase, "take");
  const { frames } = through(100, () => false, { ...PLAN, apart_s: 0.25, least: 3 }).take;
  frames.slice(1).forEach((one, at) => assert.ok(one.t_s - (frames[at]?.t_s ?? NaN) >= 0.25));
});

test("the countdown says three, two, one, and the share never goes beyond its ends", () => {
  const counting: Take = { ...freshTake(0), phase: "count", since: 0 };
  assert.deepEqual([0, 900, 1_100, 2_500, 3_500].map((now) => countShown(counting, PLAN, now)), [3, 3, 2, 1, 1]);
  assert.equal(countShown(freshTake(0), PLAN, 0), null);
  const taking: Take = { ...freshTake(0), phase: "take", frames: Array.from({ length: 9 }, () => still) };
  for (const now of [-100, 0, 500, 5_000]) assert.ok(shareDone(taking, PLAN, now) >= 0 && shareDone(taking, PLAN, now) <= 1);
});

test("a frame of nobody has no points, one of somebody has all of them and no picture", () => {
  const empty = frameOf(NOBODY, null);
  assert.deepEqual([empty.image, empty.world, empty.visibility, empty.people, empty.brightness], [[], [], [], 0, null]);
  const frame = frameOf(still, 127.5);
  assert.equal(frame.image.length, 33);
  assert.equal(frame.brightness, 0.5);
  assert.ok(JSON.stringify(frame).length < 3_000);
});

test("what is found in a crop lies where it lay in the whole photo", () => {
  const photo = { width: 720, height: 1280 };
  for (const crop of CROPS) {
    const [left, top, wide, high] = crop;
    const size = { width: Math.round(photo.width * wide), height: Math.round(photo.height * high) };
    const image = still.image.map((value, at) => (at % 3 === 0 ? ((value - left * photo.width) / (photo.width * wide)) * size.width : at % 3 === 1 ? ((value - top * photo.height) / (photo.height * high)) * size.height : value));
    const back = uncropped({ ...still, ...size, image }, crop, photo.width, photo.height);
    for (let at = 0; at < 99; at += 1) if (at % 3 < 2) assert.ok(Math.abs((back.image[at] ?? NaN) - (still.image[at] ?? NaN)) < 0.01);
  }
});

test("the window for C7 lies in the picture and holds ear and shoulder", () => {
  assert.equal(windowOf("right", { ...NOBODY }), null);
  for (const shot of ["left", "right"] as const) {
    const of = stood(TURNS_DEG[shot]);
    const cut = windowOf(shot, of);
    assert.ok(cut !== null && cut.x >= 0 && cut.y >= 0 && cut.x + cut.size <= of.width && cut.y + cut.size <= of.height);
    for (const point of shot === "left" ? [7, 11] : [8, 12]) {
      const [x, y] = [of.image[3 * point] ?? NaN, of.image[3 * point + 1] ?? NaN];
      assert.ok(x > cut.x && x < cut.x + cut.size && y > cut.y && y < cut.y + cut.size);
    }
  }
});
