/** One set's row on the page: what its fields say, and how it looks. */
import { v7 as uuidv7 } from "uuid";
import type { SetBody } from "../shared/queue.ts";
import { type Ladder, loadKg, loadWords, typed } from "./plan.ts";

export type Kind = SetBody["kind"];

/** What the rows of one exercise share. */
export type Frame = {
  readonly session: string;
  readonly exercise: string;
  readonly loadKind: string;
  readonly ladder: Ladder;
  readonly unit: string;
};

const WORDS: Record<Kind, string> = { warm_up: "Warm-up", work: "Set", drop: "Drop set" };

export function formOf(row: HTMLElement): HTMLFormElement {
  const form = row.querySelector("form");
  if (form === null) throw new Error("A row has no form.");
  return form;
}

/** Return the text of a field; "" where the row has none. */
export function field(row: HTMLElement, name: string): string {
  const value = new FormData(formOf(row)).get(name);
  return typeof value === "string" ? value : "";
}

/** Write a field, whatever it is; a row without it stays as it is. */
export function setField(row: HTMLElement, name: string, value: string): void {
  for (const one of formOf(row).querySelectorAll<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`)) {
    if (one instanceof HTMLInputElement && one.type === "radio") one.checked = one.value === value;
    else one.value = value;
  }
}

export function idOf(row: HTMLElement): string {
  return row.dataset["id"] ?? "";
}

export function setId(row: HTMLElement, id: string): void {
  row.dataset["id"] = id;
  setField(row, "id", id);
}

/** Return an id that no set has. */
export function freshId(): string {
  return uuidv7();
}

/** Return the id that a row's set is logged under: the one its clip knows, else a new one. */
export function idToLog(row: HTMLElement): string {
  return row.querySelector<HTMLElement>("[data-clip]")?.dataset["clipSet"] ?? freshId();
}

export function kindOf(row: HTMLElement): Kind {
  const kind = row.dataset["kind"];
  return kind === "warm_up" || kind === "drop" ? kind : "work";
}

/** Make a row one of another kind. */
export function setKind(row: HTMLElement, kind: string): void {
  row.dataset["kind"] = kind;
  row.classList.toggle("set--drop", kind === "drop");
  row.classList.toggle("set--warm_up", kind === "warm_up");
  setField(row, "kind", kind);
}

export function isDone(row: HTMLElement): boolean {
  return row.classList.contains("set--done");
}

/** Return the set that a row's fields describe. A load that shows what it was given is that very load. */
export function bodyOf(row: HTMLElement, frame: Frame, at: string): SetBody {
  const side = field(row, "side");
  const holdS = typed(field(row, "hold_s"));
  const reps = typed(field(row, "reps"));
  return {
    session_id: frame.session,
    exercise: frame.exercise,
    at,
    side: side === "left" || side === "right" ? side : "both",
    kind: kindOf(row),
    load_kg: loadKg(frame.ladder, field(row, "load"), frame.unit),
    band: field(row, "band") || null,
    reps: reps === null ? null : Math.round(reps),
    hold_s: holdS,
    rir: typed(field(row, "rir")),
    pain: typed(field(row, "pain")),
    note: field(row, "note").trim(),
  };
}

/** Write a set into a row's fields. */
export function fill(row: HTMLElement, body: SetBody, frame: Frame): void {
  const shown = frame.ladder.find(([kg]) => body.load_kg !== null && Math.abs(kg - body.load_kg) < 1e-6)?.[1];
  setField(row, "load", shown ?? shownLoad(body.load_kg, frame.unit));
  setField(row, "band", body.band ?? "");
  setField(row, "reps", body.reps === null ? "" : String(body.reps));
  setField(row, "hold_s", body.hold_s === null ? "" : String(body.hold_s));
  setField(row, "rir", body.rir === null ? "" : String(Math.min(4, body.rir)));
  setField(row, "side", body.side);
  setField(row, "pain", body.pain === null ? "" : String(body.pain));
  setField(row, "note", body.note);
}

function shownLoad(loadKg: number | null, unit: string): string {
  if (loadKg === null) return "";
  return unit === "lb" ? String(Math.round((loadKg / 0.45359237) * 10) / 10) : String(loadKg);
}

/** Return the set in words, as the row and its button say it: load and amount. */
export function wordsOf(row: HTMLElement, frame: Frame): { readonly load: string; readonly amount: string; readonly said: string } {
  const band = formOf(row).querySelector<HTMLInputElement>('[name="band"]:checked');
  const load = loadWords(frame.loadKind, field(row, "load"), frame.unit, band?.closest("label")?.textContent.trim() ?? "");
  const held = formOf(row).elements.namedItem("hold_s") !== null;
  const amount = held ? `${field(row, "hold_s") || "–"} s` : field(row, "reps") || "–";
  return { load, amount, said: load === "" ? amount : `${load} × ${amount}` };
}

/** Show in the row's line what its fields say. */
export function refresh(row: HTMLElement, frame: Frame): void {
  const page = row.ownerDocument;
  const { load, amount } = wordsOf(row, frame);
  const parts: HTMLElement[] = [];
  const part = (tag: string, text: string, css: string) => {
    const one = page.createElement(tag);
    one.textContent = text;
    if (css !== "") one.className = css;
    if (tag === "i") one.setAttribute("aria-hidden", "true");
    parts.push(one);
  };
  if (load !== "") {
    part("b", load, "num");
    part("i", "×", "");
  }
  part("b", amount, "num");
  const side = field(row, "side");
  if (side === "left" || side === "right") part("span", side, "set-side");
  row.querySelector(".set-value")?.replaceChildren(...parts);
}

/** Number the rows of an exercise by kind, and name their ticks after them. */
export function renumber(rows: readonly HTMLElement[], frame: Frame): void {
  const counts: Record<Kind, number> = { warm_up: 0, work: 0, drop: 0 };
  for (const row of rows) {
    const kind = kindOf(row);
    counts[kind] += 1;
    const name = `${WORDS[kind]} ${counts[kind]}`;
    const mark = kind === "warm_up" ? "W" : kind === "drop" ? "D" : String(counts[kind]);
    const [spoken, seen] = row.querySelectorAll(".set-n > span");
    if (spoken !== undefined) spoken.textContent = `${name}: `;
    if (seen !== undefined) seen.textContent = mark;
    row.dataset["name"] = name;
    const label = isDone(row) ? `${name} is done. Take it out` : `${name} done: ${wordsOf(row, frame).said}`;
    row.querySelector(".tick")?.setAttribute("aria-label", label);
    coachedAs(row, `${kind}-${counts[kind]}`, name);
  }
}

/** Let the way to the coach lead to this row; a done one has none. */
function coachedAs(row: HTMLElement, place: string, name: string): void {
  const link = row.querySelector<HTMLAnchorElement>("[data-coach]");
  if (link === null) return;
  const address = new URL(link.href);
  address.searchParams.set("set", place);
  link.href = address.href;
  link.hidden = isDone(row);
  link.setAttribute("aria-label", `Coach ${name} with the camera`);
}

/** Show a row as done, or as still to do. */
export function setDone(row: HTMLElement, done: boolean): void {
  row.classList.toggle("set--done", done);
  row.querySelector(".tick")?.setAttribute("aria-pressed", String(done));
  for (const [selector, when] of [["[data-log]", !done], ["[data-drop]", !done], ["[data-delete]", done]] as const) {
    const one = row.querySelector<HTMLElement>(selector);
    if (one !== null) one.hidden = !when;
  }
  const plates = row.querySelector<HTMLElement>(".set-plates");
  if (plates !== null) plates.hidden = done;
}

/** Say in the row what the server said about it; "" takes it back. */
export function say(row: HTMLElement, sentence: string): void {
  const fresh = sentence !== "" && !row.classList.contains("set--refused");
  row.classList.toggle("set--refused", sentence !== "");
  const line = row.querySelector<HTMLElement>("[data-said]");
  if (line === null) return;
  line.hidden = sentence === "";
  line.textContent = sentence;
  const details = row.querySelector("details");
  if (sentence !== "" && details !== null) details.open = true;
  if (fresh) row.scrollIntoView({ block: "center" });
}

/** Show that a row waits to be sent, or no longer does. */
export function setWaiting(row: HTMLElement, waiting: boolean, icon: HTMLTemplateElement | null): void {
  const mark = row.querySelector(".set-wait");
  if (!waiting) mark?.remove();
  else if (mark === null && icon !== null) {
    const fresh = row.ownerDocument.createElement("span");
    fresh.className = "set-wait";
    fresh.append(icon.content.cloneNode(true));
    row.querySelector(".set-body")?.append(fresh);
  }
}
