/** The camera and what is drawn over its picture. */
import type { Bones } from "../clip/skeleton.ts";
import { type Camera, openCamera } from "./camera.ts";
import { Recent } from "./debug.ts";
import { containBox, drawBody, drawMoment, drawOutline, penOf } from "./draw.ts";
import { type Figure, seenAt, stoodIn } from "./ghost.ts";
import { type Landmarks, type Pose, startPose } from "./pose.ts";
import { momentsOf, spotsOf } from "./recording.ts";
import { brightnessOf } from "./setup.ts";
import type { View } from "./view.ts";

const LOOK_EVERY_MS = 700;
const SMALL = { width: 24, height: 18 };

/** What is drawn besides the skeleton. */
export type Over = { readonly outline: boolean; readonly ghost: { readonly share: number; readonly yaw_deg: number } | null };

export class Eyes {
  mirrored = true;
  figure: Figure | null = null;
  over: Over = { outline: true, ghost: null };
  brightness: number | null = null;
  pose: Pose | null = null;
  /** How many people are looked for: two, where a second one must be told of. */
  people = 1;
  readonly drawing = new Recent();
  private camera: Camera | null = null;
  private facing: "user" | "environment" = "user";
  private looking: ReturnType<typeof setInterval> | undefined;
  private latest: Landmarks | null = null;
  private frame = 0;
  private readonly view: View;
  private readonly video: HTMLVideoElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly bones: Bones;

  constructor(view: View, bones: Bones) {
    this.view = view;
    this.bones = bones;
    this.video = view.part<HTMLVideoElement>("video");
    this.canvas = view.part<HTMLCanvasElement>("over");
    new ResizeObserver(() => this.ask()).observe(this.canvas);
  }

  /** Get the figure of the exercise, for the outline and the ghost; without it there is neither. */
  async fetchFigure(): Promise<void> {
    const url = this.view.root.dataset["figureUrl"] ?? "";
    const answer = url === "" ? null : await fetch(url).catch(() => null);
    if (answer?.ok !== true) return;
    const figure = (await answer.json()) as Figure;
    this.figure = figure;
    const canvas = this.view.part<HTMLCanvasElement>("outline");
    const show = () => drawOutline(canvas, figure, getComputedStyle(canvas).color, 1, 0.08);
    new ResizeObserver(show).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
    show();
  }

  /** Start camera and pose model; throws CameraError. */
  async open(hooks: { readonly landmarks: (landmarks: Landmarks) => void; readonly ended: (reason: string) => void; readonly broken: (why: string) => void }): Promise<void> {
    const data = this.view.root.dataset;
    this.camera = await openCamera(this.video, this.facing);
    this.camera.onEnded = hooks.ended;
    this.mirrored = this.camera.facing !== "environment";
    this.view.part("stage").classList.toggle("coach-mirrored", this.mirrored);
    this.pose = startPose({
      video: this.video,
      workerUrl: data["workerUrl"] ?? "",
      visionUrl: data["visionUrl"] ?? "",
      modelsUrl: data["modelsUrl"] ?? "",
      model: "full",
      people: this.people,
    });
    this.pose.onLandmarks = (landmarks) => {
      this.latest = landmarks;
      hooks.landmarks(landmarks);
      this.ask();
    };
    this.pose.onBroken = hooks.broken;
    this.looking = setInterval(() => this.measure(), LOOK_EVERY_MS);
  }

  turn(): void {
    this.facing = this.facing === "user" ? "environment" : "user";
  }

  close(): void {
    clearInterval(this.looking);
    this.pose?.stop();
    this.camera?.stop();
    this.pose = this.camera = this.latest = null;
    this.brightness = null;
    penOf(this.canvas);
  }

  /** Measure how bright the picture is, on a tiny copy of it that is dropped at once. */
  private measure(): void {
    const small = new OffscreenCanvas(SMALL.width, SMALL.height);
    const pen = small.getContext("2d", { willReadFrequently: true });
    if (pen === null || this.video.readyState < 2) return;
    pen.drawImage(this.video, 0, 0, SMALL.width, SMALL.height);
    this.brightness = brightnessOf(pen.getImageData(0, 0, SMALL.width, SMALL.height).data);
  }

  ask(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    this.frame = 0;
    const pen = penOf(this.canvas);
    if (pen === null) return;
    const began = performance.now();
    const { latest, figure, over } = this;
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    const box = containBox(latest?.width ?? this.video.videoWidth, latest?.height ?? this.video.videoHeight, width, height);
    if (over.outline && figure !== null) {
      const spots = seenAt(figure, 0, figure.yaw_deg);
      const fit = stoodIn(spots, box.width, box.height, 0.1);
      if (fit !== null) drawBody(pen, spots, { ...fit, x: fit.x + box.x, y: fit.y + box.y }, "#ffffff", 0.22);
    }
    if (latest !== null) {
      const ghost = over.ghost === null || figure === null ? null : { figure, ...over.ghost };
      drawMoment(pen, { moments: momentsOf(latest), moment: 0, bones: this.bones, person: spotsOf(latest), ghost, box });
      this.canvas.dataset["drawn"] = latest.t_s.toFixed(3);
    }
    this.drawing.add(performance.now() - began);
  }
}
