/** The tempo bar: three parts as long as they should be, and where in them the rep is. */
import type { Phase, Tempo } from "./messages.ts";

export type Part = "lift" | "peak" | "lower";
export type Segment = { readonly part: Part; readonly share: number };

/** A hold that the exercise does not ask for still has room on the bar. */
const LEAST_SHARE = 0.08;
/** A part this much shorter than asked for was hurried; project default. */
const HURRIED = 0.6;
const SECONDS: Record<Part, "lift_s" | "hold_s" | "lower_s"> = { lift: "lift_s", peak: "hold_s", lower: "lower_s" };
const PARTS: readonly Part[] = ["lift", "peak", "lower"];

/** Return the parts of the bar, each as a share of it; together they are 1. */
export function segments(tempo: Tempo): readonly Segment[] {
  const wanted = PARTS.map((part) => tempo[SECONDS[part]]);
  const all = wanted.reduce((sum, one) => sum + one, 0);
  if (!(all > 0)) return PARTS.map((part) => ({ part, share: 1 / 3 }));
  const shares = wanted.map((one) => Math.max(LEAST_SHARE, one / all));
  const sum = shares.reduce((total, one) => total + one, 0);
  return PARTS.map((part, at) => ({ part, share: (shares[at] ?? 0) / sum }));
}

export type Mark = { readonly at: number; readonly part: Part | null; readonly late: boolean };

/** Return where the mark stands, 0 to 1, after `since_s` in a phase; it waits at the end of a part that goes on. */
export function markAt(tempo: Tempo, phase: Phase, since_s: number): Mark {
  const part = phase === "lift" || phase === "peak" || phase === "lower" ? phase : null;
  if (part === null) return { at: 0, part: null, late: false };
  let before = 0;
  for (const segment of segments(tempo)) {
    if (segment.part !== part) {
      before += segment.share;
      continue;
    }
    const wanted = tempo[SECONDS[part]];
    const share = wanted > 0 ? Math.min(1, Math.max(0, since_s) / wanted) : 1;
    return { at: Math.min(1, before + share * segment.share), part, late: wanted > 0 && since_s > 1.5 * wanted };
  }
  return { at: 0, part: null, late: false };
}

/** Return what a finished rep took, as the page shows it: `2.1 · 0.9 · 1.8 s`; "" when it cannot be told. */
export function tempoWords(took: { readonly lift_s: number | null; readonly hold_s: number | null; readonly lower_s: number | null }): string {
  const all = [took.lift_s, took.hold_s, took.lower_s];
  if (all.some((one) => one === null || !Number.isFinite(one))) return "";
  return `${all.map((one) => (one ?? 0).toFixed(1)).join(" · ")} s`;
}

/** Return the part that was hurried most; null when none was. */
export function hurried(tempo: Tempo, took: { readonly lift_s: number | null; readonly lower_s: number | null }): "lift" | "lower" | null {
  const shares = (["lift", "lower"] as const).map((part) => {
    const wanted = tempo[SECONDS[part]];
    const was = took[part === "lift" ? "lift_s" : "lower_s"];
    return { part, share: wanted > 0 && was !== null && Number.isFinite(was) ? was / wanted : 1 };
  });
  const least = shares.reduce((a, b) => (b.share < a.share ? b : a));
  return least.share < HURRIED ? least.part : null;
}

/** Return the word for a phase, with the seconds that are asked for. */
export function phaseWord(phase: Phase, tempo: Tempo): string {
  const seconds = (value: number) => (value > 0 ? ` ${value} s` : "");
  if (phase === "lift") return `Lift${seconds(tempo.lift_s)}`;
  if (phase === "peak") return `Hold${seconds(tempo.hold_s)}`;
  if (phase === "lower") return `Return${seconds(tempo.lower_s)}`;
  return phase === "away" ? "Take the start position" : "Ready";
}
