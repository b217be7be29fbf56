/** Tells a person at once what to do when a set hurt more than an exercise should. */
import { given } from "../shared/islands.ts";
import { type Screen, worstPain } from "./screens.ts";

/** Show the advice of each exercise that hurt too much, in the template's words, and hide the others'. */
export function showPain(screens: readonly Screen[], root: HTMLElement): void {
  for (const screen of screens) {
    const worst = worstPain(screen);
    const notice = screen.root.querySelector<HTMLElement>("[data-pain]");
    const said = notice?.querySelector("[data-pain-said]");
    const words = worst === null ? "" : given(root, "painText").replace("{pain}", String(worst));
    if (said && said.textContent !== words) said.textContent = words;
    if (notice) notice.hidden = worst === null;
  }
}
