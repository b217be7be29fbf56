/** Whether the pose model keeps up: pure, so that it can be tested without one. */

/** Slower than this, a rep's turn falls between two pictures; project default. */
export const LEAST_FPS = 15;
const OVER_MS = 3_000;
/** The first pictures wait for a card or a compiler that is still warming up. */
const WARMING = 5;
const LEAST_FRAMES = 10;

type Took = { readonly at_ms: number; readonly took_ms: number };

export class Pace {
  private frames: readonly Took[] = [];
  private cold = WARMING;

  /** Forget what was measured: another model begins. */
  reset(): void {
    this.frames = [];
    this.cold = WARMING;
  }

  /** Note how long a picture took, from being taken from the camera to its landmarks. */
  add(at_ms: number, took_ms: number): void {
    if (this.cold > 0) {
      this.cold -= 1;
      return;
    }
    this.frames = [...this.frames.filter((frame) => frame.at_ms >= at_ms - OVER_MS - took_ms), { at_ms, took_ms }];
  }

  /** How many pictures a second the model could look at; NaN when not known yet. A dark room's slow camera is not its fault. */
  get fps(): number {
    if (this.frames.length === 0) return Number.NaN;
    const sorted = this.frames.map((frame) => frame.took_ms).toSorted((a, b) => a - b);
    return 1_000 / (sorted[sorted.length >> 1] ?? Number.NaN);
  }

  /** Whether it has been too slow for some seconds. */
  get slow(): boolean {
    const [first, last] = [this.frames[0], this.frames.at(-1)];
    if (first === undefined || last === undefined || this.frames.length < LEAST_FRAMES) return false;
    return last.at_ms - first.at_ms >= OVER_MS - 1_000 && this.fps < LEAST_FPS;
  }
}
