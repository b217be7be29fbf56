/** Marks C7, the bone that stands out most at the foot of the neck, on a picture from the side: by finger or by keys. */
import type { Landmarks } from "../coach/frames.ts";
import type { Shot } from "./standing.ts";

type Picture = CanvasImageSource & { readonly width: number; readonly height: number };
export type Mark = { readonly shot: Shot; readonly x: number; readonly y: number };
export type Cut = { readonly x: number; readonly y: number; readonly size: number };

const EAR: Partial<Record<Shot, number>> = { left: 7, right: 8 };
const SHOULDER: Partial<Record<Shot, number>> = { left: 11, right: 12 };
const STEP = 0.01;
const SIZE_PX = 640;

/** Return the square of a picture that shows head and shoulder, in pixels; null where they are not seen. */
export function windowOf(shot: Shot, of: Landmarks): Cut | null {
  const [ear, shoulder] = [EAR[shot] ?? 8, SHOULDER[shot] ?? 12].map((point) => ({ x: of.image[3 * point] ?? NaN, y: of.image[3 * point + 1] ?? NaN })) as [{ x: number; y: number }, { x: number; y: number }];
  const far = Math.hypot(ear.x - shoulder.x, ear.y - shoulder.y);
  if (!Number.isFinite(far) || far === 0) return null;
  const size = Math.min(3.2 * far, of.width, of.height);
  const left = (ear.x + shoulder.x) / 2 - size / 2;
  const top = (ear.y + shoulder.y) / 2 - size / 2;
  return { size, x: Math.min(Math.max(0, left), of.width - size), y: Math.min(Math.max(0, top), of.height - size) };
}

export class MarkPicker {
  value: Mark | null = null;
  private readonly root: HTMLElement;
  private readonly changed: () => void;
  private picture: Picture | null = null;
  private shot: Shot = "right";
  private frame: Cut = { x: 0, y: 0, size: 1 };
  private size = { width: 1, height: 1 };
  /** Where the mark is in what is shown, 0 to 1 each way. */
  private at = { x: 0.5, y: 0.6 };

  constructor(root: HTMLElement, changed: () => void) {
    this.root = root;
    this.changed = changed;
    this.pad.addEventListener("pointerdown", (event) => {
      const box = this.pad.getBoundingClientRect();
      this.put((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    });
    this.pad.addEventListener("keydown", (event) => this.pressed(event));
    root.addEventListener("click", (event) => {
      const what = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-mark]")?.dataset["mark"] : undefined;
      if (what === "use") this.use();
      if (what === "drop") {
        this.value = null;
        this.changed();
        this.draw();
      }
    });
  }

  private part<E extends HTMLElement>(name: string): E {
    const found = this.root.querySelector<E>(`[data-${name}]`);
    if (found === null) throw new Error(`The template wrote no data-${name}.`);
    return found;
  }

  private get pad(): HTMLCanvasElement {
    return this.part<HTMLCanvasElement>("c7-pad");
  }

  /** Show a picture to mark; the right side is preferred where both are there. */
  offer(shot: Shot, picture: Picture, of: Landmarks): void {
    const frame = windowOf(shot, of);
    if (frame === null || (this.picture !== null && shot === "left")) return;
    const [ear, shoulder] = [EAR[shot] ?? 8, SHOULDER[shot] ?? 12];
    this.picture = picture;
    this.shot = shot;
    this.frame = frame;
    this.size = { width: of.width, height: of.height };
    // A first guess to move from: a little behind and above the shoulder. It is not used until it is confirmed.
    const behind = Math.sign((of.image[3 * ear] ?? 0) - (of.image[0] ?? 0)) || 1;
    const x = (of.image[3 * shoulder] ?? 0) + behind * 0.12 * frame.size;
    const y = (of.image[3 * shoulder + 1] ?? 0) - 0.1 * frame.size;
    this.at = { x: inside((x - frame.x) / frame.size), y: inside((y - frame.y) / frame.size) };
    this.root.hidden = false;
    this.draw();
  }

  forget(): void {
    this.picture = null;
    this.value = null;
    this.root.hidden = true;
  }

  private pressed(event: KeyboardEvent): void {
    const by = event.shiftKey ? 4 * STEP : STEP;
    const way = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[event.key];
    if (way !== undefined) {
      event.preventDefault();
      this.put(this.at.x + (way[0] ?? 0), this.at.y + (way[1] ?? 0));
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.use();
    }
  }

  private put(x: number, y: number): void {
    this.at = { x: inside(x), y: inside(y) };
    this.part("c7-said").textContent = `The mark is ${Math.round(100 * this.at.x)} % from the left and ${Math.round(100 * this.at.y)} % from the top.`;
    this.draw();
  }

  private use(): void {
    if (this.picture === null) return;
    const { x, y, size } = this.frame;
    this.value = { shot: this.shot, x: (x + this.at.x * size) / this.size.width, y: (y + this.at.y * size) / this.size.height };
    this.changed();
    this.draw();
  }

  private draw(): void {
    this.part('mark="drop"').hidden = this.value === null;
    const pen = this.pad.getContext("2d");
    if (pen === null || this.picture === null) return;
    const { x, y, size } = this.frame;
    const scale = this.picture.width / this.size.width;
    this.pad.width = this.pad.height = SIZE_PX;
    pen.drawImage(this.picture, x * scale, y * scale, size * scale, size * scale, 0, 0, SIZE_PX, SIZE_PX);
    const [u, v] = [this.at.x * SIZE_PX, this.at.y * SIZE_PX];
    for (const [colour, wide] of [["rgb(0 0 0 / 70%)", 9], ["#ffffff", 4]] as const) {
      pen.strokeStyle = colour;
      pen.lineWidth = wide;
      pen.beginPath();
      pen.arc(u, v, 26, 0, 2 * Math.PI);
      for (const [a, b] of [[-46, 0], [46, 0], [0, -46], [0, 46]] as const) {
        pen.moveTo(u + a * 0.25, v + b * 0.25);
        pen.lineTo(u + a, v + b);
      }
      pen.stroke();
    }
  }
}

function inside(share: number): number {
  return Math.min(1, Math.max(0, share));
}
