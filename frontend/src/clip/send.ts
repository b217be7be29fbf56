/** Sends a clip with its progress, as soon as it was chosen. Without this the form sends it. */
import { given } from "../shared/islands.ts";

/** What the server says of a clip that arrived. */
export type Arrived = { readonly id: string; readonly set_id: string; readonly exercise: string; readonly kind: string; readonly number: number; readonly strip: string };

/** Tells the page that a clip arrived; prevented by a page that shows it itself. */
export const CLIP_EVENT = "openback:clip";

const LOST = "The clip could not be sent. Check that Openback still runs, then choose it again.";
const MB = 1024 * 1024;

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
  if (!(form instanceof HTMLFormElement)) return;
  const part = (name: string) => form.querySelector<HTMLElement>(`[data-clip-${name}]`);
  form.dataset["alive"] = "";
  const send = part("send");
  if (send !== null) send.hidden = true;
  let sending: XMLHttpRequest | null = null;

  const show = (state: "choose" | "send", problem = "") => {
    for (const [name, there] of [["choices", state === "choose"], ["way", state === "send"], ["problem", problem !== ""]] as const) {
      const one = part(name);
      if (one !== null) one.hidden = !there;
    }
    const said = part("problem-said");
    if (said !== null) said.textContent = problem;
  };
  const progress = (done: number, total: number) => {
    const percent = total > 0 ? Math.floor((100 * done) / total) : 0;
    form.querySelector<HTMLProgressElement>("[data-clip-bar]")?.setAttribute("value", String(percent));
    const said = part("said");
    if (said !== null) said.textContent = percent < 100 ? `Sending the clip: ${percent} %` : "The clip is there and is being kept.";
  };
  const chosen = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (file === undefined) return;
    const problem = refusal(file.name, file.size, Number(given(form, "limitMb")));
    if (problem !== "") {
      input.value = "";
      show("choose", problem);
      return;
    }
    const body = new FormData(form);
    body.delete("clip");
    body.append("clip", file);
    show("send");
    progress(0, 1);
    sending = transfer(form.action, body, progress, (status, text) => {
      input.value = "";
      if (status === 200) arrived(form, JSON.parse(text) as Arrived);
      else show("choose", status === -1 ? "" : problemOf(text));
    });
  };
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "file") chosen(event.target);
  });
  part("stop")?.addEventListener("click", () => sending?.abort());
}

/** Send a form and tell how far it is; the status is 0 when nothing answered, -1 when it was stopped. */
function transfer(url: string, body: FormData, progress: (done: number, total: number) => void, over: (status: number, text: string) => void): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open("POST", url);
  request.setRequestHeader("accept", "application/json");
  request.upload.addEventListener("progress", (event) => progress(event.loaded, event.total));
  request.addEventListener("load", () => over(request.status, request.responseText));
  request.addEventListener("error", () => over(0, ""));
  request.addEventListener("abort", () => over(-1, ""));
  request.send(body);
  return request;
}

function arrived(form: HTMLElement, clip: Arrived): void {
  const page = form.ownerDocument;
  const told = new CustomEvent(CLIP_EVENT, { detail: clip, cancelable: true });
  if (page.dispatchEvent(told)) location.assign(given(form, "back"));
  else form.closest("dialog")?.close();
}
