/** The camera of the photos: shows where to stand, waits until somebody stands there, counts, and takes one picture.
 *
 * The picture is held in memory, sent to Openback and nowhere else; it is blurred there before it is kept. */
import { type Camera, CameraError, type Facing, openCamera } from "../coach/camera.ts";
import { type Landmarks, type Pose, startPose } from "../coach/pose.ts";
import { Speaker } from "../coach/speech.ts";
import { TROUBLES, troubleOf } from "../coach/trouble.ts";
import { keepAwake } from "../coach/wake.ts";
import { given, island } from "../shared/islands.ts";
import { type Body, type Gate, type PhotoPose, WAITING, bodyIn, bodyOf, hintOf, passed } from "./standing.ts";

type Kept = { readonly points: readonly (readonly [number, number])[]; readonly outline: string; readonly width: number; readonly height: number };
type State = "ready" | "opening" | "looking" | "counting" | "sending" | "trouble";

const TIMER_S = 10;
/** An order is said again only after so long. */
const AGAIN_MS = 5_000;
const QUALITY = 0.92;
const POSE_TROUBLE = "This browser cannot find the body in the picture, so the countdown does not begin by itself. The button with the ten seconds works without.";
const SEND_TROUBLE = "Openback did not answer, so the photo is not kept. Look whether it still runs, then take it again.";

export function startPhotoCameras(page: Document): void {
  island(page, "photo-camera", (root) => void new PhotoCamera(root as HTMLFormElement));
}

class PhotoCamera {
  private readonly root: HTMLFormElement;
  private readonly video: HTMLVideoElement;
  private readonly outline: HTMLImageElement;
  private readonly bodies: Partial<Record<PhotoPose, Kept>>;
  private readonly speaker = new Speaker(() => undefined);
  private camera: Camera | null = null;
  private pose: Pose | null = null;
  private sleep: (() => void) | null = null;
  private facing: Facing = "user";
  private gate: Gate = WAITING;
  private latest: Landmarks | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private spoken = { text: "", at: 0 };
  private counted: number | null = null;
  /** How often the camera was asked for or let go. */
  private wishes = 0;

  constructor(root: HTMLFormElement) {
    const [video, outline] = [root.querySelector("video"), root.querySelector<HTMLImageElement>("[data-outline]")];
    if (video === null || outline === null) throw new Error("The template wrote no video or no outline for the photo.");
    this.root = root;
    this.video = video;
    this.outline = outline;
    this.bodies = JSON.parse(given(root, "bodies")) as Partial<Record<PhotoPose, Kept>>;
    this.part("camera").hidden = false;
    for (const button of root.querySelectorAll<HTMLButtonElement>("[data-do]")) button.addEventListener("click", () => this.press(button.dataset["do"] ?? ""));
    for (const radio of root.querySelectorAll<HTMLInputElement>("[name=pose]")) radio.addEventListener("change", () => this.turnedTo());
    root.ownerDocument.defaultView?.addEventListener("pagehide", () => this.stop("ready"));
    root.ownerDocument.addEventListener("visibilitychange", () => {
      if (root.ownerDocument.hidden && this.camera !== null) this.stop("ready");
    });
    this.turnedTo();
  }

  private part(name: string): HTMLElement {
    const found = this.root.querySelector<HTMLElement>(`[data-${name}]`);
    if (found === null) throw new Error(`The template wrote no data-${name} for the photo.`);
    return found;
  }

  private get wanted(): PhotoPose {
    return (this.root.querySelector<HTMLInputElement>("[name=pose]:checked")?.value ?? "front") as PhotoPose;
  }

  private press(what: string): void {
    if (what === "start") void this.start();
    else if (what === "stop") this.stop("ready");
    else if (what === "timer") this.startTimer();
    else if (what === "turn") {
      this.facing = this.facing === "user" ? "environment" : "user";
      this.stop("ready");
      void this.start();
    }
  }

  // --- The camera ------------------------------------------------------------------------------------

  private async start(): Promise<void> {
    this.problem("");
    this.state("opening");
    this.part("idle").textContent = "Opening the camera …";
    const wish = ++this.wishes;
    try {
      const camera = await openCamera(this.video, this.facing);
      // Somebody may have changed their mind while the browser asked.
      if (wish === this.wishes) this.camera = camera;
      else camera.stop();
    } catch (problem) {
      if (wish === this.wishes) this.trouble(problem instanceof CameraError ? problem.reason : "busy");
    }
    if (this.camera === null || wish !== this.wishes) return;
    this.camera.onEnded = (reason) => this.trouble(reason);
    this.part("stage").classList.toggle("photo-mirrored", this.camera.facing !== "environment");
    this.part("stage").style.setProperty("--wide", String(this.video.videoWidth / Math.max(1, this.video.videoHeight)));
    this.sleep = keepAwake(this.root.ownerDocument);
    this.state("looking");
    this.part("stage").scrollIntoView({ block: "nearest" });
    this.say("Stand where the camera sees you.");
    this.look();
  }

  private look(): void {
    const pose = startPose({ video: this.video, workerUrl: given(this.root, "workerUrl"), visionUrl: given(this.root, "visionUrl"), modelsUrl: given(this.root, "modelsUrl"), model: "full", people: 2 });
    this.pose = pose;
    pose.onLandmarks = (landmarks) => this.seen(landmarks);
    pose.onBroken = () => this.say(POSE_TROUBLE);
  }

  private seen(landmarks: Landmarks): void {
    this.latest = landmarks;
    if (this.root.dataset["state"] !== "looking") return;
    const { image, visibility, width, height, found, people } = landmarks;
    const body = found ? bodyOf(image, visibility, width, height) : null;
    const hint = hintOf(this.wanted, body, this.last, found ? (people ?? 1) : 0);
    const verdict = passed(this.gate, hint, body, performance.now());
    this.gate = verdict.gate;
    if (verdict.take) void this.take();
    else if (verdict.left !== null) this.count(verdict.left);
    else {
      this.count(null);
      this.say(verdict.hint);
    }
  }

  private get last(): Body | null {
    const kept = this.bodies[this.wanted];
    return kept === undefined || kept.points.length === 0 ? null : bodyIn(kept.points, kept.width, kept.height);
  }

  private turnedTo(): void {
    const address = this.bodies[this.wanted]?.outline ?? "";
    this.gate = WAITING;
    if (address !== "" && this.outline.getAttribute("src") !== address) this.outline.src = address;
    this.outline.hidden = address === "" || this.camera === null;
  }

  private stop(state: State): void {
    this.wishes += 1;
    clearInterval(this.timer);
    this.pose?.stop();
    this.camera?.stop();
    this.sleep?.();
    this.pose = null;
    this.camera = null;
    this.sleep = null;
    this.latest = null;
    this.gate = WAITING;
    this.count(null);
    this.speaker.stop();
    this.part("idle").textContent = "The picture shows here, and goes nowhere before you stand still for it.";
    this.state(state);
  }

  // --- Taking it ----------------------------------------------------------------------------------

  private startTimer(): void {
    const end = performance.now() + TIMER_S * 1_000;
    this.state("counting");
    this.count(TIMER_S);
    this.timer = setInterval(() => {
      const left = Math.ceil((end - performance.now()) / 1_000);
      if (left > 0) this.count(left);
      else {
        clearInterval(this.timer);
        void this.take();
      }
    }, 100);
  }

  private async take(): Promise<void> {
    const { video, latest } = this;
    const canvas = this.root.ownerDocument.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d")?.drawImage(video, 0, 0);
    video.pause();
    this.count(null);
    this.state("sending");
    this.say("Keeping it.", true);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    this.stop("sending");
    if (blob === null) this.failed(SEND_TROUBLE);
    else await this.send(blob, latest);
  }

  private async send(blob: Blob, landmarks: Landmarks | null): Promise<void> {
    const form = new FormData();
    form.set("pose", this.wanted);
    if (this.root.querySelector<HTMLInputElement>("[name=blur]")?.checked === true) form.set("blur", "1");
    if (landmarks?.found === true) form.set("landmarks", told(landmarks));
    form.set("photo", blob, "photo.jpg");
    const answer = await fetch(this.root.action, { method: "POST", body: form, headers: { accept: "application/json" } }).catch(() => null);
    const said = (await answer?.json().catch(() => null)) as { page?: string; message?: string } | null | undefined;
    if (answer?.ok === true && said?.page !== undefined) location.assign(said.page);
    else this.failed(said?.message ?? SEND_TROUBLE);
  }

  // --- What is said -----------------------------------------------------------------------------------

  private trouble(reason: string): void {
    this.stop("trouble");
    const { title, said } = TROUBLES[troubleOf(reason)];
    this.problem(`${title}. ${said}`);
  }

  private failed(sentence: string): void {
    this.state("ready");
    this.problem(sentence);
  }

  private problem(sentence: string): void {
    this.part("problem-said").textContent = sentence;
    this.part("problem").hidden = sentence === "";
    if (sentence !== "") this.part("problem").scrollIntoView({ block: "center" });
  }

  private say(text: string, now = false): void {
    const hint = this.part("hint");
    hint.textContent = text;
    hint.hidden = text === "";
    const ms = performance.now();
    if (text === "" || (!now && text === this.spoken.text && ms - this.spoken.at < AGAIN_MS)) return;
    if (text !== this.spoken.text) this.part("said").textContent = text;
    this.spoken = { text, at: ms };
    this.aloud(text, "info");
  }

  private count(left: number | null): void {
    const place = this.part("count");
    place.hidden = left === null;
    if (left === this.counted) return;
    this.counted = left;
    place.textContent = left === null ? "" : String(left);
    if (left === null) return;
    this.part("hint").hidden = true;
    this.part("said").textContent = String(left);
    this.aloud(String(left), "count");
  }

  private aloud(text: string, kind: "info" | "count"): void {
    this.speaker.on = this.root.querySelector<HTMLInputElement>("[data-voice]")?.checked ?? true;
    this.speaker.say(text, kind);
  }

  private state(state: State): void {
    this.root.dataset["state"] = state;
    for (const part of this.root.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = !(part.dataset["when"] ?? "").split(" ").includes(state);
    if (state !== "looking" && state !== "counting" && state !== "sending") this.part("hint").hidden = true;
    this.outline.hidden = this.camera === null || (this.bodies[this.wanted]?.outline ?? "") === "";
  }
}

/** Return landmarks as the server reads them: x, y as shares of the picture and visibility, in ten-thousandths. */
export function told({ image, visibility, width, height }: Landmarks): string {
  const whole = (value: number) => String(Math.round(10_000 * value));
  return Array.from(visibility, (seen, n) => [whole((image[3 * n] ?? 0) / width), whole((image[3 * n + 1] ?? 0) / height), whole(seen)].join(",")).join(";");
}
