/** The muscle map over time: a slider through the weeks, and a button that plays them. */
import { type Week, following, show } from "./progress/weeks.ts";
import { given, island } from "./shared/islands.ts";

const STEP_MS = 700;

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
