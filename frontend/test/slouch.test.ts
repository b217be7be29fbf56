import assert from "node:assert/strict";
import { test } from "node:test";
import { FRESH, type Look, type Settings, type Upright, type Verdict, type Watch, isSnoozed, learnt, poseOf, snoozed, sunkBy, watched } from "../src/desk/slouch.ts";

/** Somebody at a desk, as a webcam 640 by 480 sees them; lengths in pixels. */
type Sitter = { dx?: number; shoulders?: number; down?: number; neck?: number; head?: number; nod?: number; seen?: number };
const EVERY_S = 0.5;

function look(t_s: number, { dx = 0, shoulders = 240, down = 0, neck = 130, head = 100, nod = 12, seen = 1 }: Sitter = {}, scale = 1): Look {
  const image = new Float32Array(99);
  const visibility = new Float32Array(33).fill(seen);
  const put = (point: number, x: number, y: number) => image.set([x * scale, y * scale, 0], 3 * point);
  const [x, y] = [320 + dx, 380 + down];
  put(11, x + shoulders / 2, y);
  put(12, x - shoulders / 2, y);
  put(7, x + head / 2, y - neck);
  put(8, x - head / 2, y - neck);
  put(0, x, y - neck + nod);
  return { t_s, found: true, image, visibility };
}

const nobody = (t_s: number): Look => ({ t_s, found: false, image: [], visibility: [] });
const SUNK: Sitter = { down: 55, neck: 105, head: 108, nod: 16 };
const POKED: Sitter = { neck: 96, head: 122, nod: 14 };
const BOWED: Sitter = { neck: 112, nod: 52 };

function* chance(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

function calm(seed = 3): Look[] {
  const random = chance(seed);
  const some = () => 4 * (random.next().value - 0.5);
  return Array.from({ length: 16 }, (_, n) => look(n * EVERY_S, { dx: some(), down: some(), neck: 130 + some(), head: 100 + some() }));
}

function own(): Upright {
  const found = learnt(calm());
  assert.ok(found !== null);
  return found;
}

type Part = readonly [seconds: number, Sitter | null];

/** Sit through parts one after another; return every watch. */
function sat(parts: readonly Part[], settings: Settings = { wait_s: 45, again_s: 300 }, from: Watch = FRESH, every_s = EVERY_S): Watch[] {
  const upright = own();
  const all: Watch[] = [];
  let [now, watch] = [from.t_s ?? 0, from];
  for (const [seconds, sitter] of parts) {
    for (let end = now + seconds; now < end - 1e-9; now += every_s) {
      watch = watched(watch, sitter === null ? nobody(now) : look(now, sitter), upright, settings);
      all.push(watch);
    }
  }
  return all;
}

const reminders = (all: readonly Watch[]) => all.filter(({ remind }) => remind).length;
const last = (all: readonly Watch[]): Verdict => all[all.length - 1]?.verdict ?? "upright";

// --- Learning --------------------------------------------------------------------------------------------

for (const [name, looks] of [
  ["nothing seen", []],
  ["nobody there", Array.from({ length: 20 }, (_, n) => nobody(n * EVERY_S))],
  ["too short", calm().slice(0, 6)],
  ["shoulders not seen", Array.from({ length: 20 }, (_, n) => look(n * EVERY_S, { seen: 0.3 }))],
  ["fidgeting", Array.from({ length: 20 }, (_, n) => look(n * EVERY_S, { down: n % 2 === 0 ? 0 : 60 }))],
  ["gone half of the time", calm().map((one, n) => (n % 2 === 0 ? one : nobody(one.t_s)))],
] as const) test(`no pose is learnt from this: ${name}`, () => assert.equal(learnt(looks), null));

test("a pose that is held is learnt", () => {
  const { pose, may } = own();
  assert.ok(Math.abs(pose.rise - 130 / 240) < 0.01);
  assert.ok(may.rise >= 0.11 && may.rise < 0.2);
});

test("a single jump does not spoil what is learnt", () => {
  const looks = calm();
  looks[7] = look(3.5, { down: 150 });
  assert.ok(learnt(looks) !== null);
});

test("nothing can be told of landmarks that are not there", () => {
  assert.equal(poseOf(nobody(0)), null);
  assert.equal(poseOf(look(0, { seen: 0.4 })), null);
  assert.equal(poseOf({ ...look(0), image: [] }), null);
  assert.equal(poseOf(look(0, { shoulders: 0 })), null);
});

test("neither the side, nor the size of the picture, nor a mirror changes how far somebody has sunk", () => {
  const random = chance(5);
  for (let round = 0; round < 200; round += 1) {
    const sitter = { down: 80 * random.next().value, neck: 90 + 50 * random.next().value, head: 95 + 25 * random.next().value };
    const scale = 0.5 + 2 * random.next().value;
    const small = learnt(calm());
    const large = learnt(calm().map(({ t_s, image, ...rest }) => ({ ...rest, t_s, image: Array.from(image, (value) => value * scale) })));
    assert.ok(small !== null && large !== null);
    const plain = poseOf(look(0, sitter));
    const scaled = poseOf(look(0, sitter, scale));
    const moved = poseOf(look(0, { ...sitter, dx: 100 }));
    const one = look(0, sitter);
    const mirrored = poseOf({ ...one, image: Array.from(one.image, (value, n) => (n % 3 === 0 ? 640 - value : value)) });
    assert.ok(plain && scaled && moved && mirrored);
    const wanted = sunkBy(small, plain);
    for (const got of [sunkBy(large, scaled), sunkBy(small, moved), sunkBy(small, mirrored)]) assert.ok(Math.abs(got - wanted) < 1e-3);
  }
});

test("the further somebody sinks, the more it is", () => {
  let before = -1;
  for (let down = 0; down <= 120; down += 10) {
    const pose = poseOf(look(0, { down }));
    assert.ok(pose !== null);
    const now = sunkBy(own(), pose);
    assert.ok(now >= before);
    before = now;
  }
  assert.ok(before > 1);
});

test("sitting taller than what was learnt is no slouching", () => assert.ok(sunkBy(own(), poseOf(look(0, { down: -40, neck: 150 })) ?? own().pose) < 0.1));

// --- Watching --------------------------------------------------------------------------------------------

for (const [name, sitter] of [["sunk into the chair", SUNK], ["the head poked forward", POKED]] as const) {
  test(`it waits, then speaks once: ${name}`, () => {
    const all = sat([[20, {}], [40, sitter]]);
    assert.equal(reminders(all), 0);
    assert.equal(last(all), "sunk");
    const longer = sat([[20, {}], [70, sitter]]);
    assert.equal(reminders(longer), 1);
    assert.equal(last(longer), "slouched");
    const first = longer.findIndex(({ remind }) => remind) * EVERY_S - 20;
    assert.ok(first >= 45 && first <= 50, `after ${first} s`);
  });
}

test("somebody who stays down is told again after a while, not at once", () => {
  assert.equal(reminders(sat([[330, SUNK]])), 1);
  assert.equal(reminders(sat([[360, SUNK]])), 2);
});

test("sitting up starts the wait anew", () => {
  assert.equal(reminders(sat([[40, SUNK], [8, {}], [40, SUNK]])), 0);
  assert.equal(reminders(sat([[60, SUNK], [8, {}], [60, SUNK]])), 2);
});

test("stretching up for a moment does not", () => assert.equal(reminders(sat([[40, SUNK], [1, {}], [15, SUNK]])), 1));

test("looking down for a moment is not slouching, however often", () => {
  const all = sat(Array.from({ length: 20 }, (): readonly Part[] => [[12, BOWED], [6, {}]]).flat());
  assert.equal(reminders(all), 0);
  assert.ok(all.some(({ verdict }) => verdict === "down"));
  assert.ok(!all.some(({ verdict }) => verdict === "slouched"));
});

test("a head that hangs for minutes is", () => assert.equal(reminders(sat([[150, { neck: 96, nod: 52 }]])), 1));

test("leaving the chair is not slouching, and coming back begins anew", () => {
  const all = sat([[40, SUNK], [60, null], [40, SUNK]]);
  assert.equal(reminders(all), 0);
  assert.ok(all.some(({ verdict }) => verdict === "away"));
});

test("bending out of the picture on the way up is not slouching", () => assert.equal(reminders(sat([[10, {}], [2, { down: 120 }], [300, null], [2, { down: 120 }], [20, {}]])), 0));

test("a moment unseen changes nothing", () => assert.equal(reminders(sat([[30, SUNK], [1, null], [20, SUNK]])), 1));

test("a moved chair is said, not counted", () => {
  const all = sat([[10, {}], [120, { shoulders: 120, neck: 50, head: 60 }]]);
  assert.equal(last(all), "moved");
  assert.equal(reminders(all), 0);
});

test("snoozing is silent for its time, and no longer", () => {
  const before = sat([[60, SUNK]]);
  const quiet = snoozed(before[before.length - 1] ?? FRESH, 600);
  assert.ok(isSnoozed(quiet, 100));
  assert.equal(reminders(sat([[590, SUNK]], undefined, quiet)), 0);
  assert.equal(reminders(sat([[700, SUNK]], undefined, quiet)), 1);
});

test("a machine that slept did not slouch", () => {
  const upright = own();
  let watch: Watch = FRESH;
  for (const t_s of [0, 0.5, 1, 3_600, 3_600.5]) watch = watched(watch, look(t_s, SUNK), upright);
  assert.ok(watch.sunk_s < 5);
  assert.equal(watch.remind, false);
});

test("a clock that goes backwards counts nothing", () => {
  const upright = own();
  const one = watched(watched(FRESH, look(10, SUNK), upright), look(5, SUNK), upright);
  assert.equal(one.sunk_s, 0);
});

test("how often one looks changes little", () => {
  for (const every_s of [0.2, 0.5, 1]) {
    const all = sat([[20, {}], [70, SUNK]], undefined, FRESH, every_s);
    assert.equal(reminders(all), 1);
    const first = all.findIndex(({ remind }) => remind) * every_s - 20;
    assert.ok(first >= 44 && first <= 51, `after ${first} s at ${every_s} s`);
  }
});

test("whatever happens, it never speaks before its time and never twice within its rest", () => {
  const random = chance(17);
  const kinds: readonly (Sitter | null)[] = [{}, SUNK, POKED, BOWED, null, { shoulders: 100 }];
  for (let round = 0; round < 60; round += 1) {
    const parts = Array.from({ length: 12 }, (): Part => [1 + 80 * random.next().value, kinds[Math.floor(kinds.length * random.next().value)] ?? null]);
    const all = sat(parts);
    let told: Watch | null = null;
    for (const one of all) {
      assert.ok(one.sunk_s >= 0 && one.level >= 0);
      if (!one.remind) continue;
      assert.ok(one.sunk_s >= 45);
      assert.equal(one.verdict, "slouched");
      if (told !== null && told.told_s !== null && one.t_s !== null) assert.ok(one.t_s - told.told_s >= 45);
      told = one;
    }
  }
});
