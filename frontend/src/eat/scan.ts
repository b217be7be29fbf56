/** The barcode page: the camera looks for a number, and the page goes on to its food. The picture goes nowhere. */
import { type Camera, CameraError, openCamera } from "../coach/camera.ts";
import { given, island } from "../shared/islands.ts";
import { Readings, SCAN_TROUBLES, type ScanTrouble, addressOf } from "./barcode.ts";

/** Between two looks, so that a phone stays cool. */
const EVERY_MS = 120;
/** After so long without a number the page says what helps. */
const HELP_MS = 8_000;
const HELP = "Hold the bars flat and still, about a hand away, with light from the side.";

type Said = { readonly type: "ready"; readonly kind: string } | { readonly type: "read"; readonly code: string } | { readonly type: "broken"; readonly why: string };

/** Bring every barcode camera of the page to life. */
export function startScans(page: Document): void {
  island(page, "scan", (root) => void new Scan(root));
}

class Scan {
  private readonly root: HTMLElement;
  private readonly video: HTMLVideoElement;
  private readonly said: HTMLElement;
  private readonly readings = new Readings();
  private camera: Camera | null = null;
  private worker: Worker | null = null;
  /** How often the camera was asked for or let go. */
  private wishes = 0;
  private help: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    const video = root.querySelector("video");
    const said = root.querySelector<HTMLElement>("[data-said]");
    if (video === null || said === null) throw new Error("The template wrote no video or no line for the camera.");
    this.root = root;
    this.video = video;
    this.said = said;
    root.hidden = false;
    for (const button of root.querySelectorAll<HTMLButtonElement>("[data-do=start]")) button.addEventListener("click", () => void this.start());
    root.querySelector("[data-do=stop]")?.addEventListener("click", () => this.stop("ready"));
    root.ownerDocument.defaultView?.addEventListener("pagehide", () => this.stop("ready"));
    root.ownerDocument.addEventListener("visibilitychange", () => {
      if (root.ownerDocument.hidden && root.dataset["state"] === "looking") this.stop("ready");
    });
  }

  private async start(): Promise<void> {
    this.state("opening");
    this.said.textContent = "Opening the camera …";
    const wish = ++this.wishes;
    try {
      const camera = await openCamera(this.video, "environment");
      // Somebody may have changed their mind while the browser asked.
      if (wish === this.wishes) this.camera = camera;
      else camera.stop();
    } catch (problem) {
      if (wish === this.wishes) this.trouble(problem instanceof CameraError ? problem.reason : "busy");
    }
    if (this.camera === null || wish !== this.wishes) return;
    this.camera.onEnded = () => this.trouble("unplugged");
    this.state("looking");
    this.said.textContent = "Point it at the bars.";
    this.help = setTimeout(() => (this.said.textContent = HELP), HELP_MS);
    this.root.querySelector<HTMLElement>("[data-do=stop]")?.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest" });
    this.read();
  }

  private read(): void {
    const worker = new Worker(given(this.root, "workerUrl"));
    this.worker = worker;
    worker.addEventListener("message", (event: MessageEvent<Said>) => this.heard(event.data));
    worker.addEventListener("error", () => this.trouble("reader"));
    worker.postMessage({ type: "load", wasmUrl: given(this.root, "wasmUrl"), own: this.root.dataset["own"] !== undefined });
  }

  private heard(said: Said): void {
    if (said.type === "broken") {
      this.trouble("reader");
      return;
    }
    if (said.type === "ready") this.root.dataset["reader"] = said.kind;
    const code = said.type === "read" ? this.readings.add(said.code) : null;
    if (code === null) setTimeout(() => this.look(), EVERY_MS);
    else this.found(code);
  }

  private look(): void {
    const { worker, video } = this;
    if (worker === null || this.camera === null) return;
    if (video.videoWidth === 0) {
      setTimeout(() => this.look(), EVERY_MS);
      return;
    }
    createImageBitmap(video)
      .then((picture) => worker.postMessage({ type: "look", picture }, [picture]))
      .catch(() => setTimeout(() => this.look(), EVERY_MS));
  }

  private found(code: string): void {
    this.stop("found");
    this.said.textContent = `Read: ${code}. Looking for it …`;
    (navigator as { vibrate?: (ms: number) => boolean }).vibrate?.(40);
    location.assign(addressOf(given(this.root, "foundUrl"), code));
  }

  private trouble(reason: ScanTrouble): void {
    this.stop("trouble");
    this.said.textContent = SCAN_TROUBLES[reason];
    this.root.querySelector<HTMLElement>("[data-do=start]")?.focus();
  }

  private stop(state: "ready" | "found" | "trouble"): void {
    this.wishes += 1;
    clearTimeout(this.help);
    this.worker?.terminate();
    this.worker = null;
    this.camera?.stop();
    this.camera = null;
    if (state === "ready") this.said.textContent = "";
    this.state(state);
  }

  private state(state: string): void {
    this.root.dataset["state"] = state;
    for (const part of this.root.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = !given(part, "when").split(" ").includes(state);
  }
}
