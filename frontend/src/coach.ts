/** The coach page: from the first tap to the set that is kept. The template wrote what is here; `coach/` has the parts. */
import { After, NOTHING } from "./coach/after.ts";
import { debugLines } from "./coach/debug.ts";
import { type Leaving, THERE, isOver, leaving } from "./coach/end.ts";
import { Eyes } from "./coach/eyes.ts";
import { Gate } from "./coach/gate.ts";
import { Keeping } from "./coach/keeping.ts";
import type { Events, Message, Ready, Report, State } from "./coach/messages.ts";
import type { Plan, PlanRow } from "./coach/plan.ts";
import type { Landmarks } from "./coach/pose.ts";
import { Recording } from "./coach/recording.ts";
import { Replay } from "./coach/replay.ts";
import { Run } from "./coach/run.ts";
import * as setup from "./coach/setup.ts";
import { CoachSocket } from "./coach/socket.ts";
import { Talk } from "./coach/talk.ts";
import { markAt } from "./coach/tempo.ts";
import { TROUBLES, type Trouble, troubleOf } from "./coach/trouble.ts";
import { type Step, View } from "./coach/view.ts";
import { listen } from "./coach/voice.ts";
import { keepAwake } from "./coach/wake.ts";
import { amountWords, ofWords } from "./coach/words.ts";
import { type Timer, timerIn } from "./session/timer.ts";
import { given, island } from "./shared/islands.ts";
import { type Sync, syncOf } from "./shared/sync.ts";

const TICK_MS = 100;
const REPORT_WITHIN_MS = 4_000;

class Coach {
  private readonly root: HTMLElement;
  private readonly plan: Plan;
  private readonly view: View;
  private readonly sync: Sync;
  private readonly talk: Talk;
  private readonly eyes: Eyes;
  private readonly gate: Gate;
  private readonly after: After;
  private readonly keeping: Keeping;
  private readonly replay: Replay;
  private readonly timer: Timer;
  private at: number;
  private step: Step = "ready";
  private socket: CoachSocket | null = null;
  private ready: Ready | null = null;
  private state: State | null = null;
  private run: Run;
  private gone: Leaving = THERE;
  private recording = new Recording();
  private found = false;
  private turned: boolean | null = null;
  private roll: number | null = null;
  private note = "";
  private hiddenSince: number | null = null;
  private debugging = new URLSearchParams(location.search).has("debug");
  private releases: (() => void)[] = [];
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    this.root = root;
    this.plan = JSON.parse(given(root, "plan")) as Plan;
    this.at = this.plan.at;
    this.view = new View(root);
    this.sync = syncOf(root.ownerDocument);
    this.talk = new Talk(this.view, this.sync.box, () => this.showSettings());
    this.eyes = new Eyes(this.view, JSON.parse(given(root, "bones")));
    this.gate = new Gate(this.view, this.talk);
    this.keeping = new Keeping(this.view);
    this.replay = new Replay(this.view.part("replay"), JSON.parse(given(root, "bones")));
    const frame = { session: given(root, "sessionId"), exercise: this.plan.exercise, loadKind: given(root, "loadKind"), ladder: JSON.parse(given(root, "loads")), unit: given(root, "unit") };
    this.after = new After(this.view, frame, (atS) => this.look(atS));
    this.timer = timerIn(root, given(root, "sessionId"), this.sync.box, () => this.talk.say("Rest is over.", "info", ""));
    this.run = this.freshRun();
    this.view.hide("settings", false);
    this.listen();
    this.showSettings();
    void this.eyes.fetchFigure();
    setInterval(() => this.tick(performance.now()), TICK_MS);
    if (!window.isSecureContext) this.fail("insecure");
    else if (!("mediaDevices" in navigator)) this.fail("none");
    else if (typeof WebAssembly === "undefined" || typeof Worker === "undefined") this.go("plain");
    else this.go("ready");
  }

  private get row(): PlanRow {
    const row = this.plan.rows[this.at] ?? this.plan.rows.at(-1);
    if (row === undefined) throw new Error("The template wrote no set.");
    return row;
  }

  private freshRun(): Run {
    const { low, high, each_side, next } = this.plan;
    return new Run({ low, high, each_side, hold_s: this.row.hold_s, next: this.at + 1 < this.plan.rows.length ? null : next });
  }

  private go(step: Step): void {
    this.step = step;
    this.view.show(step, this.plan.kind);
    this.eyes.over = { ...this.eyes.over, outline: step === "setup" || step === "opening" || step === "countdown" };
  }

  private listen(): void {
    const page = this.root.ownerDocument;
    this.root.addEventListener("click", (event) => {
      const what = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]")?.dataset["do"] : undefined;
      if (what !== undefined) this.act(what);
      this.keeping.stay();
    });
    this.root.addEventListener("input", () => this.keeping.stay());
    this.view.part("keep-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.keep();
    });
    page.addEventListener("keydown", (event) => this.pressed(event));
    page.addEventListener("visibilitychange", () => this.hidden(page.visibilityState === "hidden"));
    window.addEventListener("pagehide", () => this.close());
    window.addEventListener("devicemotion", ({ accelerationIncludingGravity: pull }) => {
      this.roll = setup.rollOf(pull?.x ?? null, pull?.y ?? null);
    });
    this.sync.listen((state) => {
      const refused = state.refused.find((one) => one.id === this.after.id);
      if (refused === undefined || this.step !== "kept") return;
      this.go("after");
      this.after.refused(refused.refused ?? "");
    });
  }

  private pressed(event: KeyboardEvent): void {
    const busy = event.target instanceof Element && event.target.closest("input, select, textarea, button, a, summary, dialog") !== null;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "d" && !(event.target instanceof HTMLInputElement && event.target.type !== "checkbox")) this.debugging = !this.debugging;
    if (event.key === " " && !busy && (this.step === "waiting" || this.step === "lifting")) {
      event.preventDefault();
      this.end();
    }
    if (event.key === "Escape") this.view.part<HTMLDetailsElement>("settings").open = false;
  }

  private act(what: string): void {
    if (what === "begin" || what === "again-same") void this.begin();
    if (what === "go") this.startCounting();
    if (what === "end") this.end();
    if (what === "leave") {
      this.close();
      this.go("ready");
    }
    if (what === "ghost") this.talk.set({ ...this.talk.settings, ghost: !this.talk.settings.ghost });
    if (what === "turn") {
      this.eyes.turn();
      void this.begin();
    }
    if (what === "again") this.again();
    this.showSettings();
  }

  private showSettings(): void {
    this.view.button("ghost").setAttribute("aria-pressed", String(this.talk.settings.ghost));
  }

  // --- Beginning ---------------------------------------------------------------------------------

  /** After a tap: camera, model, connection. */
  private async begin(): Promise<void> {
    this.close();
    this.talk.sounds.allow();
    this.talk.hush();
    this.note = "";
    this.state = null;
    this.found = false;
    this.view.text("set-name", this.row.name);
    this.view.text("set-words", this.row.words);
    this.go("opening");
    this.view.text("opening-said", "Starting the camera");
    try {
      await this.eyes.open({ landmarks: (one) => this.seen(one), ended: (reason) => this.blinded(troubleOf(reason)), broken: () => this.blinded("pose") });
    } catch (problem) {
      this.fail(troubleOf((problem as { reason?: unknown }).reason));
      return;
    }
    this.view.text("opening-said", "Getting ready to see you; the first time takes a moment");
    this.connect();
    this.releases.push(keepAwake(this.root.ownerDocument));
    if (this.talk.settings.voice) this.releases.push(listen(() => this.step === "waiting" || this.step === "lifting" ? this.end() : undefined));
  }

  private connect(): void {
    const socket = new CoachSocket(given(this.root, "socketUrl"), { exercise: this.plan.exercise, side: null });
    socket.onMessage = (message) => this.told(message as Message);
    socket.onState = (state, why) => {
      if (state === "refused") this.refused(why);
      else this.view.link(state === "lost" ? "The connection is lost. Counting goes on when it is back." : "");
    };
    this.socket = socket;
  }

  private close(): void {
    clearTimeout(this.waiting);
    for (const release of this.releases.splice(0)) release();
    this.socket?.close();
    this.socket = null;
    this.eyes.close();
    this.view.link("");
  }

  private fail(trouble: Trouble, said = ""): void {
    this.close();
    this.talk.hush();
    const words = TROUBLES[trouble];
    this.view.text("trouble-title", words.title);
    this.view.text("trouble-said", said || words.said);
    this.view.text("trouble-word", words.again);
    this.view.hide("trouble-again", words.again === "");
    this.view.hide("trouble-phone", trouble !== "insecure" && trouble !== "none");
    this.go("trouble");
  }

  /** The camera or the model went away: what was counted is not lost. */
  private blinded(trouble: Trouble): void {
    if ((this.step === "waiting" || this.step === "lifting") && this.run.done > 0) {
      this.note = `${TROUBLES[trouble].title}, so this is what was counted until then.`;
      this.end();
    } else if (this.step !== "ending" && this.step !== "after") this.fail(trouble);
  }

  private refused(why: string): void {
    if (this.run.done > 0 && (this.step === "waiting" || this.step === "lifting" || this.step === "ending")) {
      this.note = why;
      this.fillIn(null);
    } else if (this.step !== "after" && this.step !== "kept") this.fail("server", why);
  }

  // --- What comes in -----------------------------------------------------------------------------

  private seen(landmarks: Landmarks): void {
    this.found = landmarks.found;
    this.socket?.send(landmarks);
    if (this.step === "opening") {
      this.gate.reset();
      this.go("setup");
    }
    if (this.step === "waiting" || this.step === "lifting") this.recording.push(landmarks);
    const upright = landmarks.height > landmarks.width;
    if (this.turned !== null && this.turned !== upright && this.step === "lifting") this.talk.say("Let the device stand still.", "info", "The device was turned. Let it stand still.");
    this.turned = upright;
  }

  private told(message: Message): void {
    if (message.type === "ready") {
      this.ready = message;
      if (!message.resumed) this.run.base = this.run.done;
      this.view.tempo(message.tempo);
    } else if (message.type === "events") this.moved(message);
    else if (message.type === "report") this.fillIn(message);
  }

  private moved({ state, events }: Events): void {
    const now = performance.now();
    this.state = state;
    if (this.step !== "waiting" && this.step !== "lifting" && this.step !== "ending") return;
    for (const event of events) for (const one of this.run.heard(event, now)) this.talk.say(one.words, one.kind, one.caption);
    if (state.phase !== this.run.phase) {
      this.run.phase = state.phase;
      this.run.since = now;
    }
    for (const one of this.run.at(state)) this.talk.say(one.words, one.kind, one.caption);
    if (this.step === "waiting" && this.run.began) this.go("lifting");
    const yaw = state.view.yaw_deg ?? this.eyes.figure?.yaw_deg ?? 0;
    this.eyes.over = { outline: false, ghost: this.talk.settings.ghost ? { share: state.share ?? 0, yaw_deg: yaw } : null };
    this.showRun(state);
  }

  private showRun(state: State): void {
    const hold = this.plan.kind === "hold";
    const goal = this.row.hold_s;
    if (hold) this.view.count(Math.floor(state.held_s ?? 0), goal === null ? "s" : `of ${goal} s`, this.plan.each_side && this.run.side !== "both" ? this.run.side : "");
    else this.view.count(this.run.count, ofWords(this.plan), this.plan.each_side && this.run.side !== "both" ? this.run.side : "");
    this.view.text("last-tempo", this.run.lastTempo === "" ? "" : `last ${this.run.lastTempo}`);
    this.view.text("next-word", this.plan.next === null ? "" : `Next: ${this.plan.next}`);
    this.view.range(state.share);
  }

  // --- The clock -----------------------------------------------------------------------------------

  private tick(now: number): void {
    if (this.step === "setup" || this.step === "countdown") this.pass(this.gate.tick(this.problems, this.sight, this.ready, now));
    else if (this.step === "waiting" || this.step === "lifting") this.watch(now);
    else if (this.step === "after" && this.keeping.tick(now)) this.keep();
    this.view.hide("debug", !this.debugging);
    if (this.debugging) this.view.text("debug", debugLines(this.eyes.pose?.debug ?? {}, this.socket?.debug ?? {}, { "draw p95 ms": this.eyes.drawing.p95, phase: this.state?.phase ?? "–" }));
  }

  private get problems(): readonly string[] {
    return setup.problemsOf(this.state?.framing ?? null, this.sight);
  }

  /** Go where the gate says: to the countdown, back from it, or to the set. */
  private pass(to: Step): void {
    if (to === "waiting") this.startCounting();
    else if (to !== this.step) this.go(to);
  }

  private get sight(): setup.Seen {
    return { found: this.found, brightness: this.eyes.brightness, roll_deg: this.roll };
  }

  /** Begin to count; the engine itself waits for the start position. */
  private startCounting(): void {
    if (this.socket === null) return;
    this.socket.control({ type: "start" });
    this.run = this.freshRun();
    this.recording = new Recording();
    this.gone = THERE;
    this.talk.sounds.play("go");
    this.go("waiting");
    this.view.count(0, "", "");
    if (this.state !== null) this.showRun(this.state);
    this.talk.say(this.plan.kind === "hold" ? "Take the pose." : "Go.", "info");
  }

  private watch(now: number): void {
    const { state, ready, run } = this;
    if (state === null || ready === null) return;
    if (this.plan.kind !== "hold") this.view.mark(markAt(ready.tempo, run.phase, (now - run.since) / 1000), run.phase, ready.tempo);
    if (this.socket?.state !== "open") {
      this.gone = THERE; // A lost connection is no leaving.
      return;
    }
    this.gone = leaving(this.gone, state.phase, state.framing, now);
    if (isOver(this.gone, run.done, run.otherSideDue, now)) this.end();
  }

  private hidden(hidden: boolean): void {
    const now = performance.now();
    if (hidden) this.hiddenSince = now;
    else if (this.hiddenSince !== null) {
      const away = Math.round((now - this.hiddenSince) / 1000);
      this.hiddenSince = null;
      this.gone = THERE;
      if ((this.step === "waiting" || this.step === "lifting") && away > 0) this.talk.say(`This page was hidden for ${away} seconds, and nothing was counted then.`, "info");
    }
  }

  // --- The end -----------------------------------------------------------------------------------

  private end(): void {
    if (this.step !== "waiting" && this.step !== "lifting") return;
    this.go("ending");
    this.socket?.control({ type: "stop" });
    this.waiting = setTimeout(() => {
      this.note ||= "The connection was lost before the end of the set; this is what was counted here.";
      this.fillIn(null);
    }, REPORT_WITHIN_MS);
  }

  /** Show what the set was; without a report, what this page counted itself. */
  private fillIn(report: Report | null): void {
    if (this.step === "after" || this.step === "kept") return;
    const { run, recording } = this;
    const own = { ...NOTHING, reps: run.done, hold_s: this.plan.kind === "hold" ? run.longestHoldS : null };
    const fill = report === null ? own : { ...report.fill, reps: report.fill.reps === null ? null : report.fill.reps + run.base };
    this.close();
    this.after.show(this.row, { fill, report: report?.report ?? {} }, this.note, this.ready?.tempo ?? null);
    this.go("after");
    this.replay.show(recording, this.eyes.mirrored);
    this.talk.sounds.play("end");
    this.talk.say(`${amountWords(this.plan.kind === "hold" ? null : fill.reps, this.plan.kind === "hold" ? fill.hold_s : null)}.`, "info", "");
    if ((fill.reps ?? 0) + (fill.hold_s ?? 0) > 0 && this.note === "") this.keeping.soon(performance.now());
    this.view.part("after-title").focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }

  private look(atS: number): void {
    this.view.part("replay").scrollIntoView({ block: "center" });
    this.replay.jump(atS - this.recording.beganAtS);
  }

  private keep(): void {
    const body = this.after.body();
    if (body === null) return;
    this.keeping.stay();
    this.replay.play(false);
    const { id } = this.after;
    this.sync.log({ id, method: "PUT", url: `${given(this.root, "setUrl")}/${id}`, body, page: given(this.root, "page") });
    const last = this.at + 1 >= this.plan.rows.length;
    const next = last && this.plan.next !== null ? ` Next: ${this.plan.next}.` : "";
    this.keeping.kept(this.row, body, this.plan.rows[this.at + 1]?.name ?? null, next);
    this.go("kept");
    this.timer.start(this.plan.rest_s);
    this.view.part("kept-title").focus({ preventScroll: true });
  }

  private again(): void {
    if (this.at + 1 < this.plan.rows.length) this.at += 1;
    this.timer.stop();
    void this.begin();
  }
}

island(document, "coach", (root) => new Coach(root));
