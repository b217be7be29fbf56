import assert from "node:assert/strict";
import { test } from "node:test";
import { type Change, type SetBody, enqueue, isSet, memoryBox, read } from "../src/shared/queue.ts";
import { saidOf, words } from "../src/shared/sync.ts";
import { stateOf } from "../src/shared/queue.ts";
import { changeOf, tickOf } from "../src/shared/ticks.ts";

const SPINACH = "/eat/shopping/2026-11-23/spinach";
const SET = { session_id: "1", exercise: "face_pull" } as unknown as SetBody;

function put(body: Change["body"], id = "1"): Change {
  return { id, method: "PUT", url: `/api/v1/sets/${id}`, body, page: "/session/1" };
}

test("a tick is sent to the API under the address of its line", () => {
  assert.deepEqual(changeOf(SPINACH, true, "/eat/shopping"), {
    id: `/api/v1${SPINACH}`,
    method: "PUT",
    url: `/api/v1${SPINACH}`,
    body: { done: true },
    page: "/eat/shopping",
  });
});

test("the last tick of a line counts, and no other line's", () => {
  const box = memoryBox();
  assert.equal(tickOf(read(box), SPINACH), null);
  enqueue(box, changeOf(SPINACH, true, "/eat/shopping"));
  enqueue(box, changeOf("/eat/shopping/2026-11-23/apple", true, "/eat/shopping"));
  enqueue(box, changeOf(SPINACH, false, "/eat/shopping"));
  assert.equal(tickOf(read(box), SPINACH), false);
  assert.equal(tickOf(read(box), "/eat/shopping/2026-11-23/apple"), true);
  assert.equal(read(box).length, 2);
});

test("a set is told from a tick", () => {
  assert.equal(isSet(SET), true);
  assert.equal(isSet({ done: true }), false);
  assert.equal(isSet(null), false);
});

test("what waits is called sets only when nothing else does", () => {
  const box = memoryBox();
  enqueue(box, put(SET));
  assert.equal(saidOf(stateOf(box), read(box)), "1 set waiting to sync; kept on this device.");
  enqueue(box, changeOf(SPINACH, true, "/eat/shopping"));
  assert.equal(saidOf(stateOf(box), read(box)), "2 changes waiting to sync; kept on this device.");
});

test("a tick that was refused is not called a set", () => {
  const entry = { ...changeOf(SPINACH, true, "/eat/shopping"), version: 1, refused: "The week was planned anew." };
  const said = words({ waiting: 0, refused: [entry], trouble: "", stopped: false });
  assert.equal(said, "1 change was not taken. The week was planned anew.");
});
