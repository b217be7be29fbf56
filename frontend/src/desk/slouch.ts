/**
 * Whether somebody at a desk has sunk, from a webcam in front of them. Pure: landmarks in, a verdict out.
 *
 * It learns one person's own upright pose, and only ever compares with that. It is no measure of posture: a camera in
 * front sees that head and shoulders went down or came nearer, and nothing of the spine. All limits are project defaults.
 */

/** One look of the pose model; `image` has x, y and depth in pixels of each point. */
export type Look = {
  readonly t_s: number;
  readonly found: boolean;
  readonly image: ArrayLike<number>;
  readonly visibility: ArrayLike<number>;
};

const NOSE = 0;
const [LEFT_EAR, RIGHT_EAR, LEFT_SHOULDER, RIGHT_SHOULDER] = [7, 8, 11, 12];
const SURE = 0.5;

/** Where head and shoulders are: lengths in pixels, the rest in shoulder or ear widths. */
export type Pose = {
  readonly shoulders_px: number;
  readonly shoulder_y_px: number;
  /** Ears above the shoulders. */
  readonly rise: number;
  /** Ear to ear: a head that comes forward looks larger beside the shoulders. */
  readonly head: number;
  /** Nose below the ears: grows when one looks down. */
  readonly nod: number;
};

/** Return the pose of a look; null where ears, nose or shoulders are not seen. */
export function poseOf({ found, image, visibility }: Look): Pose | null {
  if (!found) return null;
  const seen = [NOSE, LEFT_EAR, RIGHT_EAR, LEFT_SHOULDER, RIGHT_SHOULDER].every((point) => (visibility[point] ?? 0) >= SURE);
  if (!seen) return null;
  const x = (point: number) => image[3 * point] ?? Number.NaN;
  const y = (point: number) => image[3 * point + 1] ?? Number.NaN;
  const shoulders_px = Math.hypot(x(LEFT_SHOULDER) - x(RIGHT_SHOULDER), y(LEFT_SHOULDER) - y(RIGHT_SHOULDER));
  const ears_px = Math.hypot(x(LEFT_EAR) - x(RIGHT_EAR), y(LEFT_EAR) - y(RIGHT_EAR));
  const shoulder_y_px = (y(LEFT_SHOULDER) + y(RIGHT_SHOULDER)) / 2;
  const ear_y_px = (y(LEFT_EAR) + y(RIGHT_EAR)) / 2;
  const pose = { shoulders_px, shoulder_y_px, rise: (shoulder_y_px - ear_y_px) / shoulders_px, head: ears_px / shoulders_px, nod: (y(NOSE) - ear_y_px) / ears_px };
  return Object.values(pose).every(Number.isFinite) ? pose : null;
}

// --- Learning the upright pose --------------------------------------------------------------------------

/** The upright pose of one person, and how far each part may go before it counts. */
export type Upright = { readonly pose: Pose; readonly may: { readonly rise: number; readonly sink: number; readonly head: number } };

export const LEARN_S = 6;
const LEARN_LOOKS = 8;
/** Nobody sits as still as this is small; what moves more is not a pose yet. */
const RESTLESS = { rise: 0.06, sink: 0.08 };
/** Shares of a shoulder width (rise, sink) and of the head's own size beside the shoulders. */
const LEAST = { rise: 0.11, sink: 0.16, head: 0.16 };
const SCATTERS = 4;

/** Return the upright pose of the last seconds; null while there is too little of it or too much moving. */
export function learnt(looks: readonly Look[]): Upright | null {
  const end_s = looks[looks.length - 1]?.t_s ?? 0;
  const recent = looks.filter(({ t_s }) => t_s > end_s - LEARN_S - 0.5);
  const poses = recent.map(poseOf).filter((pose) => pose !== null);
  const long = end_s - (recent[0]?.t_s ?? end_s) >= LEARN_S - 0.5;
  if (!long || poses.length < LEARN_LOOKS || poses.length < 0.8 * recent.length) return null;
  const of = (name: keyof Pose) => poses.map((pose) => pose[name]);
  const middle = (name: keyof Pose) => median(of(name));
  const pose: Pose = { shoulders_px: middle("shoulders_px"), shoulder_y_px: middle("shoulder_y_px"), rise: middle("rise"), head: middle("head"), nod: middle("nod") };
  const scatter = { rise: spread(of("rise")), sink: spread(of("shoulder_y_px")) / pose.shoulders_px, head: spread(of("head")) / pose.head };
  if (scatter.rise > RESTLESS.rise || scatter.sink > RESTLESS.sink) return null;
  return { pose, may: { rise: Math.max(LEAST.rise, SCATTERS * scatter.rise), sink: Math.max(LEAST.sink, SCATTERS * scatter.sink), head: Math.max(LEAST.head, SCATTERS * scatter.head) } };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? Number.NaN) : ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2;
}

/** Return how far values lie apart, as a standard deviation would be: of their middle four fifths, so that one jump does not spoil it. */
function spread(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return (at(0.9) - at(0.1)) / 2.56;
}

/** Return how far somebody is from upright: 0 as learnt or taller, 1 where it counts. The largest sign tells. */
export function sunkBy({ pose: own, may }: Upright, pose: Pose): number {
  const lower = (own.rise - pose.rise) / may.rise;
  const sunk = (pose.shoulder_y_px - own.shoulder_y_px) / own.shoulders_px / may.sink;
  const nearer = (pose.head / own.head - 1) / may.head;
  return Math.max(0, lower, sunk, nearer);
}

/** The nose so much further below the ears, in ear widths, is looking down. */
const NODDED = 0.28;

/** Return whether the head is only bowed: the nose went down, and the shoulders did not. */
export function looksDown({ pose: own, may }: Upright, pose: Pose): boolean {
  return pose.nod - own.nod > NODDED && (pose.shoulder_y_px - own.shoulder_y_px) / own.shoulders_px < may.sink;
}

/** Return whether chair or camera were moved: then what was learnt tells nothing. */
export function isMoved({ pose: own }: Upright, pose: Pose): boolean {
  const size = pose.shoulders_px / own.shoulders_px;
  return size < 0.6 || size > 1.7;
}

// --- Watching -------------------------------------------------------------------------------------------

export type Settings = { readonly wait_s: number; readonly again_s: number };
export const DEFAULTS: Settings = { wait_s: 45, again_s: 300 };

export type Verdict = "upright" | "sunk" | "slouched" | "down" | "away" | "moved";
/** `sunk_s` is how long somebody has been sunk; `remind` is true in the one moment to speak. */
export type Watch = {
  readonly verdict: Verdict;
  readonly level: number;
  readonly t_s: number | null;
  readonly sunk_s: number;
  readonly upright_s: number;
  readonly down_s: number;
  readonly gone_s: number;
  readonly moved_s: number;
  readonly told_s: number | null;
  readonly snoozed_until_s: number | null;
  readonly remind: boolean;
};

export const FRESH: Watch = { verdict: "upright", level: 0, t_s: null, sunk_s: 0, upright_s: 0, down_s: 0, gone_s: 0, moved_s: 0, told_s: null, snoozed_until_s: null, remind: false };

/** Between two looks no more than this is counted: a machine that slept did not slouch. */
const MOST_S = 2;
/** The level follows with this time, so that one bad look does nothing. */
const SMOOTH_S = 2;
/** Sitting up for so long starts the clock anew; being gone for so long as well. */
const UPRIGHT_S = 3;
const GONE_S = 3;
/** A bowed head holds the clock for so long; after that it counts like any other. */
export const DOWN_S = 20;
const MOVED_S = 8;
/** Upright again only well below the limit, so that it does not flicker. */
const BACK = 0.7;

/** Return what is known after one more look. */
export function watched(before: Watch, look: Look, upright: Upright, settings: Settings = DEFAULTS): Watch {
  const dt = before.t_s === null ? 0 : Math.min(Math.max(0, look.t_s - before.t_s), MOST_S);
  const now = { ...before, t_s: look.t_s, remind: false };
  const pose = poseOf(look);
  if (pose === null) return gone(now, dt);
  if (isMoved(upright, pose)) return moved({ ...now, gone_s: 0 }, dt);
  const level = before.t_s === null ? sunkBy(upright, pose) : now.level + (sunkBy(upright, pose) - now.level) * (1 - Math.exp(-dt / SMOOTH_S));
  const here = { ...now, level, gone_s: 0, moved_s: 0 };
  if (looksDown(upright, pose) && here.down_s + dt < DOWN_S) return { ...here, verdict: "down", down_s: here.down_s + dt };
  const stays = level >= 1 || (level >= BACK && (before.verdict === "sunk" || before.verdict === "slouched"));
  return stays ? sunk(here, dt, settings) : satUp({ ...here, down_s: 0 }, dt);
}

function gone(now: Watch, dt: number): Watch {
  const gone_s = now.gone_s + dt;
  // Away from the chair nobody slouches, and who comes back begins anew.
  return gone_s >= GONE_S ? { ...now, verdict: "away", gone_s, sunk_s: 0, upright_s: 0, down_s: 0, level: 0 } : { ...now, gone_s };
}

function moved(now: Watch, dt: number): Watch {
  const moved_s = now.moved_s + dt;
  return { ...now, moved_s, sunk_s: 0, verdict: moved_s >= MOVED_S ? "moved" : now.verdict };
}

function satUp(now: Watch, dt: number): Watch {
  const upright_s = now.upright_s + dt;
  const rested = upright_s >= UPRIGHT_S;
  return { ...now, verdict: "upright", upright_s, sunk_s: rested ? 0 : now.sunk_s, told_s: rested ? null : now.told_s };
}

function sunk(now: Watch, dt: number, { wait_s, again_s }: Settings): Watch {
  const sunk_s = now.sunk_s + dt;
  const t_s = now.t_s ?? 0;
  const long = sunk_s >= wait_s;
  const due = now.told_s === null || t_s - now.told_s >= again_s;
  const remind = long && due && !isSnoozed(now, t_s);
  return { ...now, verdict: long ? "slouched" : "sunk", sunk_s, upright_s: 0, remind, told_s: remind ? t_s : now.told_s };
}

/** Return the watch, silent for some time; the clock begins anew after it. */
export function snoozed(now: Watch, for_s: number): Watch {
  return { ...now, snoozed_until_s: (now.t_s ?? 0) + for_s, sunk_s: 0, told_s: null, remind: false };
}

/** Return whether it is to be silent at a moment. */
export function isSnoozed({ snoozed_until_s }: Watch, t_s: number): boolean {
  return snoozed_until_s !== null && t_s < snoozed_until_s;
}
