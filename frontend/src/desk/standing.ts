/** How somebody stands before the camera: which way they are turned, and what is wrong with the picture. */
import { POINTS, type Landmarks } from "../coach/frames.ts";
import { DARK } from "../coach/setup.ts";

/** The side that the camera sees. */
export type Shot = "front" | "right" | "back" | "left";
export type Flaw = "nobody" | "two_people" | "too_dark" | "half_body" | "too_far" | "too_near" | "wrong_view";

/** Which way the camera sees the body of each shot: 0 from before it, 90 from its right. */
export const TURNS_DEG: Readonly<Record<Shot, number>> = { front: 0, right: 90, back: 180, left: -90 };
/** Project defaults: how far off a shot may be, and how much of the picture a trunk takes. */
export const TURNED_MOST_DEG = 30;
const LEAST_TRUNK = 0.09;
const MOST_TRUNK = 0.62;
const SEEN = 0.5;

const SHOULDERS = [11, 12] as const;
const HIPS = [23, 24] as const;

type Spot = { readonly x: number; readonly y: number };

function spot(of: Landmarks, point: number): Spot | null {
  const [x, y] = [of.image[3 * point] ?? NaN, of.image[3 * point + 1] ?? NaN];
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
}

/** Return whether a point is seen, and lies in the picture. */
export function isSeen(of: Landmarks, point: number): boolean {
  const at = spot(of, point);
  return at !== null && (of.visibility[point] ?? 0) >= SEEN && at.x >= 0 && at.y >= 0 && at.x <= of.width && at.y <= of.height;
}

function middle(of: Landmarks, pair: readonly [number, number]): Spot | null {
  const [a, b] = [spot(of, pair[0]), spot(of, pair[1])];
  return a === null || b === null ? null : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** Return from where the camera sees the body, in degrees: 0 from before, 90 from its right, 180 from behind; null without a body. */
export function turnDeg(of: Landmarks): number | null {
  if (!of.found || of.world.length < 3 * POINTS) return null;
  let [across, away] = [0, 0];
  for (const [left, right] of [SHOULDERS, HIPS]) {
    across += (of.world[3 * left] ?? NaN) - (of.world[3 * right] ?? NaN);
    away += (of.world[3 * left + 2] ?? NaN) - (of.world[3 * right + 2] ?? NaN);
  }
  return Number.isFinite(across + away) && Math.hypot(across, away) > 0 ? (Math.atan2(away, across) * 180) / Math.PI : null;
}

/** Return the angle between two directions, 0 to 180 degrees. */
export function apartDeg(a: number, b: number): number {
  const off = Math.abs(a - b) % 360;
  return off > 180 ? 360 - off : off;
}

/** Return the length of the trunk as a share of the picture's longer side; null without a body. */
export function trunkShare(of: Landmarks): number | null {
  const [top, bottom] = [middle(of, SHOULDERS), middle(of, HIPS)];
  if (!of.found || top === null || bottom === null) return null;
  return Math.hypot(top.x - bottom.x, top.y - bottom.y) / Math.max(of.width, of.height);
}

/** What a take asks for: the ways to be turned (none where any will do), and the points of which one set must be seen. */
export type Wanted = { readonly turns_deg: readonly number[]; readonly any: readonly (readonly number[])[] };

/** Return the side of the body that is near in a shot: what lies behind the body need not be seen. */
export function pointsOf(shot: Shot): readonly number[] {
  if (shot === "left") return [7, 11, 23];
  if (shot === "right") return [8, 12, 24];
  return [7, 8, 11, 12, 23, 24];
}

/** Return what is wrong with a picture, the worst first. `brightness` is 0 to 255, null where it is not known. */
export function flawsOf(of: Landmarks, wanted: Wanted, brightness: number | null): readonly Flaw[] {
  const flaws: Flaw[] = [];
  if (brightness !== null && brightness < DARK) flaws.push("too_dark");
  if (!of.found) return flaws.length > 0 ? flaws : ["nobody"];
  if ((of.people ?? 1) > 1) flaws.push("two_people");
  const [share, turn] = [trunkShare(of), turnDeg(of)];
  if (share !== null && share > MOST_TRUNK) flaws.push("too_near");
  else if (wanted.any.length > 0 && !wanted.any.some((set) => set.every((point) => isSeen(of, point)))) flaws.push("half_body");
  if (share !== null && share < LEAST_TRUNK) flaws.push("too_far");
  if (turn !== null && wanted.turns_deg.length > 0 && wanted.turns_deg.every((one) => apartDeg(turn, one) > TURNED_MOST_DEG)) flaws.push("wrong_view");
  return flaws;
}

/** Return landmarks with left and right exchanged and the picture mirrored: how a mirror would see them. */
export function mirrored(of: Landmarks): Landmarks {
  const [image, world, visibility] = [new Float32Array(of.image.length), new Float32Array(of.world.length), new Float32Array(of.visibility.length)];
  for (let point = 0; point < of.visibility.length; point += 1) {
    const from = PARTNER[point] ?? point;
    image.set([of.width - (of.image[3 * from] ?? NaN), of.image[3 * from + 1] ?? NaN, of.image[3 * from + 2] ?? NaN], 3 * point);
    world.set([-(of.world[3 * from] ?? NaN), of.world[3 * from + 1] ?? NaN, of.world[3 * from + 2] ?? NaN], 3 * point);
    visibility[point] = of.visibility[from] ?? 0;
  }
  return { ...of, image, world, visibility };
}

/** The point on the other side of the body: the model numbers left odd and right even from the ears on, the eyes in threes. */
const PARTNER: readonly number[] = Array.from({ length: POINTS }, (_, point) => {
  if (point === 0) return 0;
  if (point <= 3) return point + 3;
  if (point <= 6) return point - 3;
  return point % 2 === 1 ? point + 1 : point - 1;
});
