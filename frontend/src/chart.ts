/** Strength curves that answer a finger: drawn anew from the numbers that the template wrote, as wide as there is room. */
import uPlot from "uplot";
import { type Ahead, columns } from "./progress/fan.ts";
import { given, island } from "./shared/islands.ts";

const HEIGHT = 224;

/** Return the numbers of a data-* attribute. */
export function numbersOf(text: string): number[] {
  const values: unknown = JSON.parse(text);
  return Array.isArray(values) ? values.map(Number) : [];
}

/** Return a value with its band, as the line below the chart says it. */
export function said(day: number, middle: number, low: number, high: number, unit: string): string {
  const date = new Date(day * 1000).toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
  return `${date}: ${middle.toFixed(1)} ${unit} (${low.toFixed(1)} to ${high.toFixed(1)})`;
}

function colour(root: Element, name: string): string {
  return getComputedStyle(root).getPropertyValue(name).trim();
}

/** Days that are shaded: why, and from when to when in seconds. */
type Span = readonly [string, number, number];

function options(root: HTMLElement, width: number, unit: string, spans: readonly Span[], point: (at: number | null) => void): uPlot.Options {
  const ink = colour(root, "--muted");
  const grid = { stroke: colour(root, "--line"), width: 1 };
  const font = `500 13px ${colour(root, "--numerals")}`;
  const accent = colour(root, "--accent");
  const edge = { stroke: "transparent", points: { show: false } };
  const shade = (plot: uPlot) => {
    for (const [kind, from, to] of spans) {
      const left = plot.valToPos(from, "x", true);
      plot.ctx.fillStyle = colour(root, `--span-${kind}`);
      plot.ctx.fillRect(left, plot.bbox.top, Math.max(2, plot.valToPos(to, "x", true) - left), plot.bbox.height);
    }
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    padding: [10, 6, 0, 16],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 10, fill: accent } },
    scales: { x: { time: true } },
    tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
    axes: [
      { stroke: ink, grid: { show: false }, ticks: { show: false }, font, values: shortDays, space: 70, size: 34 },
      { side: 1, stroke: ink, grid, ticks: { show: false }, font, values: (_plot, values) => values.map((value) => `${value} ${unit}`), size: 62, space: 44 },
    ],
    series: [{}, edge, edge, { stroke: accent, width: 2.5, points: { show: false } }, edge, edge, { stroke: accent, width: 2, dash: [6, 5], points: { show: false } }],
    bands: [
      { series: [2, 1], fill: colour(root, "--chart-band") },
      { series: [5, 4], fill: colour(root, "--chart-fan") },
    ],
    hooks: { setCursor: [(plot) => point(plot.cursor.idx ?? null)], drawClear: [shade] },
  };
}

/** Return what a data-* attribute holds as JSON; an empty list when it is not there. */
function listOf<T>(text: string | undefined): readonly T[] {
  const values: unknown = text === undefined ? [] : JSON.parse(text);
  return Array.isArray(values) ? (values as T[]) : [];
}

function shortDays(_plot: uPlot, days: number[]): string[] {
  return days.map((day) => new Date(day * 1000).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }));
}

island(document, "chart", (root) => {
  const place = root.querySelector<HTMLElement>("[data-chart]");
  const caption = root.querySelector("figcaption");
  const svg = place?.querySelector("svg") ?? null;
  if (place === null || caption === null || svg === null) return;
  const unit = given(root, "unit");
  const [days, middle, low, high] = ["days", "middle", "low", "high"].map((name) => numbersOf(given(root, name)));
  if (days === undefined || middle === undefined || low === undefined || high === undefined || days.length < 2) return;
  const words = caption.textContent;
  const ahead = listOf<Ahead>(root.dataset["ahead"]);
  const spans = listOf<Span>(root.dataset["spans"]);
  const data = columns(days, [low, high, middle], ahead);
  const point = (at: number | null) => {
    const fanAt = at === null || at < days.length ? undefined : ahead[at - days.length + 1];
    const values = at === null ? undefined : (fanAt ?? ([days[at], middle[at], low[at], high[at]] as const));
    const [day, value, bottom, top] = values ?? [];
    if (day === undefined || value === undefined || bottom === undefined || top === undefined) caption.textContent = words;
    else caption.textContent = `${said(day, value, bottom, top, unit)}${fanAt === undefined ? "" : ", ahead"}`;
  };
  let plot: uPlot | null = null;
  const draw = () => {
    const width = place.clientWidth;
    if (width === 0) return; // Inside a part that is closed: drawn when it opens.
    if (plot !== null) {
      plot.setSize({ width, height: HEIGHT });
      return;
    }
    const holder = document.createElement("div");
    holder.setAttribute("role", "img");
    holder.setAttribute("aria-label", svg.getAttribute("aria-label") ?? "");
    svg.replaceWith(holder);
    plot = new uPlot(options(root, width, unit, spans, point), data as uPlot.AlignedData, holder);
  };
  new ResizeObserver(draw).observe(place);
  // Colours are read when it is drawn: draw anew when the theme changes.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    plot?.destroy();
    plot = null;
    place.replaceChildren(svg);
    draw();
  });
});
