/** The player of a clip: the skeleton over the video, jumps, slow motion, picture by picture. */
import { given } from "../shared/islands.ts";
import { type Landmarks, momentAt, unpacked } from "./landmarks.ts";
import { type Fault, type Rep, cueAt, meaningOf, pictureFrom, repFrom } from "./moments.ts";
import { type Bones, drawSkeleton } from "./skeleton.ts";

const NO_SKELETON = "The skeleton did not arrive; the video plays without it.";

/** Bring the player to life; without a video there is nothing to do. */
export function startPlayer(root: HTMLElement): void {
  const video = root.querySelector("video");
  if (video !== null) new Player(root, video);
}

class Player {
  private readonly root: HTMLElement;
  private readonly video: HTMLVideoElement;
  private readonly over: HTMLCanvasElement | null;
  private readonly reps: readonly Rep[];
  private readonly faults: readonly Fault[];
  private readonly bones: Bones;
  private landmarks: Landmarks | null = null;
  private shown = true;
  private stopAtS: number | null = null;

  constructor(root: HTMLElement, video: HTMLVideoElement) {
    this.root = root;
    this.video = video;
    this.over = root.querySelector("canvas");
    this.bones = JSON.parse(given(root, "bones")) as Bones;
    this.reps = [...root.querySelectorAll<HTMLElement>("[data-rep-counts]")].map((row) => ({ fromS: Number(row.dataset["repFrom"]), toS: Number(row.dataset["repTo"]) }));
    this.faults = [...root.querySelectorAll<HTMLElement>("[data-fault-at]")].map((link) => ({ atS: Number(link.dataset["faultAt"]), cue: link.dataset["faultCue"] ?? "" }));
    this.part("[data-deck]", (deck) => (deck.hidden = false));
    this.listen();
    this.follow();
    void this.fetchSkeleton();
    if (video.error !== null) this.unplayable();
  }

  private part(selector: string, act: (part: HTMLElement) => void): void {
    const part = this.root.querySelector<HTMLElement>(selector);
    if (part !== null) act(part);
  }

  private listen(): void {
    const page = this.root.ownerDocument;
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("change", (event) => {
      const field = event.target;
      if (field instanceof HTMLInputElement && field.name === "speed") this.video.playbackRate = Number(field.value);
    });
    page.addEventListener("keydown", (event) => this.pressed(event));
    this.video.addEventListener("error", () => this.unplayable());
    for (const name of ["play", "pause", "ended"]) this.video.addEventListener(name, () => this.showState());
    for (const name of ["seeked", "loadeddata", "timeupdate"]) this.video.addEventListener(name, () => this.draw(this.video.currentTime));
    new ResizeObserver(() => this.draw(this.video.currentTime)).observe(this.video);
    this.part("[data-map]", (map) => map.addEventListener("click", (event) => {
      const box = map.getBoundingClientRect();
      if (Number.isFinite(this.video.duration)) this.go(((event.clientX - box.left) / box.width) * this.video.duration);
    }));
  }

  private clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLElement>("[data-do]");
    if (button) this.act(button.dataset["do"] ?? "");
    const link = target?.closest<HTMLElement>("[data-jump]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const atS = link.dataset["faultAt"];
    this.go(Number(link.dataset["jump"]));
    this.stopAtS = atS === undefined ? null : Number(atS);
    this.part("[data-stage]", (stage) => stage.scrollIntoView({ block: "nearest" }));
    void this.video.play().catch(() => undefined);
  }

  private pressed(event: KeyboardEvent): void {
    const meaning = meaningOf(event.key);
    const target = event.target instanceof Element ? event.target : null;
    const typing = target?.closest("input:not([type=radio]), select, textarea, dialog") !== null;
    const own = event.key === " " && target?.closest("button, a, video, input, summary") !== null;
    if (meaning === null || typing || own || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.act(meaning);
  }

  private act(what: string): void {
    const { video } = this;
    const way = what.endsWith("-back") ? -1 : 1;
    this.stopAtS = null;
    if (what === "play") {
      if (video.paused) void video.play().catch(() => undefined);
      else video.pause();
    } else if (what.startsWith("step-")) {
      video.pause();
      this.go(pictureFrom(video.currentTime, Number(given(this.root, "fps")), way));
    } else if (what.startsWith("rep-")) {
      const fromS = repFrom(this.reps, video.currentTime, way);
      if (fromS !== null) this.go(fromS);
    } else if (what === "skeleton") this.toggle();
  }

  private go(timeS: number): void {
    this.stopAtS = null;
    this.video.currentTime = timeS;
  }

  private toggle(): void {
    this.shown = !this.shown;
    this.part('[data-do="skeleton"]', (button) => button.setAttribute("aria-pressed", String(this.shown)));
    this.part("[data-key]", (key) => (key.hidden = !this.shown));
    this.draw(this.video.currentTime);
  }

  /** Draw at every picture that is shown, by its own time stamp where the browser tells it. */
  private follow(): void {
    if ("requestVideoFrameCallback" in this.video) {
      const picture = (_now: number, about: { mediaTime: number }) => {
        this.draw(about.mediaTime);
        this.video.requestVideoFrameCallback(picture);
      };
      this.video.requestVideoFrameCallback(picture);
      return;
    }
    const again = () => {
      if (!(this.video as HTMLVideoElement).paused) this.draw((this.video as HTMLVideoElement).currentTime);
      requestAnimationFrame(again);
    };
    requestAnimationFrame(again);
  }

  private async fetchSkeleton(): Promise<void> {
    const url = this.root.dataset["landmarks"];
    if (url === undefined) return;
    try {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(answer.statusText);
      this.landmarks = unpacked(await answer.arrayBuffer());
      this.root.dataset["skeleton"] = "there";
      this.draw(this.video.currentTime);
    } catch {
      this.part("[data-key]", (key) => (key.textContent = NO_SKELETON));
    }
  }

  private draw(timeS: number): void {
    if (this.stopAtS !== null && timeS >= this.stopAtS) {
      this.stopAtS = null;
      this.video.pause();
    }
    this.showTime(timeS);
    const { over, landmarks, video } = this;
    const pen = over?.getContext("2d");
    if (over === null || landmarks === null || !pen) return;
    over.hidden = !this.shown;
    const sharp = window.devicePixelRatio || 1;
    const [width, height] = [video.clientWidth, video.clientHeight];
    if (over.width !== Math.round(width * sharp) || over.height !== Math.round(height * sharp)) {
      over.width = Math.round(width * sharp);
      over.height = Math.round(height * sharp);
    }
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, width, height);
    const moment = momentAt(landmarks.times, timeS);
    if (this.shown && moment !== null) drawSkeleton(pen, landmarks, moment, this.bones, width, height);
    over.dataset["moment"] = moment === null ? "" : String(moment);
  }

  private showTime(timeS: number): void {
    const { duration } = this.video;
    if (duration > 0) this.part("[data-now]", (now) => now.setAttribute("d", `M${((1000 * timeS) / duration).toFixed(1)} 0v40`));
    this.part("[data-flag]", (flag) => {
      const cue = cueAt(this.faults, timeS);
      flag.hidden = cue === "";
      if (flag.textContent !== cue) flag.textContent = cue;
    });
    for (const row of this.root.querySelectorAll<HTMLElement>("[data-rep-from]")) {
      const here = Number(row.dataset["repFrom"]) <= timeS && timeS < Number(row.dataset["repTo"]);
      row.toggleAttribute("data-here", here);
    }
  }

  private showState(): void {
    const playing = !this.video.paused && !this.video.ended;
    this.part("[data-when-paused]", (part) => (part.hidden = playing));
    this.part("[data-when-playing]", (part) => (part.hidden = !playing));
  }

  private unplayable(): void {
    for (const selector of ["[data-stage]", "[data-deck]"]) this.part(selector, (part) => (part.hidden = true));
    this.part("[data-unplayable]", (part) => (part.hidden = false));
  }
}
