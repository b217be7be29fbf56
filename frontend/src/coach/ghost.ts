/** The figure of the exercise as points: seen from any side, laid over a person, or drawn as the outline to stand in. */

/** Landmarks from start to peak, in millimetres along the room's axes: X to the body's left, Y up, Z before it. */
export type Figure = { readonly shares: readonly number[]; readonly points_mm: readonly (readonly number[])[]; readonly yaw_deg: number };
export type Spot = { readonly x: number; readonly y: number };
export type Spots = readonly (Spot | null)[];

const SHOULDERS = [11, 12] as const;
const HIPS = [23, 24] as const;
const BODY = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

/** Return the figure's points at a share of the way to its peak, as a camera at `yaw_deg` sees them: x right, y down, metres. */
export function seenAt(figure: Figure, share: number, yaw_deg: number): readonly Spot[] {
  const last = figure.shares.length - 1;
  if (last < 0) return [];
  const wanted = Math.min(Math.max(share, 0), 1) * last;
  const low = Math.min(Math.floor(wanted), last);
  const high = Math.min(low + 1, last);
  const [a, b] = [figure.points_mm[low] ?? [], figure.points_mm[high] ?? []];
  const part = wanted - low;
  const [cos, sin] = [Math.cos((yaw_deg * Math.PI) / 180), Math.sin((yaw_deg * Math.PI) / 180)];
  const spots: Spot[] = [];
  for (let at = 0; at + 2 < a.length; at += 3) {
    const [x, y, z] = [0, 1, 2].map((n) => ((a[at + n] ?? 0) * (1 - part) + (b[at + n] ?? 0) * part) / 1000) as [number, number, number];
    spots.push({ x: x * cos - z * sin, y: -y });
  }
  return spots;
}

export type Fit = { readonly scale: number; readonly x: number; readonly y: number };

function middle(spots: Spots, of: readonly number[]): Spot | null {
  const there = of.map((at) => spots[at] ?? null);
  if (there.some((one) => one === null)) return null;
  const sum = there.reduce<Spot>((all, one) => ({ x: all.x + (one?.x ?? 0), y: all.y + (one?.y ?? 0) }), { x: 0, y: 0 });
  return { x: sum.x / of.length, y: sum.y / of.length };
}

/** Return how the figure is laid over a person: hips on hips, as large as the person is; null when they cannot be seen. */
export function laidOver(figure: readonly Spot[], person: Spots): Fit | null {
  const [ours, theirs] = [middle(figure, HIPS), middle(person, HIPS)];
  const [ourTop, theirTop] = [middle(figure, SHOULDERS), middle(person, SHOULDERS)];
  if (ours === null || theirs === null || ourTop === null || theirTop === null) return null;
  // Sizes by all that is seen of the body, so that a bent trunk does not shrink it.
  const spread = (spots: Spots, from: Spot) => BODY.reduce((sum, at) => {
    const one = spots[at] ?? null;
    return one === null || (person[at] ?? null) === null ? sum : sum + Math.hypot(one.x - from.x, one.y - from.y);
  }, 0);
  const scale = spread(person, theirs) / spread(figure, ours);
  if (!Number.isFinite(scale) || scale <= 0) return null;
  return { scale, x: theirs.x - scale * ours.x, y: theirs.y - scale * ours.y };
}

/** Return how the figure stands in a picture of this size: in its middle, with room around it. */
export function stoodIn(figure: readonly Spot[], width: number, height: number, room = 0.12): Fit | null {
  if (figure.length === 0) return null;
  const [xs, ys] = [figure.map((one) => one.x), figure.map((one) => one.y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [wide, tall] = [Math.max(right - left, 0.2), Math.max(bottom - top, 0.2)];
  const scale = Math.min((width * (1 - 2 * room)) / wide, (height * (1 - 2 * room)) / tall);
  return { scale, x: width / 2 - (scale * (left + right)) / 2, y: height / 2 - (scale * (top + bottom)) / 2 };
}

export function placed(spot: Spot, fit: Fit): Spot {
  return { x: fit.scale * spot.x + fit.x, y: fit.scale * spot.y + fit.y };
}
