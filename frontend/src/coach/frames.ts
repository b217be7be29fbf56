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
  /** How many people were found, as far as they were looked for. */
  readonly people?: number;
  /** When the pose model was done with it, in milliseconds of the page's clock. */
  readonly posed_ms?: number;
};

const VERSION = 1;
const HEAD_BYTES = 20;
const EACH = 7;

/** The size of a frame with a body in it: more than that never leaves the page at once. */
export const FULL_BYTES = HEAD_BYTES + 4 * EACH * POINTS;

/** Return a frame as it travels. What is no number in a body makes it a frame without one. */
export function encoded(landmarks: Landmarks, seq: number): ArrayBuffer {
  const whole = landmarks.found && isWhole(landmarks);
  const buffer = new ArrayBuffer(whole ? FULL_BYTES : HEAD_BYTES);
  const view = new DataView(buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, whole ? 1 : 0);
  view.setUint16(2, landmarks.width, true);
  view.setUint16(4, landmarks.height, true);
  view.setUint32(8, seq, true);
  view.setFloat64(12, landmarks.t_s, true);
  if (whole) writeBody(view, landmarks);
  return buffer;
}

function writeBody(view: DataView, { image, world, visibility }: Landmarks): void {
  for (let point = 0; point < POINTS; point += 1) {
    const at = HEAD_BYTES + 4 * EACH * point;
    for (let axis = 0; axis < 3; axis += 1) {
      view.setFloat32(at + 4 * axis, image[3 * point + axis] ?? 0, true);
      view.setFloat32(at + 12 + 4 * axis, world[3 * point + axis] ?? 0, true);
    }
    view.setFloat32(at + 24, visibility[point] ?? 0, true);
  }
}

function isWhole({ image, world, visibility }: Landmarks): boolean {
  const sized = image.length === 3 * POINTS && world.length === 3 * POINTS && visibility.length === POINTS;
  return sized && image.every(Number.isFinite) && world.every(Number.isFinite) && visibility.every(Number.isFinite);
}
