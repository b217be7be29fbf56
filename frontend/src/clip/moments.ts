/** Where to go in a clip: reps, pictures, and what is to be seen now. Pure, so that it can be tested. */

export type Rep = { readonly fromS: number; readonly toS: number };
export type Fault = { readonly atS: number; readonly cue: string };

/** A jump back goes to the start of this rep, unless it only just began. */
const JUST_BEGUN_S = 0.7;
const SEEN_S = 0.35;

/** Return where the rep before (-1) or the next one (1) begins; null when there is none. */
export function repFrom(reps: readonly Rep[], nowS: number, way: 1 | -1): number | null {
  if (way === 1) return reps.find((rep) => rep.fromS > nowS + 0.05)?.fromS ?? null;
  return reps.findLast((rep) => rep.fromS < nowS - JUST_BEGUN_S)?.fromS ?? reps[0]?.fromS ?? null;
}

/** Return the time a picture further on or back, in the middle of that picture, so that it is this one that shows. */
export function pictureFrom(nowS: number, fps: number, way: 1 | -1): number {
  const pictures = Math.floor(nowS * fps + 0.01) + way;
  return Math.max(0, (pictures + 0.5) / fps);
}

/** Return the cue to show at a time: of the fault that is nearest, when one is near. */
export function cueAt(faults: readonly Fault[], nowS: number): string {
  const near = faults.filter((fault) => Math.abs(fault.atS - nowS) <= SEEN_S);
  near.sort((a, b) => Math.abs(a.atS - nowS) - Math.abs(b.atS - nowS));
  return near[0]?.cue ?? "";
}

/** Return a key's meaning in the player; null for a key that has none. */
export function meaningOf(key: string): string | null {
  const keys: Record<string, string> = { " ": "play", k: "play", ",": "step-back", ".": "step-on", "[": "rep-back", "]": "rep-on", s: "skeleton" };
  return keys[key] ?? null;
}
