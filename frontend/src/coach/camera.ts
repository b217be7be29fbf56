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

/** A camera that gives no picture for so long was taken by another program or a call. */
const MUTED_MS = 2_000;
const REASONS: Readonly<Record<string, CameraReason>> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** Return why a camera did not open, from the name of the browser's error; what is not known was in use. */
export function reasonOf(name: string): CameraReason {
  return REASONS[name] ?? "busy";
}

/** Show the camera in a video element; throws CameraError. */
export async function openCamera(video: HTMLVideoElement, facing: Facing = "user"): Promise<Camera> {
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  if (!isSecureContext || mediaDevices === undefined) throw new CameraError("insecure");
  const wanted = { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
  let stream: MediaStream | null = null;
  try {
    stream = await mediaDevices.getUserMedia({ video: wanted, audio: false });
    const opened = new Opened(video, stream, mediaDevices);
    video.srcObject = stream;
    await video.play();
    return opened;
  } catch (problem) {
    for (const track of stream?.getTracks() ?? []) track.stop();
    throw problem instanceof CameraError ? problem : new CameraError(reasonOf(problem instanceof Error ? problem.name : ""));
  }
}

class Opened implements Camera {
  readonly facing: Facing | "unknown";
  onEnded: ((reason: CameraReason) => void) | null = null;
  private readonly video: HTMLVideoElement;
  private readonly stream: MediaStream;
  private readonly devices: MediaDevices;
  private readonly track: MediaStreamTrack | undefined;
  private muted: ReturnType<typeof setTimeout> | undefined;

  constructor(video: HTMLVideoElement, stream: MediaStream, devices: MediaDevices) {
    this.video = video;
    this.stream = stream;
    this.devices = devices;
    this.track = stream.getVideoTracks()[0];
    if (this.track === undefined) throw new CameraError("none");
    const { facingMode } = this.track.getSettings();
    this.facing = facingMode === "user" || facingMode === "environment" ? facingMode : "unknown";
    this.track.addEventListener("ended", this.ended);
    this.track.addEventListener("mute", this.silent);
    this.track.addEventListener("unmute", this.heard);
    devices.addEventListener("devicechange", this.changed);
    // Turning a phone turns the picture, and some browsers stop the element while they do.
    video.addEventListener("pause", this.again);
    video.ownerDocument.addEventListener("visibilitychange", this.back);
    this.darken();
  }

  stop(): void {
    clearTimeout(this.muted);
    this.track?.removeEventListener("ended", this.ended);
    this.track?.removeEventListener("mute", this.silent);
    this.track?.removeEventListener("unmute", this.heard);
    this.devices.removeEventListener("devicechange", this.changed);
    this.video.removeEventListener("pause", this.again);
    this.video.ownerDocument.removeEventListener("visibilitychange", this.back);
    for (const track of this.stream.getTracks()) track.stop();
    if (this.video.srcObject === this.stream) this.video.srcObject = null;
  }

  /** Some phones leave the lamp on from the last time. */
  private darken(): void {
    const can = this.track?.getCapabilities?.() as { readonly torch?: unknown } | undefined;
    if (can?.torch !== true) return;
    const dark = { advanced: [{ torch: false } as MediaTrackConstraintSet] };
    void this.track?.applyConstraints(dark).catch(() => undefined);
  }

  private readonly ended = () => {
    this.stop();
    this.onEnded?.("unplugged");
  };

  private readonly silent = () => {
    clearTimeout(this.muted);
    this.muted = setTimeout(() => {
      // A hidden page gets no picture on some phones; that is no fault of the camera.
      if (this.video.ownerDocument.hidden) return;
      this.ended();
    }, MUTED_MS);
  };

  private readonly heard = () => clearTimeout(this.muted);

  private readonly back = () => {
    if (this.video.ownerDocument.hidden) return;
    if (this.track?.muted === true) this.silent();
    this.again();
  };

  private readonly changed = async () => {
    const id = this.track?.getSettings().deviceId;
    const all = await this.devices.enumerateDevices().catch(() => null);
    const known = all?.filter((one) => one.kind === "videoinput" && one.deviceId !== "") ?? [];
    const gone = all !== null && id !== undefined && id !== "" && !known.some((one) => one.deviceId === id);
    if (gone && this.track?.readyState === "live") this.ended();
  };

  private readonly again = () => {
    if (this.video.paused && this.track?.readyState === "live" && !this.video.ownerDocument.hidden) void this.video.play().catch(() => undefined);
  };
}
