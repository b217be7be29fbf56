import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../src/shared/stay.ts";

const KEPT = JSON.stringify({ path: "/eat", y: 320 });

for (const [name, kept, path, wanted] of [
  ["nothing kept", null, "/eat", null],
  ["the same page", KEPT, "/eat", 320],
  ["another page", KEPT, "/", null],
  ["no JSON", "{", "/eat", null],
  ["JSON that is no place", "null", "/eat", null],
  ["a place without a number", JSON.stringify({ path: "/eat", y: null }), "/eat", null],
] as const) {
  test(`where to stay: ${name}`, () => assert.equal(placeOf(kept, path), wanted));
}
