/** The skeleton of the set, in the memory of this page only: points, never pictures. */
import type { Landmarks as Moments } from "../clip/landmarks.ts";
import type { Landmarks } from "./pose.ts";
import type { Spots } from "./ghost.ts";

const POINTS = 33;
const NOBODY = 65535;
const FINEST = 65534;
const FIRST_ROOM = 1_024;
/** Ten minutes at 30 pictures a second: 3 MB. What comes later is not kept. */
const MOST = 18_000;
const SURE = 0.5;

function share(px: number, size: number): number {
  const value = Math.round(((px / size + 0.5) / 2) * FINEST);
  return Number.isFinite(value) ? Math.min(FINEST, Math.max(0, value)) : NOBODY;
}

/** Write a frame's points at a place, as the clip player reads them. */
function pack(from: Landmarks, shares: Uint16Array, seen: Uint8Array, moment: number): void {
  for (let point = 0; point < POINTS; point += 1) {
    const at = moment * POINTS + point;
    shares[2 * at] = from.found ? share(from.image[3 * point] ?? NaN, from.width) : NOBODY;
    shares[2 * at + 1] = from.found ? share(from.image[3 * point + 1] ?? NaN, from.height) : NOBODY;
    seen[at] = from.found ? Math.round(255 * Math.min(1, Math.max(0, from.visibility[point] ?? 0))) : 0;
  }
}

/** Return one frame as the clip player's skeleton draws it. */
export function momentsOf(from: Landmarks): Moments {
  const [shares, seen] = [new Uint16Array(2 * POINTS), new Uint8Array(POINTS)];
  pack(from, shares, seen, 0);
  return { times: new Float32Array([from.t_s]), points: POINTS, shares, seen };
}

/** Return where each point is, as shares of the picture; null for one that is hardly seen. */
export function spotsOf(from: Landmarks): Spots {
  return Array.from({ length: POINTS }, (_, point) => {
    const [x, y] = [from.image[3 * point] ?? NaN, from.image[3 * point + 1] ?? NaN];
    if (!from.found || (from.visibility[point] ?? 0) < SURE || !Number.isFinite(x) || !Number.isFinite(y)) return null;
    return { x: x / from.width, y: y / from.height };
  });
}

export class Recording {
  width = 0;
  height = 0;
  private count = 0;
  private startS = 0;
  private times = new Float32Array(FIRST_ROOM);
  private shares = new Uint16Array(2 * POINTS * FIRST_ROOM);
  private seen = new Uint8Array(POINTS * FIRST_ROOM);

  get length(): number {
    return this.count;
  }

  /** The capture time of the first frame, which all times of a report are measured against. */
  get beganAtS(): number {
    return this.startS;
  }

  push(from: Landmarks): void {
    if (this.count >= MOST) return;
    if (this.count === 0) this.startS = from.t_s;
    if (this.count === this.times.length) this.grow();
    this.times[this.count] = from.t_s - this.startS;
    pack(from, this.shares, this.seen, this.count);
    [this.width, this.height] = [from.width, from.height];
    this.count += 1;
  }

  private grow(): void {
    const room = 2 * this.times.length;
    const larger = <A extends Float32Array | Uint16Array | Uint8Array>(old: A, fresh: A): A => {
      fresh.set(old);
      return fresh;
    };
    this.times = larger(this.times, new Float32Array(room));
    this.shares = larger(this.shares, new Uint16Array(2 * POINTS * room));
    this.seen = larger(this.seen, new Uint8Array(POINTS * room));
  }

  /** Return all of it, as the clip player reads it. */
  moments(): Moments {
    return {
      times: this.times.subarray(0, this.count),
      points: POINTS,
      shares: this.shares.subarray(0, 2 * POINTS * this.count),
      seen: this.seen.subarray(0, POINTS * this.count),
    };
  }
}
