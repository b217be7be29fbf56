import assert from "node:assert/strict";
import { test } from "node:test";
import { type Next, type RowState, type ScreenState, elapsed, loadKg, loadWords, nextStep, soreAt, stepOnLadder, typed } from "../src/session/plan.ts";

/** "w" a warm-up, "s" a set; a capital is done. */
function screen(rows: string, superset = ""): ScreenState {
  const states = [...rows].map((one): RowState => ({ kind: one.toLowerCase() === "w" ? "warm_up" : "work", done: one !== one.toLowerCase() }));
  return { superset, rows: states };
}

function sore(rows: string, superset = ""): ScreenState {
  return { ...screen(rows, superset), sore: true };
}

const steps: { name: string; screens: ScreenState[]; at: number; next: Next }[] = [
  { name: "an empty session can only end", screens: [], at: 0, next: { do: "finish" } },
  { name: "warm-up first", screens: [screen("wss")], at: 0, next: { do: "row", row: 0 } },
  { name: "warm-ups are passed over once a work set is done", screens: [screen("wSs")], at: 0, next: { do: "row", row: 2 } },
  { name: "then the next exercise", screens: [screen("SS"), screen("ss")], at: 0, next: { do: "go", screen: 1 } },
  { name: "after the last one back to what was left out", screens: [screen("sS"), screen("SS")], at: 1, next: { do: "go", screen: 0 } },
  { name: "all done", screens: [screen("SS"), screen("SS")], at: 0, next: { do: "finish" } },
  { name: "an exercise without sets does not hold up the end", screens: [screen("SS"), screen("")], at: 0, next: { do: "finish" } },
  { name: "a superset goes in turn", screens: [screen("Sss", "A"), screen("sss", "A")], at: 0, next: { do: "go", screen: 1 } },
  { name: "and back", screens: [screen("Sss", "A"), screen("Sss", "A")], at: 1, next: { do: "row", row: 1 } },
  { name: "from the partner back to the first", screens: [screen("Sss", "A"), screen("SSs", "A")], at: 1, next: { do: "go", screen: 0 } },
  { name: "a partner with fewer sets that is done is left alone", screens: [screen("SSs", "A"), screen("SS", "A")], at: 0, next: { do: "row", row: 2 } },
  { name: "an exercise that hurt leads on to the next one", screens: [sore("Sss"), screen("sss")], at: 0, next: { do: "go", screen: 1 } },
  { name: "and nobody is led back to it", screens: [sore("Sss"), screen("SSS")], at: 1, next: { do: "finish" } },
  { name: "a partner goes on alone", screens: [sore("Sss", "A"), screen("SSs", "A")], at: 1, next: { do: "row", row: 2 } },
];
for (const { name, screens, at, next } of steps) test(name, () => assert.deepEqual(nextStep(screens, at), next));

const pains: { name: string; pains: (number | null)[]; worst: number | null }[] = [
  { name: "no set is not sore", pains: [], worst: null },
  { name: "not said is not sore", pains: [null, null], worst: null },
  { name: "at the limit training goes on", pains: [3, 0], worst: null },
  { name: "above the limit the worst counts", pains: [null, 4, 7, 1], worst: 7 },
];
for (const { name, pains: told, worst } of pains) test(name, () => assert.equal(soreAt(told, 3), worst));

const LADDER = [[5, "5"], [7.5, "7.5"], [10, "10"], [15, "15"]] as const;
const POUNDS = [[9.0718474, "20"], [11.33980925, "25"]] as const;

const ladderSteps: { name: string; shown: number; way: 1 | -1; expected: number }[] = [
  { name: "an empty field starts at the lightest", shown: Number.NaN, way: 1, expected: 5 },
  { name: "up to the next that exists", shown: 7.5, way: 1, expected: 10 },
  { name: "down to the next that exists", shown: 10, way: -1, expected: 7.5 },
  { name: "from between two, up", shown: 12, way: 1, expected: 15 },
  { name: "from between two, down", shown: 12, way: -1, expected: 10 },
  { name: "not above the heaviest", shown: 15, way: 1, expected: 15 },
  { name: "not below the lightest", shown: 5, way: -1, expected: 5 },
];
for (const { name, shown, way, expected } of ladderSteps) test(name, () => assert.equal(stepOnLadder(LADDER, shown, way)?.[0], expected));

test("no ladder, no step", () => assert.equal(stepOnLadder([], 10, 1), null));

test("a load that shows what the ladder shows is that very load", () => {
  assert.equal(loadKg(POUNDS, "25", "lb"), 11.33980925);
  assert.equal(loadKg(POUNDS, "22", "lb"), 9.979);
  assert.equal(loadKg(LADDER, "7,5", "kg"), 7.5);
  assert.equal(loadKg(LADDER, "", "kg"), null);
});

const numbers: [string, number | null][] = [["", null], ["  ", null], ["abc", null], ["12", 12], ["22,5", 22.5], ["-3", -3]];
for (const [text, value] of numbers) test(`typed ${JSON.stringify(text)}`, () => assert.equal(typed(text), value));

const loads: [string, string, string, string, string][] = [
  ["stack", "20", "kg", "", "20 kg"],
  ["dumbbell_each", "20", "lb", "", "20 lb each"],
  ["assist", "15", "kg", "", "15 kg help"],
  ["body", "", "kg", "", "Body weight"],
  ["body", "5", "kg", "", "Body + 5 kg"],
  ["band", "", "kg", "Green", "Green band"],
  ["none", "", "kg", "", ""],
];
for (const [kind, shown, unit, band, words] of loads) test(`${kind} ${shown}${band}: ${words}`, () => assert.equal(loadWords(kind, shown, unit, band), words));

test("how long it goes on", () => {
  assert.deepEqual([-5, 59_000, 61_000, 3_900_000].map(elapsed), ["0 min", "0 min", "1 min", "1 h 05"]);
});
