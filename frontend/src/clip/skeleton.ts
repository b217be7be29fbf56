/** Draws a skeleton over a picture. Left is drawn through and right is dashed, so that colour is not the only sign. */
import { type Landmarks, pointAt } from "./landmarks.ts";

export type Bones = readonly (readonly [number, number])[];
export type Side = "left" | "right" | "middle";

const COLOURS: Record<Side, string> = { left: "#3fd0c0", right: "#ffb84d", middle: "#ffffff" };
const SURE = 0.5;
const FIRST_OF_BODY = 7; // ears; what lies before them is the face

/** Return the side of a bone: the model numbers left landmarks odd and right ones even. */
export function sideOf([a, b]: readonly [number, number]): Side {
  if (a % 2 !== b % 2) return "middle";
  return a % 2 === 1 ? "left" : "right";
}

/** Draw the skeleton of a moment over a picture of this size; nothing where nobody was found. */
export function drawSkeleton(pen: CanvasRenderingContext2D, from: Landmarks, moment: number, bones: Bones, width: number, height: number): void {
  const thick = Math.max(2.5, Math.min(width, height) / 110);
  pen.lineCap = "round";
  for (const bone of bones) {
    const a = pointAt(from, moment, bone[0]);
    const b = pointAt(from, moment, bone[1]);
    if (a === null || b === null) continue;
    const side = sideOf(bone);
    pen.globalAlpha = Math.min(a.seen, b.seen) < SURE ? 0.35 : 1;
    line(pen, a.x * width, a.y * height, b.x * width, b.y * height, "rgb(0 0 0 / 55%)", thick * 2, []);
    line(pen, a.x * width, a.y * height, b.x * width, b.y * height, COLOURS[side], thick, side === "right" ? [thick * 1.2, thick * 2.2] : []);
  }
  for (let point = FIRST_OF_BODY; point < from.points; point += 1) {
    const at = pointAt(from, moment, point);
    if (at === null || !bones.some(([a, b]) => a === point || b === point)) continue;
    pen.globalAlpha = at.seen < SURE ? 0.35 : 1;
    pen.fillStyle = COLOURS[point % 2 === 1 ? "left" : "right"];
    pen.strokeStyle = "rgb(0 0 0 / 55%)";
    pen.lineWidth = 1;
    pen.setLineDash([]);
    pen.beginPath();
    if (point % 2 === 1) pen.arc(at.x * width, at.y * height, thick * 1.1, 0, 2 * Math.PI);
    else pen.rect(at.x * width - thick, at.y * height - thick, thick * 2, thick * 2);
    pen.fill();
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

function line(pen: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number, colour: string, width: number, dash: number[]): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
}
