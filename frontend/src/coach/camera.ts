/** The camera: opened after a tap, watched for being taken away. Its picture goes to the video element and nowhere else. */

export type CameraReason = "refused" | "none" | "busy" | "insecure" | "unplugged";
export type Facing = "user" | "environment";

export class CameraError extends Error {
  readonly reason: CameraReason;

  constructor(reason: CameraReason) {
    super(reason);
    this.reason = reason;
  }
}

export type Camera = {
  readonly facing: Facing | "unknown";
  onEnded: ((reason: CameraReason) => void) | null;
  stop(): void;
};

/** Show the camera in a video element; throws CameraError. */
export async function openCamera(_video: HTMLVideoElement, _facing: Facing = "user"): Promise<Camera> {
  throw new CameraError("none");
}
