/** Draws over the live picture: the person's skeleton, the outline to stand in, and the ghost. */
import { type Bones, drawSkeleton } from "../clip/skeleton.ts";
import type { Landmarks as Moments } from "../clip/landmarks.ts";
import { type Figure, type Fit, type Spot, type Spots, laidOver, placed, seenAt, stoodIn } from "./ghost.ts";

/** A figure in thick strokes: limbs as wide as limbs, so that it reads as a body and not as a scaffold. */
const LIMBS: readonly (readonly [number, number, number])[] = [
  [11, 13, 0.085], [13, 15, 0.065], [15, 19, 0.05],
  [12, 14, 0.085], [14, 16, 0.065], [16, 20, 0.05],
  [23, 25, 0.13], [25, 27, 0.09], [27, 31, 0.06],
  [24, 26, 0.13], [26, 28, 0.09], [28, 32, 0.06],
];
const TRUNK = [11, 12, 24, 23] as const;
const HEAD_M = 0.105;

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

function path(pen: Pen, spots: readonly Spot[]): void {
  pen.beginPath();
  for (const [at, spot] of spots.entries()) {
    if (at === 0) pen.moveTo(spot.x, spot.y);
    else pen.lineTo(spot.x, spot.y);
  }
}

/** Draw the figure in one colour, as a body. */
export function drawBody(pen: CanvasRenderingContext2D, figure: readonly Spot[], fit: Fit, colour: string, opacity: number): void {
  const spots = figure.map((one) => placed(one, fit));
  const at = (n: number): Spot => spots[n] ?? { x: 0, y: 0 };
  // Drawn whole first and then laid down at once, so that limbs do not show where they cross.
  const sheet = new OffscreenCanvas(pen.canvas.width, pen.canvas.height);
  const ink = sheet.getContext("2d");
  if (ink === null || sheet.width === 0 || sheet.height === 0) return;
  ink.setTransform(pen.getTransform());
  ink.fillStyle = ink.strokeStyle = colour;
  ink.lineCap = ink.lineJoin = "round";
  for (const [a, b, wide] of LIMBS) {
    ink.lineWidth = wide * fit.scale;
    path(ink, [at(a), at(b)]);
    ink.stroke();
  }
  ink.lineWidth = 0.13 * fit.scale;
  path(ink, TRUNK.map(at));
  ink.closePath();
  ink.fill();
  ink.stroke();
  const [leftEar, rightEar, nose] = [at(7), at(8), at(0)];
  const head = { x: (leftEar.x + rightEar.x + 0.4 * nose.x) / 2.4, y: (leftEar.y + rightEar.y) / 2 };
  const neck = { x: (at(11).x + at(12).x) / 2, y: (at(11).y + at(12).y) / 2 };
  ink.lineWidth = 0.1 * fit.scale;
  path(ink, [head, neck]);
  ink.stroke();
  ink.beginPath();
  ink.arc(head.x, head.y, HEAD_M * fit.scale, 0, 2 * Math.PI);
  ink.fill();
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.globalAlpha = opacity;
  pen.drawImage(sheet, 0, 0);
  pen.restore();
}

/** Fit a canvas to its place on the page, and return its pen in units of the page; null when it has no room. */
export function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const sharp = Math.min(window.devicePixelRatio || 1, 2);
  const [width, height] = [Math.round(canvas.clientWidth * sharp), Math.round(canvas.clientHeight * sharp)];
  if (width === 0 || height === 0) return null;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const pen = canvas.getContext("2d");
  pen?.setTransform(sharp, 0, 0, sharp, 0, 0);
  pen?.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  return pen;
}

/** Draw the outline that shows how to stand, in the middle of a canvas. */
export function drawOutline(canvas: HTMLCanvasElement, figure: Figure, colour: string, opacity: number, room?: number): void {
  const pen = penOf(canvas);
  if (pen === null) return;
  const spots = seenAt(figure, 0, figure.yaw_deg);
  const fit = stoodIn(spots, canvas.clientWidth, canvas.clientHeight, room);
  if (fit !== null) drawBody(pen, spots, fit, colour, opacity);
}

export type Scene = {
  readonly moments: Moments;
  readonly moment: number;
  readonly bones: Bones;
  readonly person: Spots;
  readonly ghost: { readonly figure: Figure; readonly share: number; readonly yaw_deg: number } | null;
  /** Where the picture lies in the canvas: it is shown whole, with bars where the shapes differ. */
  readonly box: Box;
};

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Return where a picture lies that is shown whole, in the middle of its place. */
export function containBox(pictureWidth: number, pictureHeight: number, width: number, height: number): Box {
  if (!(pictureWidth > 0 && pictureHeight > 0)) return { x: 0, y: 0, width, height };
  const scale = Math.min(width / pictureWidth, height / pictureHeight);
  const [wide, tall] = [pictureWidth * scale, pictureHeight * scale];
  return { x: (width - wide) / 2, y: (height - tall) / 2, width: wide, height: tall };
}

/** Draw a moment: first the ghost, then the skeleton over it. */
export function drawMoment(pen: CanvasRenderingContext2D, scene: Scene): void {
  const { box, ghost } = scene;
  pen.save();
  pen.translate(box.x, box.y);
  if (ghost !== null) {
    const figure = seenAt(ghost.figure, ghost.share, ghost.yaw_deg);
    const person = scene.person.map((one) => (one === null ? null : { x: one.x * box.width, y: one.y * box.height }));
    const fit = laidOver(figure, person);
    if (fit !== null) drawBody(pen, figure, fit, "#f4b59f", 0.5);
  }
  drawSkeleton(pen, scene.moments, scene.moment, scene.bones, box.width, box.height);
  pen.restore();
}
