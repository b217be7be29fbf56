import assert from "node:assert/strict";
import { test } from "node:test";
import { type Ahead, columns } from "../src/progress/fan.ts";
import { following } from "../src/progress/weeks.ts";

const CURVE = [
  [9, 10],
  [11, 12],
  [10, 11],
] as [number[], number[], number[]];

test("without a fan a curve has empty columns beside it", () => {
  assert.deepEqual(columns([1, 2], CURVE, []), [[1, 2], ...CURVE, [null, null], [null, null], [null, null]]);
});

test("a fan begins at the last day of the curve and goes on behind it", () => {
  const ahead: Ahead[] = [
    [2, 11, 10, 12],
    [9, 11.5, 9.5, 13.5],
    [16, 12, 9, 15],
  ];
  assert.deepEqual(columns([1, 2], CURVE, ahead), [
    [1, 2, 9, 16],
    [9, 10, null, null],
    [11, 12, null, null],
    [10, 11, null, null],
    [null, 10, 9.5, 9],
    [null, 12, 13.5, 15],
    [null, 11, 11.5, 12],
  ]);
});

test("columns are as long as each other, whatever there is", () => {
  for (let days = 1; days < 6; days += 1) {
    for (let ahead = 0; ahead < 4; ahead += 1) {
      const xs = Array.from({ length: days }, (_value, n) => n);
      const fan = Array.from({ length: ahead }, (_value, n): Ahead => [days - 1 + n, 1, 0, 2]);
      const made = columns(xs, [xs, xs, xs], fan);
      assert.equal(made.length, 7);
      assert.deepEqual([...new Set(made.map((column) => column.length))], [days + Math.max(0, ahead - 1)]);
      const [at = []] = made;
      assert.ok(at.every((value, n) => n === 0 || Number(value) > Number(at[n - 1])));
    }
  }
});

test("the weeks are played to the last one, and from there anew", () => {
  assert.equal(following(0, 3), 1);
  assert.equal(following(2, 3), 0);
  assert.equal(following(0, 1), 0);
});
