/** Ticks of the shopping list as the queue keeps and sends them. */
import type { Change, Entry } from "./queue.ts";

/** What a tick is sent as, and where. */
export function changeOf(action: string, done: boolean, page: string): Change {
  const url = `/api/v1${action}`;
  return { id: url, method: "PUT", url, body: { done }, page };
}

/** Return whether a line is ticked by the last of some changes; null when none is about it. */
export function tickOf(changes: readonly Entry[], action: string): boolean | null {
  const body = changes.filter((one) => one.id === `/api/v1${action}`).at(-1)?.body ?? null;
  return body !== null && "done" in body ? body.done : null;
}
