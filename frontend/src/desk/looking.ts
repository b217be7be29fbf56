/** A look at the webcam now and then, also while the page is hidden; the picture goes to the pose model of this device and nowhere else. */
import { type Camera, openCamera } from "../coach/camera.ts";
import type { Look } from "./slouch.ts";

/** Twice a second: enough for a posture, and easy on the machine. */
export const EVERY_MS = 500;
/** A look that is not answered within this time is given up. */
const PATIENCE_MS = 8_000;

export type Addresses = { readonly workerUrl: string; readonly tickerUrl: string; readonly visionUrl: string; readonly modelsUrl: string };
type Hooks = { readonly look: (look: Look) => void; readonly ready: () => void; readonly ended: (reason: string) => void };
type Said =
  | { readonly type: "ready" }
  | { readonly type: "broken"; readonly why: string }
  | { readonly type: "found"; readonly t_ms: number; readonly found: boolean; readonly image: Float32Array; readonly visibility: Float32Array };
type Grabber = { grabFrame(): Promise<ImageBitmap> };

const MOST_FAILURES = 10;

export class Looking {
  private readonly video: HTMLVideoElement;
  private readonly hooks: Hooks;
  private camera: Camera | null = null;
  private worker: Worker | null = null;
  private ticker: Worker | null = null;
  private grabber: Grabber | null = null;
  private askedAt: number | null = null;
  private ready = false;
  private failures = 0;

  constructor(video: HTMLVideoElement, hooks: Hooks) {
    this.video = video;
    this.hooks = hooks;
  }

  /** Open the camera and the model; throws CameraError. */
  async open({ workerUrl, tickerUrl, visionUrl, modelsUrl }: Addresses): Promise<void> {
    this.camera = await openCamera(this.video, "user");
    this.camera.onEnded = (reason) => this.end(reason);
    this.grabber = grabberOf(this.video);
    // Five pictures a second are plenty; the camera and the machine stay cool.
    void trackOf(this.video)?.applyConstraints({ frameRate: { ideal: 5 }, width: { ideal: 640 }, height: { ideal: 480 } }).catch(() => undefined);
    this.worker = new Worker(workerUrl);
    this.worker.addEventListener("message", ({ data }: MessageEvent<Said>) => this.heard(data));
    this.worker.addEventListener("error", () => this.end("pose"));
    this.worker.postMessage({ type: "load", visionUrl, model: "lite", modelUrl: `${modelsUrl}/pose_lite.task` });
    this.ticker = new Worker(tickerUrl);
    this.ticker.addEventListener("message", () => void this.tick());
    this.ticker.postMessage(EVERY_MS);
  }

  close(): void {
    this.ticker?.terminate();
    this.worker?.terminate();
    this.camera?.stop();
    this.ticker = this.worker = this.camera = this.grabber = null;
    this.ready = false;
    this.askedAt = null;
  }

  private end(reason: string): void {
    this.close();
    this.hooks.ended(reason);
  }

  private async tick(): Promise<void> {
    const now = performance.now();
    const { worker } = this;
    if (worker === null || !this.ready || (this.askedAt !== null && now - this.askedAt < PATIENCE_MS)) return;
    this.askedAt = now;
    try {
      // The element of a hidden page may stand still; the camera's own track does not.
      const hidden = this.video.ownerDocument.hidden;
      const picture = hidden && this.grabber !== null ? await this.grabber.grabFrame() : await createImageBitmap(this.video);
      worker.postMessage({ type: "look", picture, t_ms: now }, [picture]);
    } catch {
      this.askedAt = null;
      this.failed();
    }
  }

  private heard(said: Said): void {
    if (said.type === "ready") {
      this.ready = true;
      this.hooks.ready();
      return;
    }
    this.askedAt = null;
    if (said.type === "broken") {
      this.failed();
      return;
    }
    this.failures = 0;
    this.hooks.look({ t_s: said.t_ms / 1_000, found: said.found, image: said.image, visibility: said.visibility });
  }

  private failed(): void {
    this.failures += 1;
    if (!this.ready || this.failures >= MOST_FAILURES) this.end("pose");
  }
}

function trackOf(video: HTMLVideoElement): MediaStreamTrack | undefined {
  return video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined;
}

function grabberOf(video: HTMLVideoElement): Grabber | null {
  const Known = (globalThis as { ImageCapture?: new (track: MediaStreamTrack) => Grabber }).ImageCapture;
  const track = trackOf(video);
  return Known === undefined || track === undefined ? null : new Known(track);
}
