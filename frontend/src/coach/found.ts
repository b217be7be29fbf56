/** What MediaPipe found, as plain arrays that can be handed from the worker to the page. Used by the worker alone. */

type Point = { readonly x: number; readonly y: number; readonly z: number; readonly visibility?: number };

/** What the landmarker returns: a list of points for each person. */
export type Result = { readonly landmarks: readonly (readonly Point[])[]; readonly worldLandmarks: readonly (readonly Point[])[] };

export type Found = { readonly image: Float32Array; readonly world: Float32Array; readonly visibility: Float32Array; readonly found: boolean; readonly people: number };

const POINTS = 33;

/** Return the first person: x, y and depth in pixels, world points in metres; not found when nobody is there. */
export function foundIn({ landmarks, worldLandmarks }: Result, width: number, height: number): Found {
  const [points, places] = [landmarks[0], worldLandmarks[0]];
  const found = points?.length === POINTS && places?.length === POINTS;
  const people = landmarks.length;
  const image = new Float32Array(found ? 3 * POINTS : 0);
  const world = new Float32Array(found ? 3 * POINTS : 0);
  const visibility = new Float32Array(found ? POINTS : 0);
  if (!found) return { image, world, visibility, found, people };
  for (const [at, point] of points.entries()) {
    // MediaPipe's depth has the scale of x.
    image.set([point.x * width, point.y * height, point.z * width], 3 * at);
    visibility[at] = Math.min(1, Math.max(0, point.visibility ?? 0));
  }
  for (const [at, { x, y, z }] of places.entries()) world.set([x, y, z], 3 * at);
  return { image, world, visibility, found, people };
}
