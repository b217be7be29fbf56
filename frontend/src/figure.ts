/** The moving figure of an exercise: plays a rep, turns under finger, mouse and keys; without WebGL its picture stays. */
import type { Body } from "./figure/body.ts";
import { themeOf } from "./figure/look.ts";
import { viewWords, type Motion } from "./figure/motion.ts";
import type { Stage } from "./figure/stage.ts";
import { given, island } from "./shared/islands.ts";

const SLOW = 0.3;
const PITCH_DEG = { low: -8, high: 50 };
const KEY_STEP_DEG = 15;
const VIEWS: Record<string, number> = { front: 0, side: 90, back: 180 };

interface Parts {
  body: Body;
  motion: Motion;
  staged: typeof import("./figure/stage.ts").staged;
}

async function fetched(root: HTMLElement): Promise<Parts> {
  const [motion, file, { staged }, { bodyOf }] = await Promise.all([
    answered(given(root, "motionUrl")).then((answer) => answer.json() as Promise<Motion>),
    answered(given(root, "bodyUrl")).then((answer) => answer.arrayBuffer()),
    import("./figure/stage.ts"),
    import("./figure/body.ts"),
  ]);
  return { body: bodyOf(file), motion, staged };
}

async function answered(url: string): Promise<Response> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
  return answer;
}

/** Return an angle brought to -180 up to 180. */
export function turnedOnce(yaw_deg: number): number {
  return ((((yaw_deg + 180) % 360) + 360) % 360) - 180;
}

class Player {
  readonly #root: HTMLElement;
  readonly #turn: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #motion: Motion;
  readonly #stage: Stage;
  #playing = false;
  #slow = false;
  #seen = true;
  #time_s = 0;
  #last: number | null = null;
  #yaw: number;
  #pitch: number;
  #wanted: number | null = null; // A view that a button asked for: turned to, not jumped to.
  #frame = 0;

  constructor(root: HTMLElement, turn: HTMLElement, canvas: HTMLCanvasElement, { body, motion, staged }: Parts) {
    this.#root = root;
    this.#turn = turn;
    this.#canvas = canvas;
    this.#motion = motion;
    this.#stage = staged(canvas, body, motion, themeOf(document));
    this.#yaw = motion.camera.yaw_deg;
    this.#pitch = motion.camera.pitch_deg;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) this.#time_s = this.#peak_s;
    this.#listen();
    this.#fit();
    this.play(!still);
    this.#say();
  }

  get #peak_s(): number {
    return this.#motion.t_s[this.#motion.peak] ?? 0;
  }

  play(on: boolean): void {
    this.#playing = on && this.#motion.t_s.length > 1;
    this.#last = null;
    this.#pressed("play", this.#playing);
    const button = this.#button("play");
    button?.setAttribute("aria-label", this.#playing ? "Pause" : "Play");
    if (on) this.#pressed("peak", false);
    this.#root.dataset["playing"] = String(this.#playing);
    this.#ask();
  }

  #button(name: string): HTMLButtonElement | null {
    return this.#root.querySelector<HTMLButtonElement>(`[data-do="${name}"]`);
  }

  #pressed(name: string, on: boolean): void {
    const button = this.#button(name);
    if (button?.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(on));
  }

  #listen(): void {
    this.#root.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do], [data-view]") : null;
      const view = button?.dataset["view"];
      if (view !== undefined) this.#look(VIEWS[view] ?? 0);
      const what = button?.dataset["do"];
      if (what === "play") this.play(!this.#playing);
      if (what === "slow") this.#goSlow();
      if (what === "peak") this.#showPeak();
    });
    this.#turn.addEventListener("keydown", (event) => this.#key(event));
    this.#turn.addEventListener("pointerdown", (event) => this.#grab(event));
    new ResizeObserver(() => this.#fit()).observe(this.#canvas);
    new IntersectionObserver((entries) => {
      this.#seen = entries.some((entry) => entry.isIntersecting);
      this.#last = null;
      this.#ask();
    }).observe(this.#canvas);
    document.addEventListener("visibilitychange", () => {
      this.#last = null;
      this.#ask();
    });
    const wear = () => {
      this.#stage.wear(themeOf(document));
      this.#ask();
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", wear);
    new MutationObserver(wear).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-reduced-motion: reduce)").addEventListener("change", ({ matches }) => {
      if (matches) this.play(false);
    });
  }

  #goSlow(): void {
    this.#slow = !this.#slow;
    this.#pressed("slow", this.#slow);
    if (!this.#playing) this.play(true);
  }

  #showPeak(): void {
    const shown = this.#button("peak")?.getAttribute("aria-pressed") === "true";
    this.play(shown);
    if (shown) return;
    this.#time_s = this.#peak_s;
    this.#pressed("peak", true);
    this.#ask();
  }

  #look(yaw_deg: number): void {
    // The nearest side: whoever looks from the right sees the right side.
    const side = Math.abs(yaw_deg) === 90 && turnedOnce(this.#yaw) < 0 ? -90 : yaw_deg;
    this.#wanted = this.#yaw + turnedOnce(side - this.#yaw);
    this.#pitch = Math.min(this.#pitch, 10);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.#turned(this.#wanted);
    this.#ask();
  }

  #turned(yaw_deg: number): void {
    this.#yaw = yaw_deg;
    this.#wanted = null;
    this.#say();
    this.#ask();
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const tilt = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (step !== undefined) this.#turned(this.#yaw + step * KEY_STEP_DEG);
    else if (tilt !== undefined) this.#tilt(this.#pitch + tilt * 8);
    else if (event.key === "Home") this.#turned(this.#motion.camera.yaw_deg);
    else if (event.key === " ") this.play(!this.#playing);
    else return;
    event.preventDefault();
  }

  #tilt(pitch_deg: number): void {
    this.#pitch = Math.min(Math.max(pitch_deg, PITCH_DEG.low), PITCH_DEG.high);
    this.#ask();
  }

  #grab(start: PointerEvent): void {
    if (start.button !== 0) return;
    let [x, y] = [start.clientX, start.clientY];
    const dragged = (event: PointerEvent) => {
      if (event.pointerId !== start.pointerId) return;
      const scale = 180 / Math.max(this.#canvas.clientWidth, 200);
      this.#turned(this.#yaw - (event.clientX - x) * scale);
      this.#tilt(this.#pitch + (event.clientY - y) * scale * 0.5);
      [x, y] = [event.clientX, event.clientY];
    };
    const ended = (event: PointerEvent) => {
      if (event.pointerId !== start.pointerId) return;
      this.#turn.removeEventListener("pointermove", dragged);
      this.#turn.removeEventListener("pointerup", ended);
      this.#turn.removeEventListener("pointercancel", ended);
    };
    this.#turn.setPointerCapture(start.pointerId);
    this.#turn.addEventListener("pointermove", dragged);
    this.#turn.addEventListener("pointerup", ended);
    this.#turn.addEventListener("pointercancel", ended);
  }

  #say(): void {
    const yaw = turnedOnce(Math.round(this.#yaw));
    this.#turn.setAttribute("aria-valuenow", String(yaw));
    this.#turn.setAttribute("aria-valuetext", viewWords(yaw));
    for (const [name, at] of Object.entries(VIEWS)) {
      const away = Math.abs(turnedOnce(yaw - at));
      const on = name === "side" ? Math.abs(away - 0) < 12 || Math.abs(away - 180) < 12 : away < 12;
      this.#root.querySelector(`[data-view="${name}"]`)?.setAttribute("aria-pressed", String(on));
    }
  }

  #fit(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#stage.resize(clientWidth, clientHeight, Math.min(devicePixelRatio, 2));
    this.#ask();
  }

  #ask(): void {
    if (this.#frame === 0 && this.#seen && !document.hidden) this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  #step(now: number): void {
    this.#frame = 0;
    const passed_s = this.#last === null ? 0 : Math.min((now - this.#last) / 1000, 0.1);
    this.#last = now;
    if (this.#playing) this.#time_s += passed_s * (this.#slow ? SLOW : 1);
    if (this.#wanted !== null) {
      const left = this.#wanted - this.#yaw;
      if (Math.abs(left) < 0.5) this.#turned(this.#wanted);
      else this.#yaw += left * (1 - Math.exp(-passed_s * 11));
    }
    this.#stage.draw(this.#time_s, this.#yaw, this.#pitch);
    this.#root.dataset["drawn"] = "true";
    if (this.#playing || this.#wanted !== null) this.#ask();
    else this.#last = null;
  }
}

async function begin(root: HTMLElement): Promise<void> {
  const turn = root.querySelector<HTMLElement>("[data-turn]");
  const canvas = root.querySelector<HTMLCanvasElement>("canvas");
  if (turn === null || canvas === null) return;
  try {
    const parts = await fetched(root);
    turn.hidden = false;
    new Player(root, turn, canvas, parts);
    root.dataset["alive"] = "true";
    for (const part of root.querySelectorAll<HTMLElement>("[data-when-alive]")) part.hidden = false;
  } catch {
    turn.hidden = true; // No WebGL, or nothing came: the picture stays, and the steps say it in words.
  }
}

island(document, "figure", (root) => {
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      void begin(root);
    },
    { rootMargin: "200px" },
  );
  watch.observe(root);
});
