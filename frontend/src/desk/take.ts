/**
 * One take before the camera, without hands: stand well, a countdown, then so many pictures; and back to the
 * beginning when somebody leaves or the picture goes wrong. Pure: the page gives it the time and what it sees.
 */
import type { Landmarks } from "../coach/frames.ts";

export type Phase = "settle" | "count" | "take" | "done";

/** How a take goes: how long to stand well, to count down, and what is enough. Times in ms. */
export type TakePlan = {
  readonly steady_ms: number;
  readonly count_ms: number;
  /** A take lasts at least so long, and until there are `least` pictures. */
  readonly take_ms: number;
  readonly least: number;
  readonly most: number;
  /** Pictures lie at least so far apart: neighbours say the same. */
  readonly apart_s: number;
  /** Whether a flaw while it is taken begins anew; a test moves, so it goes on. */
  readonly strict: boolean;
};

export type Take = {
  readonly phase: Phase;
  readonly steadySince: number | null;
  /** When the countdown, or the taking, began. */
  readonly since: number;
  readonly frames: readonly Landmarks[];
  /** How often it began anew. */
  readonly again: number;
};

/** A flaw is forgiven for so long while it is counted down: one picture may be wrong. */
export const FORGIVEN_MS = 700;

export function freshTake(now: number): Take {
  return { phase: "settle", steadySince: null, since: now, frames: [], again: 0 };
}

/** What is seen now: what is wrong, and since when something is; `frame` is a new picture, or null. */
export type Look = { readonly flawed: boolean; readonly flawedSince: number | null; readonly frame: Landmarks | null };

/** Return the take a moment later. */
export function taken(before: Take, look: Look, plan: TakePlan, now: number): Take {
  if (before.phase === "done") return before;
  if (before.phase === "settle") return settled(before, look, plan, now);
  if (wrongTooLong(look, now) && (plan.strict || before.phase === "count")) return { ...freshTake(now), again: before.again + 1 };
  if (before.phase === "count") return now - before.since >= plan.count_ms ? { ...before, phase: "take", since: now } : before;
  return gathered(before, look, plan, now);
}

function settled(before: Take, look: Look, plan: TakePlan, now: number): Take {
  if (look.flawed) return before.steadySince === null ? before : { ...before, steadySince: null };
  const since = before.steadySince ?? now;
  if (now - since >= plan.steady_ms) return { ...before, phase: "count", steadySince: since, since: now };
  return { ...before, steadySince: since };
}

function wrongTooLong(look: Look, now: number): boolean {
  return look.flawed && look.flawedSince !== null && now - look.flawedSince >= FORGIVEN_MS;
}

function gathered(before: Take, look: Look, plan: TakePlan, now: number): Take {
  const { frame } = look;
  const last = before.frames.at(-1);
  const wanted = frame !== null && frame.found && !(look.flawed && plan.strict) && before.frames.length < plan.most;
  const fresh = wanted && (last === undefined || frame.t_s - last.t_s >= plan.apart_s);
  const frames = fresh ? [...before.frames, frame] : before.frames;
  const over = now - before.since >= plan.take_ms && frames.length >= plan.least;
  return { ...before, frames, phase: over ? "done" : "take" };
}

/** Return the number to show while it is counted down: 3, 2, 1; null outside of a countdown. */
export function countShown(take: Take, plan: TakePlan, now: number): number | null {
  if (take.phase !== "count") return null;
  return Math.max(1, Math.min(3, Math.ceil((take.since + plan.count_ms - now) / 1000)));
}

/** Return how much of a take is done, 0 to 1. */
export function shareDone(take: Take, plan: TakePlan, now: number): number {
  if (take.phase === "done") return 1;
  if (take.phase !== "take") return 0;
  const time = plan.take_ms > 0 ? (now - take.since) / plan.take_ms : 1;
  return Math.max(0, Math.min(1, time, take.frames.length / plan.least));
}
