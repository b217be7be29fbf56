/** The figure of the step that is done now: moving where the browser draws in three dimensions, else a picture. */
import type { Body } from "../figure/body.ts";
import { themeOf } from "../figure/look.ts";
import type { Motion } from "../figure/motion.ts";
import type { Stage } from "../figure/stage.ts";
import type { Count, Where } from "./course.ts";
import type { Plan, PlannedStep } from "./plan.ts";

type Staged = typeof import("../figure/stage.ts").staged;

export class FlowFigure {
  private readonly frame: HTMLElement;
  private readonly picture: HTMLImageElement;
  private readonly plan: Plan;
  private readonly motions = new Map<string, Motion>();
  private readonly pictures = new Map<string, HTMLImageElement>();
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");
  private body: Body | null = null;
  private staged: Staged | null = null;
  private stage: Stage | null = null;
  private motion: Motion | null = null;
  private step: PlannedStep | null = null;
  private drawn_s: number | null = null;

  constructor(frame: HTMLElement, picture: HTMLImageElement, plan: Plan) {
    this.frame = frame;
    this.picture = picture;
    this.plan = plan;
    new ResizeObserver(() => this.fit()).observe(frame);
  }

  /** Get everything that is needed later, so that the flow goes on without a network. */
  async load(): Promise<void> {
    const dark = themeOf(document) === "dark";
    for (const step of this.plan.steps) {
      const url = dark ? step.dark_url : step.light_url;
      if (url === "" || this.pictures.has(url)) continue;
      const one = new Image();
      one.src = url;
      this.pictures.set(url, one);
    }
    await Promise.all([...this.pictures.values()].map((one) => one.decode().catch(() => undefined)));
    await this.loadMotion().catch(() => undefined); // The pictures stay.
  }

  private async loadMotion(): Promise<void> {
    if (this.plan.body_url === "") return;
    const [{ staged }, { bodyOf }, file] = await Promise.all([import("../figure/stage.ts"), import("../figure/body.ts"), answered(this.plan.body_url).then((one) => one.arrayBuffer())]);
    const urls = [...new Set(this.plan.steps.map((step) => step.motion_url))].filter((url) => url !== "");
    await Promise.all(urls.map(async (url) => this.motions.set(url, (await (await answered(url)).json()) as Motion)));
    this.body = bodyOf(file);
    this.staged = staged;
    if (this.step !== null) this.show(this.step);
  }

  /** Show the figure of a step; a rest has none. */
  show(step: PlannedStep): void {
    const other = this.step?.exercise !== step.exercise || this.stage === null;
    this.step = step;
    this.frame.classList.toggle("flow-mirrored", step.mirrored);
    this.frame.hidden = step.exercise === "";
    this.picture.src = themeOf(document) === "dark" ? step.dark_url : step.light_url;
    this.picture.alt = step.exercise === "" ? "" : step.name;
    if (other) this.put(step);
  }

  private put(step: PlannedStep): void {
    this.end();
    this.frame.querySelector("canvas")?.remove();
    this.motion = this.motions.get(step.motion_url) ?? null;
    if (this.motion === null || this.body === null || this.staged === null) return;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    try {
      this.stage = this.staged(canvas, this.body, this.motion, themeOf(document));
    } catch {
      this.staged = null; // No WebGL: no second try.
      return;
    }
    this.frame.append(canvas);
    this.fit();
  }

  private fit(): void {
    const { clientWidth, clientHeight } = this.frame;
    this.drawn_s = null;
    if (clientWidth > 0 && clientHeight > 0) this.stage?.resize(clientWidth, clientHeight, Math.min(devicePixelRatio, 2));
  }

  /** Draw the moment of the flow. */
  draw(where: Where, step: PlannedStep): void {
    const { stage, motion } = this;
    if (stage === null || motion === null) return;
    const peak_s = motion.t_s[motion.peak] ?? 0;
    const time_s = this.still.matches ? peak_s : timeIn(where, step, motion.length_s, peak_s);
    if (time_s === this.drawn_s) return; // A pose that is held needs no drawing.
    this.drawn_s = time_s;
    stage.draw(time_s, motion.camera.yaw_deg, motion.camera.pitch_deg);
    this.frame.dataset["drawn"] = "true";
  }

  end(): void {
    this.stage?.end();
    this.stage = null;
    this.drawn_s = null;
  }
}

/** Return the moment of the figure's rep: a pose is gone into on the way there and kept; what moves, moves in time. */
export function timeIn(where: Where, step: Pick<PlannedStep, "reps">, length_s: number, peak_s: number): number {
  if (step.reps !== null) return length_s > 0 ? where.into_s % length_s : 0;
  if (where.phase !== "ready") return peak_s;
  return Math.max(0, peak_s - where.left_s);
}

/** Return how much of the step's ring is drawn, 0 to 1: the breath, else the rep. */
export function ringShare(count: Count | null, full: number | null): number {
  return full ?? count?.share ?? 0;
}

async function answered(url: string): Promise<Response> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
  return answer;
}
