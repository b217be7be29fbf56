/** From the camera's first picture to the set: what is mended first, in words and aloud, and a countdown without hands. */
import type { Ready } from "./messages.ts";
import { type Readiness, type Seen, checksOf, firstProblem, fresh, mayBegin, mustStop, readied, wordsFor } from "./setup.ts";
import type { Talk } from "./talk.ts";
import type { View } from "./view.ts";

const COUNT_FROM = 3;
/** A problem is said when it is new, and again after a while: nobody wants to be told the same thing every second. */
const AGAIN_MS = 7_000;
const NEW_MS = 2_300;
/** "I start in three" is said before the numbers run. */
const LEAD_MS = 900;

export class Gate {
  private readonly view: View;
  private readonly talk: Talk;
  private readiness: Readiness = fresh(0);
  private said: { readonly id: string | null; readonly at: number } = { id: null, at: -AGAIN_MS };
  private countEnds: number | null = null;
  private shown = 0;

  constructor(view: View, talk: Talk) {
    this.view = view;
    this.talk = talk;
  }

  reset(): void {
    this.readiness = fresh(performance.now());
    this.said = { id: null, at: -AGAIN_MS };
    this.countEnds = null;
  }

  /** Take in what there is now; return where the page goes: `setup`, `countdown`, or `waiting` when the set begins. */
  tick(problems: readonly string[], seen: Seen, ready: Ready | null, now: number): "setup" | "countdown" | "waiting" {
    this.tell(problems, seen, ready, now);
    if (this.countEnds !== null) return this.count(problems, now);
    this.readiness = readied(this.readiness, problems, now);
    if (!mayBegin(this.readiness, problems, now)) return "setup";
    this.talk.say("Good. I start in three.", "info", "");
    this.view.text("go", "");
    this.countEnds = now + COUNT_FROM * 1_000 + LEAD_MS;
    this.shown = COUNT_FROM + 1;
    return "countdown";
  }

  private tell(problems: readonly string[], seen: Seen, ready: Ready | null, now: number): void {
    const first = firstProblem(problems);
    const words = wordsFor(first, ready?.problems ?? {});
    this.view.checks(checksOf(problems, seen), words || (problems.length === 0 ? "Good. Stay there." : (ready?.place ?? "")));
    if (words === "" || now - this.said.at < (first === this.said.id ? AGAIN_MS : NEW_MS)) return;
    this.said = { id: first, at: now };
    this.talk.say(ready?.problems[first ?? ""]?.remedy ?? words, "info", "");
  }

  private count(problems: readonly string[], now: number): "setup" | "countdown" | "waiting" {
    if (mustStop(problems)) {
      this.reset();
      return "setup";
    }
    const left = Math.ceil(((this.countEnds ?? now) - now) / 1_000);
    if (left <= 0) return "waiting";
    if (left < this.shown && left <= COUNT_FROM) {
      this.shown = left;
      this.view.text("go", String(left));
      this.talk.sounds.play("tick");
    }
    return "countdown";
  }
}
