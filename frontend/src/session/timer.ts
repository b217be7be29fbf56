/** The rest timer on the page. */
import type { Box } from "../shared/queue.ts";
import { LATE_MS, type Rest, begun, isCurrent, leftMs, setSound, share, shifted, shownTime, soundOn, storeRest, storedRest } from "./rest.ts";
import { allowSound, buzz, chime } from "./sound.ts";

export type Timer = { start(restS: number): void; stop(): void };

/** Bring the rest part of a session to life; `over` is called once when a rest ends in front of the person. */
export function timerIn(root: HTMLElement, session: string, box: Box, over: () => void): Timer {
  const page = root.ownerDocument;
  const part = root.querySelector<HTMLElement>("[data-rest]");
  const time = root.querySelector<HTMLElement>("[data-rest-time]");
  const bar = root.querySelector<HTMLProgressElement>("[data-rest-bar]");
  const title = page.title;
  let ticking: ReturnType<typeof setInterval> | undefined;
  let rung = 0; // The end time that was already announced.

  const show = () => {
    const rest = storedRest(box);
    const now = Date.now();
    if (part === null || time === null || !isCurrent(rest, session, now)) {
      clearInterval(ticking);
      ticking = undefined;
      page.title = title;
      if (part !== null) part.hidden = true;
      return;
    }
    part.hidden = false;
    const left = leftMs(rest, now);
    time.textContent = shownTime(left);
    page.title = left > 0 ? `${shownTime(left)} rest · ${title}` : title;
    if (bar !== null) bar.value = share(rest, now);
    part.toggleAttribute("data-over", left <= 0);
    if (left <= 0 && rung !== rest.endsAt) {
      rung = rest.endsAt;
      // After a long sleep the end is old news: the numerals say it, nothing sounds.
      if (left > -LATE_MS) {
        if (soundOn(box)) chime();
        buzz();
        over();
      }
    }
    ticking ??= setInterval(show, 200);
  };
  const store = (rest: Rest | null) => {
    storeRest(box, rest);
    show();
  };

  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-rest-by]")) {
    button.addEventListener("click", () => {
      const rest = storedRest(box);
      if (rest !== null) store(shifted(rest, Number(button.dataset["restBy"]), Date.now()));
    });
  }
  root.querySelector("[data-rest-skip]")?.addEventListener("click", () => store(null));
  soundButton(root, box);
  page.addEventListener("visibilitychange", show);
  window.addEventListener("storage", show);
  show();
  return {
    start(restS) {
      allowSound();
      store(begun(session, restS, Date.now()));
    },
    stop: () => store(null),
  };
}

/** Let the sound be switched off, and remember it. */
function soundButton(root: HTMLElement, box: Box): void {
  const button = root.querySelector<HTMLButtonElement>("[data-rest-sound]");
  if (button === null) return;
  const show = () => {
    const on = soundOn(box);
    button.setAttribute("aria-pressed", String(on));
    for (const [selector, seen] of [["[data-when-on]", on], ["[data-when-off]", !on]] as const) {
      const one = button.querySelector<HTMLElement>(selector);
      if (one !== null) one.hidden = !seen;
    }
    const word = button.querySelector("[data-sound-word]");
    if (word !== null) word.textContent = on ? "Sound on" : "Sound off";
  };
  button.addEventListener("click", () => {
    setSound(box, !soundOn(box));
    allowSound();
    show();
  });
  show();
}
