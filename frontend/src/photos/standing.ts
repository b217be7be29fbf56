/** Where to stand for a photo: one short order at a time, from where shoulders and hips are now and were last time. */

export type PhotoPose = "front" | "back" | "left" | "right";
export type Point = { readonly x: number; readonly y: number };

/** Points as shares of the picture's height, so that a length is the same in both directions; null where one was not seen. */
export type Body = {
  readonly nose: Point | null;
  readonly leftShoulder: Point;
  readonly rightShoulder: Point;
  readonly leftHip: Point;
  readonly rightHip: Point;
  /** The width of the picture over its height. */
  readonly wide: number;
};

const NAMES = [0, 11, 12, 23, 24] as const;
const SEEN = 0.5;
/** Project defaults: nearer than this to last time's size and place is the same, for the pictures are laid over each other later. */
const BIGGER = 1.15;
const ASIDE = 0.3;
/** Without a last photo: how much of the picture's height the trunk takes. */
const SMALL_TRUNK = 0.13;
const LARGE_TRUNK = 0.42;
const MARGIN = 0.02;
/** Shoulders narrower than this share of the trunk are seen from the side; wider ones from the front or the back. */
const NARROW = 0.42;
const WIDE = 0.55;

/** Return the body of the points that the pose model found in a picture; null when shoulders or hips were not seen. */
export function bodyOf(image: ArrayLike<number>, visibility: ArrayLike<number>, width: number, height: number): Body | null {
  const at = (n: number, least: number): Point | null => {
    const [x, y] = [image[3 * n], image[3 * n + 1]];
    if (x === undefined || y === undefined || !Number.isFinite(x + y) || (visibility[n] ?? 0) < least) return null;
    return { x: x / height, y: y / height };
  };
  // From the side one shoulder and one hip are behind the body: the model guesses them well, and says that it guesses.
  const least = (a: number, b: number): number => (Math.max(visibility[a] ?? 0, visibility[b] ?? 0) >= SEEN ? 0 : SEEN);
  const [shoulders, hips] = [least(11, 12), least(23, 24)];
  return bodyFrom([at(0, SEEN), at(11, shoulders), at(12, shoulders), at(23, hips), at(24, hips)], width / height);
}

/** Return the body of a photo that is kept: nose, shoulders and hips as shares of its width and height; below 0 is unseen. */
export function bodyIn(points: readonly (readonly [number, number])[], width: number, height: number): Body | null {
  const all = NAMES.map((_, n) => {
    const point = points[n];
    return point === undefined || point[0] < 0 || point[1] < 0 ? null : { x: (point[0] * width) / height, y: point[1] };
  });
  return bodyFrom(all, width / height);
}

function bodyFrom(points: readonly (Point | null)[], wide: number): Body | null {
  const [nose, leftShoulder, rightShoulder, leftHip, rightHip] = points;
  if (!leftShoulder || !rightShoulder || !leftHip || !rightHip) return null;
  return { nose: nose ?? null, leftShoulder, rightShoulder, leftHip, rightHip, wide };
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** Return the length from the middle of the shoulders to that of the hips. */
export function trunkOf(body: Body): number {
  const [high, low] = [middle(body.leftShoulder, body.rightShoulder), middle(body.leftHip, body.rightHip)];
  return Math.hypot(high.x - low.x, high.y - low.y);
}

export function centreOf(body: Body): Point {
  return middle(middle(body.leftShoulder, body.rightShoulder), middle(body.leftHip, body.rightHip));
}

/** Which way is which, for somebody who stands like this: a step to the right of the picture, and one to its left. */
const STEPS: Readonly<Record<PhotoPose, readonly [string, string]>> = {
  front: ["A small step to your left.", "A small step to your right."],
  back: ["A small step to your right.", "A small step to your left."],
  right: ["A small step forward.", "A small step back."],
  left: ["A small step back.", "A small step forward."],
};
const TURN: Readonly<Record<PhotoPose, string>> = {
  front: "Face the camera.",
  back: "Turn your back to the camera.",
  left: "Turn so that the camera sees your left side.",
  right: "Turn so that the camera sees your right side.",
};

/** Return what to do first; an empty text when all is as last time. `people` is how many were found. */
export function hintOf(pose: PhotoPose, now: Body | null, last: Body | null, people = 1): string {
  if (now === null) return people === 0 ? "Step into the picture." : "Step back until head and hips are in the picture.";
  if (people > 1) return "One person in the picture only.";
  const trunk = trunkOf(now);
  if (!(trunk > 0)) return "Step into the picture.";
  return turned(pose, now, trunk) || (last === null ? inPicture(now, trunk) : asLast(pose, now, last, trunk));
}

function turned(pose: PhotoPose, body: Body, trunk: number): string {
  // In a picture that is not mirrored, the left shoulder of somebody who faces the camera is to the right.
  const across = (body.leftShoulder.x - body.rightShoulder.x) / trunk;
  if (pose === "front") return across < WIDE ? TURN.front : "";
  if (pose === "back") return across > -WIDE ? TURN.back : "";
  if (Math.abs(across) > NARROW) return TURN[pose];
  if (body.nose === null) return "";
  const ahead = body.nose.x - middle(body.leftShoulder, body.rightShoulder).x;
  return (pose === "right" ? ahead : -ahead) < 0 ? TURN[pose] : "";
}

function inPicture(body: Body, trunk: number): string {
  if (trunk > LARGE_TRUNK) return "A step back from the camera.";
  if (trunk < SMALL_TRUNK) return "A step closer.";
  const high = middle(body.leftShoulder, body.rightShoulder);
  const inside = (at: Point) => at.x > MARGIN && at.x < body.wide - MARGIN && at.y > MARGIN && at.y < 1 - MARGIN;
  // A head is about half a trunk above the shoulders.
  if (high.y - trunk / 2 < 0) return "Lower the camera, or step back: your head is cut off.";
  return inside(body.leftHip) && inside(body.rightHip) && inside(body.leftShoulder) && inside(body.rightShoulder) ? "" : "Step back until head and hips are in the picture.";
}

function asLast(pose: PhotoPose, now: Body, last: Body, trunk: number): string {
  const grown = trunk / trunkOf(last);
  if (grown > BIGGER) return "A small step back from the camera.";
  if (grown < 1 / BIGGER) return "A small step closer.";
  // The middle of the picture is the same place in both, whatever shape each has.
  const aside = centreOf(now).x - now.wide / 2 - (centreOf(last).x - last.wide / 2);
  if (Math.abs(aside) < ASIDE * trunk) return "";
  return aside < 0 ? STEPS[pose][0] : STEPS[pose][1];
}

// --- Standing still, and the countdown -------------------------------------------------------------

/** All has to be well for so long before the countdown, and wrong for so long to stop it. */
export const STEADY_MS = 1_200;
export const LOST_MS = 500;
export const COUNT_MS = 3_000;
/** Whoever moves faster than this share of their trunk in a second does not stand still. */
const STILL = 0.4;
const STILL_HINT = "Stand still.";

export type Gate = { readonly goodSince: number | null; readonly badSince: number | null; readonly countsFrom: number | null; readonly was: { readonly at: Point; readonly ms: number } | null };
export const WAITING: Gate = { goodSince: null, badSince: null, countsFrom: null, was: null };
/** `left` is what to count, null while nothing is counted; `take` is said once, at the end. */
export type Verdict = { readonly gate: Gate; readonly hint: string; readonly left: number | null; readonly take: boolean };

/** Return where the countdown is after one more look. */
export function passed(gate: Gate, hint: string, body: Body | null, now: number): Verdict {
  const moving = hint === "" && body !== null && gate.was !== null && isMoving(gate.was, body, now);
  const said = moving ? STILL_HINT : hint;
  const was = body === null ? null : { at: centreOf(body), ms: now };
  if (said !== "") {
    const badSince = gate.badSince ?? now;
    const counts = gate.countsFrom !== null && now - badSince < LOST_MS ? gate.countsFrom : null;
    const after: Gate = { goodSince: counts === null ? null : gate.goodSince, badSince, countsFrom: counts, was };
    return counts === null ? { gate: after, hint: said, left: null, take: false } : counting(after, now);
  }
  const goodSince = gate.goodSince ?? now;
  const ready = now - goodSince >= STEADY_MS;
  const after: Gate = { goodSince, badSince: null, countsFrom: gate.countsFrom ?? (ready ? now : null), was };
  return after.countsFrom === null ? { gate: after, hint: STILL_HINT, left: null, take: false } : counting(after, now);
}

function counting(gate: Gate, now: number): Verdict {
  const gone = now - (gate.countsFrom ?? now);
  const take = gone >= COUNT_MS && gate.badSince === null;
  return { gate: take ? WAITING : gate, hint: "", left: Math.max(1, Math.ceil((COUNT_MS - gone) / 1_000)), take };
}

function isMoving(was: { readonly at: Point; readonly ms: number }, body: Body, now: number): boolean {
  const seconds = (now - was.ms) / 1_000;
  const at = centreOf(body);
  return seconds > 0 && Math.hypot(at.x - was.at.x, at.y - was.at.y) / trunkOf(body) / seconds > STILL;
}
