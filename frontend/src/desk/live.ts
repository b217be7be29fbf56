/** The camera as the Desk pages use it: one take after another, without hands, with orders spoken and written. */
import { Eyes } from "../coach/eyes.ts";
import type { Landmarks } from "../coach/frames.ts";
import { Talk } from "../coach/talk.ts";
import { TROUBLES, type Trouble, troubleOf } from "../coach/trouble.ts";
import { View } from "../coach/view.ts";
import { keepAwake } from "../coach/wake.ts";
import { given } from "../shared/islands.ts";
import { syncOf } from "../shared/sync.ts";
import { type Flaw, type Wanted, flawsOf } from "./standing.ts";
import { type Take, type TakePlan, countShown, freshTake, shareDone, taken } from "./take.ts";

const TICK_MS = 80;
/** A flaw is said when it is new for so long, and again after a while. */
const NEW_MS = 1_500;
const AGAIN_MS = 8_000;

/** What one take asks of somebody. */
export type Order = {
  readonly wanted: Wanted;
  readonly plan: TakePlan;
  /** What to do, written large; and said. */
  readonly title: string;
  readonly say: string;
  /** Said when the countdown begins, and when the pictures are taken. */
  readonly ready: string;
  readonly now: string;
  readonly words: Readonly<Record<Flaw, string>>;
  /** From where the outline is seen that shows how to stand. */
  readonly yaw_deg: number | null;
};

export type Taken = { readonly frames: readonly Landmarks[]; readonly brightness: number | null };

/** Somebody stopped, or the camera went away. */
export class Stopped extends Error {}

export class Live {
  readonly view: View;
  readonly talk: Talk;
  readonly eyes: Eyes;
  private readonly root: HTMLElement;
  private releases: (() => void)[] = [];
  private latest: Landmarks | null = null;
  private isNew = false;
  private give: ((problem: Stopped) => void) | null = null;
  private said: { readonly flaw: Flaw | null; readonly at: number; readonly since: number } = { flaw: null, at: -AGAIN_MS, since: 0 };

  constructor(root: HTMLElement) {
    this.root = root;
    this.view = new View(root);
    this.talk = new Talk(this.view, syncOf(root.ownerDocument).box, () => undefined);
    this.eyes = new Eyes(this.view, JSON.parse(given(root, "bones")));
    this.eyes.people = 2;
    this.view.hide("settings", false);
    void this.eyes.fetchFigure();
    window.addEventListener("pagehide", () => this.close());
    this.root.ownerDocument.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.view.part<HTMLDetailsElement>("settings").open = false;
    });
  }

  /** Return why there can be no camera here, or null. */
  static trouble(): Trouble | null {
    if (!window.isSecureContext) return "insecure";
    if (!("mediaDevices" in navigator)) return "none";
    return typeof WebAssembly === "undefined" || typeof Worker === "undefined" ? "pose" : null;
  }

  /** Show the parts of a step, and only them. */
  show(step: string): void {
    this.root.dataset["state"] = step;
    for (const part of this.root.querySelectorAll<HTMLElement>("[data-part]")) part.hidden = part.dataset["part"] !== step;
    this.root.querySelector<HTMLElement>(`[data-part="${step}"] h2[tabindex]`)?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  /** Open the camera after a tap; resolves when somebody can be looked for. Throws Stopped, and then shows why. */
  async open(): Promise<void> {
    this.close();
    this.talk.sounds.allow();
    this.talk.hush();
    this.show("live");
    this.view.hide("opening", false);
    this.view.text("opening-said", "Starting the camera");
    this.view.text("order", "");
    this.view.text("flaw", "");
    try {
      await this.eyes.open({ landmarks: (one) => this.seen(one), ended: (reason) => this.fail(troubleOf(reason)), broken: () => this.fail("pose") });
    } catch (problem) {
      this.fail(troubleOf((problem as { reason?: unknown }).reason));
      throw new Stopped();
    }
    this.releases.push(keepAwake(this.root.ownerDocument));
    this.view.text("opening-said", "Getting ready to see you; the first time takes a moment");
  }

  /** Let the camera go. What waits for a take is told. */
  close(): void {
    for (const release of this.releases.splice(0)) release();
    this.eyes.close();
    this.latest = null;
    this.give?.(new Stopped());
    this.give = null;
    if (this.root.dataset["state"] === "live") this.talk.hush();
  }

  /** Show why the camera cannot be used. */
  fail(trouble: Trouble, said = ""): void {
    this.close();
    const words = TROUBLES[trouble];
    this.view.text("trouble-title", words.title);
    this.view.text("trouble-said", said || words.said);
    this.view.text("trouble-word", words.again);
    this.view.hide("trouble-again", words.again === "");
    this.view.hide("trouble-phone", trouble !== "insecure" && trouble !== "none");
    this.show("trouble");
  }

  private seen(landmarks: Landmarks): void {
    this.latest = landmarks;
    this.isNew = true;
    this.view.hide("opening", true);
  }

  /** Say something, and write it over the picture. */
  say(words: string, caption = words): void {
    this.talk.say(words, "info", caption);
  }

  /** Return the picture as it is now, or null: it stays in the memory of this page. */
  still(): HTMLCanvasElement | null {
    const video = this.view.part<HTMLVideoElement>("video");
    if (video.videoWidth === 0) return null;
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [video.videoWidth, video.videoHeight];
    copy.getContext("2d")?.drawImage(video, 0, 0);
    return copy;
  }

  /** Do one take; resolves with its pictures' landmarks. Throws Stopped. */
  take(order: Order): Promise<Taken> {
    this.view.text("order", order.title);
    this.say(order.say, "");
    this.said = { flaw: null, at: performance.now() + 1_500 - AGAIN_MS, since: 0 };
    if (this.eyes.figure !== null && order.yaw_deg !== null) this.eyes.figure = { ...this.eyes.figure, yaw_deg: order.yaw_deg };
    return new Promise((resolve, reject) => {
      let take = freshTake(performance.now());
      let flawedSince: number | null = null;
      const clock = setInterval(() => {
        const now = performance.now();
        const flaws = this.latest === null ? null : flawsOf(this.latest, order.wanted, this.eyes.brightness);
        const flawed = flaws === null || flaws.length > 0;
        flawedSince = flawed ? (flawedSince ?? now) : null;
        const before = take;
        take = taken(take, { flawed, flawedSince, frame: this.isNew ? this.latest : null }, order.plan, now);
        this.isNew = false;
        this.showTake(before, take, order, now);
        if (flaws !== null && take.phase !== "take") this.tell(flaws[0] ?? null, order, now);
        if (take.phase !== "done") return;
        stop();
        resolve({ frames: take.frames, brightness: this.eyes.brightness });
      }, TICK_MS);
      const stop = () => {
        clearInterval(clock);
        this.give = null;
        this.view.hide("go", true);
        this.view.hide("shooting", true);
        this.eyes.over = { outline: false, ghost: null };
      };
      this.give = (problem) => {
        stop();
        reject(problem);
      };
    });
  }

  private showTake(before: Take, take: Take, order: Order, now: number): void {
    this.eyes.over = { outline: take.phase === "settle" && order.yaw_deg !== null, ghost: null };
    this.root.dataset["phase"] = take.phase;
    if (take.phase !== before.phase || take.again !== before.again) this.turned(take, order);
    const count = countShown(take, order.plan, now);
    if (count !== null && this.view.part("go").textContent !== String(count)) this.talk.sounds.play("tick");
    this.view.text("go", count === null ? "" : String(count));
    this.view.hide("go", count === null);
    this.view.hide("shooting", take.phase !== "take");
    this.view.part<HTMLProgressElement>("share").value = shareDone(take, order.plan, now);
  }

  private turned(take: Take, order: Order): void {
    if (take.phase === "count") {
      this.view.text("flaw", "Good. Stay like that.");
      this.say(order.ready);
    }
    if (take.phase === "take") {
      this.talk.sounds.play("go");
      this.view.text("flaw", order.now);
      this.say(order.now);
    }
    if (take.phase === "done") this.talk.sounds.play("end");
  }

  private tell(flaw: Flaw | null, order: Order, now: number): void {
    if (flaw !== this.said.flaw) this.said = { ...this.said, flaw, since: now };
    if (flaw === null) {
      if (this.root.dataset["phase"] === "settle") this.view.text("flaw", "Good. Stay like that.");
      return;
    }
    this.view.text("flaw", order.words[flaw]);
    this.root.dataset["wrong"] = flaw;
    if (now - this.said.since < NEW_MS || now - this.said.at < AGAIN_MS) return;
    this.said = { ...this.said, at: now };
    this.say(order.words[flaw], "");
  }
}
