/** Turns the plain page into the live one: shows what needs a script, hides what only stands in for it. */
import { given } from "../shared/islands.ts";
import { elapsed } from "./plan.ts";
import * as rows from "./rows.ts";
import { type Screen, rowsOf } from "./screens.ts";

const SCRIPT_ONLY = "[data-way], [data-add], [data-main], [data-drop]";
const PLAIN_ONLY = "[data-add-plain], [data-dock-plain], [data-plain-next], [data-save]";
const CLOCK_MS = 20_000;

export function wake(root: HTMLElement, screens: readonly Screen[]): void {
  for (const one of root.querySelectorAll<HTMLElement>(SCRIPT_ONLY)) one.hidden = false;
  for (const one of root.querySelectorAll<HTMLElement>(PLAIN_ONLY)) one.hidden = true;
  for (const screen of screens) {
    for (const row of rowsOf(screen)) rows.setDone(row, rows.isDone(row));
    rows.renumber(rowsOf(screen), screen.frame);
  }
  runClock(root);
}

/** Show how long the session goes on. */
function runClock(root: HTMLElement): void {
  const clock = root.querySelector<HTMLElement>("[data-elapsed]");
  const startedAt = Date.parse(given(root, "startedAt"));
  if (clock === null) return;
  const tick = () => {
    clock.textContent = elapsed(Date.now() - startedAt);
  };
  tick();
  setInterval(tick, CLOCK_MS);
}
