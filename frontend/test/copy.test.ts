import assert from "node:assert/strict";
import { test } from "node:test";
import { copied } from "../src/shared/copy.ts";

test("where the browser copies, it says so", async () => {
  const texts: string[] = [];
  assert.equal(await copied("webcal://x", { writeText: async (text: string) => void texts.push(text) }), "Copied");
  assert.deepEqual(texts, ["webcal://x"]);
});

test("where it may not, it says which keys do", async () => {
  const refuse = { writeText: () => Promise.reject(new Error("not allowed")) };
  assert.equal(await copied("webcal://x", refuse), "Press Ctrl and C");
});
