/**
 * The session page: a tick shows at once and is sent behind it.
 * The template wrote everything that is here; without this script the same rows are plain forms.
 */
import { given, island } from "./shared/islands.ts";
import { type Entry, forgetSent, isSet, read, sentOf } from "./shared/queue.ts";
import { SHOW_EVENT, type Sync, rememberSession, syncOf } from "./shared/sync.ts";
import { offerUndo } from "./shared/toast.ts";
import { askReserve } from "./session/ask.ts";
import { clipsIn } from "./session/clips.ts";
import { stayAwake } from "./session/awake.ts";
import { type Hold, holdIn } from "./session/hold.ts";
import { keepForOffline } from "./session/offline.ts";
import { showPain } from "./session/pain.ts";
import { type Next, nextStep, stepOnLadder, typed } from "./session/plan.ts";
import * as rows from "./session/rows.ts";
import { type Screen, addRow, rowsOf, screensIn, showCounts, showOnly, stateOf } from "./session/screens.ts";
import { soundOn } from "./session/rest.ts";
import { type Timer, timerIn } from "./session/timer.ts";
import { wake } from "./session/wake.ts";

const WARM_UP_REST_S = 60;
const KEEP_AFTER_MS = 1_500;

class Session {
  private readonly root: HTMLElement;
  private readonly screens: readonly Screen[];
  private readonly sync: Sync;
  private readonly timer: Timer;
  private readonly hold: Hold;
  private readonly setUrl: string;
  private readonly page: string;
  private readonly ended: boolean;
  private at: number;
  private leaving = false;
  private keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    this.root = root;
    this.screens = screensIn(root);
    this.sync = syncOf(root.ownerDocument);
    this.setUrl = given(root, "setUrl");
    this.page = given(root, "page");
    this.ended = "ended" in root.dataset;
    this.at = Number(new URLSearchParams(location.search).get("step") ?? given(root, "shown"));
    if (this.screens[this.at] === undefined) this.at = Number(given(root, "shown"));
    this.timer = timerIn(root, given(root, "sessionId"), this.sync.box, () => this.speak("Rest is over."));
    this.hold = holdIn(root, () => soundOn(this.sync.box));
    this.layOver();
    wake(root, this.screens);
    this.listen();
    this.sync.listen((state) => this.showQueue(state.stopped));
    this.show();
    this.showQueue(false);
  }

  /** Lay what waits over the page, and over a kept page also what was sent since: it is older than they are. */
  private layOver(): void {
    const kept = "kept" in this.root.ownerDocument.documentElement.dataset;
    for (const entry of [...(kept ? sentOf(this.sync.box) : []), ...read(this.sync.box)]) {
      if (entry.body === null) {
        const gone = this.find(entry.id);
        if (entry.method === "DELETE" && gone !== null) this.reset(gone[0], gone[1]);
      } else if (isSet(entry.body) && entry.body.session_id === given(this.root, "sessionId")) this.place(entry);
    }
  }

  /** Put a waiting set into its own row, the next open one of its kind, or a new one. */
  private place(entry: Entry): void {
    const body = entry.body;
    const screen = this.screens.find((one) => isSet(body) && one.frame.exercise === body.exercise);
    if (screen === undefined || !isSet(body)) return;
    const open = rowsOf(screen).find((row) => !rows.isDone(row) && rows.kindOf(row) === body.kind);
    const row = this.find(entry.id)?.[1] ?? open ?? addRow(screen, entry.id, body.kind);
    if (row === null) return;
    rows.setId(row, entry.id);
    row.dataset["at"] = body.at;
    rows.fill(row, body, screen.frame);
    rows.setDone(row, true);
    rows.refresh(row, screen.frame);
  }

  private find(id: string): readonly [Screen, HTMLElement] | null {
    for (const screen of this.screens) {
      const row = rowsOf(screen).find((one) => rows.idOf(one) === id);
      if (row !== undefined) return [screen, row];
    }
    return null;
  }

  /** Bring a row before the eyes; false when it is not on this page. */
  private reveal(id: string): boolean {
    const found = this.find(id);
    if (found === null) return false;
    this.go(this.screens.indexOf(found[0]));
    found[1].scrollIntoView({ block: "center" });
    return true;
  }

  private listen(): void {
    const page = this.root.ownerDocument;
    this.root.addEventListener("submit", (event) => this.submitted(event));
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("change", (event) => this.changed(event));
    page.addEventListener(SHOW_EVENT, (event) => {
      if (event instanceof CustomEvent && this.reveal(String(event.detail))) event.preventDefault();
    });
    window.addEventListener("popstate", () => {
      const step = new URLSearchParams(location.search).get("step");
      if (step !== null && this.screens[Number(step)] !== undefined) this.go(Number(step), false);
    });
    page.addEventListener("keydown", (event) => {
      const busy = event.target instanceof Element && event.target.closest("input, select, textarea, dialog") !== null;
      const way = { n: 1, p: -1 }[event.key] ?? 0;
      if (way !== 0 && !busy && !event.ctrlKey && !event.metaKey && !event.altKey) this.go(this.at + way);
    });
  }

  /** A row's form, or the one that ends the session. */
  private submitted(event: SubmitEvent): void {
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    const row = form?.closest("[data-clip]") ? null : (form?.closest<HTMLElement>("[data-row]") ?? null);
    const screen = this.screens[this.at];
    if (form?.hasAttribute("data-finish")) {
      event.preventDefault();
      void this.finish();
    } else if (row !== null && screen !== undefined && screen.list.contains(row)) {
      event.preventDefault();
      const pressed = event.submitter;
      const takesOut = pressed?.hasAttribute("data-delete") || (pressed?.classList.contains("tick") && rows.isDone(row));
      if (takesOut) this.takeOut(screen, row);
      else if (rows.isDone(row)) this.edited(screen, row);
      else this.log(screen, row);
    }
  }

  private clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest<HTMLElement>("[data-go]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      this.go(Number(link.dataset["go"]));
    }
    const step = target?.closest<HTMLButtonElement>("[data-way]");
    if (step) this.step(step);
    if (target?.closest("[data-add]")) this.add();
    if (target?.closest("[data-main]")) this.main();
    target?.closest("[data-drop]")?.closest("[data-row]")?.remove();
    if (target?.closest("button")) this.show();
  }

  /** A field of a row was changed: the row says it, a done one is sent anew, open ones after it follow its load. */
  private changed(event: Event): void {
    const field = event.target instanceof HTMLElement ? event.target : null;
    const row = field?.closest<HTMLElement>("[data-row]");
    const screen = this.screens[this.at];
    if (!row || screen === undefined || !screen.list.contains(row)) return;
    if (field?.closest(".set-ask")) return;
    if (field instanceof HTMLInputElement && field.name === "kind") rows.setKind(row, field.value);
    if (rows.isDone(row)) this.edited(screen, row);
    else {
      rows.refresh(row, screen.frame);
      if (field instanceof HTMLInputElement && (field.name === "load" || field.name === "band")) this.follow(screen, row, field);
    }
    this.show();
  }

  /** Let the open sets after this one take its load: nobody changes it back between sets. */
  private follow(screen: Screen, row: HTMLElement, field: HTMLInputElement): void {
    const all = rowsOf(screen);
    for (const later of all.slice(all.indexOf(row) + 1)) {
      if (rows.isDone(later) || rows.kindOf(later) !== rows.kindOf(row)) continue;
      rows.setField(later, field.name, field.value);
      rows.refresh(later, screen.frame);
    }
  }

  private step(button: HTMLButtonElement): void {
    const input = button.closest("[data-step]")?.querySelector("input");
    const screen = this.screens[this.at];
    if (!input || screen === undefined) return;
    const way = button.dataset["way"] === "1" ? 1 : -1;
    const shown = typed(input.value) ?? Number.NaN;
    const rung = input.name === "load" ? stepOnLadder(screen.frame.ladder, shown, way) : null;
    const plain = Math.max(0, Math.min(Number(input.dataset["max"]), (Number.isNaN(shown) ? 0 : shown) + way * Number(input.dataset["by"])));
    input.value = rung === null ? String(plain) : rung[1];
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // --- Sets ------------------------------------------------------------------------------------

  private log(screen: Screen, row: HTMLElement): void {
    const body = rows.bodyOf(row, screen.frame, new Date().toISOString());
    if (body.reps === null && body.hold_s === null) {
      rows.say(row, "Say how many reps it was, then tick it.");
      row.querySelector<HTMLInputElement>('[name="reps"], [name="hold_s"]')?.focus();
      return;
    }
    const id = rows.idToLog(row);
    this.hold.cancel();
    rows.setId(row, id);
    row.dataset["at"] = body.at;
    rows.say(row, "");
    rows.setDone(row, true);
    const details = row.querySelector("details");
    if (details !== null) details.open = false;
    this.sync.log({ id, method: "PUT", url: `${this.setUrl}/${id}`, body, page: this.page });
    if (!this.ended) this.timer.start(body.kind === "warm_up" ? Math.min(screen.restS, WARM_UP_REST_S) : screen.restS);
    askReserve(this.root, row, () => this.edited(screen, row));
    this.show();
    this.speak(`${row.dataset["name"] ?? "Set"} logged.`);
  }

  private edited(screen: Screen, row: HTMLElement): void {
    const id = rows.idOf(row);
    const body = rows.bodyOf(row, screen.frame, row.dataset["at"] ?? new Date().toISOString());
    rows.say(row, "");
    rows.refresh(row, screen.frame);
    this.sync.log({ id, method: "PUT", url: `${this.setUrl}/${id}`, body, page: this.page });
    this.show();
  }

  private takeOut(screen: Screen, row: HTMLElement): void {
    const id = rows.idOf(row);
    const at = row.dataset["at"] ?? new Date().toISOString();
    const body = rows.bodyOf(row, screen.frame, at);
    const name = row.dataset["name"] ?? "Set";
    this.reset(screen, row);
    this.sync.log({ id, method: "DELETE", url: `${this.setUrl}/${id}`, body: null, page: this.page });
    this.show();
    offerUndo(this.root.ownerDocument, `${name} taken out.`, () => {
      this.sync.log({ id, method: "PUT", url: `${this.setUrl}/${id}`, body, page: this.page });
      this.place({ id, method: "PUT", url: "", body, page: this.page, version: 0, refused: null });
      this.show();
    });
  }

  /** Make a row one to do again; one beyond the planned sets goes away. */
  private reset(screen: Screen, row: HTMLElement): void {
    row.querySelector(".set-ask")?.remove();
    if ("extra" in row.dataset) {
      row.remove();
      return;
    }
    rows.setId(row, rows.idToLog(row));
    rows.say(row, "");
    rows.setDone(row, false);
    rows.setWaiting(row, false, null);
    rows.refresh(row, screen.frame);
  }

  private add(): void {
    const screen = this.screens[this.at];
    if (screen === undefined) return;
    const row = addRow(screen, rows.freshId(), "work");
    this.show();
    row?.scrollIntoView({ block: "nearest" });
  }

  // --- The screen ------------------------------------------------------------------------------

  private next(): Next {
    return nextStep(this.screens.map(stateOf), this.at);
  }

  private mainWords(): string {
    const next = this.next();
    if (next.do === "finish") return "Finish the session";
    const here = this.screens[this.at];
    if (next.do === "go") return `Next: ${this.screens[next.screen]?.name ?? ""}`;
    const row = here === undefined ? undefined : rowsOf(here)[next.row];
    if (here === undefined || row === undefined) return "";
    const holdS = typed(rows.field(row, "hold_s"));
    if (holdS !== null && holdS > 0) return `Start to hold ${holdS} s`;
    return `${row.dataset["name"] ?? "Set"} done: ${rows.wordsOf(row, here.frame).said}`;
  }

  private main(): void {
    const next = this.next();
    const screen = this.screens[this.at];
    if (next.do === "go") this.go(next.screen);
    else if (next.do === "finish") this.root.querySelector<HTMLFormElement>("form[data-finish]")?.requestSubmit();
    else if (screen !== undefined) {
      const row = rowsOf(screen)[next.row];
      if (row !== undefined) this.begin(screen, row);
    }
  }

  /** Log a set; a hold is counted down first. */
  private begin(screen: Screen, row: HTMLElement): void {
    const holdS = typed(rows.field(row, "hold_s"));
    if (holdS === null || holdS <= 0) {
      this.log(screen, row);
      return;
    }
    this.timer.stop();
    this.hold.start(holdS, (heldS) => {
      this.show();
      if (heldS <= 0) return;
      rows.setField(row, "hold_s", String(heldS));
      rows.refresh(row, screen.frame);
      this.log(screen, row);
    });
    this.show();
  }

  private go(at: number, push = true): void {
    if (at === this.at || this.screens[at] === undefined) return;
    this.at = at;
    this.hold.cancel();
    if (push) history.pushState(null, "", `?step=${at}`);
    this.show();
    scrollTo({ top: 0 });
    const heading = this.screens[at]?.root.querySelector<HTMLElement>("h2");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }

  private show(): void {
    showOnly(this.screens, this.at, this.root);
    showCounts(this.screens, this.root);
    showPain(this.screens, this.root);
    const next = this.next();
    for (const [index, screen] of this.screens.entries()) {
      const all = rowsOf(screen);
      rows.renumber(all, screen.frame);
      for (const [number, row] of all.entries()) row.classList.toggle("set--next", index === this.at && next.do === "row" && next.row === number);
    }
    const main = this.root.querySelector<HTMLElement>("[data-main]");
    const word = this.root.querySelector<HTMLElement>("[data-main-word]");
    for (const [selector, when] of [["[data-main-tick]", next.do !== "go"], ["[data-main-go]", next.do === "go"]] as const) {
      const one = main?.querySelector<HTMLElement>(selector);
      if (one) one.hidden = !when;
    }
    if (main !== null) main.hidden = this.hold.isOn();
    if (word !== null) word.textContent = this.mainWords();
  }

  /** Show at each row whether it waits or was refused. */
  private showQueue(stopped: boolean): void {
    const queue = read(this.sync.box);
    const icon = this.root.querySelector<HTMLTemplateElement>('template[data-icon="waiting"]');
    for (const screen of this.screens) {
      for (const row of rowsOf(screen)) {
        const entry = queue.find((one) => one.id === rows.idOf(row) && one.method === "PUT");
        rows.setWaiting(row, entry !== undefined && entry.refused === null, icon);
        if (entry !== undefined && entry.refused !== null) rows.say(row, entry.refused);
      }
    }
    const pending = queue.some((entry) => entry.method === "POST");
    this.root.toggleAttribute("data-finishing", pending && stopped);
    const finished = this.root.querySelector<HTMLElement>("[data-finished-here]");
    if (finished !== null) finished.hidden = !(pending && stopped);
    if (queue.length === 0) this.keepSoon();
    this.leaving ||= pending;
    if (!this.leaving || queue.length > 0) return;
    rememberSession(null);
    location.assign(given(this.root, "summaryUrl"));
  }

  /** Have the page kept anew once what was logged has arrived. */
  private keepSoon(): void {
    clearTimeout(this.keeping);
    if (this.ended) return;
    this.keeping = setTimeout(() => {
      const known = sentOf(this.sync.box);
      void keepForOffline(this.root.ownerDocument, this.page).then((kept) => {
        if (kept) forgetSent(this.sync.box, known);
      });
    }, KEEP_AFTER_MS);
  }

  private speak(words: string): void {
    const line = this.root.querySelector("[data-spoken]");
    if (line !== null) line.textContent = words;
  }

  /** End the session: the end is sent after all sets, like a set, and waits like one when there is no network. */
  private async finish(): Promise<void> {
    const state = await this.sync.now();
    if (state.refused.length > 0) {
      this.speak("A set was not taken. Change it or take it out, then finish.");
      this.reveal(state.refused[0]?.id ?? "");
      return;
    }
    this.timer.stop();
    this.hold.cancel();
    this.leaving = true;
    const id = given(this.root, "sessionId");
    this.sync.log({ id: `finish:${id}`, method: "POST", url: given(this.root, "finishUrl"), body: null, page: this.page });
  }
}

island(document, "session", (root) => {
  new Session(root);
  clipsIn(root);
  if ("ended" in root.dataset) return;
  rememberSession(given(root, "page"));
  stayAwake(document);
});
