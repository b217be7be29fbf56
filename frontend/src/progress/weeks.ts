/** The weeks of the muscle map: which comes next, and how one is shown. */

/** One muscle in one week: level on the map, whether it is beyond its band, its name, and its sets in words. */
export type MuscleWeek = readonly [level: number, over: boolean, name: string, said: string];

export interface Week {
  week: string;
  name: string;
  muscles: Record<string, MuscleWeek>;
}

/** Return the next week to play: from the last one on it begins anew. */
export function following(at: number, count: number): number {
  return at + 1 < count ? at + 1 : 0;
}

/** Show one week: on both sides of the body, and in the list beside it. */
export function show(root: Element, week: Week): void {
  for (const [id, [level, over, name, said]] of Object.entries(week.muscles)) {
    for (const shape of root.querySelectorAll<SVGElement>(`[data-muscle="${id}"], [data-row="${id}"] .bm-muscle`)) {
      shape.dataset["level"] = String(level);
      shape.toggleAttribute("data-over", over);
      const title = shape.querySelector("title");
      if (title !== null) title.textContent = `${name}: ${said}`;
    }
    const words = root.querySelector(`[data-row="${id}"] .row-sub`);
    if (words !== null) words.textContent = said;
  }
  const title = root.querySelector("[data-week-name]");
  if (title !== null) title.textContent = week.name;
}
