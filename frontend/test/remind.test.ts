import assert from "node:assert/strict";
import { test } from "node:test";
import { dueNow, momentWords, nextDue, stateWords, weekday } from "../src/desk/remind.ts";

const TIMES = { days: [0, 1, 2, 3, 4], minutes: [600, 660, 720] };
const NEVER = { days: [], minutes: [600] };
/** 23 November 2026 is a Monday. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);

test("Monday is the first day", () => assert.deepEqual([weekday(at(23, 9)), weekday(at(29, 9))], [0, 6]));

for (const [name, times, now, wanted] of [
  ["no days", NEVER, at(23, 10), null],
  ["no times", { days: [0], minutes: [] }, at(23, 10), null],
  ["a weekend", TIMES, at(28, 10), null],
  ["before the first", TIMES, at(23, 9, 59), null],
  ["to the minute", TIMES, at(23, 10), "2026-11-23 600"],
  ["a little late", TIMES, at(23, 10, 9), "2026-11-23 600"],
  ["too late", TIMES, at(23, 10, 10), null],
  ["the second one", TIMES, at(23, 11, 3), "2026-11-23 660"],
] as const) test(`a break is due: ${name}`, () => assert.equal(dueNow(times, now), wanted));

for (const [name, times, now, wanted] of [
  ["never", NEVER, at(23, 10), null],
  ["today", TIMES, at(23, 10), at(23, 11)],
  ["tomorrow", TIMES, at(23, 12), at(24, 10)],
  ["after the weekend", TIMES, at(27, 13), at(30, 10)],
] as const) test(`the next break: ${name}`, () => assert.deepEqual(nextDue(times, now), wanted));

test("every break of a week is told once, whenever the page looks", () => {
  const told = new Set<string>();
  for (let minute = 0; minute < 7 * 24 * 60; minute += 1) {
    const due = dueNow(TIMES, new Date(2026, 10, 23, 0, minute));
    if (due !== null) told.add(due);
  }
  assert.equal(told.size, 15);
});

test("a moment in words", () => {
  assert.equal(momentWords(at(23, 9, 5), at(23, 8)), "at 09:05");
  assert.equal(momentWords(at(30, 10), at(27, 13)), "on Monday at 10:00");
});

for (const [permission, wanted, said] of [
  ["granted", false, ""],
  ["unsupported", true, "This browser shows no messages here. A calendar entry does, on any device."],
  ["denied", true, "This browser was told not to show messages of Openback. The lock beside the address changes that."],
  ["default", true, "One more step: this browser asks whether it may show you messages."],
  ["granted", true, "The next one is at 11:00, as long as a page of Openback is open."],
] as const) test(`what the page says of reminders: ${permission} ${wanted}`, () => assert.equal(stateWords(permission, wanted, TIMES, at(23, 10)), said));

test("no break in the next days", () => assert.equal(stateWords("granted", true, NEVER, at(23, 10)), "No break is due in the next days."));
