/** The parts of the flow's page, found by what the template calls them, and what is shown in them. */
import { type Course, type Where, clockWords, countAt, fullness, lengthOf } from "./course.ts";
import { ringShare } from "./figure.ts";
import type { Plan } from "./plan.ts";

export type Screen = "ready" | "live" | "done";

const COUNT_WORDS = { in: "Breathe in", out: "Breathe out", lift: "Up", hold: "Hold", lower: "Slowly down", pause: "Wait" } as const;
const SIDES = { left: "Left side", right: "Right side", both: "" } as const;
/** Of the ring: its way around is 100, so that a share is a dash. */
const AROUND = 100;

export class FlowParts {
  private readonly root: HTMLElement;

  constructor(root: HTMLElement) {
    this.root = root;
  }

  part<E extends HTMLElement = HTMLElement>(name: string): E {
    const found = this.root.querySelector<E>(`[data-${name}]`);
    if (found === null) throw new Error(`The template wrote no data-${name} in the flow.`);
    return found;
  }

  text(name: string, words: string): void {
    const part = this.part(name);
    if (part.textContent !== words) part.textContent = words;
  }

  hide(name: string, hidden: boolean): void {
    this.part(name).hidden = hidden;
  }

  /** Show one part of the page; the others are put away. */
  screen(now: Screen): void {
    this.root.dataset["state"] = now;
    for (const one of this.root.querySelectorAll<HTMLElement>("[data-part]")) one.hidden = one.dataset["part"] !== now;
  }

  /** Show that it goes, or that it rests. */
  playing(on: boolean): void {
    const button = this.root.querySelector<HTMLElement>('[data-do="pause"]');
    button?.setAttribute("aria-label", on ? "Pause" : "Go on");
    this.root.dataset["playing"] = String(on);
  }

  /** Show the step, its words and what follows. */
  step(plan: Plan, at: number): void {
    const step = plan.steps[at];
    const next = plan.steps.slice(at + 1).find((one) => one.exercise !== step?.exercise || one.side !== step.side);
    this.text("step-name", step?.name ?? "");
    this.text("step-part", step?.part ?? "");
    this.text("step-side", SIDES[step?.side ?? "both"]);
    this.hide("step-side", (step?.side ?? "both") === "both");
    this.text("step-says", step?.says ?? "");
    const side = next === undefined || next.side === "both" ? "" : `, ${SIDES[next.side].toLowerCase()}`;
    this.text("next", next === undefined ? "Last one" : `Next: ${next.name}${side}`);
    this.text("step-number", `${Math.min(at + 1, plan.steps.length)} of ${plan.steps.length}`);
  }

  /** Show the moment: the count in its ring, the time that is left. */
  moment(course: Course, where: Where, elapsed_s: number): void {
    const step = course.steps[where.at];
    const whole_s = lengthOf(course);
    this.text("time-left", clockWords(whole_s - elapsed_s));
    this.part<HTMLProgressElement>("bar").value = whole_s > 0 ? elapsed_s / whole_s : 1;
    if (step === undefined) return;
    const count = where.phase === "work" ? countAt(step, course.breath, where.into_s) : null;
    const full = fullness(count);
    this.root.dataset["counting"] = where.phase;
    if (count === null) {
      this.text("count", String(Math.max(1, Math.ceil(where.left_s))));
      this.text("count-word", where.phase === "ready" ? "Get there" : "");
      this.text("count-of", "");
      this.ring(1 - (step.ready_s > 0 ? where.left_s / step.ready_s : 0));
      return;
    }
    const reps = count.word !== "in" && count.word !== "out";
    this.text("count", String(reps ? count.n : count.second));
    this.text("count-word", COUNT_WORDS[count.word]);
    this.text("count-of", `${reps ? "rep" : "breath"} ${count.n} of ${count.whole}`);
    this.ring(ringShare(count, full));
  }

  private ring(share: number): void {
    this.part("ring").style.setProperty("--share", `${(Math.min(1, Math.max(0, share)) * AROUND).toFixed(1)}`);
  }
}
