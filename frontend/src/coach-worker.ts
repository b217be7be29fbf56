/**
 * The pose model, away from the page's own thread.
 *
 * Started as a classic worker, because MediaPipe loads its WebAssembly with importScripts; so this
 * entry shares no module with another one. Pictures come in, landmarks go out, and a picture is
 * closed as soon as it was looked at.
 */
import { type Result, foundIn } from "./coach/found.ts";

/** `people` is how many are looked for (one, unless said), `still` that each picture stands alone. */
type Load = { readonly type: "load"; readonly visionUrl: string; readonly modelUrl: string; readonly model: string; readonly people?: number; readonly still?: boolean };
type Look = { readonly type: "look"; readonly picture: ImageBitmap; readonly t_ms: number };
type Delegate = "GPU" | "CPU";
type Landmarker = { detect(picture: ImageBitmap): Result; detectForVideo(picture: ImageBitmap, t_ms: number): Result; close(): void };
type Vision = {
  readonly FilesetResolver: { forVisionTasks(folder: string): Promise<unknown> };
  readonly PoseLandmarker: { createFromOptions(files: unknown, options: object): Promise<Landmarker> };
};

// The library of types has no worker beside the page.
const here = globalThis as unknown as {
  onmessage: ((event: MessageEvent<Load | Look>) => void) | null;
  postMessage(message: object, transfer?: readonly Transferable[]): void;
};
/** Processors that draw in place of a graphics card; they are slower than not using one. */
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

let landmarker: Landmarker | null = null;
let still = false;
let vision: Promise<Vision> | null = null;
let files: Promise<unknown> | null = null;

/** Return whether a graphics card can be asked here. */
function hasCard(): boolean {
  const context = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (context === null) return false;
  const about = context.getExtension("WEBGL_debug_renderer_info");
  const name = String(context.getParameter(about === null ? context.RENDERER : about.UNMASKED_RENDERER_WEBGL));
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return !SOFTWARE.test(name);
}

async function made({ visionUrl, modelUrl, people = 1, still: alone = false }: Load, delegate: Delegate): Promise<Landmarker> {
  vision ??= import(`${visionUrl}/vision_bundle.mjs`) as Promise<Vision>;
  const { FilesetResolver, PoseLandmarker } = await vision;
  files ??= FilesetResolver.forVisionTasks(`${visionUrl}/wasm`);
  const options = { baseOptions: { modelAssetPath: modelUrl, delegate }, runningMode: alone ? "IMAGE" : "VIDEO", numPoses: people };
  const fresh = await PoseLandmarker.createFromOptions(await files, options);
  if (delegate === "GPU") tried(fresh, alone);
  return fresh;
}

/** A card may take the model and fail at the first picture; better now than in a set. */
function tried(fresh: Landmarker, alone: boolean): void {
  const picture = new OffscreenCanvas(64, 64);
  picture.getContext("2d")?.fillRect(0, 0, 64, 64);
  const bitmap = picture.transferToImageBitmap();
  if (alone) fresh.detect(bitmap);
  else fresh.detectForVideo(bitmap, 0);
  bitmap.close();
}

async function load(message: Load): Promise<void> {
  let delegate: Delegate = hasCard() ? "GPU" : "CPU";
  let fresh: Landmarker;
  try {
    fresh = await made(message, delegate);
  } catch (problem) {
    if (delegate === "CPU") throw problem;
    delegate = "CPU";
    fresh = await made(message, delegate);
  }
  landmarker?.close();
  landmarker = fresh;
  still = message.still === true;
  here.postMessage({ type: "ready", model: message.model, delegate });
}

function look({ picture, t_ms }: Look): void {
  const began = performance.now();
  const { width, height } = picture;
  try {
    if (landmarker === null) return;
    const found = foundIn(still ? landmarker.detect(picture) : landmarker.detectForVideo(picture, t_ms), width, height);
    const now = performance.now();
    const times = { t_ms, took_ms: now - began, posed_at: performance.timeOrigin + now };
    here.postMessage({ type: "found", ...found, ...times, width, height }, [found.image.buffer, found.world.buffer, found.visibility.buffer]);
  } finally {
    picture.close();
  }
}

here.onmessage = ({ data }) => {
  const failed = (problem: unknown) => here.postMessage({ type: "broken", why: problem instanceof Error ? problem.message : String(problem) });
  if (data.type === "load") {
    load(data).catch(failed);
    return;
  }
  try {
    look(data);
  } catch (problem) {
    failed(problem);
  }
};
