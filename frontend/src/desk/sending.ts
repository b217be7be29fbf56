/** Frames as they are sent: landmarks as JSON, rounded to what they tell; never a picture. */
import { type Landmarks, POINTS } from "../coach/frames.ts";

export type Frame = {
  readonly t_s: number;
  readonly width: number;
  readonly height: number;
  readonly image: readonly (readonly number[])[];
  readonly world: readonly (readonly number[])[];
  readonly visibility: readonly number[];
  readonly people: number;
  readonly brightness: number | null;
};

function rounded(value: number | undefined, digits: number): number {
  const scale = 10 ** digits;
  return Math.round((value ?? 0) * scale) / scale;
}

function triples(values: Float32Array, digits: number): number[][] {
  return Array.from({ length: POINTS }, (_, point) => [0, 1, 2].map((axis) => rounded(values[3 * point + axis], digits)));
}

/** Return a frame for the API; `brightness` is 0 to 255 here and 0 to 1 there. */
export function frameOf(of: Landmarks, brightness: number | null): Frame {
  return {
    t_s: rounded(of.t_s, 3),
    width: of.width,
    height: of.height,
    image: of.found ? triples(of.image, 2) : [],
    world: of.found ? triples(of.world, 4) : [],
    visibility: of.found ? Array.from(of.visibility, (one) => rounded(one, 3)) : [],
    people: of.people ?? (of.found ? 1 : 0),
    brightness: brightness === null ? null : rounded(brightness / 255, 3),
  };
}

/** What the server answered: what it said when it did not take it. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly said: string };

const AWAY = "Openback does not answer. Is it still running? Your take is kept on this page; try again.";

/** Send JSON and return the answer; never throws. */
export async function sent<T>(url: string, body: object): Promise<Answer<T>> {
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json", accept: "application/json" }, body: JSON.stringify(body) }).catch(() => null);
  if (answer === null) return { ok: false, said: AWAY };
  const said: unknown = await answer.json().catch(() => null);
  if (answer.ok && said !== null) return { ok: true, value: said as T };
  return { ok: false, said: sentenceOf(said) ?? AWAY };
}

/** Return the sentence of an error as the API gives it. */
function sentenceOf(said: unknown): string | null {
  if (said === null || typeof said !== "object") return null;
  const { error, detail, message } = said as Record<string, unknown>;
  for (const one of [error, message, detail]) {
    if (typeof one === "string") return one;
    if (one !== null && typeof one === "object" && typeof (one as { message?: unknown }).message === "string") return (one as { message: string }).message;
  }
  return null;
}

/** Send JSON and return the part of a page that comes back; never throws. */
export async function fragment(url: string, body: object): Promise<Answer<DocumentFragment>> {
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json", accept: "text/html, application/json;q=0.5" }, body: JSON.stringify(body) }).catch(() => null);
  if (answer === null) return { ok: false, said: AWAY };
  const html = await answer.text().catch(() => "");
  if (!answer.ok) {
    const said = new DOMParser().parseFromString(html, "text/html").querySelector("main p, main li")?.textContent ?? null;
    return { ok: false, said: said ?? AWAY };
  }
  const part = document.createElement("template");
  part.innerHTML = html;
  return { ok: true, value: part.content };
}
