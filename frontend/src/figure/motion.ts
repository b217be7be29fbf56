/** What the server says of a figure's motion, and where everything is between two of its samples. */

export interface Prop {
  shape: "box" | "tube" | "ball" | "panel";
  material: string;
  size_m: [number, number, number];
  /** Turn (x, y, z, w), place (x, y, z) and length, at each sample, or once when it stays. */
  at: number[][];
}

export interface Motion {
  version: number;
  sex: "female" | "male";
  bones: string[];
  t_s: number[];
  length_s: number;
  peak: number;
  /** At each sample, for each bone: turn (x, y, z, w) and shift (x, y, z) of the skin. */
  moves: number[][];
  props: Prop[];
  muscles: Record<string, number>;
  camera: { yaw_deg: number; pitch_deg: number };
  low_m: [number, number, number];
  high_m: [number, number, number];
  floor_m: number;
}

export interface Moment {
  before: number;
  after: number;
  share: number;
}

/** Return between which samples a time lies; after the last one the first one comes again. */
export function momentAt(motion: Pick<Motion, "t_s" | "length_s">, time_s: number): Moment {
  const count = motion.t_s.length;
  if (count < 2) return { before: 0, after: 0, share: 0 };
  const time = ((time_s % motion.length_s) + motion.length_s) % motion.length_s;
  let before = 0;
  while (before + 1 < count && (motion.t_s[before + 1] ?? 0) <= time) before++;
  const start = motion.t_s[before] ?? 0;
  const end = motion.t_s[before + 1] ?? motion.length_s;
  return { before, after: (before + 1) % count, share: end > start ? (time - start) / (end - start) : 0 };
}

/** Write a mix of two rows of turns and other numbers into `into`; each turn begins a row of `width`. */
export function mixed(a: readonly number[], b: readonly number[], share: number, width: number, into: Float32Array): void {
  for (let row = 0; row < into.length; row += width) {
    let same = 0;
    for (let i = row; i < row + 4; i++) same += (a[i] ?? 0) * (b[i] ?? 0);
    const way = same < 0 ? -share : share; // A turn and its negative are the same turn.
    let square = 0;
    for (let i = row; i < row + 4; i++) {
      const value = (a[i] ?? 0) * (1 - share) + (b[i] ?? 0) * way;
      into[i] = value;
      square += value * value;
    }
    const scale = 1 / Math.sqrt(square || 1);
    for (let i = row; i < row + 4; i++) into[i] = (into[i] ?? 0) * scale;
    for (let i = row + 4; i < row + width; i++) into[i] = (a[i] ?? 0) * (1 - share) + (b[i] ?? 0) * share;
  }
}

/** Return how far a muscle's share of a set takes the skin's colour to the accent; as in `picture.py`. */
export function tinted(share: number): number {
  return share <= 0 ? 0 : (0.1 + 0.82 * Math.sqrt(Math.min(share, 1))) * Math.min(share * 8, 1);
}

/** Return a direction in words, from where the camera stands around the body. */
export function viewWords(yaw_deg: number): string {
  const yaw = ((((yaw_deg + 180) % 360) + 360) % 360) - 180;
  const away = Math.abs(yaw);
  const side = yaw > 0 ? "left" : "right";
  if (away <= 15) return "from the front";
  if (away >= 165) return "from the back";
  if (away > 75 && away < 105) return `from the ${side}`;
  return away < 90 ? `from the front, to the ${side}` : `from the back, to the ${side}`;
}
