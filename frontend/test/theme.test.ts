import assert from "node:assert/strict";
import { test } from "node:test";
import { themeOf } from "../src/theme.ts";

for (const [word, expected] of [[null, "system"], ["", "system"], ["sepia", "system"], ["light", "light"], ["dark", "dark"]] as const) {
  test(`a stored ${JSON.stringify(word)} means ${expected}`, () => {
    assert.equal(themeOf(word), expected);
  });
}
