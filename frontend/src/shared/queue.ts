/**
 * The queue of what was logged and not yet kept by the server: in localStorage, sent oldest first.
 *
 * A set is sent by PUT under an id made here, so a retry after a lost answer cannot log it twice.
 * What the server says no to stays, with its sentence, until the person changes it or takes it out.
 */

export type Entry = {
  /** What is written: a set's id, or the session's id for its end. */
  readonly id: string;
  readonly method: "PUT" | "DELETE" | "POST";
  readonly url: string;
  readonly body: SetBody | TickBody | FlowBody | null;
  /** Where the person can put it right. */
  readonly page: string;
  /** New at each change, so that an answer to an older version removes nothing. */
  readonly version: number;
  /** The sentence with which the server said no; null while it waits. */
  readonly refused: string | null;
};

/** A set as the API takes it. */
export type SetBody = {
  readonly session_id: string;
  readonly exercise: string;
  readonly at: string;
  readonly side: "left" | "right" | "both";
  readonly kind: "warm_up" | "work" | "drop";
  readonly load_kg: number | null;
  readonly band: string | null;
  readonly reps: number | null;
  readonly hold_s: number | null;
  readonly rir: number | null;
  readonly pain: number | null;
  readonly note: string;
  /** What the coach told of the set; missing where it watched none of it, or not all. */
  readonly seen?: Seen;
};

/** The faults that the coach saw in a set, and those that could not be told from where the camera stood. */
export type Seen = { readonly faults: readonly string[]; readonly untold: readonly string[] };

/** A line of the shopping list that is ticked off, or not any more. */
export type TickBody = { readonly done: boolean };

/** A flow that was done. */
export type FlowBody = {
  readonly flow: string;
  readonly at: string;
  readonly done_s: number;
  readonly held_s: Readonly<Record<string, number>>;
  readonly finished: boolean;
};

/** Return whether what was written is a set. */
export function isSet(body: Entry["body"]): body is SetBody {
  return body !== null && "session_id" in body;
}

export type Change = Pick<Entry, "id" | "method" | "url" | "body" | "page">;

/** Where the queue is kept: localStorage, or a stand-in. */
export type Box = Pick<Storage, "getItem" | "setItem">;
export type Send = (url: string, request: RequestInit) => Promise<Response>;

const KEY = "openback.queue";
const BROKEN_KEY = "openback.queue.broken";
const SENT_KEY = "openback.sent";
const MOST_SENT = 200;

/** Return a box that forgets with the page, for browsers that keep nothing. */
export function memoryBox(): Box {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

/** Return the browser's own box when it can be written, else one that forgets. */
export function boxOf(storage: () => Storage): Box {
  try {
    const box = storage();
    box.setItem("openback.try", "1");
    box.removeItem("openback.try");
    return box;
  } catch {
    return memoryBox();
  }
}

/** Return what waits, oldest first. Text that is no queue is put aside, not lost. */
export function read(box: Box): readonly Entry[] {
  const text = box.getItem(KEY);
  if (text === null) return [];
  try {
    const entries: unknown = JSON.parse(text);
    if (Array.isArray(entries)) return entries as Entry[];
  } catch {
    // Falls through to where it is put aside.
  }
  box.setItem(BROKEN_KEY, text);
  box.setItem(KEY, "[]");
  return [];
}

function write(box: Box, entries: readonly Entry[]): void {
  box.setItem(KEY, JSON.stringify(entries));
}

/** Return the queue with one change more; a later change of the same thing takes the place of the earlier one. */
export function withChange(queue: readonly Entry[], change: Change): readonly Entry[] {
  const version = Math.max(0, ...queue.map((entry) => entry.version)) + 1;
  const entry: Entry = { ...change, version, refused: null };
  const same = queue.findIndex((one) => one.id === change.id);
  return same < 0 ? [...queue, entry] : queue.map((one, at) => (at === same ? entry : one));
}

/** Keep a change until the server has it. */
export function enqueue(box: Box, change: Change): void {
  write(box, withChange(read(box), change));
}

/** Forget a change, such as one that was refused and is not wanted any more. */
export function forget(box: Box, id: string): void {
  write(box, read(box).filter((entry) => entry.id !== id));
}

type Verdict = { readonly kind: "kept" } | { readonly kind: "refused" | "later"; readonly said: string };

/** Statuses that may be right later: this device has to be paired anew, or the server is busy, away or out of room. */
const LATER = new Set([401, 408, 425, 429]);

/** Return what an answer means for the change that was sent. */
export async function verdictOf(entry: Entry, answer: Response): Promise<Verdict> {
  if (answer.ok || (entry.method === "DELETE" && answer.status === 404)) return { kind: "kept" };
  const said = await sentenceOf(answer);
  return { kind: LATER.has(answer.status) || answer.status >= 500 ? "later" : "refused", said };
}

/** Return the sentence of an error of the API, or one of our own. */
async function sentenceOf(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  const error = body !== null && typeof body === "object" && "error" in body ? body.error : null;
  const message = error !== null && typeof error === "object" && "message" in error ? error.message : null;
  return typeof message === "string" ? message : `Openback said no to this (${answer.status}). Check it, then send it again.`;
}

/** What is left after a flush: how many wait, which were refused, and why it stopped, if it did. */
export type State = {
  readonly waiting: number;
  readonly refused: readonly Entry[];
  /** What the server said when it could not keep something now; "" when it did not answer or all is well. */
  readonly trouble: string;
  readonly stopped: boolean;
};

/** Return the state of the queue as it lies there. */
export function stateOf(box: Box, trouble = "", stopped = false): State {
  const queue = read(box);
  const refused = queue.filter((entry) => entry.refused !== null);
  return { waiting: queue.length - refused.length, refused, trouble, stopped };
}

/** Send what waits, oldest first; stop where the server does not answer, and keep the rest in its order. */
export async function flush(box: Box, send: Send): Promise<State> {
  for (;;) {
    const entry = read(box).find((one) => one.refused === null);
    if (entry === undefined) return stateOf(box);
    const answer = await send(entry.url, requestOf(entry)).catch(() => null);
    if (answer === null) return stateOf(box, "", true);
    const verdict = await verdictOf(entry, answer);
    if (verdict.kind === "later") return stateOf(box, verdict.said, true);
    settle(box, entry, verdict.kind === "kept" ? null : verdict.said);
  }
}

function requestOf(entry: Entry): RequestInit {
  if (entry.body === null) return { method: entry.method };
  return { method: entry.method, headers: { "content-type": "application/json" }, body: JSON.stringify(entry.body) };
}

/** Return what was sent since the page was last kept for use without network, oldest first. */
export function sentOf(box: Box): readonly Entry[] {
  try {
    const entries: unknown = JSON.parse(box.getItem(SENT_KEY) ?? "[]");
    return Array.isArray(entries) ? (entries as Entry[]) : [];
  } catch {
    return [];
  }
}

/** Forget what was sent up to now: the kept page shows it. `known` is what `sentOf` gave before it was fetched. */
export function forgetSent(box: Box, known: readonly Entry[]): void {
  const old = new Set(known.map((entry) => `${entry.id} ${entry.version}`));
  box.setItem(SENT_KEY, JSON.stringify(sentOf(box).filter((entry) => !old.has(`${entry.id} ${entry.version}`))));
}

/** Take a sent change out of the queue, or mark it refused; a newer version of it stays as it is. */
function settle(box: Box, sent: Entry, refused: string | null): void {
  if (refused === null && sent.method !== "POST") box.setItem(SENT_KEY, JSON.stringify([...sentOf(box), sent].slice(-MOST_SENT)));
  const same = (entry: Entry) => entry.id === sent.id && entry.version === sent.version;
  const left = refused === null ? read(box).filter((entry) => !same(entry)) : read(box).map((entry) => (same(entry) ? { ...entry, refused } : entry));
  write(box, left);
}

/** Return how long to wait before the next try, in ms: 1 s, 2 s, 4 s, up to a minute. */
export function backOffMs(tries: number): number {
  return Math.min(60_000, 1_000 * 2 ** Math.max(0, tries - 1));
}
