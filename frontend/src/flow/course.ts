/** Where a flow is at each moment, and what is said there. Pure: seconds in, words and counts out. */

export type Breath = { readonly in_s: number; readonly out_s: number };
export type Tempo = { readonly lift_s: number; readonly hold_s: number; readonly lower_s: number; readonly pause_s: number };
export type Step = {
  readonly exercise: string;
  readonly name: string;
  readonly side: "left" | "right" | "both";
  readonly part: string;
  readonly ready_s: number;
  readonly seconds: number;
  readonly breaths: number | null;
  readonly reps: number | null;
  readonly tempo: Tempo | null;
  readonly says: string;
};
export type Course = { readonly steps: readonly Step[]; readonly breath: Breath };

export type Where = {
  readonly at: number;
  readonly phase: "ready" | "work" | "over";
  /** Seconds since the phase began, and until it ends. */
  readonly into_s: number;
  readonly left_s: number;
};

/** Return the second at which a step begins; the end of the flow for the step after the last. */
export function startOf({ steps }: Course, at: number): number {
  return steps.slice(0, Math.max(0, at)).reduce((sum, step) => sum + step.ready_s + step.seconds, 0);
}

/** Return how long the whole flow takes, in seconds. */
export function lengthOf(course: Course): number {
  return startOf(course, course.steps.length);
}

/** Return where the flow is after so many seconds. */
export function whereAt({ steps }: Course, elapsed_s: number): Where {
  let left = Math.max(0, elapsed_s);
  for (const [at, step] of steps.entries()) {
    if (left < step.ready_s) return { at, phase: "ready", into_s: left, left_s: step.ready_s - left };
    left -= step.ready_s;
    if (left < step.seconds) return { at, phase: "work", into_s: left, left_s: step.seconds - left };
    left -= step.seconds;
  }
  return { at: steps.length, phase: "over", into_s: left, left_s: 0 };
}

/** A step that has just begun is left by going back; else one goes back to its own beginning. */
const JUST_BEGUN_S = 3;

/** Return the second to go to for the step after this one. */
export function skipped(course: Course, elapsed_s: number): number {
  return startOf(course, Math.min(whereAt(course, elapsed_s).at + 1, course.steps.length));
}

/** Return the second to go to for this step's beginning, or for the step before when it has just begun. */
export function wentBack(course: Course, elapsed_s: number): number {
  const { at } = whereAt(course, elapsed_s);
  const begun = startOf(course, at);
  return elapsed_s - begun < JUST_BEGUN_S ? startOf(course, at - 1) : begun;
}

export type Count = { readonly word: "in" | "out" | "lift" | "hold" | "lower" | "pause"; readonly second: number; readonly of: number; readonly n: number; readonly whole: number; readonly share: number };

/** Return what to count in the work of a step: the breath, or the rep, its part and the second in it from 1; null where nothing is counted. */
export function countAt(step: Step, breath: Breath, into_s: number): Count | null {
  if (step.breaths !== null) return partOf([["in", breath.in_s], ["out", breath.out_s]], step.breaths, into_s);
  if (step.reps === null || step.tempo === null) return null;
  const { lift_s, hold_s, lower_s, pause_s } = step.tempo;
  return partOf([["lift", lift_s], ["hold", hold_s], ["lower", lower_s], ["pause", pause_s]], step.reps, into_s);
}

function partOf(parts: readonly (readonly [Count["word"], number])[], whole: number, into_s: number): Count | null {
  const round_s = parts.reduce((sum, [, seconds]) => sum + seconds, 0);
  if (round_s <= 0) return null;
  const n = Math.min(Math.floor(into_s / round_s), whole - 1);
  let left = into_s - n * round_s;
  const [last] = parts.filter(([, seconds]) => seconds > 0).slice(-1);
  for (const [word, seconds] of parts) {
    if (left < seconds || (word === last?.[0] && seconds > 0)) {
      const inside = Math.min(left, seconds);
      return { word, second: Math.min(Math.floor(inside) + 1, Math.max(1, Math.ceil(seconds))), of: seconds, n: n + 1, whole, share: inside / seconds };
    }
    left -= seconds;
  }
  return null;
}

/** Return how full the lungs are, 0 to 1, for the ring that grows and shrinks; null where no breath is counted. */
export function fullness(count: Count | null): number | null {
  if (count === null || (count.word !== "in" && count.word !== "out")) return null;
  const eased = (1 - Math.cos(Math.PI * count.share)) / 2;
  return count.word === "in" ? eased : 1 - eased;
}

export type Said = { readonly at_s: number; readonly words: string; readonly kind: "info" | "count"; readonly note: "tick" | "go" | "end" | null };

const BREATH_WORDS = { in: "Breathe in", out: "Breathe out" } as const;
const LIFT_WORDS = { lift: "Up", hold: "Hold", lower: "And slowly down", pause: "" } as const;
const NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** Return a number in a word, so that every voice says it alike. */
export function numberWord(n: number): string {
  return NUMBERS[n - 1] ?? String(n);
}

/** Return everything that is said in a flow, in order. */
export function script(course: Course): readonly Said[] {
  const all: Said[] = [];
  let begun = 0;
  for (const [at, step] of course.steps.entries()) {
    all.push(...introOf(step, begun, at === 0), ...workOf(step, course.breath, begun + step.ready_s));
    begun += step.ready_s + step.seconds;
  }
  all.push({ at_s: begun, words: "That was all. Well done.", kind: "info", note: "end" });
  return all;
}

/** Return what was passed between two moments, the second one not included; jumps say only what lies at their end. */
export function saidBetween(lines: readonly Said[], from_s: number, to_s: number): readonly Said[] {
  return lines.filter(({ at_s }) => at_s >= from_s && at_s < to_s);
}

function introOf(step: Step, begun: number, first: boolean): readonly Said[] {
  const side = step.side === "both" ? "" : ` ${step.side === "left" ? "Left" : "Right"} side.`;
  const name = step.exercise === "" ? "" : `${first ? "" : "Next: "}${step.name}.`;
  const words = step.side === "right" ? `${step.says}${side}` : `${name}${side} ${step.says}`;
  const ticks = step.ready_s >= 5 ? [3, 2, 1].map((left): Said => ({ at_s: begun + step.ready_s - left, words: "", kind: "count", note: "tick" })) : [];
  return [{ at_s: begun, words: words.trim(), kind: "info", note: null }, ...ticks];
}

/** A step that nobody was led to begins with its own words; the breath waits for them. */
const QUIET_S = 4;

function workOf(step: Step, breath: Breath, begun: number): readonly Said[] {
  const lines: Said[] = [];
  let before = "";
  for (let second = 0; second < step.seconds; second += 1) {
    const count = countAt(step, breath, second);
    if (count === null) continue;
    const now = `${count.n} ${count.word}`;
    const words = wordsFor(count, now !== before);
    const quiet = step.ready_s === 0 && second < QUIET_S;
    if (words !== "" && !quiet) lines.push({ at_s: begun + second, words, kind: "count", note: second === 0 ? "go" : null });
    before = now;
  }
  return lines;
}

/** The first breath of a pose is counted aloud to its end, the later ones only begun; of reps the number is said. */
function wordsFor(count: Count, begins: boolean): string {
  if (count.word === "in" || count.word === "out") {
    if (begins) return count.n === 1 ? BREATH_WORDS[count.word] : count.word === "in" ? "In" : "Out";
    return count.n === 1 ? numberWord(count.second) : "";
  }
  if (!begins) return "";
  if (count.n === 1) return LIFT_WORDS[count.word];
  return count.word === "lift" ? numberWord(count.n) : "";
}

/** Seconds held in each exercise so far. */
export type Held = Readonly<Record<string, number>>;

/** Return what was held with the time from one moment to a later one; the ways there and rests count for nothing. */
export function heldWith(course: Course, held: Held, from_s: number, to_s: number): Held {
  const now: Record<string, number> = { ...held };
  let begun = 0;
  for (const step of course.steps) {
    const [low, high] = [begun + step.ready_s, begun + step.ready_s + step.seconds];
    const more = Math.min(to_s, high) - Math.max(from_s, low);
    if (step.exercise !== "" && more > 0) now[step.exercise] = (now[step.exercise] ?? 0) + more;
    begun = high;
  }
  return now;
}

/** Return a length of time as a clock shows it: `4:05`. */
export function clockWords(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds - 1e-6));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Return a length of time as one says it: `33 seconds`, `2 minutes`. */
export function timeWords(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 90) return `${whole} second${whole === 1 ? "" : "s"}`;
  return `${Math.round(whole / 60)} minutes`;
}
