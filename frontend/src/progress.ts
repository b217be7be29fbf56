/** The muscle map over time: a slider through the weeks, and a button that plays them. */
import { island, given } from "./shared/islands.ts";

const STEP_MS = 700;

/** One muscle in one week: level on the map, whether it is beyond its band, its name, and its sets in words. */
export type MuscleWeek = readonly [level: number, over: boolean, name: string, said: string];

export interface Week {
  week: string;
  name: string;
  muscles: Record<string, MuscleWeek>;
}

/** Return the next week to play: from the last one on it begins anew. */
export function following(at: number, count: number): number {
  return at + 1 < count ? at + 1 : 0;
}

/** Show one week: on both sides of the body, and in the list beside it. */
export function show(root: Element, week: Week): void {
  for (const [id, [level, over, name, said]] of Object.entries(week.muscles)) {
    for (const shape of root.querySelectorAll<SVGElement>(`[data-muscle="${id}"], [data-row="${id}"] .bm-muscle`)) {
      shape.dataset["level"] = String(level);
      shape.toggleAttribute("data-over", over);
      const title = shape.querySelector("title");
      if (title !== null) title.textContent = `${name}: ${said}`;
    }
    const words = root.querySelector(`[data-row="${id}"] .row-sub`);
    if (words !== null) words.textContent = said;
  }
  const title = root.querySelector("[data-week-name]");
  if (title !== null) title.textContent = week.name;
}

island(document, "muscle-weeks", (root) => {
  const weeks = JSON.parse(given(root, "weeks")) as Week[];
  const player = root.querySelector<HTMLElement>("[data-player]");
  const slider = root.querySelector<HTMLInputElement>("input[type=range]");
  const button = root.querySelector<HTMLButtonElement>("[data-play]");
  if (player === null || slider === null || button === null) return;
  let timer = 0;
  const go = (at: number) => {
    const week = weeks[at];
    if (week === undefined) return;
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", week.name);
    show(root, week);
  };
  const playing = (on: boolean) => {
    clearInterval(timer);
    timer = 0;
    button.setAttribute("aria-pressed", String(on));
    for (const part of button.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = (part.dataset["when"] === "playing") !== on;
  };
  const step = () => {
    const next = following(Number(slider.value), weeks.length);
    go(next);
    if (next === weeks.length - 1) playing(false);
  };
  slider.addEventListener("input", () => {
    playing(false);
    go(Number(slider.value));
  });
  button.addEventListener("click", () => {
    if (timer !== 0) {
      playing(false);
      return;
    }
    playing(true);
    if (Number(slider.value) === weeks.length - 1) go(0);
    timer = window.setInterval(step, STEP_MS);
  });
  root.querySelector<HTMLElement>("[data-steps]")?.setAttribute("hidden", "");
  player.hidden = false;
});
