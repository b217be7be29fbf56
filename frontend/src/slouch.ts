/** The slouch reminder: learns the upright pose, watches twice a second, and speaks after a while. All of it stays on this device. */
import { Sounds } from "./coach/sounds.ts";
import { Speaker } from "./coach/speech.ts";
import { TROUBLES, troubleOf } from "./coach/trouble.ts";
import { Looking } from "./desk/looking.ts";
import { notify, permissionNow } from "./desk/remind.ts";
import { DEFAULTS, FRESH, type Look, type Settings, type Upright, type Watch, isSnoozed, learnt, poseOf, snoozed, watched } from "./desk/slouch.ts";
import { given, island } from "./shared/islands.ts";
import { type Box, boxOf } from "./shared/queue.ts";

const KEY = "openback.slouch";
const SNOOZE_S = 30 * 60;
const KEEP_LOOKS_S = 10;
const LEARN_PATIENCE_S = 15;
const REMINDERS = ["You have sunk a little. Grow tall.", "Head back over the shoulders.", "Let the shoulders sink and the neck grow long."];

type State = "ready" | "opening" | "learning" | "watching" | "trouble";
const SAID = {
  upright: "You sit as you wanted to.",
  sunk: "A little lower than before. No hurry.",
  slouched: "Grow tall: head back over the shoulders.",
  down: "You look down. That is no slouching.",
  away: "Nobody there. It waits for you.",
  moved: "The chair or the camera moved. Learn the pose again.",
} as const;

/** Return how long it waits before it speaks, in seconds, as it was chosen here. */
function waitOf(box: Box): number {
  const kept = Number(box.getItem(KEY));
  return kept >= 15 && kept <= 600 ? kept : DEFAULTS.wait_s;
}

class Slouch {
  private readonly root: HTMLElement;
  private readonly box = boxOf(() => localStorage);
  private readonly looking: Looking;
  private readonly speaker = new Speaker(() => undefined);
  private readonly sounds = new Sounds();
  private settings: Settings;
  private state: State = "ready";
  private looks: Look[] = [];
  private learningSince: number | null = null;
  private upright: Upright | null = null;
  private watch: Watch = FRESH;
  private reminders = 0;

  constructor(root: HTMLElement) {
    this.root = root;
    this.settings = { ...DEFAULTS, wait_s: waitOf(this.box) };
    const hooks = { look: (look: Look) => this.see(look), ready: () => this.learn(), ended: (reason: string) => this.fail(reason) };
    this.looking = new Looking(this.part<HTMLVideoElement>("video"), hooks);
    const wait = this.part<HTMLSelectElement>("wait");
    wait.value = String(this.settings.wait_s);
    wait.addEventListener("change", () => {
      this.box.setItem(KEY, wait.value);
      this.settings = { ...DEFAULTS, wait_s: waitOf(this.box) };
    });
    root.addEventListener("click", (event) => {
      const what = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]")?.dataset["do"] : undefined;
      if (what !== undefined) this.act(what);
    });
    window.addEventListener("pagehide", () => this.looking.close());
    root.ownerDocument.querySelector("[data-slouch-plain]")?.remove();
    root.hidden = false;
    this.go("ready", "");
    this.offer();
  }

  private part<E extends HTMLElement = HTMLElement>(name: string): E {
    const found = this.root.querySelector<E>(`[data-${name}]`);
    if (found === null) throw new Error(`The template wrote no data-${name} in the slouch reminder.`);
    return found;
  }

  private act(what: string): void {
    if (what === "start") void this.start();
    if (what === "stop") this.stop();
    if (what === "learn") this.learn();
    if (what === "snooze") this.snooze();
    if (what === "allow") void Notification.requestPermission().then(() => this.offer());
  }

  private go(state: State, said: string): void {
    this.state = state;
    this.root.dataset["state"] = state;
    for (const one of this.root.querySelectorAll<HTMLElement>("[data-when]")) one.hidden = !(one.dataset["when"] ?? "").split(" ").includes(state);
    this.say(said);
  }

  private say(words: string): void {
    const line = this.part("said");
    if (line.textContent !== words) line.textContent = words;
  }

  private offer(): void {
    this.part("allow-line").hidden = permissionNow() !== "default";
  }

  private async start(): Promise<void> {
    this.sounds.allow();
    this.go("opening", "Starting the camera");
    const data = (name: string) => given(this.root, name);
    try {
      await this.looking.open({ workerUrl: data("workerUrl"), tickerUrl: data("tickerUrl"), visionUrl: data("visionUrl"), modelsUrl: data("modelsUrl") });
    } catch (problem) {
      this.fail((problem as { reason?: string }).reason ?? "busy");
    }
  }

  private stop(): void {
    this.looking.close();
    this.speaker.stop();
    this.go("ready", "");
  }

  private fail(reason: string): void {
    this.looking.close();
    const trouble = TROUBLES[reason === "pose" ? "pose" : troubleOf(reason)];
    this.go("trouble", `${trouble.title}. ${trouble.said}`);
  }

  private learn(): void {
    this.looks = [];
    this.learningSince = null;
    this.upright = null;
    this.watch = FRESH;
    this.go("learning", "Sit the way you would like to sit, look at the screen, and stay a moment.");
  }

  private snooze(): void {
    this.watch = snoozed(this.watch, SNOOZE_S);
    this.speaker.stop();
    this.show();
  }

  private see(look: Look): void {
    if (this.state === "learning") this.takeIn(look);
    else if (this.state === "watching" && this.upright !== null) {
      this.watch = watched(this.watch, look, this.upright, this.settings);
      this.show();
      if (this.watch.remind) this.remind();
    }
  }

  private takeIn(look: Look): void {
    this.learningSince ??= look.t_s;
    this.looks = [...this.looks.filter(({ t_s }) => t_s > look.t_s - KEEP_LOOKS_S), look];
    this.upright = learnt(this.looks);
    if (this.upright !== null) {
      this.sounds.play("praise");
      this.go("watching", "Learnt. Forget about it now; it speaks when you have sunk for a while.");
      return;
    }
    if (look.t_s - this.learningSince < LEARN_PATIENCE_S) return;
    this.say(poseOf(look) === null ? "Head and both shoulders have to be in the picture. Move back a little, or turn on a light." : "Stay as you are for a few seconds; then it is learnt.");
  }

  private show(): void {
    const { verdict, level, t_s } = this.watch;
    this.root.dataset["posture"] = verdict;
    const quiet = isSnoozed(this.watch, t_s ?? 0);
    this.say(quiet ? `Quiet for ${Math.ceil(((this.watch.snoozed_until_s ?? 0) - (t_s ?? 0)) / 60)} more minutes.` : SAID[verdict]);
    this.part("level").style.setProperty("width", `${Math.min(100, (100 * level) / 1.5).toFixed(0)}%`);
    this.part("relearn").hidden = verdict !== "moved";
  }

  private remind(): void {
    const words = REMINDERS[this.reminders % REMINDERS.length] ?? REMINDERS[0] ?? "";
    this.reminders += 1;
    this.root.dataset["reminders"] = String(this.reminders);
    this.speaker.say(words, "info");
    if (!this.speaker.able) this.sounds.play("cue");
    if (this.root.ownerDocument.hidden) void notify("Grow tall", words, "", given(this.root, "iconUrl"));
  }
}

island(document, "slouch", (root) => {
  new Slouch(root);
});
