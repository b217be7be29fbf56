/** Sends the queue behind the page's back, and says on every page what still waits. */
import { type Box, type Change, type Entry, type Send, type State, backOffMs, boxOf, enqueue, flush, forget, isSet, read, stateOf } from "./queue.ts";

const LOCK = "openback-queue";
/** Asks the page to show what was refused; prevented by a page that does. */
export const SHOW_EVENT = "openback:show";
const MOMENT_MS = 700;
const SESSION_KEY = "openback.last_session";

export type Sync = {
  readonly box: Box;
  /** Keep a change and send it. */
  log(change: Change): void;
  forget(id: string): void;
  /** Send what waits now; resolves when it is sent or cannot be. */
  now(): Promise<State>;
  /** Call back at every change of the queue. */
  listen(told: (state: State) => void): void;
};

let shared: Sync | null = null;

/** Return the one sender of this page. */
export function syncOf(page: Document): Sync {
  shared ??= startSync(page);
  return shared;
}

/** Return what is said about the queue; "" when there is nothing to say. */
export function words(state: State): string {
  if (state.refused.length > 0) {
    const noun = state.refused.every((entry) => entry.body === null || isSet(entry.body)) ? "set" : "change";
    const sets = state.refused.length === 1 ? `1 ${noun} was` : `${state.refused.length} ${noun}s were`;
    return `${sets} not taken. ${state.refused[0]?.refused ?? ""}`;
  }
  if (state.waiting === 0) return "";
  const sets = state.waiting === 1 ? "1 change" : `${state.waiting} changes`;
  return state.trouble === "" ? `${sets} waiting to sync; kept on this device.` : `${sets} waiting to sync. ${state.trouble}`;
}

/** Return what is said, with sets called sets when nothing else waits. */
export function saidOf(state: State, entries: readonly Entry[]): string {
  const onlySets = entries.filter((entry) => entry.refused === null).every((entry) => isSet(entry.body));
  const said = words(state);
  return onlySets ? said.replace(/^(\d+) change(s?) waiting/, "$1 set$2 waiting") : said;
}

/** Bring the sender to life. */
function startSync(page: Document): Sync {
  const box = boxOf(() => localStorage);
  const send: Send = (url, request) => fetch(url, { ...request, keepalive: true });
  const listeners: ((state: State) => void)[] = [];
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<State> | null = null;

  let soon: ReturnType<typeof setTimeout> | undefined;
  const tell = (state: State) => {
    clearTimeout(soon);
    // What is on its way is given a moment, so that the line does not flash at each set.
    const quick = state.waiting > 0 && !state.stopped && state.refused.length === 0;
    const visible = () => show(page, box, state, now);
    if (quick && page.querySelector("[data-sync]") === null) soon = setTimeout(visible, MOMENT_MS);
    else visible();
    for (const told of listeners) told(state);
  };
  const once = async (): Promise<State> => {
    const state = await locked(() => flush(box, send));
    tries = state.stopped ? tries + 1 : 0;
    clearTimeout(timer);
    if (state.stopped) timer = setTimeout(() => void now(), backOffMs(tries));
    tell(state);
    return state;
  };
  const now = (): Promise<State> => {
    // What is logged while a round goes on is sent by that round: it reads the queue anew each time.
    running ??= once().finally(() => {
      running = null;
    });
    return running;
  };

  const wake = () => {
    if (stateOf(box).waiting > 0) void now();
  };
  window.addEventListener("online", wake);
  page.addEventListener("visibilitychange", () => {
    if (page.visibilityState === "visible") wake();
  });
  window.addEventListener("storage", () => tell(stateOf(box)));
  queueMicrotask(() => {
    tell(stateOf(box));
    wake();
  });
  return {
    box,
    log(change) {
      enqueue(box, change);
      tell(stateOf(box, "", tries > 0));
      void now().then((state) => (state.waiting > 0 && !state.stopped ? now() : state));
    },
    forget(id) {
      forget(box, id);
      tell(stateOf(box));
    },
    now,
    listen: (told) => void listeners.push(told),
  };
}

/** Let one page at a time send, where the browser has locks; PUT by id makes it safe where it has none. */
async function locked(work: () => Promise<State>): Promise<State> {
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks === undefined ? work() : await locks.request(LOCK, work);
}

/** Show or take away the line that says what waits. */
function show(page: Document, box: Box, state: State, again: () => Promise<State>): void {
  const said = saidOf(state, read(box));
  let line = page.querySelector<HTMLElement>("[data-sync]");
  if (said === "") {
    line?.remove();
    return;
  }
  if (line === null) {
    line = lineOf(page, () => act(page, box, again));
    const slot = page.querySelector("[data-sync-slot]");
    if (slot === null) {
      line.classList.add("sync--floating");
      page.body.append(line);
    } else slot.append(line);
  }
  line.classList.toggle("sync--refused", state.refused.length > 0);
  const button = line.querySelector("button");
  if (button !== null) button.textContent = state.refused.length > 0 ? "Show it" : "Send now";
  const text = line.querySelector("span");
  if (text !== null && text.textContent !== said) text.textContent = said;
}

/** Lead to what was refused, or send what waits. A session that is open shows it itself. */
function act(page: Document, box: Box, again: () => Promise<State>): void {
  const refused = stateOf(box).refused[0];
  if (refused === undefined) void again();
  else if (page.dispatchEvent(new CustomEvent(SHOW_EVENT, { detail: refused.id, cancelable: true }))) location.assign(refused.page);
}

function lineOf(page: Document, again: () => void): HTMLElement {
  const line = page.createElement("div");
  line.className = "sync";
  line.dataset["sync"] = "";
  line.setAttribute("role", "status");
  const button = page.createElement("button");
  button.type = "button";
  button.addEventListener("click", again);
  line.append(page.createElement("span"), button);
  return line;
}

/** Remember which session goes on, so that the page without network can lead back to it. */
export function rememberSession(address: string | null): void {
  try {
    if (address === null) localStorage.removeItem(SESSION_KEY);
    else localStorage.setItem(SESSION_KEY, address);
  } catch {
    // A browser that keeps nothing has no way back to offer.
  }
}

/** Fill in the link back to the session on the page without network. */
export function offerLastSession(page: Document): void {
  const link = page.querySelector<HTMLAnchorElement>("[data-last-session]");
  const address = link === null ? null : boxOf(() => localStorage).getItem(SESSION_KEY);
  if (link === null || address === null || !address.startsWith("/session/")) return;
  link.href = address;
  link.hidden = false;
}
