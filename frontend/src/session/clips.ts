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
  const page = root.ownerDocument;
  let own = false; // while this script writes into a field itself

  const put = (row: HTMLElement, count: Count) => {
    own = true;
    for (const name of COUNTS) if (count[name] !== undefined) rows.setField(row, name, count[name]);
    row.querySelector('[name="reps"], [name="hold_s"]')?.dispatchEvent(new Event("change", { bubbles: true }));
    own = false;
  };
  const fill = (row: HTMLElement, strip: HTMLElement) => {
    const count = countOf(strip.dataset);
    if (count === null || rows.isDone(row)) return;
    const before: Count = { reps: rows.field(row, "reps"), hold_s: rows.field(row, "hold_s"), side: rows.field(row, "side") || "both" };
    const next = outcome(count, before, "typed" in row.dataset);
    const amount = strip.dataset["clipAmount"] ?? "";
    if (next === "fill") {
      put(row, count);
      offerUndo(page, `${row.dataset["name"] ?? "Set"}: ${amount} from the clip.`, () => put(row, before));
    } else if (next === "ask") ask(strip, amount, () => put(row, count));
  };
  const freshen = async (strip: HTMLElement, filling: boolean) => {
    const fresh = await fetched(page, strip.dataset["strip"] ?? "");
    const row = strip.closest<HTMLElement>("[data-row]");
    if (fresh === null || row === null || !strip.isConnected) return;
    const focused = strip.contains(page.activeElement);
    strip.replaceWith(fresh);
    if (focused) fresh.querySelector<HTMLElement>(".clip-go")?.focus({ preventScroll: true });
    if (filling && !("clipOpen" in fresh.dataset)) fill(row, fresh);
  };
  const strips = (more: string) => root.querySelectorAll<HTMLElement>(`[data-clip]${more}`);

  setInterval(() => {
    if (page.visibilityState !== "visible") return;
    for (const strip of strips("[data-clip-open]")) void freshen(strip, true);
  }, ASK_EVERY_MS);
  root.addEventListener("change", (event) => {
    const field = event.target;
    const row = field instanceof Element ? field.closest<HTMLElement>("[data-row]") : null;
    if (row === null || own || !(field instanceof HTMLInputElement)) return;
    if (field.name === "reps" || field.name === "hold_s") row.dataset["typed"] = "";
    markStale(row);
  });
  root.addEventListener("submit", (event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row]") : null;
    if (row !== null) markStale(row);
  });
  syncOf(page).listen((state) => {
    if (state.waiting > 0 || state.refused.length > 0) return;
    for (const strip of strips("[data-stale]:not([data-clip-open])")) {
      delete strip.dataset["stale"];
      void freshen(strip, false);
    }
  });
  island(page, "clip-form", startSending);
  page.addEventListener(CLIP_EVENT, (event) => {
    if (!(event instanceof CustomEvent)) return;
    const clip = event.detail as Arrived;
    const row = rowOf(root, clip);
    if (row === null) return;
    event.preventDefault();
    row.querySelector("[data-clip]")?.remove();
    row.querySelector("[data-film]")?.remove();
    void fetched(page, clip.strip).then((strip) => {
      if (strip === null) return;
      if (!rows.isDone(row)) rows.setId(row, clip.set_id);
      row.append(strip);
      strip.scrollIntoView({ block: "nearest" });
    });
  });
}

/** Return the row that a clip is of: the one of its set, else the one of its kind and number. */
function rowOf(root: HTMLElement, clip: Arrived): HTMLElement | null {
  const own = root.querySelector<HTMLElement>(`[data-row][data-id="${CSS.escape(clip.set_id)}"]`);
  if (own !== null) return own;
  const list = root.querySelector(`[data-exercise="${CSS.escape(clip.exercise)}"] [data-sets]`);
  const alike = [...(list?.querySelectorAll<HTMLElement>(":scope > [data-row]") ?? [])].filter((row) => rows.kindOf(row) === clip.kind);
  return alike[clip.number - 1] ?? null;
}

function markStale(row: HTMLElement): void {
  const strip = row.querySelector<HTMLElement>("[data-clip]");
  if (strip !== null) strip.dataset["stale"] = "";
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
