/** One set as it goes on: what was done, and what is said of each event. Times are of the page's clock, ms. */
import type { CoachEvent, Phase, Rep, Side, State } from "./messages.ts";
import type { SayKind } from "./speech.ts";
import { tempoWords } from "./tempo.ts";
import { type Target, countWords, holdWords, otherSide } from "./words.ts";

export type Saying = { readonly words: string; readonly kind: SayKind; readonly caption?: string };
export type Aim = Target & { readonly each_side: boolean; readonly hold_s: number | null; readonly next: string | null };

export class Run {
  phase: Phase = "away";
  /** When the phase began. */
  since = 0;
  began = false;
  lastTempo = "";
  side: Side = "both";
  /** What an earlier connection had counted, when the server no longer knew it. */
  base = 0;
  partials = 0;
  private readonly aim: Aim;
  private readonly reps: Record<Side, number> = { left: 0, right: 0, both: 0 };
  private readonly holds = new Map<Side, number>();
  private saidSecond = 0;

  constructor(aim: Aim) {
    this.aim = aim;
  }

  /** Reps of the side that works now; of both where both work. */
  get count(): number {
    return this.aim.each_side ? this.reps[this.side] : this.reps.left + this.reps.right + this.reps.both;
  }

  /** Everything done so far: reps and holds. */
  get done(): number {
    return this.reps.left + this.reps.right + this.reps.both + this.holds.size;
  }

  get longestHoldS(): number {
    return Math.max(0, ...this.holds.values());
  }

  /** Whether the other side of a one-sided exercise is still to do. */
  get otherSideDue(): boolean {
    if (!this.aim.each_side) return false;
    const worked = (side: Side) => this.reps[side] > 0 || this.holds.has(side);
    return worked("left") !== worked("right");
  }

  /** Take in an event; return what is to be said of it. */
  heard(event: CoachEvent, now: number): readonly Saying[] {
    switch (event.kind) {
      case "phase":
        if (event.phase !== this.phase) this.since = now;
        this.phase = event.phase;
        if (event.phase === "lift" || event.phase === "peak") this.began = true;
        return [];
      case "rep":
        return this.counted(event.rep);
      case "hold":
        return this.held(event.hold.side, event.hold.held_s ?? 0);
      case "cue":
        return [{ words: event.text, kind: event.tone === "form" ? "cue" : event.tone }];
      default:
        return [];
    }
  }

  private counted(rep: Rep): readonly Saying[] {
    this.began = true;
    this.lastTempo = tempoWords(rep);
    if (rep.n === null) {
      this.partials += 1;
      return [{ words: "Part of a rep.", kind: "info", caption: "Part of the way: not counted." }];
    }
    this.side = rep.side;
    this.reps[rep.side] += 1;
    const n = this.count;
    const other = otherSide(this.side);
    const goal = this.aim.high ?? this.aim.low;
    if (this.aim.each_side && n === goal && this.reps[other] < n && other !== this.side) return [{ words: `${n}. Now your ${other} side.`, kind: "count" }];
    // The count is on the screen already; only what goes beyond it is written.
    const words = countWords(n, this.aim);
    return [{ words, kind: "count", caption: words === String(n) ? "" : words.replace(/^\d+\. /, "") }];
  }

  private held(side: Side, held_s: number): readonly Saying[] {
    this.began = true;
    this.side = side;
    this.saidSecond = 0;
    this.holds.set(side, Math.max(held_s, this.holds.get(side) ?? 0));
    const seconds = Math.floor(held_s);
    if (this.otherSideDue) return [{ words: `${seconds} seconds. Now your ${otherSide(side)} side.`, kind: "info" }];
    const next = this.aim.next === null ? "" : ` Next: ${this.aim.next}.`;
    return [{ words: `${seconds} seconds.${next}`, kind: "info" }];
  }

  /** Take in where the set is; return what is said of a hold's seconds. */
  at(state: State): readonly Saying[] {
    if (state.held_s === null) return [];
    const second = Math.floor(state.held_s);
    if (second <= this.saidSecond) return [];
    this.saidSecond = second;
    const words = holdWords(second, this.aim.hold_s);
    return words === "" ? [] : [{ words, kind: "count", caption: /^\d+$/.test(words) ? "" : words }];
  }
}
