/** What the coach says of counts, holds and ends: short, and nothing twice. */
import type { Side } from "./messages.ts";

export type Target = { readonly low: number | null; readonly high: number | null };

/** Return what is spoken after a rep: its number, what is left near the end, and when the target is reached. */
export function countWords(n: number, { low, high }: Target): string {
  const goal = high ?? low;
  if (goal === null) return String(n);
  if (n === goal) return `${n}. That is the set.`;
  if (n === goal - 1) return `${n}. One more.`;
  if (n === goal - 2) return `${n}. Two more.`;
  return String(n);
}

/** Return what is shown beside the count: `of 12`, `of 8–12`; "" without a target. */
export function ofWords({ low, high }: Target): string {
  if (low === null && high === null) return "";
  return low !== null && high !== null && low !== high ? `of ${low}–${high}` : `of ${high ?? low ?? ""}`;
}

/** Return what is spoken while a pose is held, at this whole second; "" for silence. */
export function holdWords(held_s: number, goal_s: number | null): string {
  if (goal_s === null) return held_s > 0 && held_s % 10 === 0 ? String(held_s) : "";
  const left = goal_s - held_s;
  if (left === 0) return "That is the time. Ease out.";
  if (left === 5 && goal_s >= 15) return "Five more.";
  if (left > 0 && left <= 3) return String(left);
  if (held_s > 0 && left > 5 && held_s === Math.round(goal_s / 2) && goal_s >= 20) return "Half way.";
  return "";
}

/** Return the other side. */
export function otherSide(side: Side): Side {
  return side === "left" ? "right" : side === "right" ? "left" : "both";
}

/** Return when a fault was seen: `in rep 2`, `in reps 2 and 5`, `in 4 reps`, `during the set`. */
export function repsWords(reps: readonly number[]): string {
  if (reps.length === 0) return "during the set";
  if (reps.length === 1) return `in rep ${reps[0]}`;
  if (reps.length > 3) return `in ${reps.length} reps`;
  return `in reps ${reps.slice(0, -1).join(", ")} and ${reps.at(-1)}`;
}

/** Return the reps in reserve with their band; "" when they cannot be told. */
export function reserveWords(rir: number | null, low: number | null, high: number | null): string {
  if (rir === null) return "";
  if (low === null || high === null) return `The coach would say ${rir} left.`;
  const [from, to] = [Math.max(0, Math.round(low)), Math.round(high)];
  return from === to ? `The coach would say ${rir} left.` : `The coach would say ${rir} left, ${from} to ${to} in four of five sets like it. You felt it: your number counts.`;
}

/** Return a set in one line: `8 reps`, `42 s`. */
export function amountWords(reps: number | null, hold_s: number | null): string {
  if (hold_s !== null) return `${Math.round(hold_s)} s`;
  return reps === null ? "nothing" : `${reps} ${reps === 1 ? "rep" : "reps"}`;
}

/** Return whether spoken words end the set. */
export function endsSet(heard: string): boolean {
  return /\b(stop|done|finished?|enough)\b/i.test(heard);
}
