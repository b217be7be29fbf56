/** The exercises of the page: which is shown, what their rows say, what the strip says. */
import { given } from "../shared/islands.ts";
import { type Ladder, type ScreenState, counted, isFinished, soreAt, typed } from "./plan.ts";
import { type Frame, type Kind, field, isDone, kindOf, refresh, renumber, setDone, setField, setId, setKind } from "./rows.ts";

export type Screen = {
  readonly root: HTMLElement;
  readonly list: HTMLElement;
  readonly name: string;
  readonly superset: string;
  readonly restS: number;
  readonly painLimit: number;
  readonly frame: Frame;
};

/** Return the exercises that the template wrote. */
export function screensIn(root: HTMLElement): readonly Screen[] {
  return [...root.querySelectorAll<HTMLElement>("[data-screen]")].map((section) => {
    const list = section.querySelector<HTMLElement>("[data-sets]");
    if (list === null) throw new Error("An exercise has no list of sets.");
    return {
      root: section,
      list,
      name: given(section, "name"),
      superset: given(section, "superset"),
      restS: Number(given(section, "restS")),
      painLimit: Number(given(root, "painLimit")),
      frame: {
        session: given(root, "sessionId"),
        exercise: given(section, "exercise"),
        loadKind: given(section, "loadKind"),
        ladder: JSON.parse(given(section, "loads")) as Ladder,
        unit: given(root, "unit"),
      },
    };
  });
}

export function rowsOf(screen: Screen): readonly HTMLElement[] {
  return [...screen.list.querySelectorAll<HTMLElement>(":scope > [data-row]")];
}

export function stateOf(screen: Screen): ScreenState {
  const rows = rowsOf(screen).map((row) => ({ kind: kindOf(row), done: isDone(row) }));
  return { superset: screen.superset, rows, sore: worstPain(screen) !== null };
}

/** Return the worst pain of an exercise's sets today when it is above the limit, else null. */
export function worstPain(screen: Screen): number | null {
  const done = rowsOf(screen).filter((row) => isDone(row));
  return soreAt(done.map((row) => typed(field(row, "pain"))), screen.painLimit);
}

/** Add a row beyond the planned ones, filled like the last work set, and return it. */
export function addRow(screen: Screen, id: string, kind: Kind): HTMLElement | null {
  const row = screen.root.querySelector("[data-add-plain] [data-row]")?.cloneNode(true);
  if (!(row instanceof HTMLElement)) return null;
  uniqueIds(row, id);
  setId(row, id);
  setKind(row, kind);
  row.dataset["extra"] = "";
  const details = row.querySelector("details");
  if (details !== null) details.open = false;
  const last = rowsOf(screen).findLast((one) => kindOf(one) !== "warm_up");
  if (last !== undefined) copyNumbers(last, row);
  screen.list.append(row);
  setDone(row, false);
  refresh(row, screen.frame);
  renumber(rowsOf(screen), screen.frame);
  return row;
}

/** Give the fields of a copied row names of their own, so that labels find them. */
function uniqueIds(row: HTMLElement, id: string): void {
  const old = row.dataset["id"] ?? "";
  for (const one of row.querySelectorAll<HTMLElement>(`[id$="${old}"]`)) one.id = one.id.replace(old, id);
  for (const one of row.querySelectorAll<HTMLLabelElement>("label[for]")) one.htmlFor = one.htmlFor.replace(old, id);
}

function copyNumbers(from: HTMLElement, to: HTMLElement): void {
  for (const name of ["load", "reps", "hold_s"]) {
    const source = from.querySelector<HTMLInputElement>(`[name="${name}"]`);
    const target = to.querySelector<HTMLInputElement>(`[name="${name}"]`);
    if (source !== null && target !== null) target.value = source.value;
  }
  const band = from.querySelector<HTMLInputElement>('[name="band"]:checked')?.value;
  if (band !== undefined) setField(to, "band", band);
}

/** Show one exercise and hide the others. */
export function showOnly(screens: readonly Screen[], at: number, root: HTMLElement): void {
  for (const [index, screen] of screens.entries()) screen.root.hidden = index !== at;
  for (const link of root.querySelectorAll<HTMLElement>(".strip [data-go]")) {
    const here = link.dataset["go"] === String(at);
    if (here) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
    if (here) centre(link);
  }
}

/** Bring a link of the strip to its middle, without moving the page. */
function centre(link: HTMLElement): void {
  const strip = link.closest<HTMLElement>(".strip");
  if (strip === null) return;
  const away = link.getBoundingClientRect().left - strip.getBoundingClientRect().left;
  strip.scrollLeft += away - (strip.clientWidth - link.clientWidth) / 2;
}

/** Say in the strip how far each exercise is. */
export function showCounts(screens: readonly Screen[], root: HTMLElement): void {
  for (const [index, screen] of screens.entries()) {
    const link = root.querySelector<HTMLElement>(`.strip [data-go="${index}"]`);
    const state = stateOf(screen);
    const { done, due } = counted(state);
    const finished = isFinished(state);
    link?.toggleAttribute("data-finished", finished);
    const count = link?.querySelector("[data-count]");
    if (count) count.textContent = `${done} of ${due}`;
    const tick = link?.querySelector<HTMLElement>("[data-when-done]");
    if (tick) tick.hidden = !finished;
  }
}
