/** The rest timer's arithmetic: an end time that is stored, so that it survives page changes and sleep. */
import type { Box } from "../shared/queue.ts";

export type Rest = {
  readonly session: string;
  /** When the rest ends and how long it is in all, in ms. */
  readonly endsAt: number;
  readonly totalMs: number;
};

const KEY = "openback.rest";
const SOUND_KEY = "openback.rest.sound";
/** How long "rest is over" stays before the timer leaves, and how late a sound may still come. */
export const OVER_MS = 60_000;
export const LATE_MS = 4_000;

/** Return a rest that begins now; null for none. */
export function begun(session: string, restS: number, now: number): Rest | null {
  return restS > 0 ? { session, endsAt: now + restS * 1000, totalMs: restS * 1000 } : null;
}

/** Return a rest made longer or shorter; it never ends before now. */
export function shifted(rest: Rest, byS: number, now: number): Rest {
  const endsAt = Math.max(now, Math.max(rest.endsAt, now) + byS * 1000);
  return { ...rest, endsAt, totalMs: Math.max(rest.totalMs + (endsAt - rest.endsAt), endsAt - now, 1000) };
}

/** Return the ms that are left; negative when the rest is over. */
export function leftMs(rest: Rest, now: number): number {
  return rest.endsAt - now;
}

/** Return how far the rest is, 0 to 1. */
export function share(rest: Rest, now: number): number {
  return Math.min(1, Math.max(0, 1 - leftMs(rest, now) / rest.totalMs));
}

/** Return whether a rest is still worth showing. */
export function isCurrent(rest: Rest | null, session: string, now: number): rest is Rest {
  return rest !== null && rest.session === session && leftMs(rest, now) > -OVER_MS;
}

/** Return time left as the clock shows it: `1:30`; `0:00` when it is over. */
export function shownTime(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Return the stored rest, or null; what is not a rest is none. */
export function storedRest(box: Box): Rest | null {
  try {
    const found: unknown = JSON.parse(box.getItem(KEY) ?? "null");
    if (found === null || typeof found !== "object") return null;
    const { session, endsAt, totalMs } = found as Record<string, unknown>;
    if (typeof session !== "string" || !Number.isFinite(endsAt) || !Number.isFinite(totalMs)) return null;
    return { session, endsAt: endsAt as number, totalMs: totalMs as number };
  } catch {
    return null;
  }
}

/** Store a rest, or that there is none. */
export function storeRest(box: Box, rest: Rest | null): void {
  box.setItem(KEY, JSON.stringify(rest));
}

/** Return whether the end of a rest is heard. */
export function soundOn(box: Box): boolean {
  return box.getItem(SOUND_KEY) !== "off";
}

/** Remember whether it is heard. */
export function setSound(box: Box, on: boolean): void {
  box.setItem(SOUND_KEY, on ? "on" : "off");
}
