/** Counts a hold down: a moment to get ready, the hold itself, then a sound; stopping early keeps the seconds held. */
import { allowSound, buzz, chime } from "./sound.ts";

export const READY_S = 3;

export type HoldState = { readonly phase: "ready" | "hold" | "over"; readonly leftS: number; readonly heldS: number };

/** Return where a hold is that was begun at `startedAt` (ms). */
export function holdState(startedAt: number, holdS: number, now: number): HoldState {
  const passedS = (now - startedAt) / 1000;
  if (passedS < READY_S) return { phase: "ready", leftS: Math.ceil(READY_S - passedS), heldS: 0 };
  const heldS = Math.min(holdS, passedS - READY_S);
  return heldS < holdS ? { phase: "hold", leftS: Math.ceil(holdS - heldS), heldS } : { phase: "over", leftS: 0, heldS: holdS };
}

export type Hold = { start(holdS: number, over: (heldS: number) => void): void; cancel(): void; isOn(): boolean };

/** Bring the hold part of a session to life. `sounds` says whether the end is heard. */
export function holdIn(root: HTMLElement, sounds: () => boolean): Hold {
  const part = root.querySelector<HTMLElement>("[data-hold]");
  const time = root.querySelector<HTMLElement>("[data-hold-time]");
  const word = root.querySelector<HTMLElement>("[data-hold-word]");
  let ticking: ReturnType<typeof setInterval> | undefined;
  let running: { startedAt: number; holdS: number; over: (heldS: number) => void } | null = null;

  const leave = () => {
    clearInterval(ticking);
    running = null;
    if (part !== null) part.hidden = true;
  };
  const show = () => {
    if (running === null || part === null) return;
    const state = holdState(running.startedAt, running.holdS, Date.now());
    part.hidden = false;
    if (time !== null) time.textContent = String(state.leftS);
    if (word !== null) word.textContent = state.phase === "ready" ? "Get into position" : "Hold, and keep breathing";
    if (state.phase !== "over") return;
    const { over } = running;
    leave();
    if (sounds()) chime();
    buzz();
    over(state.heldS);
  };
  root.querySelector("[data-hold-stop]")?.addEventListener("click", () => {
    if (running === null) return;
    const { startedAt, holdS, over } = running;
    const heldS = Math.floor(holdState(startedAt, holdS, Date.now()).heldS);
    leave();
    over(heldS);
  });
  return {
    start(holdS, over) {
      allowSound();
      running = { startedAt: Date.now(), holdS, over };
      ticking = setInterval(show, 200);
      show();
    },
    cancel: leave,
    isOn: () => running !== null,
  };
}
