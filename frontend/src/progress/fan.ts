/** A curve and the fan behind it, as columns that uPlot draws. */

/** Where a curve goes: seconds, middle, low and high of each day ahead. */
export type Ahead = readonly [number, number, number, number];

/** The columns of the plot: the curve, and the fan that begins at its last day; null where a line is not. */
export function columns(days: number[], curve: readonly [number[], number[], number[]], ahead: readonly Ahead[]): (number | null)[][] {
  const rest = ahead.slice(1);
  const none = rest.map(() => null);
  const [first] = ahead;
  const before = days.map((_day, at) => (first !== undefined && at === days.length - 1 ? true : null));
  const fan = [2, 3, 1].map((n) => [...before.map((here) => (here && first ? (first[n] ?? null) : null)), ...rest.map((point) => point[n] ?? null)]);
  return [[...days, ...rest.map(([day]) => day)], ...curve.map((values) => [...values, ...none]), ...fan];
}
