/** Landmarks of the person before the camera, found by a worker on this device. */
import type { Landmarks } from "./frames.ts";

export type { Landmarks } from "./frames.ts";
export type PoseModel = "full" | "lite";
export type PoseOptions = {
  readonly video: HTMLVideoElement;
  readonly workerUrl: string;
  readonly visionUrl: string;
  readonly modelsUrl: string;
  readonly model: PoseModel;
};

export type Pose = {
  onLandmarks: ((landmarks: Landmarks) => void) | null;
  /** Told which model runs: once it does, and again after it fell back. */
  onReady: ((model: string) => void) | null;
  onBroken: ((why: string) => void) | null;
  stop(): void;
  readonly debug: Readonly<Record<string, number | string>>;
};

/** Begin to look. */
export function startPose(_options: PoseOptions): Pose {
  return { onLandmarks: null, onReady: null, onBroken: null, stop: () => undefined, debug: {} };
}
