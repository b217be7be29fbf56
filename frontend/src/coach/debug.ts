/** Numbers over the picture, for whoever wants to know how quick it is: key d, or ?debug=1. */

export type Numbers = Readonly<Record<string, number | string>>;

/** Return numbers as lines, one a line, with their names before them. */
export function debugLines(...of: readonly Numbers[]): string {
  const all = of.flatMap((numbers) => Object.entries(numbers));
  const wide = Math.max(0, ...all.map(([name]) => name.length));
  const said = (value: number | string) => (typeof value === "string" ? value : Number.isInteger(value) ? String(value) : value.toFixed(1));
  return all.map(([name, value]) => `${name.padEnd(wide)}  ${said(value)}`).join("\n");
}

/** Return the value below which 95 of 100 lie; NaN for none. */
export function p95(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(0.95 * sorted.length))] ?? Number.NaN;
}

/** The last values of a number that comes again and again. */
export class Recent {
  private values: number[] = [];

  add(value: number): void {
    this.values.push(value);
    if (this.values.length > 200) this.values.shift();
  }

  get p95(): number {
    return p95(this.values);
  }
}
