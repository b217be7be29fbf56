import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutFarAway } from "../scripts/reports.mjs";
import { converted, held, plain } from "../src/eat/amount.ts";
import { Readings, SCAN_TROUBLES, addressOf, digitsOf, isBarcode } from "../src/eat/barcode.ts";

const codes: { name: string; code: string; expected: boolean }[] = [
  { name: "nothing", code: "", expected: false },
  { name: "letters", code: "40012345678GB", expected: false },
  { name: "too few digits", code: "1234567", expected: false },
  { name: "eleven digits", code: "40012345678", expected: false },
  { name: "EAN-13", code: "4006381333931", expected: true },
  { name: "EAN-13 with one digit wrong", code: "4006381333937", expected: false },
  { name: "EAN-13 with two digits swapped", code: "4003681333931", expected: false },
  { name: "EAN-8", code: "96385074", expected: true },
  { name: "UPC-A", code: "036000291452", expected: true },
  { name: "GTIN-14", code: "10614141000415", expected: true },
];
for (const { name, code, expected } of codes) test(`a barcode: ${name}`, () => assert.equal(isBarcode(code), expected));

test("people write numbers with spaces and hyphens", () => {
  assert.equal(digitsOf(" 4 006381-333931 "), "4006381333931");
});

test("a number is sure when two looks in a row agree", () => {
  const readings = new Readings();
  assert.equal(readings.add(""), null);
  assert.equal(readings.add("4006381333931"), null);
  assert.equal(readings.add("96385074"), null);
  assert.equal(readings.add("4006381333931"), null);
  assert.equal(readings.add(""), null, "a look that saw nothing says nothing against it");
  assert.equal(readings.add("4006381333931"), "4006381333931");
});

test("what only looks like a barcode never is sure", () => {
  const readings = new Readings();
  for (let look = 0; look < 5; look++) assert.equal(readings.add("4006381333932"), null);
});

test("the number goes where the template has it, and nowhere else in the address", () => {
  assert.equal(addressOf("/eat/log/barcode?on=2026-11-25&code={code}", "96385074"), "/eat/log/barcode?on=2026-11-25&code=96385074");
  assert.equal(addressOf("/x?code={code}", "a&b"), "/x?code=a%26b");
});

test("whatever stands in the way of the camera, the number can be typed", () => {
  for (const said of Object.values(SCAN_TROUBLES)) assert.match(said, /\. (.* or )?[Tt]ype the number below the bars\.$/);
});

const amounts: { name: string; amount: number; from_g: number; to_g: number; expected: number }[] = [
  { name: "an empty field becomes one portion", amount: Number.NaN, from_g: 1, to_g: 118, expected: 1 },
  { name: "an empty field becomes a portion's grams", amount: Number.NaN, from_g: 118, to_g: 1, expected: 118 },
  { name: "grams to portions, in quarters", amount: 150, from_g: 1, to_g: 118, expected: 1.25 },
  { name: "portions to grams, whole", amount: 1.5, from_g: 118, to_g: 1, expected: 177 },
  { name: "one portion to another", amount: 2, from_g: 118, to_g: 100, expected: 2.25 },
  { name: "never nothing", amount: 1, from_g: 1, to_g: 400, expected: 0.25 },
];
for (const { name, amount, from_g, to_g, expected } of amounts) test(`an amount: ${name}`, () => assert.equal(converted(amount, from_g, to_g), expected));

test("what an amount holds is said with what is known, and nothing else", () => {
  const nobody = { energy_kcal: Number.NaN, protein_g: Number.NaN, fruit_vegetable_g: Number.NaN };
  assert.equal(held(null, nobody, 1), "");
  assert.equal(held(50, nobody, 0.5), "50 g");
  assert.equal(held(118, { energy_kcal: 89, protein_g: 1.09, fruit_vegetable_g: 100 }, 1.18), "118 g · 105 kcal · 1.3 g protein · 118 g fruit and vegetables");
  assert.equal(held(null, { energy_kcal: 520, protein_g: 31, fruit_vegetable_g: 0 }, 1.5), "780 kcal · 47 g protein");
});

test("numbers have as many digits as a kitchen scale", () => {
  assert.deepEqual([0, 0.25, 1.25, 9.96, 118.4].map(plain), ["0", "0.25", "1.3", "10", "118"]);
});

test("no other host is left in what is bundled", () => {
  const near = withoutFarAway("{ locateFile: (e) => `https://fastly.jsdelivr.net/npm/zxing-wasm@3.1.3/dist/${n}/${e}` }");
  assert.equal(near.includes("jsdelivr"), false);
  assert.throws(() => withoutFarAway('fetch("https://cdn.jsdelivr.net/x.wasm")'), {
    message: "A bundled script would fetch from https://cdn.jsdelivr.net. Take that out in scripts/reports.mjs.",
  });
});
