/** Sends a clip with its progress, as soon as it was chosen. Without this the form sends it. */
import { given } from "../shared/islands.ts";

/** What the server says of a clip that arrived. */
export type Arrived = { readonly id: string; readonly set_id: string; readonly exercise: string; readonly kind: string; readonly number: number; readonly strip: string };

/** Tells the page that a clip arrived; prevented by a page that shows it itself. */
export const CLIP_EVENT = "openback:clip";

const LOST = "The clip could not be sent. Check that Openback still runs, then choose it again.";
const MB = 1024 * 1024;
const STOPPED = -1;

/** Return why a file is not sent at all; "" when it is. */
export function refusal(name: string, sizeBytes: number, limitMb: number): string {
  if (sizeBytes === 0) return `${name} is empty. Choose another clip.`;
  if (sizeBytes <= limitMb * MB) return "";
  return `A clip may have ${limitMb} MB, and this one has ${Math.ceil(sizeBytes / MB)} MB. Cut it to the one set, or film in 1080p.`;
}

/** Return what an answer says went wrong. */
export function problemOf(text: string): string {
  try {
    const told = JSON.parse(text) as { message?: unknown };
    return typeof told.message === "string" ? told.message : LOST;
  } catch {
    return LOST;
  }
}

/** Bring the form to life. */
export function startSending(form: HTMLElement): void {
  if (form instanceof HTMLFormElement) new Sending(form);
}

class Sending {
  private readonly form: HTMLFormElement;
  private request: XMLHttpRequest | null = null;

  constructor(form: HTMLFormElement) {
    this.form = form;
    form.dataset["alive"] = "";
    this.hide("send", true);
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === "file") this.chosen(event.target);
    });
    this.part("stop")?.addEventListener("click", () => this.request?.abort());
  }

  private part(name: string): HTMLElement | null {
    return this.form.querySelector<HTMLElement>(`[data-clip-${name}]`);
  }

  private hide(name: string, hidden: boolean): void {
    const part = this.part(name);
    if (part !== null) part.hidden = hidden;
  }

  private say(name: string, words: string): void {
    const part = this.part(name);
    if (part !== null) part.textContent = words;
  }

  /** Show the choice with what went wrong, or how far the sending is. */
  private show(state: "choose" | "send", problem = ""): void {
    this.hide("choices", state !== "choose");
    this.hide("way", state !== "send");
    this.hide("problem", problem === "");
    this.say("problem-said", problem);
  }

  private progress(done: number, total: number): void {
    const percent = total > 0 ? Math.floor((100 * done) / total) : 0;
    this.part("bar")?.setAttribute("value", String(percent));
    this.say("said", percent < 100 ? `Sending the clip: ${percent} %` : "The clip is there and is being kept.");
  }

  private chosen(input: HTMLInputElement): void {
    const file = input.files?.[0];
    if (file === undefined) return;
    const problem = refusal(file.name, file.size, Number(given(this.form, "limitMb")));
    const body = new FormData(this.form);
    body.delete("clip");
    body.append("clip", file);
    input.value = "";
    this.show(problem === "" ? "send" : "choose", problem);
    if (problem !== "") return;
    this.progress(0, 1);
    this.request = transfer(this.form.action, body, (done, total) => this.progress(done, total), (status, text) => {
      if (status === 200) arrived(this.form, JSON.parse(text) as Arrived);
      else this.show("choose", status === STOPPED ? "" : problemOf(text));
    });
  }
}

/** Send a form and tell how far it is; the status is 0 when nothing answered, -1 when it was stopped. */
function transfer(url: string, body: FormData, progress: (done: number, total: number) => void, over: (status: number, text: string) => void): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open("POST", url);
  request.setRequestHeader("accept", "application/json");
  request.upload.addEventListener("progress", (event) => progress(event.loaded, event.total));
  request.addEventListener("load", () => over(request.status, request.responseText));
  request.addEventListener("error", () => over(0, ""));
  request.addEventListener("abort", () => over(STOPPED, ""));
  request.send(body);
  return request;
}

function arrived(form: HTMLElement, clip: Arrived): void {
  const page = form.ownerDocument;
  const told = new CustomEvent(CLIP_EVENT, { detail: clip, cancelable: true });
  if (page.dispatchEvent(told)) location.assign(given(form, "back"));
  else form.closest("dialog")?.close();
}
