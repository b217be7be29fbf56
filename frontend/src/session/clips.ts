/** Clips in the rows of a session: they say how far they are read, and fill in what they counted. */
import { type Arrived, CLIP_EVENT, startSending } from "../clip/send.ts";
import { island } from "../shared/islands.ts";
import { syncOf } from "../shared/sync.ts";
import { offerUndo } from "../shared/toast.ts";
import * as rows from "./rows.ts";

const ASK_EVERY_MS = 2_000;
const COUNTS = ["reps", "hold_s", "side"] as const;

/** What a clip counted, by the field of the row it belongs in. */
export type Count = { readonly reps?: string; readonly hold_s?: string; readonly side?: string };

/** Return what a strip counted for a row that is still open; null when it fills nothing. */
export function countOf(data: DOMStringMap): Count | null {
  if (data["fill"] !== "fills") return null;
  const count: { reps?: string; hold_s?: string; side?: string } = {};
  if (data["clipReps"] !== undefined) count.reps = data["clipReps"];
  if (data["clipHoldS"] !== undefined) count.hold_s = data["clipHoldS"];
  if (data["clipSide"] !== undefined) count.side = data["clipSide"];
  return count.reps === undefined && count.hold_s === undefined ? null : count;
}

/** Return what is to be done with a count: nothing where the row has it, ask where somebody typed another one. */
export function outcome(count: Count, now: Count, typed: boolean): "same" | "ask" | "fill" {
  const same = COUNTS.every((name) => count[name] === undefined || count[name] === now[name]);
  if (same) return "same";
  return typed ? "ask" : "fill";
}

/** Bring the clips of a session's rows to life. */
export function clipsIn(root: HTMLElement): void {
  new RowClips(root);
}

class RowClips {
  private readonly root: HTMLElement;
  private readonly page: Document;
  private own = false; // while this script writes into a field itself

  constructor(root: HTMLElement) {
    this.root = root;
    this.page = root.ownerDocument;
    setInterval(() => this.askAgain(), ASK_EVERY_MS);
    root.addEventListener("change", (event) => this.changed(event));
    root.addEventListener("submit", (event) => markStale(rowAround(event.target)));
    syncOf(this.page).listen((state) => {
      if (state.waiting === 0 && state.refused.length === 0) this.freshenStale();
    });
    island(this.page, "clip-form", startSending);
    this.page.addEventListener(CLIP_EVENT, (event) => {
      if (event instanceof CustomEvent && this.arrived(event.detail as Arrived)) event.preventDefault();
    });
  }

  private strips(more: string): NodeListOf<HTMLElement> {
    return this.root.querySelectorAll<HTMLElement>(`[data-clip]${more}`);
  }

  private askAgain(): void {
    if (this.page.visibilityState !== "visible") return;
    for (const strip of this.strips("[data-clip-open]")) void this.freshen(strip, true);
  }

  /** What the person changed is theirs: a clip does not write over it. */
  private changed(event: Event): void {
    const row = rowAround(event.target);
    if (row === null || this.own || !(event.target instanceof HTMLInputElement)) return;
    if (event.target.name === "reps" || event.target.name === "hold_s") row.dataset["typed"] = "";
    markStale(row);
  }

  private freshenStale(): void {
    for (const strip of this.strips("[data-stale]:not([data-clip-open])")) {
      delete strip.dataset["stale"];
      void this.freshen(strip, false);
    }
  }

  /** Show what the server says of a clip now; `filling` lets one that was just read fill its row. */
  private async freshen(strip: HTMLElement, filling: boolean): Promise<void> {
    const fresh = await fetched(this.page, strip.dataset["strip"] ?? "");
    const row = rowAround(strip);
    if (fresh === null || row === null || !strip.isConnected) return;
    const focused = strip.contains(this.page.activeElement);
    strip.replaceWith(fresh);
    if (focused) fresh.querySelector<HTMLElement>(".clip-go")?.focus({ preventScroll: true });
    if (!filling || "clipOpen" in fresh.dataset) return;
    warn(row, fresh);
    this.fill(row, fresh);
  }

  private fill(row: HTMLElement, strip: HTMLElement): void {
    const count = countOf(strip.dataset);
    if (count === null || rows.isDone(row)) return;
    const before: Count = { reps: rows.field(row, "reps"), hold_s: rows.field(row, "hold_s"), side: rows.field(row, "side") || "both" };
    const amount = strip.dataset["clipAmount"] ?? "";
    const next = outcome(count, before, "typed" in row.dataset);
    if (next === "ask") ask(strip, amount, () => this.put(row, count));
    if (next !== "fill") return;
    this.put(row, count);
    offerUndo(this.page, `${row.dataset["name"] ?? "Set"}: ${amount} from the clip.`, () => this.put(row, before));
  }

  private put(row: HTMLElement, count: Count): void {
    this.own = true;
    for (const name of COUNTS) if (count[name] !== undefined) rows.setField(row, name, count[name]);
    row.querySelector('[name="reps"], [name="hold_s"]')?.dispatchEvent(new Event("change", { bubbles: true }));
    this.own = false;
  }

  /** Show a clip that was just sent in its row; false when its row is not on this page. */
  private arrived(clip: Arrived): boolean {
    const row = rowOf(this.root, clip);
    if (row === null) return false;
    for (const old of row.querySelectorAll("[data-clip], [data-film]")) old.remove();
    void fetched(this.page, clip.strip).then((strip) => {
      if (strip === null) return;
      if (!rows.isDone(row)) rows.setId(row, clip.set_id);
      row.append(strip);
      strip.scrollIntoView({ block: "nearest" });
    });
    return true;
  }
}

/** Say a danger that was just seen at the top of its exercise. */
function warn(row: HTMLElement, strip: HTMLElement): void {
  const notice = row.closest("[data-screen]")?.querySelector<HTMLElement>("[data-danger]");
  const { dangerCue, dangerSaid, dangerGo } = strip.dataset;
  if (!notice || dangerCue === undefined) return;
  for (const [name, words] of [["cue", dangerCue], ["said", dangerSaid ?? ""]] as const) {
    const part = notice.querySelector(`[data-danger-${name}]`);
    if (part !== null) part.textContent = words;
  }
  notice.querySelector("[data-danger-go]")?.setAttribute("href", dangerGo ?? "");
  notice.hidden = false;
}

function rowAround(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
}

/** Return the row that a clip is of: the one of its set, else the one of its kind and number. */
function rowOf(root: HTMLElement, clip: Arrived): HTMLElement | null {
  const own = root.querySelector<HTMLElement>(`[data-row][data-id="${CSS.escape(clip.set_id)}"]`);
  if (own !== null) return own;
  const list = root.querySelector(`[data-exercise="${CSS.escape(clip.exercise)}"] [data-sets]`);
  const alike = [...(list?.querySelectorAll<HTMLElement>(":scope > [data-row]") ?? [])].filter((row) => rows.kindOf(row) === clip.kind);
  return alike[clip.number - 1] ?? null;
}

function markStale(row: HTMLElement | null): void {
  const strip = row?.querySelector<HTMLElement>("[data-clip]");
  if (strip) strip.dataset["stale"] = "";
}

async function fetched(page: Document, url: string): Promise<HTMLElement | null> {
  const answer = await fetch(url, { headers: { accept: "text/html" } }).catch(() => null);
  if (answer?.ok !== true) return null;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector<HTMLElement>("[data-clip]");
  return found === null ? null : page.importNode(found, true);
}

/** Say that somebody typed another number than the clip counted, and offer the clip's. */
function ask(strip: HTMLElement, amount: string, use: () => void): void {
  const words = strip.querySelector("[data-clip-words]");
  if (words !== null) words.textContent = `The clip counted ${amount}; what you typed stays.`;
  const button = strip.ownerDocument.createElement("button");
  button.type = "button";
  button.className = "button button--second clip-use";
  button.textContent = `Use ${amount}`;
  button.addEventListener("click", () => {
    button.remove();
    if (words !== null) words.textContent = `${amount}, counted from the clip.`;
    use();
  });
  strip.append(button);
}
