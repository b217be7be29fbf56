/** The last set's skeleton again: played, slowed, moved through, and led to a fault's moment. */
import { momentAt } from "../clip/landmarks.ts";
import { type Bones, drawSkeleton } from "../clip/skeleton.ts";
import { containBox, penOf } from "./draw.ts";
import type { Recording } from "./recording.ts";

const SLOW = 0.3;
/** A fault is shown from a little before it. */
export const BEFORE_S = 0.8;

export class Replay {
  private readonly root: HTMLElement;
  private readonly bones: Bones;
  private recording: Recording | null = null;
  private atS = 0;
  private slow = false;
  private stopAtS: number | null = null;
  private last: number | null = null;
  private frame = 0;
  private playing = false;
  private mirrored = false;

  constructor(root: HTMLElement, bones: Bones) {
    this.root = root;
    this.bones = bones;
    root.addEventListener("click", (event) => {
      const what = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]")?.dataset["do"] : undefined;
      if (what === "play") this.play(!this.playing);
      if (what === "slow") this.setSlow(!this.slow);
    });
    this.scrub?.addEventListener("input", () => {
      this.play(false);
      this.go((Number(this.scrub?.value) / 1000) * this.lengthS);
    });
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  private get canvas(): HTMLCanvasElement {
    const found = this.root.querySelector<HTMLCanvasElement>("[data-replay-picture]");
    if (found === null) throw new Error("The template wrote no picture for the replay.");
    return found;
  }

  private get scrub(): HTMLInputElement | null {
    return this.root.querySelector<HTMLInputElement>("[data-scrub]");
  }

  private get lengthS(): number {
    return this.recording?.moments().times.at(-1) ?? 0;
  }

  /** Show a recording; none, or one of nothing, hides the part. */
  show(recording: Recording | null, mirrored: boolean): void {
    this.play(false);
    this.recording = recording;
    this.mirrored = mirrored;
    this.root.hidden = recording === null || recording.length < 2;
    this.go(0);
  }

  /** Play from a little before a moment to a little after it. */
  jump(atS: number): void {
    this.go(Math.max(0, atS - BEFORE_S));
    this.setSlow(true);
    this.play(true);
    this.stopAtS = atS + 0.3;
  }

  private setSlow(slow: boolean): void {
    this.slow = slow;
    this.root.querySelector('[data-do="slow"]')?.setAttribute("aria-pressed", String(slow));
  }

  play(on: boolean): void {
    this.playing = on && this.recording !== null;
    this.stopAtS = null;
    this.last = null;
    if (this.playing && this.atS >= this.lengthS - 0.05) this.atS = 0;
    for (const [name, shown] of [["[data-when-paused]", !this.playing], ["[data-when-playing]", this.playing]] as const) {
      const part = this.root.querySelector<HTMLElement>(name);
      if (part !== null) part.hidden = !shown;
    }
    if (this.playing && this.frame === 0) this.frame = requestAnimationFrame((now) => this.step(now));
  }

  private step(now: number): void {
    this.frame = 0;
    if (!this.playing) return;
    if (this.last !== null) this.atS += (Math.min(now - this.last, 100) / 1000) * (this.slow ? SLOW : 1);
    this.last = now;
    const end = this.stopAtS ?? this.lengthS;
    if (this.atS >= end) {
      this.go(Math.min(end, this.lengthS));
      this.play(false);
      return;
    }
    this.go(this.atS);
    this.frame = requestAnimationFrame((later) => this.step(later));
  }

  private go(atS: number): void {
    this.atS = atS;
    const words = this.root.querySelector("[data-scrub-at]");
    if (words !== null) words.textContent = `${atS.toFixed(1)} s`;
    if (this.scrub !== null) {
      this.scrub.value = String(this.lengthS > 0 ? Math.round((1000 * atS) / this.lengthS) : 0);
      this.scrub.setAttribute("aria-valuetext", `${atS.toFixed(1)} seconds`);
    }
    this.draw();
  }

  private draw(): void {
    const { recording, canvas } = this;
    if (recording === null || this.root.hidden) return;
    const pen = penOf(canvas);
    if (pen === null) return;
    const moments = recording.moments();
    const moment = momentAt(moments.times, this.atS);
    if (moment === null) return;
    const box = containBox(recording.width, recording.height, canvas.clientWidth, canvas.clientHeight);
    canvas.classList.toggle("coach-mirrored", this.mirrored);
    pen.translate(box.x, box.y);
    drawSkeleton(pen, moments, moment, this.bones, box.width, box.height);
    canvas.dataset["moment"] = String(moment);
  }
}
