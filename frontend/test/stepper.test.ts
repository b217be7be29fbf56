import assert from "node:assert/strict";
import { test } from "node:test";
import { stepped } from "../src/shared/stepper.ts";

const cases: { name: string; value: number; by: number; expected: number }[] = [
  { name: "an empty field starts at the least", value: Number.NaN, by: 1, expected: 0.5 },
  { name: "one step up", value: 40, by: 1, expected: 41 },
  { name: "no dust of binary fractions", value: 0.7, by: 0.1, expected: 0.8 },
  { name: "never above the most", value: 250, by: 1, expected: 250 },
  { name: "never below the least", value: 1, by: -1, expected: 0.5 },
];

for (const { name, value, by, expected } of cases) {
  test(name, () => assert.equal(stepped(value, by, 0.5, 250), expected));
}
