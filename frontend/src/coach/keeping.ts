/** A set that nobody touches is kept by itself, so that whoever stands three metres away need not come back for it. */
import type { SetBody } from "../shared/queue.ts";
import type { PlanRow } from "./plan.ts";
import type { View } from "./view.ts";
import { amountWords } from "./words.ts";

/** Project default: long enough to walk to the phone and touch it. */
export const KEEP_AFTER_MS = 30_000;

export class Keeping {
  private readonly view: View;
  private at: number | null = null;

  constructor(view: View) {
    this.view = view;
  }

  /** Begin to wait. */
  soon(now: number): void {
    this.at = now + KEEP_AFTER_MS;
  }

  /** Somebody is here: the set waits for them. */
  stay(): void {
    this.at = null;
    this.view.hide("keep-soon", true);
  }

  /** Return whether it is time to keep the set. */
  tick(now: number): boolean {
    if (this.at === null) return false;
    const left = Math.max(0, Math.ceil((this.at - now) / 1_000));
    this.view.text("keep-soon", `Kept by itself in ${left} s, unless you touch something.`);
    this.view.hide("keep-soon", false);
    return left === 0;
  }

  /** Say what was kept, and what comes next. */
  kept(row: PlanRow, body: SetBody, following: string | null, next: string): void {
    const load = row.load === "" || body.load_kg !== row.load_kg ? "" : `${row.load} × `;
    this.view.text("kept-title", `${row.name} is kept`);
    this.view.text("kept-said", `${load}${amountWords(body.reps, body.hold_s)}.${next}`);
    this.view.text("again-word", following === null ? "One set more" : `Again: ${following}`);
    this.view.button("again").hidden = false;
  }
}
