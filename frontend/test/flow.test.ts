import assert from "node:assert/strict";
import { test } from "node:test";
import { type Course, type Step, clockWords, countAt, fullness, heldWith, lengthOf, numberWord, saidBetween, script, skipped, startOf, timeWords, wentBack, whereAt } from "../src/flow/course.ts";
import { timeIn } from "../src/flow/figure.ts";
import { choicesOf } from "../src/flow/sound.ts";

const TEMPO = { lift_s: 2, hold_s: 1, lower_s: 2, pause_s: 0 };
const step = (over: Partial<Step>): Step => ({ exercise: "cobra_pose", name: "Cobra pose", side: "both", part: "Tone", ready_s: 10, seconds: 30, breaths: 3, reps: null, tempo: TEMPO, says: "Peel the chest up.", ...over });
const COURSE: Course = {
  breath: { in_s: 4, out_s: 6 },
  steps: [
    step({ exercise: "eagle_arms", name: "Eagle arms", side: "left" }),
    step({ exercise: "eagle_arms", name: "Eagle arms", side: "right", ready_s: 5, says: "And the other side." }),
    step({ exercise: "", name: "Rest", ready_s: 0, seconds: 20, breaths: 2, says: "Let go." }),
    step({ exercise: "raise", name: "Raise", breaths: null, reps: 4, seconds: 20 }),
  ],
};
const WHOLE_S = 40 + 35 + 20 + 30;
const EMPTY: Course = { breath: COURSE.breath, steps: [] };

/** A stream of made numbers from 0 to 1, always the same. */
function* chance(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

test("a flow without steps is over at once", () => {
  assert.equal(lengthOf(EMPTY), 0);
  assert.equal(whereAt(EMPTY, 0).phase, "over");
  assert.equal(skipped(EMPTY, 0), 0);
  assert.equal(wentBack(EMPTY, 0), 0);
});

test("a flow takes the time of its steps and of the ways between them", () => assert.equal(lengthOf(COURSE), WHOLE_S));

for (const [name, at_s, wanted] of [
  ["before the beginning", -5, { at: 0, phase: "ready", into_s: 0, left_s: 10 }],
  ["on the way", 4, { at: 0, phase: "ready", into_s: 4, left_s: 6 }],
  ["in the pose", 10, { at: 0, phase: "work", into_s: 0, left_s: 30 }],
  ["on the way to the other side", 40, { at: 1, phase: "ready", into_s: 0, left_s: 5 }],
  ["a rest has no way", 75, { at: 2, phase: "work", into_s: 0, left_s: 20 }],
  ["at the end", WHOLE_S, { at: 4, phase: "over", into_s: 0, left_s: 0 }],
] as const) test(`where a flow is: ${name}`, () => assert.deepEqual(whereAt(COURSE, at_s), wanted));

for (const [name, at_s, next, before] of [
  ["in the first step", 20, 40, 0],
  ["just begun", 41, 75, 0],
  ["further on", 50, 75, 40],
  ["in the last step", 120, WHOLE_S, 95],
] as const) {
  test(`skip and back: ${name}`, () => {
    assert.equal(skipped(COURSE, at_s), next);
    assert.equal(wentBack(COURSE, at_s), before);
  });
}

for (const [name, into_s, word, second, n] of [
  ["the first breath in", 0, "in", 1, 1],
  ["its last second", 3.9, "in", 4, 1],
  ["the breath out", 4, "out", 1, 1],
  ["its sixth second", 9.99, "out", 6, 1],
  ["the second breath", 10, "in", 1, 2],
  ["the very end stays the last breath", 30, "out", 6, 3],
] as const) {
  test(`breaths: ${name}`, () => {
    const count = countAt(step({}), COURSE.breath, into_s);
    assert.deepEqual([count?.word, count?.second, count?.n, count?.whole], [word, second, n, 3]);
  });
}

for (const [into_s, word, n] of [[0, "lift", 1], [2, "hold", 1], [3, "lower", 1], [5, "lift", 2], [19.9, "lower", 4]] as const) {
  test(`reps at ${into_s} s`, () => {
    const count = countAt(step({ breaths: null, reps: 4, seconds: 20 }), COURSE.breath, into_s);
    assert.deepEqual([count?.word, count?.n], [word, n]);
  });
}

test("nothing is counted where there is no tempo", () => assert.equal(countAt(step({ breaths: null, reps: 4, tempo: null }), COURSE.breath, 1), null));

test("the ring is empty before the breath, full between in and out, and empty after it", () => {
  const full = (into_s: number) => fullness(countAt(step({}), COURSE.breath, into_s));
  assert.equal(full(0), 0);
  assert.ok((full(3.999) ?? 0) > 0.999);
  assert.equal(full(4), 1);
  assert.ok((full(9.999) ?? 1) < 0.001);
  assert.equal(fullness(countAt(step({ breaths: null, reps: 4, seconds: 20 }), COURSE.breath, 1)), null);
});

test("what is said names the pose, the side and the breath, in order", () => {
  const lines = script(COURSE);
  const words = (from: number, to: number) => saidBetween(lines, from, to).map((line) => line.words).filter((one) => one !== "");
  assert.deepEqual(words(0, 10), ["Eagle arms. Left side. Peel the chest up."]);
  assert.deepEqual(words(10, 20), ["Breathe in", "two", "three", "four", "Breathe out", "two", "three", "four", "five", "six"]);
  assert.deepEqual(words(20, 40), ["In", "Out", "In", "Out"]);
  assert.deepEqual(words(40, 45), ["And the other side. Right side."]);
  assert.deepEqual(words(75, 79), ["Let go."]);
  assert.deepEqual(words(95, 105), ["Next: Raise. Peel the chest up."]);
  assert.deepEqual(words(105, WHOLE_S), ["Up", "Hold", "And slowly down", "two", "three", "four"]);
  assert.deepEqual(words(WHOLE_S, WHOLE_S + 1), ["That was all. Well done."]);
  assert.deepEqual(lines.map((line) => line.at_s), lines.map((line) => line.at_s).sort((a, b) => a - b));
});

test("three ticks lead to a pose", () => {
  const ticks = script(COURSE).filter((line) => line.note === "tick").map((line) => line.at_s);
  assert.deepEqual(ticks, [7, 8, 9, 42, 43, 44, 102, 103, 104]);
});

test("however a flow is cut into moments, all is said once and the same is held", () => {
  const random = chance(7);
  for (let round = 0; round < 60; round += 1) {
    const lines = script(COURSE);
    let [now, held, said] = [0, {}, 0];
    while (now < WHOLE_S) {
      const next = Math.min(WHOLE_S, now + 0.01 + 4 * random.next().value);
      said += saidBetween(lines, now, next).length;
      held = heldWith(COURSE, held, now, next);
      now = next;
    }
    assert.equal(said, lines.length - 1);
    assert.deepEqual(Object.fromEntries(Object.entries(held).map(([name, s]) => [name, Math.round(s as number)])), { eagle_arms: 60, raise: 20 });
  }
});

test("wherever one goes, skip leads on and back never does", () => {
  const random = chance(11);
  for (let round = 0; round < 300; round += 1) {
    const at = WHOLE_S * random.next().value;
    assert.ok(skipped(COURSE, at) > at);
    assert.ok(wentBack(COURSE, at) <= at);
    assert.ok(COURSE.steps.some((_, n) => startOf(COURSE, n) === wentBack(COURSE, at)));
    const { left_s } = whereAt(COURSE, at);
    assert.notEqual(whereAt(COURSE, at + left_s + 1e-6).phase + whereAt(COURSE, at + left_s + 1e-6).at, whereAt(COURSE, at).phase + whereAt(COURSE, at).at);
  }
});

test("a way or a rest holds nothing", () => {
  assert.deepEqual(heldWith(COURSE, {}, 0, 10), {});
  assert.deepEqual(heldWith(COURSE, {}, 75, 95), {});
  assert.deepEqual(heldWith(COURSE, { eagle_arms: 3 }, 38, 47), { eagle_arms: 7 });
});

for (const [seconds, clock, said] of [[0, "0:00", "0 seconds"], [1, "0:01", "1 second"], [59.2, "1:00", "59 seconds"], [245, "4:05", "4 minutes"]] as const) {
  test(`times in words: ${seconds}`, () => {
    assert.equal(clockWords(seconds), clock);
    assert.equal(timeWords(seconds), said);
  });
}

for (const [name, where, reps, wanted] of [
  ["far from the pose", { at: 0, phase: "ready", into_s: 0, left_s: 10 }, null, 0],
  ["going into it", { at: 0, phase: "ready", into_s: 9, left_s: 1 }, null, 2],
  ["in it", { at: 0, phase: "work", into_s: 9, left_s: 1 }, null, 3],
  ["in the second rep", { at: 0, phase: "work", into_s: 6, left_s: 1 }, 4, 1],
] as const) test(`the figure: ${name}`, () => assert.equal(timeIn(where, { reps }, 5, 3), wanted));

for (const [text, speech, sounds] of [[null, true, true], ["{", true, true], ["null", true, true], ['{"speech":false}', false, true], ['{"speech":true,"sounds":false}', true, false]] as const) {
  test(`what is heard: ${text}`, () => assert.deepEqual(choicesOf(text), { speech, sounds }));
}

test("numbers are words up to twelve", () => assert.deepEqual([1, 12, 13].map(numberWord), ["one", "twelve", "13"]));
