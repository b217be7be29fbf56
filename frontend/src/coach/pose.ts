/** Landmarks of the person before the camera, found by a worker on this device. Its pictures go nowhere else. */
import { Recent } from "./debug.ts";
import type { Landmarks } from "./frames.ts";
import { Pace } from "./pace.ts";

export type { Landmarks } from "./frames.ts";
export type PoseModel = "full" | "lite";
export type PoseOptions = {
  readonly video: HTMLVideoElement;
  readonly workerUrl: string;
  readonly visionUrl: string;
  readonly modelsUrl: string;
  readonly model: PoseModel;
  /** How many people are looked for; one, unless said. */
  readonly people?: number;
};

export type Pose = {
  onLandmarks: ((landmarks: Landmarks) => void) | null;
  /** Told which model runs: once it does, and again after it fell back. */
  onReady: ((model: string) => void) | null;
  onBroken: ((why: string) => void) | null;
  /** Told that nothing is looked at while the page is hidden, and that it goes on. */
  onPaused: ((paused: boolean) => void) | null;
  stop(): void;
  readonly debug: Readonly<Record<string, number | string>>;
};

/** Begin to look. */
export function startPose(options: PoseOptions): Pose {
  return new Looking(options);
}

type Said =
  | { readonly type: "ready"; readonly model: string; readonly delegate: string }
  | { readonly type: "broken"; readonly why: string }
  | ({ readonly type: "found"; readonly t_ms: number; readonly took_ms: number; readonly posed_at: number } & Omit<Landmarks, "t_s" | "posed_ms">);

/** A picture that could not be looked at is left out; this many in a row are a browser that cannot. */
const MOST_FAILURES = 10;

/** A picture older than this, or one from the future, has a time of another clock. */
const OLDEST_MS = 1_000;

/** Return when a picture was taken: what the camera says, where that is of the page's clock. */
export function takenAt(now: number, captured: number | undefined): number {
  return captured !== undefined && captured <= now && captured >= now - OLDEST_MS ? captured : now;
}

class Looking implements Pose {
  onLandmarks: ((landmarks: Landmarks) => void) | null = null;
  onReady: ((model: string) => void) | null = null;
  onBroken: ((why: string) => void) | null = null;
  onPaused: ((paused: boolean) => void) | null = null;
  private readonly options: PoseOptions;
  private readonly page: Document;
  private readonly worker: Worker;
  private readonly pace = new Pace();
  private readonly took = new Recent();
  private model: string;
  private delegate = "";
  private ready = false;
  private stopped = false;
  private callback = 0;
  /** When the picture that is being looked at was taken from the camera; null when none is. */
  private sentAt: number | null = null;
  private last_ms = 0;
  private frames = 0;
  private skipped = 0;
  private failures = 0;

  constructor(options: PoseOptions) {
    this.options = options;
    this.model = options.model;
    this.page = options.video.ownerDocument;
    this.worker = new Worker(options.workerUrl);
    this.worker.addEventListener("message", (event: MessageEvent<Said>) => this.heard(event.data));
    this.worker.addEventListener("error", (event) => this.broken(event.message || "the worker did not start"));
    this.page.addEventListener("visibilitychange", this.shownOrHidden);
    this.load(options.model);
    this.ask();
  }

  get debug(): Readonly<Record<string, number | string>> {
    const { model, delegate, frames, skipped } = this;
    return { model: delegate === "" ? model : `${model} ${delegate}`, looks_ms: this.took.p95, could_fps: this.pace.fps, looked: frames, skipped };
  }

  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.page.removeEventListener("visibilitychange", this.shownOrHidden);
    if ("cancelVideoFrameCallback" in this.options.video) this.options.video.cancelVideoFrameCallback(this.callback);
    else cancelAnimationFrame(this.callback);
    this.worker.terminate();
  }

  private load(model: PoseModel): void {
    const { visionUrl, modelsUrl, people = 1 } = this.options;
    this.worker.postMessage({ type: "load", visionUrl, model, people, modelUrl: `${modelsUrl}/pose_${model}.task` });
  }

  private readonly shownOrHidden = () => {
    this.onPaused?.(this.page.hidden);
  };

  /** Ask for the next picture that the camera gives. */
  private ask(): void {
    const { video } = this.options;
    if (this.stopped) return;
    if ("requestVideoFrameCallback" in video) {
      this.callback = video.requestVideoFrameCallback((now, about) => this.picture(takenAt(now, about.captureTime)));
    } else {
      this.callback = requestAnimationFrame((now) => this.picture(now));
    }
  }

  private picture(captured_ms: number): void {
    this.ask();
    const { video } = this.options;
    const isNew = captured_ms > this.last_ms && video.videoWidth > 0;
    if (!this.ready || this.page.hidden || !isNew) return;
    if (this.sentAt !== null) {
      this.skipped += 1;
      return;
    }
    this.last_ms = captured_ms;
    this.sentAt = performance.now();
    createImageBitmap(video)
      .then((picture) => {
        if (this.stopped) picture.close();
        else this.worker.postMessage({ type: "look", picture, t_ms: captured_ms }, [picture]);
      })
      .catch((problem: unknown) => this.failed(String(problem)));
  }

  private heard(said: Said): void {
    if (this.stopped) return;
    if (said.type === "broken") this.failed(said.why);
    else if (said.type === "ready") {
      this.ready = true;
      this.model = said.model;
      this.delegate = said.delegate;
      this.pace.reset();
      this.onReady?.(said.model);
    } else this.found(said);
  }

  private found(said: Said & { type: "found" }): void {
    const now = performance.now();
    this.frames += 1;
    this.failures = 0;
    this.took.add(now - (this.sentAt ?? now));
    this.pace.add(now, now - (this.sentAt ?? now));
    this.sentAt = null;
    const { image, world, visibility, found, width, height, people = found ? 1 : 0 } = said;
    const posed_ms = said.posed_at - performance.timeOrigin;
    this.onLandmarks?.({ t_s: said.t_ms / 1_000, posed_ms, image, world, visibility, found, people, width, height });
    if (this.model === "full" && this.pace.slow) {
      this.model = "lite";
      this.load("lite");
    }
  }

  private failed(why: string): void {
    this.sentAt = null;
    this.failures += 1;
    // Without a model nothing comes after; a single picture may fail, as while the camera turns.
    if (!this.ready || this.failures >= MOST_FAILURES) this.broken(why);
  }

  private broken(why: string): void {
    if (this.stopped) return;
    this.stop();
    this.onBroken?.(why);
  }
}
