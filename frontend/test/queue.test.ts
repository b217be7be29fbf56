import assert from "node:assert/strict";
import { test } from "node:test";
import { type Change, type SetBody, backOffMs, boxOf, enqueue, flush, forget, forgetSent, memoryBox, read, sentOf, stateOf } from "../src/shared/queue.ts";

const BODY: SetBody = {
  session_id: "01932f00-0000-7000-8000-000000000001",
  exercise: "face_pull",
  at: "2026-11-22T17:30:00Z",
  side: "both",
  kind: "work",
  load_kg: 15,
  band: null,
  reps: 12,
  hold_s: null,
  rir: null,
  pain: null,
  note: "",
};

function put(id: string, reps = 12): Change {
  return { id, method: "PUT", url: `/api/v1/sets/${id}`, body: { ...BODY, reps }, page: "/session/1" };
}

function taken(id: string): Change {
  return { id, method: "DELETE", url: `/api/v1/sets/${id}`, body: null, page: "/session/1" };
}

/** A server that keeps sets by id, and can be away, broken or picky. */
function server() {
  const kept = new Map<string, SetBody>();
  const asked: string[] = [];
  const mood = { away: false, status: 200, loseAnswers: 0 };
  const send = async (url: string, request: RequestInit): Promise<Response> => {
    if (mood.away) throw new TypeError("no network");
    const id = url.split("/").at(-1) ?? "";
    asked.push(`${request.method} ${id}`);
    const body = typeof request.body === "string" ? (JSON.parse(request.body) as SetBody) : null;
    if (mood.status !== 200) return new Response("", { status: mood.status });
    if (body !== null && (body.reps ?? 0) < 0) {
      return Response.json({ error: { kind: "bad_set", message: "This set cannot be kept: -3 is not a number of reps.", problems: [] } }, { status: 422 });
    }
    if (request.method === "DELETE") kept.delete(id);
    else if (body !== null) kept.set(id, body);
    if (mood.loseAnswers > 0) {
      mood.loseAnswers -= 1;
      throw new TypeError("the answer was lost");
    }
    return Response.json({});
  };
  return { kept, asked, mood, send };
}

test("an empty queue sends nothing", async () => {
  const { send, asked } = server();
  assert.deepEqual(await flush(memoryBox(), send), { waiting: 0, refused: [], trouble: "", stopped: false });
  assert.deepEqual(asked, []);
});

test("without network everything waits, in its order, and is sent oldest first when it is back", async () => {
  const box = memoryBox();
  const { send, asked, mood } = server();
  mood.away = true;
  for (const id of ["a", "b", "c"]) enqueue(box, put(id));
  const away = await flush(box, send);
  assert.equal(away.waiting, 3);
  assert.equal(away.stopped, true);
  mood.away = false;
  assert.equal((await flush(box, send)).waiting, 0);
  assert.deepEqual(asked, ["PUT a", "PUT b", "PUT c"]);
});

test("a lost answer sends the same set again under the same id: the server has it once", async () => {
  const box = memoryBox();
  const { send, kept, asked, mood } = server();
  mood.loseAnswers = 1;
  enqueue(box, put("a"));
  assert.equal((await flush(box, send)).waiting, 1);
  assert.equal((await flush(box, send)).waiting, 0);
  assert.deepEqual([...kept.keys()], ["a"]);
  assert.deepEqual(asked, ["PUT a", "PUT a"]);
});

test("a change of a waiting set takes its place in the order", async () => {
  const box = memoryBox();
  const { send, kept, asked } = server();
  enqueue(box, put("a", 12));
  enqueue(box, put("b"));
  enqueue(box, put("a", 10));
  await flush(box, send);
  assert.deepEqual(asked, ["PUT a", "PUT b"]);
  assert.equal(kept.get("a")?.reps, 10);
});

test("a change made while its older self is on the way is still sent", async () => {
  const box = memoryBox();
  const { send, kept } = server();
  enqueue(box, put("a", 12));
  let once = true;
  await flush(box, async (url, request) => {
    if (once) enqueue(box, put("a", 9));
    once = false;
    return send(url, request);
  });
  assert.equal(kept.get("a")?.reps, 9);
  assert.equal(read(box).length, 0);
});

test("a set that is taken out again while it waits is deleted, in case the server has it already", async () => {
  const box = memoryBox();
  const { send, kept, asked } = server();
  enqueue(box, put("a"));
  enqueue(box, taken("a"));
  await flush(box, send);
  assert.deepEqual(asked, ["DELETE a"]);
  assert.equal(kept.size, 0);
});

test("what the server refuses stays with its sentence, and the rest goes on", async () => {
  const box = memoryBox();
  const { send, kept } = server();
  enqueue(box, put("a", -3));
  enqueue(box, put("b"));
  const state = await flush(box, send);
  assert.deepEqual([...kept.keys()], ["b"]);
  assert.equal(state.waiting, 0);
  assert.equal(state.refused[0]?.refused, "This set cannot be kept: -3 is not a number of reps.");
  enqueue(box, put("a", 3));
  assert.equal((await flush(box, send)).refused.length, 0);
  assert.equal(kept.get("a")?.reps, 3);
});

test("a refused set goes away only when the person says so", async () => {
  const box = memoryBox();
  const { send } = server();
  enqueue(box, put("a", -3));
  await flush(box, send);
  await flush(box, send);
  assert.equal(read(box).length, 1);
  forget(box, "a");
  assert.equal(read(box).length, 0);
});

const LATER = [401, 408, 429, 500, 503, 507];
for (const status of LATER) {
  test(`status ${status} waits and is tried again`, async () => {
    const box = memoryBox();
    const { send, mood } = server();
    mood.status = status;
    enqueue(box, put("a"));
    const state = await flush(box, send);
    assert.deepEqual([state.waiting, state.stopped, state.refused.length], [1, true, 0]);
    mood.status = 200;
    assert.equal((await flush(box, send)).waiting, 0);
  });
}

test("a deletion of what is gone is done", async () => {
  const box = memoryBox();
  const { send, mood } = server();
  mood.status = 404;
  enqueue(box, taken("a"));
  assert.deepEqual(await flush(box, send), { waiting: 0, refused: [], trouble: "", stopped: false });
});

test("text that is no queue is put aside and not lost", () => {
  const box = memoryBox();
  box.setItem("openback.queue", "{broken");
  assert.deepEqual(read(box), []);
  assert.equal(box.getItem("openback.queue.broken"), "{broken");
});

test("a browser that keeps nothing still queues for the life of the page", () => {
  const box = boxOf(() => {
    throw new DOMException("denied", "SecurityError");
  });
  enqueue(box, put("a"));
  assert.equal(stateOf(box).waiting, 1);
});

test("what was sent is known until the kept page shows it", async () => {
  const box = memoryBox();
  const { send } = server();
  enqueue(box, put("a"));
  await flush(box, send);
  const known = sentOf(box);
  enqueue(box, put("b"));
  await flush(box, send);
  forgetSent(box, known);
  assert.deepEqual(sentOf(box).map((entry) => entry.id), ["b"]);
});

test("tries come further apart, up to a minute", () => {
  assert.deepEqual([1, 2, 3, 4, 10, 40].map(backOffMs), [1000, 2000, 4000, 8000, 60_000, 60_000]);
});

/** Small numbers that look random and are the same each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test("whatever the network does, in the end the server has exactly what the person sees", async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const roll = dice(seed);
    const box = memoryBox();
    const { send, kept, mood } = server();
    const wanted = new Map<string, number>();
    for (let step = 0; step < 40; step += 1) {
      mood.away = roll() < 0.3;
      mood.status = roll() < 0.2 ? 503 : 200;
      mood.loseAnswers = roll() < 0.3 ? 1 : 0;
      const id = `set-${Math.floor(roll() * 8)}`;
      if (roll() < 0.2) {
        wanted.delete(id);
        enqueue(box, taken(id));
      } else {
        const reps = 1 + Math.floor(roll() * 20);
        wanted.set(id, reps);
        enqueue(box, put(id, reps));
      }
      await flush(box, send);
    }
    Object.assign(mood, { away: false, status: 200, loseAnswers: 0 });
    await flush(box, send);
    assert.deepEqual([...kept].map(([id, body]) => [id, body.reps]).sort(), [...wanted].sort(), `seed ${seed}`);
  }
});
