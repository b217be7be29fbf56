/** The player of a flow: leads from the first breath to the last without hands, and keeps what was done. */
import { v7 as uuidv7 } from "uuid";
import { keepAwake } from "./coach/wake.ts";
import { canListen, listen } from "./coach/voice.ts";
import { type Held, heldWith, lengthOf, saidBetween, script, skipped, startOf, timeWords, wentBack, whereAt } from "./flow/course.ts";
import { FlowFigure } from "./flow/figure.ts";
import { FlowParts } from "./flow/parts.ts";
import type { Plan } from "./flow/plan.ts";
import { FlowSound } from "./flow/sound.ts";
import { given, island } from "./shared/islands.ts";
import { type Sync, syncOf } from "./shared/sync.ts";

const TICK_MS = 50;
/** A tab in the background is woken once a second or less; a longer gap than this was a sleep, and nobody held a pose in it. */
const SLEPT_S = 5;
/** What was done is kept when the page is left, from here on. */
const WORTH_KEEPING_S = 60;
const LEAST_S = 20;

class Player {
  private readonly root: HTMLElement;
  private readonly plan: Plan;
  private readonly parts: FlowParts;
  private readonly figure: FlowFigure;
  private readonly sound: FlowSound;
  private readonly sync: Sync;
  private readonly lines;
  private elapsed_s = 0;
  private done_s = 0;
  private held: Held = {};
  private at = -1;
  private last: number | null = null;
  private playing = false;
  private id = uuidv7();
  private timer: ReturnType<typeof setInterval> | undefined;
  private releases: (() => void)[] = [];

  constructor(root: HTMLElement) {
    this.root = root;
    this.plan = JSON.parse(given(root, "plan")) as Plan;
    this.parts = new FlowParts(root);
    this.sync = syncOf(root.ownerDocument);
    this.sound = new FlowSound(root, this.parts.part("spoken"), this.sync.box);
    this.figure = new FlowFigure(this.parts.part("frame"), this.parts.part<HTMLImageElement>("still"), this.plan);
    this.lines = script(this.plan);
    this.parts.hide("settings", false);
    for (const one of root.querySelectorAll<HTMLElement>('[data-do="start"], [data-when-alive]')) one.hidden = false;
    this.parts.screen("ready");
    void canListen().then((can) => this.parts.hide("listen", !can));
    this.listenTo(root.ownerDocument);
    void this.figure.load().then(() => {
      root.dataset["loaded"] = "true";
    });
  }

  private get running(): boolean {
    return this.root.dataset["state"] === "live";
  }

  private listenTo(page: Document): void {
    this.root.addEventListener("click", (event) => {
      const what = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]")?.dataset["do"] : undefined;
      if (what !== undefined) this.act(what);
    });
    page.addEventListener("keydown", (event) => this.pressed(event));
    window.addEventListener("pagehide", () => this.left());
    this.parts.part("undo").addEventListener("submit", () => this.sync.forget(this.id));
  }

  private pressed(event: KeyboardEvent): void {
    const busy = event.target instanceof Element && event.target.closest("input, summary, dialog, [data-do]") !== null;
    if (event.ctrlKey || event.metaKey || event.altKey || !this.running) return;
    const what = { " ": busy ? undefined : "pause", ArrowRight: "skip", ArrowLeft: "back" }[event.key];
    if (what === undefined) return;
    event.preventDefault();
    this.act(what);
  }

  private act(what: string): void {
    if (what === "start") this.start();
    if (what === "pause") this.play(!this.playing);
    if (what === "skip") this.jump(skipped(this.plan, this.elapsed_s));
    if (what === "back") this.jump(wentBack(this.plan, this.elapsed_s));
    if (what === "end") this.finish(false);
    if (what === "again") this.again();
  }

  private start(): void {
    this.sound.allow();
    this.parts.screen("live");
    this.releases.push(keepAwake(this.root.ownerDocument));
    if (this.parts.part<HTMLInputElement>("listen-on").checked) this.releases.push(listen(() => this.play(!this.playing)));
    this.timer = setInterval(() => this.tick(performance.now()), TICK_MS);
    this.play(true);
    this.parts.part("step-name").focus({ preventScroll: true });
  }

  private again(): void {
    this.id = uuidv7();
    this.elapsed_s = 0;
    this.done_s = 0;
    this.held = {};
    this.at = -1;
    this.start();
  }

  private play(on: boolean): void {
    this.playing = on;
    this.last = null;
    this.parts.playing(on);
    if (!on) this.sound.hush();
    this.tick(performance.now());
  }

  /** Go to another second; what is said there is said, what lies between is not. */
  private jump(to_s: number): void {
    this.sound.hush();
    this.elapsed_s = to_s;
    this.last = null;
    this.at = -1;
    this.tick(performance.now());
    if (to_s >= lengthOf(this.plan)) this.finish(this.done_s >= 0.5 * lengthOf(this.plan));
  }

  private tick(now: number): void {
    if (!this.running) return;
    const passed_s = this.last === null ? 0 : (now - this.last) / 1000;
    this.last = now;
    if (this.playing && passed_s <= SLEPT_S) this.pass(passed_s);
    this.show();
    if (this.elapsed_s >= lengthOf(this.plan)) this.finish(true);
  }

  private pass(passed_s: number): void {
    const [from, to] = [this.elapsed_s, Math.min(this.elapsed_s + passed_s, lengthOf(this.plan))];
    this.held = heldWith(this.plan, this.held, from, to);
    this.done_s += to - from;
    this.elapsed_s = to;
    // The first line of a step is said when the step is shown, also after a jump.
    for (const line of saidBetween(this.lines, from, to)) if (line.at_s !== startOf(this.plan, whereAt(this.plan, line.at_s).at)) this.sound.say(line);
  }

  private show(): void {
    const where = whereAt(this.plan, this.elapsed_s);
    const step = this.plan.steps[where.at];
    if (where.at !== this.at && step !== undefined) {
      this.at = where.at;
      this.parts.step(this.plan, where.at);
      this.figure.show(step);
      const begun = startOf(this.plan, where.at);
      if (this.playing) for (const line of this.lines.filter(({ at_s, kind }) => at_s === begun && kind === "info")) this.sound.say(line);
    }
    this.parts.moment(this.plan, where, this.elapsed_s);
    if (step !== undefined) this.figure.draw(where, step);
  }

  // --- The end -------------------------------------------------------------------------------------------

  private stop(): void {
    clearInterval(this.timer);
    this.playing = false;
    for (const release of this.releases.splice(0)) release();
  }

  private finish(whole: boolean): void {
    if (!this.running) return;
    this.stop();
    if (!whole) this.sound.hush();
    else this.sound.say({ at_s: 0, words: "That was all. Well done.", kind: "info", note: "end" });
    const kept = this.keep(whole);
    this.parts.screen("done");
    this.parts.text("done-title", whole ? "Done" : kept ? "Stopped early, and it counts" : "Not today");
    this.parts.text("done-said", kept ? `Noted: ${timeWords(this.done_s)}${this.trained()}` : "Nothing is noted. It is here whenever you want it.");
    this.parts.hide("undo", !kept);
    this.parts.part<HTMLFormElement>("undo").action = `${given(this.root, "undoUrl")}/${this.id}?back=${encodeURIComponent(given(this.root, "backUrl"))}`;
    this.parts.part("done-title").focus({ preventScroll: true });
  }

  private trained(): string {
    const seconds = Object.values(this.held).reduce((sum, one) => sum + one, 0);
    return seconds >= LEAST_S ? `, ${timeWords(seconds)} of it in the exercises.` : ".";
  }

  private keep(finished: boolean): boolean {
    if (this.done_s < LEAST_S) return false;
    const held_s = Object.fromEntries(Object.entries(this.held).map(([name, seconds]) => [name, Math.round(seconds * 10) / 10]));
    const body = { flow: this.plan.flow, at: new Date().toISOString(), done_s: Math.round(this.done_s), held_s, finished };
    this.sync.log({ id: this.id, method: "PUT", url: `${given(this.root, "doneUrl")}/${this.id}`, body, page: location.pathname });
    return true;
  }

  /** The page is left in the middle: what was done is not lost. */
  private left(): void {
    if (!this.running) return;
    if (this.done_s >= WORTH_KEEPING_S) this.keep(false);
    this.stop();
    this.figure.end();
  }
}

island(document, "flow", (root) => {
  if (root.dataset["plan"] !== undefined) new Player(root);
});
