/** What the page shows of the coach: finds the template's parts and writes into them. */
import type { Phase, Tempo } from "./messages.ts";
import { type Checks, CHECK_NAMES } from "./setup.ts";
import type { SayKind } from "./speech.ts";
import { type Mark, phaseWord, segments } from "./tempo.ts";

export type Step = "plain" | "ready" | "opening" | "setup" | "countdown" | "waiting" | "lifting" | "ending" | "after" | "kept" | "trouble";

const LIVE: readonly Step[] = ["opening", "setup", "countdown", "waiting", "lifting", "ending"];
const COUNTING: readonly Step[] = ["waiting", "lifting", "ending"];
const CHECK_WORDS = { yes: ": good", no: ": not yet", wait: ": looking" } as const;
const CAPTION_MS: Record<SayKind, number> = { danger: 6_000, cue: 4_500, praise: 3_500, count: 1_500, info: 4_500 };

export class View {
  readonly root: HTMLElement;
  private captionUntil: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    this.root = root;
  }

  /** Return a part of the template; an Error names one that it did not write. */
  part<E extends HTMLElement = HTMLElement>(name: string): E {
    const found = this.root.querySelector<E>(`[data-${name}]`);
    if (found === null) throw new Error(`The template wrote no data-${name}.`);
    return found;
  }

  text(name: string, words: string): void {
    const part = this.part(name);
    if (part.textContent !== words) part.textContent = words;
  }

  hide(name: string, hidden: boolean): void {
    const part = this.part(name);
    if (part.hidden !== hidden) part.hidden = hidden;
  }

  button(what: string): HTMLElement {
    return this.part(`do="${what}"`);
  }

  /** Show the parts of a step, and only them. */
  show(step: Step, kind: "reps" | "hold" | "flow"): void {
    this.root.dataset["state"] = step;
    const name = LIVE.includes(step) ? "live" : step;
    for (const part of this.root.querySelectorAll<HTMLElement>("[data-part]")) part.hidden = part.dataset["part"] !== name;
    const counting = COUNTING.includes(step);
    this.hide("opening", step !== "opening");
    this.hide("checks", step !== "setup" && step !== "countdown");
    this.hide("go", step !== "countdown");
    this.hide("counting", !counting);
    this.hide("tempo", !counting || kind === "hold");
    this.hide("hold-deck", !counting || kind === "reps");
    this.hide("range", !counting || kind === "hold");
    for (const [what, shown] of [["go", step === "setup"], ["end", counting], ["ghost", counting], ["turn", step === "setup"]] as const) this.button(what).hidden = !shown;
  }

  checks(checks: Checks, words: string): void {
    for (const name of CHECK_NAMES) {
      const item = this.part(`check="${name}"`);
      if (item.dataset["is"] === checks[name]) continue;
      item.dataset["is"] = checks[name];
      const word = item.querySelector("[data-check-word]");
      if (word !== null) word.textContent = CHECK_WORDS[checks[name]];
    }
    this.text("check-say", words);
  }

  count(n: number, of: string, side: string): void {
    if (this.part("n").textContent !== String(n)) {
      this.text("n", String(n));
      this.part("n").animate?.([{ transform: "scale(1.12)" }, { transform: "none" }], { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150, easing: "ease-out" });
    }
    this.text("of", of);
    this.text("side-word", side);
    this.hide("side-word", side === "");
  }

  /** Lay out the tempo bar by what the exercise asks for. */
  tempo(tempo: Tempo): void {
    const seconds = { lift: tempo.lift_s, peak: tempo.hold_s, lower: tempo.lower_s };
    for (const { part, share } of segments(tempo)) {
      this.part(`seg="${part}"`).style.setProperty("flex-grow", share.toFixed(4));
      this.text(`seg="${part}"`, seconds[part] > 0 ? String(seconds[part]) : "");
    }
  }

  mark(mark: Mark, phase: Phase, tempo: Tempo): void {
    const now = this.part("tempo-now");
    now.style.setProperty("inset-inline-start", `${(100 * mark.at).toFixed(1)}%`);
    now.dataset["late"] = String(mark.late);
    for (const one of ["lift", "peak", "lower"] as const) this.part(`seg="${one}"`).toggleAttribute("data-here", mark.part === one);
    this.text("phase-word", phaseWord(phase, tempo));
  }

  range(share: number | null): void {
    this.part("range-now").style.setProperty("height", `${(100 * Math.min(1, share ?? 0)).toFixed(0)}%`);
  }

  caption(words: string, kind: SayKind): void {
    const part = this.part("caption");
    part.textContent = words;
    part.dataset["kind"] = kind;
    part.hidden = false;
    clearTimeout(this.captionUntil);
    this.captionUntil = setTimeout(() => (part.hidden = true), CAPTION_MS[kind]);
  }

  noCaption(): void {
    clearTimeout(this.captionUntil);
    this.hide("caption", true);
  }

  /** Read out by a screen reader: at once for danger. */
  announce(words: string, kind: SayKind): void {
    this.text(kind === "danger" ? "urgent" : "spoken", words);
  }

  /** Say that the connection is lost; "" that it is there. */
  link(words: string): void {
    this.text("link-said", words);
    this.hide("link", words === "");
  }
}
