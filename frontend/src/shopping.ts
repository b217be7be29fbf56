/**
 * The shopping list: ticks show at once, are kept on this device and sent behind; the page opens again without
 * the network. Sharing and printing are offered where the browser can.
 */
import { keepForOffline } from "./session/offline.ts";
import { island } from "./shared/islands.ts";
import { read, sentOf } from "./shared/queue.ts";
import { syncOf } from "./shared/sync.ts";
import { changeOf, tickOf } from "./shared/ticks.ts";

const SAID_MS = 2_500;

/** Show a line as ticked or not. */
function show(button: HTMLButtonElement, done: boolean): void {
  button.setAttribute("aria-pressed", String(done));
  button.value = done ? "no" : "yes";
}

island(document, "shopping", (root) => {
  const sync = syncOf(document);
  const lines = [...root.querySelectorAll<HTMLFormElement>("form[data-shopping-line]")];
  const count = () => {
    const done = lines.filter((line) => line.querySelector("[aria-pressed=true]") !== null).length;
    const text = root.querySelector("[data-shopping-done]");
    const bar = root.querySelector<HTMLProgressElement>("[data-shopping-bar]");
    if (text !== null) text.textContent = String(done);
    if (bar !== null) bar.value = done;
  };
  // A page out of the cache is as old as when it was kept; what was sent since lies over it.
  const sent = document.documentElement.dataset["kept"] === undefined ? [] : sentOf(sync.box);
  for (const line of lines) {
    const button = line.querySelector("button");
    const action = new URL(line.action).pathname;
    if (button === null) continue;
    const kept = tickOf([...sent, ...read(sync.box)], action);
    if (kept !== null) show(button, kept);
    line.addEventListener("submit", (event) => {
      event.preventDefault();
      const done = button.getAttribute("aria-pressed") !== "true";
      show(button, done);
      count();
      sync.log(changeOf(action, done, location.pathname));
    });
  }
  count();
  void keepForOffline(document, location.pathname).then((kept) => {
    if (kept) root.dataset["kept"] = "";
  });
});

island(document, "print", (root) => {
  root.hidden = false;
  root.addEventListener("click", () => window.print());
});

island(document, "share", (root) => {
  const address = root.dataset["text"] ?? "";
  const words = root.querySelector("span");
  root.hidden = false;
  root.addEventListener("click", () => {
    void share(address).then((said) => {
      if (words === null || said === "") return;
      const before = words.textContent;
      words.textContent = said;
      setTimeout(() => {
        words.textContent = before;
      }, SAID_MS);
    });
  });
});

/** Share the list where the device can, else copy it; return what to say on the button. */
async function share(address: string): Promise<string> {
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok !== true) return "No connection";
  const text = await answer.text();
  const sharing = navigator as { share?: (data: ShareData) => Promise<void>; clipboard?: Clipboard };
  try {
    if (sharing.share !== undefined) {
      await sharing.share({ text });
      return "";
    }
    await sharing.clipboard?.writeText(text);
    return sharing.clipboard === undefined ? "Use Text instead" : "Copied";
  } catch {
    // Closed without sharing, or not allowed: nothing was lost.
    return "";
  }
}
