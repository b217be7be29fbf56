/** The pose in one photo: found by the same worker as the camera's, on this device. The photo goes nowhere else. */
import type { Found } from "../coach/found.ts";
import type { Landmarks } from "../coach/frames.ts";
import { brightnessOf } from "../coach/setup.ts";

export type Urls = { readonly workerUrl: string; readonly visionUrl: string; readonly modelsUrl: string };
type Said = { readonly type: "ready" } | { readonly type: "broken"; readonly why: string } | ({ readonly type: "found"; readonly width: number; readonly height: number } & Found);

/** A photo is made smaller before it is looked at: the model sees 256 pixels across a body. */
const LONGEST_PX = 1_280;
const WAIT_MS = 60_000;

/** The part of a photo that is looked at, as shares of it: left, top, width, height. */
export type Crop = readonly [number, number, number, number];
/** One photo is looked at in slightly other crops, so that the scatter of the model itself shows. */
export const CROPS: readonly Crop[] = [[0, 0, 1, 1], [0.02, 0.01, 0.96, 0.98], [0, 0.015, 0.97, 0.985], [0.03, 0, 0.97, 0.97], [0.01, 0.02, 0.98, 0.96], [0.02, 0, 0.97, 1], [0, 0, 0.98, 0.98]];

/** Return landmarks of a crop in the coordinates of the whole photo. */
export function uncropped(of: Landmarks, [left, top, wide, high]: Crop, width: number, height: number): Landmarks {
  const image = new Float32Array(of.image.length);
  for (let at = 0; at + 2 < image.length; at += 3) {
    const scale = (width * wide) / of.width;
    image[at] = (of.image[at] ?? NaN) * scale + left * width;
    image[at + 1] = (of.image[at + 1] ?? NaN) * ((height * high) / of.height) + top * height;
    image[at + 2] = (of.image[at + 2] ?? NaN) * scale;
  }
  return { ...of, image, width, height };
}

export class StillPose {
  private readonly worker: Worker;
  private readonly ready: Promise<void>;
  private waiting: { readonly resolve: (said: Said & { type: "found" }) => void; readonly reject: (problem: Error) => void } | null = null;

  constructor({ workerUrl, visionUrl, modelsUrl }: Urls) {
    this.worker = new Worker(workerUrl);
    this.ready = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("the model did not load")), WAIT_MS);
      this.worker.addEventListener("error", (event) => reject(new Error(event.message || "the worker did not start")));
      this.worker.addEventListener("message", ({ data }: MessageEvent<Said>) => {
        clearTimeout(late);
        if (data.type === "ready") resolve();
        else if (data.type === "found") this.waiting?.resolve(data);
        else {
          reject(new Error(data.why));
          this.waiting?.reject(new Error(data.why));
        }
      });
    });
    this.ready.catch(() => undefined);
    this.worker.postMessage({ type: "load", visionUrl, modelUrl: `${modelsUrl}/pose_full.task`, model: "full", people: 2, still: true });
  }

  /** Return the landmarks of a photo, once for each crop. Rejects when the model does not run here. */
  async look(photo: ImageBitmap, crops: readonly Crop[] = CROPS): Promise<readonly Landmarks[]> {
    await this.ready;
    const all: Landmarks[] = [];
    for (const [at, crop] of crops.entries()) {
      const found = await this.one(await cut(photo, crop), at);
      all.push(uncropped({ ...found, t_s: 0 }, crop, photo.width, photo.height));
      if (!found.found || found.people > 1) break; // Nobody, or too many: the other crops say the same.
    }
    return all;
  }

  private one(picture: ImageBitmap, at: number): Promise<Said & { type: "found" }> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker.postMessage({ type: "look", picture, t_ms: 1 + 100 * at }, [picture]);
    });
  }

  close(): void {
    this.worker.terminate();
  }
}

function cut(photo: ImageBitmap, [left, top, wide, high]: Crop): Promise<ImageBitmap> {
  const [width, height] = [photo.width * wide, photo.height * high];
  const scale = Math.min(1, LONGEST_PX / Math.max(width, height));
  return createImageBitmap(photo, left * photo.width, top * photo.height, width, height, { resizeWidth: Math.round(width * scale), resizeHeight: Math.round(height * scale), resizeQuality: "high" });
}

/** Return the photo of a file, turned as it was taken; null when it is none that this browser reads. */
export async function photoOf(file: Blob): Promise<ImageBitmap | null> {
  return await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
}

/** Return how bright a photo is, 0 to 255; null where that cannot be told. */
export function brightnessOfPhoto(photo: ImageBitmap): number | null {
  const pen = new OffscreenCanvas(24, 18).getContext("2d", { willReadFrequently: true });
  if (pen === null) return null;
  pen.drawImage(photo, 0, 0, 24, 18);
  return brightnessOf(pen.getImageData(0, 0, 24, 18).data);
}
