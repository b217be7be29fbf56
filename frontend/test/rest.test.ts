import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryBox } from "../src/shared/queue.ts";
import { holdState } from "../src/session/hold.ts";
import { OVER_MS, begun, isCurrent, leftMs, setSound, share, shifted, shownTime, soundOn, storeRest, storedRest } from "../src/session/rest.ts";

const NOW = 1_000_000;

test("an exercise without rest begins none", () => assert.equal(begun("s", 0, NOW), null));

test("a rest ends when it should, however long the tab slept", () => {
  const rest = begun("s", 90, NOW);
  assert.ok(rest !== null);
  assert.equal(leftMs(rest, NOW + 60_000), 30_000);
  assert.equal(leftMs(rest, NOW + 100_000), -10_000);
  assert.equal(share(rest, NOW + 45_000), 0.5);
});

const shifts: { name: string; by: number; at: number; left: number }[] = [
  { name: "15 s more", by: 15, at: 30_000, left: 75_000 },
  { name: "15 s less", by: -15, at: 30_000, left: 45_000 },
  { name: "less than nothing is now", by: -15, at: 80_000, left: 0 },
  { name: "more after the end begins from now", by: 15, at: 95_000, left: 15_000 },
];
for (const { name, by, at, left } of shifts) {
  test(name, () => {
    const rest = begun("s", 90, NOW);
    assert.ok(rest !== null);
    const changed = shifted(rest, by, NOW + at);
    assert.equal(leftMs(changed, NOW + at), left);
    assert.ok(changed.totalMs >= left);
  });
}

const times: [number, string][] = [
  [-5_000, "0:00"],
  [0, "0:00"],
  [400, "0:01"],
  [59_001, "1:00"],
  [90_000, "1:30"],
  [600_000, "10:00"],
];
for (const [ms, text] of times) test(`${ms} ms is shown as ${text}`, () => assert.equal(shownTime(ms), text));

test("a rest survives the page, and belongs to its session", () => {
  const box = memoryBox();
  storeRest(box, begun("one", 60, NOW));
  const rest = storedRest(box);
  assert.equal(isCurrent(rest, "one", NOW + 30_000), true);
  assert.equal(isCurrent(rest, "other", NOW + 30_000), false);
  assert.equal(isCurrent(rest, "one", NOW + 60_000 + OVER_MS + 1), false);
  storeRest(box, null);
  assert.equal(storedRest(box), null);
});

for (const text of ["", "{", "7", '{"session": 1}', '{"session": "s", "endsAt": null, "totalMs": 1}']) {
  test(`stored text ${JSON.stringify(text)} is no rest`, () => {
    const box = memoryBox();
    box.setItem("openback.rest", text);
    assert.equal(storedRest(box), null);
  });
}

test("the sound is on until it is switched off", () => {
  const box = memoryBox();
  assert.equal(soundOn(box), true);
  setSound(box, false);
  assert.equal(soundOn(box), false);
});

const holds: { name: string; at: number; phase: string; left: number; held: number }[] = [
  { name: "first one gets ready", at: 0, phase: "ready", left: 3, held: 0 },
  { name: "then one holds", at: 8_000, phase: "hold", left: 15, held: 5 },
  { name: "and it is over", at: 24_000, phase: "over", left: 0, held: 20 },
];
for (const { name, at, phase, left, held } of holds) {
  test(`a hold of 20 s: ${name}`, () => assert.deepEqual(holdState(NOW, 20, NOW + at), { phase, leftS: left, heldS: held }));
}
