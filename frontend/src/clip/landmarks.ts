/** Landmarks of a clip as the server packs them (services/clip_landmarks.py): read, and looked up by time. */

const HEAD_BYTES = 16;
const MAGIC = 0x4d4c424f; // "OBLM", little-endian
const VERSION = 1;
const FINEST = 65534;
const NOBODY = 65535;
const LEAST = -0.5;
const SPAN = 2;
const MEANT_S = 0.25;

export type Landmarks = {
  /** When each moment is, in seconds, rising. */
  readonly times: Float32Array;
  readonly points: number;
  /** x and y of each landmark of each moment, as the server packs them. */
  readonly shares: Uint16Array;
  /** How well each landmark was seen, 0 to 255. */
  readonly seen: Uint8Array;
};

/** A landmark: x and y as shares of the picture, and how well it was seen, 0 to 1. */
export type Point = { readonly x: number; readonly y: number; readonly seen: number };

/** Return the landmarks of a packed file; an Error says what is wrong with it. */
export function unpacked(buffer: ArrayBuffer): Landmarks {
  const head = new DataView(buffer);
  if (buffer.byteLength < HEAD_BYTES || head.getUint32(0, true) !== MAGIC) throw new Error("This file holds no landmarks.");
  if (head.getUint16(4, true) !== VERSION) throw new Error("These landmarks come from another Openback.");
  const points = head.getUint16(6, true);
  const moments = head.getUint32(8, true);
  const sharesAt = HEAD_BYTES + 4 * moments;
  const seenAt = sharesAt + 4 * moments * points;
  if (buffer.byteLength !== seenAt + moments * points) throw new Error("The landmarks did not arrive whole.");
  return {
    times: new Float32Array(buffer, HEAD_BYTES, moments),
    points,
    shares: new Uint16Array(buffer, sharesAt, 2 * moments * points),
    seen: new Uint8Array(buffer, seenAt, moments * points),
  };
}

/** Return the moment nearest to a time; null when none is near enough to be meant. */
export function momentAt(times: Float32Array, timeS: number): number | null {
  let low = 0;
  let high = times.length - 1;
  if (high < 0) return null;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < timeS) low = middle + 1;
    else high = middle;
  }
  const after = times[low] ?? Infinity;
  const before = times[low - 1] ?? -Infinity;
  const near = timeS - before <= after - timeS ? low - 1 : low;
  return Math.abs((times[near] ?? Infinity) - timeS) <= MEANT_S ? near : null;
}

/** Return where a landmark is at a moment; null where nobody was found. */
export function pointAt(from: Landmarks, moment: number, point: number): Point | null {
  const at = moment * from.points + point;
  const x = from.shares[2 * at];
  const y = from.shares[2 * at + 1];
  if (x === undefined || y === undefined || x === NOBODY || y === NOBODY) return null;
  return { x: LEAST + (SPAN * x) / FINEST, y: LEAST + (SPAN * y) / FINEST, seen: (from.seen[at] ?? 0) / 255 };
}
