/** A frame of landmarks, and how it is packed for the server (docs/coach.md). */

export const POINTS = 33;

/** What the pose model found in one picture. The arrays are of landmarks one after another: x, y, depth in pixels; x, y, z in metres. */
export type Landmarks = {
  /** When the picture was taken, in seconds of the page's clock. */
  readonly t_s: number;
  readonly width: number;
  readonly height: number;
  readonly image: Float32Array;
  readonly world: Float32Array;
  readonly visibility: Float32Array;
  readonly found: boolean;
  /** When the pose model was done with it, in milliseconds of the page's clock. */
  readonly posed_ms?: number;
};
