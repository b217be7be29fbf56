/** When a set is over by itself: the person left the start position and does not come back. */
import type { Phase } from "./messages.ts";

/** How long somebody may be away before the set ends, ms. Project defaults: a breath between reps is shorter. */
export const AWAY_MS = 3_500;
/** Between the sides of a one-sided exercise there is more to do. */
export const SIDES_MS = 15_000;

export type Leaving = { readonly since: number | null };
export const THERE: Leaving = { since: null };

/** Return since when the person is away: out of the picture or out of the movement. */
export function leaving(before: Leaving, phase: Phase, framing: readonly string[], now: number): Leaving {
  const away = phase === "away" || framing.includes("nobody");
  return { since: away ? (before.since ?? now) : null };
}

/** Return whether the set is over. One in which nothing was done yet is not: the person is still getting there. */
export function isOver(at: Leaving, done: number, otherSideDue: boolean, now: number): boolean {
  if (at.since === null || done === 0) return false;
  return now - at.since >= (otherSideDue ? SIDES_MS : AWAY_MS);
}
