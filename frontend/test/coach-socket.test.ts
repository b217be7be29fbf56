import assert from "node:assert/strict";
import { test } from "node:test";
import type { Landmarks } from "../src/coach/frames.ts";
import { CoachSocket, type Ground, type Message, type SocketState } from "../src/coach/socket.ts";

/** A clock that moves when told, with what waits for it. */
class Clock {
  now = 1_000;
  private waiting: { readonly at: number; readonly act: () => void }[] = [];

  readonly later = (act: () => void, wait_ms: number) => {
    const one = { at: this.now + wait_ms, act };
    this.waiting.push(one);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== one);
    };
  };

  pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const next = this.waiting.filter((one) => one.at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.waiting = this.waiting.filter((one) => one !== next);
      this.now = Math.max(this.now, next.at);
      next.act();
    }
    this.now = until;
  }
}

class Fake {
  readyState = 0;
  bufferedAmount = 0;
  binaryType = "";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly said: Record<string, unknown>[] = [];
  readonly frames: ArrayBuffer[] = [];

  send(data: string | ArrayBuffer): void {
    if (typeof data === "string") this.said.push(JSON.parse(data) as Record<string, unknown>);
    else this.frames.push(data);
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  hear(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  drop(code: number, reason = ""): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  of(type: string): Record<string, unknown>[] {
    return this.said.filter((one) => one["type"] === type);
  }
}

function stage() {
  const clock = new Clock();
  const sockets: Fake[] = [];
  const states: (readonly [SocketState, string])[] = [];
  const messages: Message[] = [];
  const ground: Ground = {
    open: () => {
      const socket = new Fake();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    now: () => clock.now,
    later: clock.later,
    painted: (act) => void clock.later(act, 10),
  };
  const coach = new CoachSocket("/ws/coach", { exercise: "face_pull", side: null }, ground);
  coach.onState = (state, why) => states.push([state, why]);
  coach.onMessage = (message) => messages.push(message);
  const last = () => {
    const socket = sockets.at(-1);
    assert.ok(socket !== undefined);
    return socket;
  };
  /** Let the newest connection open and be greeted. */
  const greet = (token = "token-1") => {
    last().open();
    last().hear({ type: "ready", coach: token, resumed: false, reps: 0 });
  };
  const frame = () => coach.send(body(clock.now));
  const answer = (seq: number, events: readonly object[] = []) => last().hear({ type: "events", seq, t_s: 0, state: {}, events, dropped: 3, refused: 1, took_us: 2_000 });
  return { clock, sockets, states, messages, coach, last, greet, frame, answer };
}

function body(now: number): Landmarks {
  return { t_s: (now - 40) / 1_000, posed_ms: now - 1, width: 640, height: 480, image: new Float32Array(99), world: new Float32Array(99), visibility: new Float32Array(33), found: true };
}

// --- Hello ---------------------------------------------------------------------------------------------------

test("a hello comes first, and no frame before it is answered", () => {
  const { coach, last, states, frame, greet } = stage();
  frame();
  last().open();
  frame();
  assert.deepEqual(last().said, [{ type: "hello", version: 1, exercise: "face_pull", side: null, coach: null }]);
  assert.equal(last().frames.length, 0);
  greet();
  frame();
  assert.equal(last().frames.length, 1);
  assert.equal(coach.state, "open");
  assert.deepEqual(states, [["open", ""]]);
  assert.equal(coach.debug["unsent"], 2);
});

test("what is said before the hello is answered is said after it", () => {
  const { coach, last, greet } = stage();
  coach.control({ type: "start" });
  assert.equal(last().of("start").length, 0);
  greet();
  assert.equal(last().of("start").length, 1);
});

// --- A slow other side ------------------------------------------------------------------------------------------

test("no frame goes while four are unanswered", () => {
  const { coach, last, greet, frame, answer } = stage();
  greet();
  for (let n = 0; n < 6; n += 1) frame();
  assert.equal(last().frames.length, 4);
  assert.equal(coach.debug["held_back"], 2);
  answer(4);
  frame();
  assert.equal(last().frames.length, 5);
  assert.equal(coach.debug["unanswered"], 1);
});

test("no frame goes while bytes wait in the socket", () => {
  const { last, greet, frame } = stage();
  greet();
  last().bufferedAmount = 944;
  frame();
  assert.equal(last().frames.length, 0);
  last().bufferedAmount = 0;
  frame();
  assert.equal(last().frames.length, 1);
});

test("what is on the way at a start has no answer, and holds nothing back", () => {
  const { coach, greet, frame } = stage();
  greet();
  for (let n = 0; n < 4; n += 1) frame();
  coach.control({ type: "start" });
  assert.equal(coach.debug["unanswered"], 0);
});

// --- Drops ----------------------------------------------------------------------------------------------------

test("a dropped set is taken up again with its token, at once", () => {
  const { clock, coach, sockets, states, last, greet, frame, answer } = stage();
  greet();
  coach.control({ type: "start" });
  frame();
  answer(1);
  last().drop(1006);
  assert.equal(coach.state, "lost");
  clock.pass(1);
  assert.equal(sockets.length, 2);
  last().open();
  assert.equal(last().said[0]?.["coach"], "token-1");
  last().hear({ type: "ready", coach: "token-1", resumed: true, reps: 3 });
  assert.deepEqual(states.map(([state]) => state), ["open", "lost", "open"]);
  assert.equal(last().of("start").length, 0);
  assert.equal(coach.debug["reconnects"], 1);
  frame();
  assert.equal(last().frames.length, 1);
});

test("a set without frames has nothing to take up", () => {
  const { clock, last, greet } = stage();
  greet();
  last().drop(1006);
  clock.pass(1);
  last().open();
  assert.equal(last().said[0]?.["coach"], null);
});

test("tries go on, never more than two seconds apart", () => {
  const { clock, sockets, last } = stage();
  last().drop(1006);
  let before = clock.now;
  for (let n = 0; n < 12; n += 1) {
    const known = sockets.length;
    while (sockets.length === known) clock.pass(10);
    assert.ok(clock.now - before < 2_000);
    before = clock.now;
    last().drop(1006);
  }
});

test("a try that hangs is given up", () => {
  const { clock, sockets } = stage();
  clock.pass(3_100);
  assert.equal(sockets.length, 2);
});

test("a silent connection is a lost one, within two seconds", () => {
  const { clock, coach, sockets, greet } = stage();
  greet();
  clock.pass(1_500);
  assert.equal(coach.state, "open");
  clock.pass(1_000);
  assert.equal(sockets.length, 2);
});

test("a connection that answers pings stays", () => {
  const { clock, sockets, last, greet } = stage();
  greet();
  for (let n = 0; n < 20; n += 1) {
    clock.pass(500);
    last().hear({ type: "pong", at: clock.now - 7 });
  }
  assert.equal(sockets.length, 1);
});

test("a page that slept does not take its own silence for the server's", () => {
  const { clock, coach, greet } = stage();
  greet();
  clock.now += 60_000; // timers stood still
  clock.pass(1);
  assert.equal(coach.state, "open");
});

for (const code of [4400, 4409]) {
  test(`a close with ${code} is final and says why`, () => {
    const { clock, sockets, states, messages, last, greet } = stage();
    greet();
    last().hear({ type: "refused", why: "That was enough." });
    last().drop(code, "That was");
    clock.pass(60_000);
    assert.deepEqual(states.at(-1), ["refused", "That was enough."]);
    assert.equal(sockets.length, 1);
    assert.ok(messages.every((message) => message["type"] !== "refused"));
  });
}

test("a token that is too old ends a set that was counted", () => {
  const { clock, coach, last, greet, frame, answer } = stage();
  greet();
  coach.control({ type: "start" });
  frame();
  answer(1);
  last().drop(1012);
  clock.pass(1);
  last().open();
  last().drop(4404, "This set is over.");
  assert.equal(coach.state, "refused");
});

test("a token that is too old loses nothing before the count", () => {
  const { clock, coach, last, greet, frame, answer } = stage();
  greet();
  frame();
  answer(1);
  last().drop(1012);
  clock.pass(1);
  last().open();
  last().drop(4404);
  clock.pass(200);
  last().open();
  assert.equal(last().said[0]?.["coach"], null);
  assert.equal(coach.state, "lost");
});

test("a stop whose report was lost is said again", () => {
  const { clock, coach, last, greet, frame, answer } = stage();
  greet();
  coach.control({ type: "start" });
  frame();
  answer(1);
  coach.control({ type: "stop" });
  last().drop(1006);
  clock.pass(1);
  greet();
  assert.equal(last().of("stop").length, 1);
  last().hear({ type: "report", report: {}, fill: {} });
  last().drop(1006);
  clock.pass(1);
  greet();
  assert.equal(last().of("stop").length, 0);
});

test("a closed socket stays closed", () => {
  const { clock, coach, sockets, states, greet } = stage();
  greet();
  coach.close();
  clock.pass(10_000);
  assert.equal(sockets.length, 1);
  assert.deepEqual(states.map(([state]) => state), ["open"]);
});

// --- What it took -----------------------------------------------------------------------------------------------

test("latency is split into its parts, and ours is all but the pose model", () => {
  const { clock, coach, greet, frame, answer } = stage();
  greet();
  frame();
  clock.pass(5);
  answer(1, [{ kind: "rep" }]);
  clock.pass(10);
  const { debug } = coach;
  const parts = ["pose", "pack", "socket", "engine", "draw", "ours", "whole"].map((part) => Math.round(debug[`p95_${part}_ms`] ?? NaN));
  assert.deepEqual(parts, [39, 1, 3, 2, 10, 16, 55]);
  assert.deepEqual([debug["server_dropped"], debug["server_refused"], debug["measured"]], [3, 1, 1]);
});

test("a state that waited until it was due is no latency", () => {
  const { clock, coach, greet, frame, answer } = stage();
  greet();
  frame();
  answer(1);
  clock.pass(33);
  frame();
  clock.pass(30);
  answer(2);
  clock.pass(10);
  assert.equal(coach.debug["measured"], 1);
  clock.pass(100);
  frame();
  answer(3);
  clock.pass(10);
  assert.equal(coach.debug["measured"], 2);
});

test("an answer to a frame that nobody knows tells nothing", () => {
  const { clock, coach, greet, answer } = stage();
  greet();
  answer(99, [{ kind: "rep" }]);
  clock.pass(10);
  assert.equal(coach.debug["measured"], 0);
  assert.ok(Number.isNaN(coach.debug["p95_ours_ms"]));
});
