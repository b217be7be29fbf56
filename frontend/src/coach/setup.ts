/** Whether the set can begin: what is checked before, in which order it is mended, and when the countdown starts. */
import type { Problem } from "./messages.ts";

export type CheckName = "body" | "distance" | "view" | "level" | "light";
export type Verdict = "wait" | "yes" | "no";
export type Checks = Readonly<Record<CheckName, Verdict>>;

export const CHECK_NAMES: readonly CheckName[] = ["body", "distance", "view", "level", "light"];
/** Project defaults: a picture darker than this, of 255, tells little; a phone more crooked than this shows it. */
export const DARK = 42;
export const CROOKED_DEG = 8;
/** All is well for so long before the countdown; what is only a nuisance holds it up no longer than this. */
export const STEADY_MS = 1_200;
export const PATIENCE_MS = 8_000;

/** These stop the coach from seeing anything; the rest costs some of what can be told, and is said at the end. */
const HARD = new Set(["nobody", "another_person", "too_near", "too_far", "trunk_outside", "dark", "waiting"]);

const CHECK_OF: Readonly<Record<string, CheckName>> = { too_near: "distance", too_far: "distance", wrong_view: "view", tilted: "level", dark: "light" };

/** What the page itself sees: brightness 0 to 255, and how crooked the device stands; null where it cannot be told. */
export type Seen = { readonly found: boolean; readonly brightness: number | null; readonly roll_deg: number | null };

/** Return every problem there is: those the server tells, then those only this device can see. */
export function problemsOf(framing: readonly string[] | null, seen: Seen): readonly string[] {
  if (framing === null) return ["waiting"];
  const all = new Set(framing);
  if (seen.brightness !== null && seen.brightness < DARK) all.add("dark");
  if (seen.roll_deg !== null && Math.abs(seen.roll_deg) > CROOKED_DEG) all.add("tilted");
  return [...all].sort((a, b) => Number(b === "dark") - Number(a === "dark"));
}

/** Return the five checks: one is `wait` where nothing can be said of it yet. */
export function checksOf(problems: readonly string[], seen: Seen): Checks {
  const blind = problems.includes("nobody") || problems.includes("waiting");
  const checks: Record<CheckName, Verdict> = { body: "yes", distance: "yes", view: "yes", level: "yes", light: "yes" };
  if (blind) for (const name of ["body", "distance", "view", "level"] as const) checks[name] = "wait";
  if (seen.roll_deg !== null) checks.level = "yes";
  if (seen.brightness === null) checks.light = "wait";
  for (const one of problems) {
    if (one === "waiting" || one === "slow") continue;
    checks[CHECK_OF[one] ?? "body"] = "no";
  }
  return checks;
}

/** Return the one problem to say; null when there is none. */
export function firstProblem(problems: readonly string[]): string | null {
  return problems.find((one) => one !== "waiting") ?? null;
}

/** Return the sentence for a problem: what to do, as the server words it for this exercise. */
export function wordsFor(id: string | null, problems: Readonly<Record<string, Problem>>): string {
  if (id === null) return "";
  const known = problems[id];
  return known === undefined ? "" : `${known.problem} ${known.remedy}`;
}

export type Readiness = { readonly steadySince: number | null; readonly since: number };

export function fresh(now: number): Readiness {
  return { steadySince: null, since: now };
}

/** Return how long nothing hard stood in the way. */
export function readied(before: Readiness, problems: readonly string[], now: number): Readiness {
  if (problems.some((one) => HARD.has(one))) return { ...before, steadySince: null };
  return { ...before, steadySince: before.steadySince ?? now };
}

/** Return whether the countdown may begin: at once when all is well, after some patience with small problems. */
export function mayBegin(ready: Readiness, problems: readonly string[], now: number): boolean {
  if (ready.steadySince === null) return false;
  const small = problems.some((one) => one !== "slow");
  return now - ready.steadySince >= (small ? PATIENCE_MS : STEADY_MS);
}

/** Return whether a countdown must stop: somebody left, or the picture went. */
export function mustStop(problems: readonly string[]): boolean {
  return problems.some((one) => one === "nobody" || one === "waiting" || one === "another_person");
}

/** Return the mean brightness of a picture's bytes (red, green, blue, opacity), 0 to 255; null for no picture. */
export function brightnessOf(bytes: Uint8ClampedArray): number | null {
  if (bytes.length < 4) return null;
  let sum = 0;
  for (let at = 0; at + 2 < bytes.length; at += 4) sum += 0.2126 * (bytes[at] ?? 0) + 0.7152 * (bytes[at + 1] ?? 0) + 0.0722 * (bytes[at + 2] ?? 0);
  return sum / Math.floor(bytes.length / 4);
}

/** Return how crooked the device stands, from gravity along its screen; null when it lies flat. 0 upright or on its side. */
export function rollOf(x: number | null, y: number | null): number | null {
  if (x === null || y === null || Math.hypot(x, y) < 5) return null;
  const turned = (Math.atan2(x, y) * 180) / Math.PI;
  const off = turned - 90 * Math.round(turned / 90);
  return off === 0 ? 0 : off;
}
