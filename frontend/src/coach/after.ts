/** The set as it was counted: shown, changed, and kept by the same way as one that was logged by hand. */
import type { Seen, SetBody } from "../shared/queue.ts";
import { stepOnLadder, typed } from "../session/plan.ts";
import * as rows from "../session/rows.ts";
import type { Fault, Fill, Report, SetFault, Tempo } from "./messages.ts";
import type { PlanRow } from "./plan.ts";
import { tempoWords } from "./tempo.ts";
import type { View } from "./view.ts";
import { amountWords, repsWords, reserveWords } from "./words.ts";

export const NOTHING: Fill = { reps: 0, hold_s: null, side: null, rir: null, rir_low: null, rir_high: null, tempo: null, faults: [], another: null };

const SEVERITY = { danger: "Danger", form: "Form", polish: "Polish" } as const;

/** Return what stands first under the set: the tempo and what was clean. */
export function sumOf(fill: Fill, asked: Tempo | null): string {
  const tempo = fill.tempo === null ? "" : tempoWords(fill.tempo);
  const wanted = asked === null ? "" : ` (asked: ${asked.lift_s} · ${asked.hold_s} · ${asked.lower_s})`;
  const clean = fill.faults.length === 0 && (fill.reps ?? 0) + (fill.hold_s ?? 0) > 0 ? "Nothing to correct was seen." : "";
  return [tempo === "" ? "" : `Lift, hold, return: ${tempo}${wanted}.`, clean].filter((one) => one !== "").join(" ");
}

/** Return why the numbers may be off; "" when there is no reason to think so. */
export function unsureOf(fill: Fill, cannotTell: readonly { readonly why: string; readonly remedy: string }[], note: string): string {
  const said = [note];
  if (fill.another !== null) said.push("This looked like another exercise, so nothing was judged. Check the numbers.");
  else if ((fill.reps ?? 0) === 0 && (fill.hold_s ?? 0) === 0) said.push("Nothing was counted. If you did the set, write in what it was.");
  const first = cannotTell[0];
  if (first !== undefined) said.push(`Not everything could be told from here: ${lower(first.why)} ${first.remedy}`);
  return said.filter((one) => one !== "").join(" ");
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** A band wider than this says too little to be written down as what somebody felt; project default. */
const WIDEST_BAND = 6;

/** Return the reps in reserve to fill in; null when they are no better than a guess. */
export function reserveToFill({ rir, rir_low, rir_high }: Fill): number | null {
  if (rir === null || rir_low === null || rir_high === null || rir_high - rir_low > WIDEST_BAND) return null;
  return Math.max(0, Math.min(4, rir));
}

/** Return what the coach told of a whole set; null where it did not see all of it, or saw another exercise. */
export function seenOf({ fill, report }: Pick<Report, "fill" | "report">, note: string): Seen | null {
  if (note !== "" || fill.another !== null || report.cannot_tell === undefined || (fill.reps ?? 0) + (fill.hold_s ?? 0) === 0) return null;
  return { faults: fill.faults.map((fault) => fault.id), untold: report.cannot_tell.map((one) => one.id) };
}

export class After {
  private readonly view: View;
  private readonly row: HTMLElement;
  private readonly frame: rows.Frame;
  private readonly jump: (atS: number) => void;
  private at = "";
  private seen: Seen | null = null;

  constructor(view: View, frame: rows.Frame, jump: (atS: number) => void) {
    this.view = view;
    this.frame = frame;
    this.jump = jump;
    this.row = view.part("row");
    for (const button of this.row.querySelectorAll<HTMLElement>("[data-way]")) button.hidden = false;
    this.row.addEventListener("click", (event) => {
      const step = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-way]") : null;
      if (step !== null) this.stepBy(step);
    });
  }

  get id(): string {
    return rows.idOf(this.row);
  }

  /** Fill in a set that just ended. */
  show(plan: PlanRow, { fill, report }: Pick<Report, "fill" | "report">, note: string, asked: Tempo | null): void {
    const { view, row } = this;
    const hold = row.querySelector('[name="hold_s"]') !== null;
    this.at = new Date().toISOString();
    this.seen = seenOf({ fill, report }, note);
    rows.setId(row, rows.freshId());
    rows.setKind(row, plan.kind);
    rows.say(row, "");
    const body: SetBody = {
      session_id: this.frame.session,
      exercise: this.frame.exercise,
      at: this.at,
      side: fill.side ?? plan.side,
      kind: plan.kind,
      load_kg: plan.load_kg,
      band: plan.band,
      reps: hold ? null : fill.reps,
      hold_s: hold ? (fill.hold_s === null ? 0 : Math.round(fill.hold_s)) : null,
      rir: reserveToFill(fill),
      pain: null,
      note: "",
    };
    rows.fill(row, body, this.frame);
    view.text("after-title", `${plan.name}: ${amountWords(body.reps, body.hold_s)}`);
    view.text("after-sum", sumOf(fill, asked));
    const unsure = unsureOf(fill, report.cannot_tell ?? [], note);
    view.text("after-unsure-said", unsure);
    view.hide("after-unsure", unsure === "");
    this.faults(fill.faults, report.faults ?? []);
    const reserve = this.view.root.querySelector<HTMLElement>("[data-reserve-said]");
    if (reserve !== null) {
      reserve.textContent = reserveWords(fill.rir, fill.rir_low, fill.rir_high);
      reserve.hidden = reserve.textContent === "";
    }
  }

  /** Return the set as the fields say it now; null, with a sentence, when something is missing. */
  body(): SetBody | null {
    const body = rows.bodyOf(this.row, this.frame, this.at);
    if (body.reps === null && body.hold_s === null) {
      rows.say(this.row, "Say how many reps it was, then keep it.");
      this.row.querySelector<HTMLInputElement>('[name="reps"], [name="hold_s"]')?.focus();
      return null;
    }
    rows.say(this.row, "");
    return this.seen === null ? body : { ...body, seen: this.seen };
  }

  refused(sentence: string): void {
    rows.say(this.row, sentence);
  }

  private faults(faults: readonly SetFault[], seen: readonly Fault[]): void {
    const list = this.view.part("faults");
    const page = list.ownerDocument;
    list.replaceChildren();
    list.hidden = faults.length === 0;
    for (const fault of faults) {
      const item = page.createElement("li");
      item.className = `coach-fault coach-fault--${fault.severity}`;
      const add = (tag: string, css: string, words: string) => {
        const part = page.createElement(tag);
        part.className = css;
        part.textContent = words;
        item.append(part);
        return part;
      };
      add("span", `badge badge--${fault.severity === "form" ? "caution" : fault.severity}`, SEVERITY[fault.severity]);
      add("p", "strong", fault.cue);
      add("p", "small muted", `${fault.title}, ${repsWords(fault.reps)}. ${fault.why}`);
      const atS = seen.find((one) => one.id === fault.id && one.at_s !== null)?.at_s;
      if (atS !== undefined && atS !== null) {
        const go = add("button", "button button--quiet", "Look at it");
        go.setAttribute("type", "button");
        go.setAttribute("aria-label", `Look at it: ${fault.title}`);
        go.addEventListener("click", () => this.jump(atS));
      }
      list.append(item);
    }
  }

  private stepBy(button: HTMLElement): void {
    const input = button.closest("[data-step]")?.querySelector("input");
    if (!input) return;
    const way = button.dataset["way"] === "1" ? 1 : -1;
    const shown = typed(input.value) ?? Number.NaN;
    const rung = input.name === "load" ? stepOnLadder(this.frame.ladder, shown, way) : null;
    const plain = Math.max(0, Math.min(Number(input.dataset["max"]), (Number.isNaN(shown) ? 0 : shown) + way * Number(input.dataset["by"])));
    input.value = rung === null ? String(plain) : rung[1];
  }
}
