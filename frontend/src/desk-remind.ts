/** Reminds of a break in working hours, while a page that has this is open. */
import { type Times, dueNow, notify, permissionNow, stateWords } from "./desk/remind.ts";
import { boxOf } from "./shared/queue.ts";
import { given, island } from "./shared/islands.ts";

const LOOK_EVERY_MS = 20_000;
const TOLD_KEY = "openback.reminded";

function numbers(text: string): readonly number[] {
  return text.split(" ").filter((one) => one !== "").map(Number);
}

island(document, "remind", (root) => {
  const times: Times = { days: numbers(given(root, "days")), minutes: numbers(given(root, "minutes")) };
  const wanted = given(root, "notify") === "true";
  const box = boxOf(() => localStorage);
  const said = root.querySelector<HTMLElement>("[data-said]");
  const allow = root.querySelector<HTMLButtonElement>('[data-do="allow"]');
  const show = () => {
    if (said !== null) said.textContent = stateWords(permissionNow(), wanted, times, new Date());
    if (allow !== null) allow.hidden = !wanted || permissionNow() !== "default";
  };
  const look = async () => {
    const due = wanted ? dueNow(times, new Date()) : null;
    // Several pages may be open: the first one tells it, and says so to the others.
    if (due === null || box.getItem(TOLD_KEY) === due) return;
    box.setItem(TOLD_KEY, due);
    await notify("Two minutes for your neck", "Stand up, take your band, ten slow raises.", given(root, "flowUrl"), given(root, "iconUrl"));
    show();
  };
  allow?.addEventListener("click", () => void Notification.requestPermission().then(show));
  show();
  void look();
  setInterval(() => {
    show();
    void look();
  }, LOOK_EVERY_MS);
});

/** Where it is chosen: the browser asks for its permission at once, while there is a tap to ask for it by. */
island(document, "remind-settings", (root) => {
  const box = root.querySelector<HTMLInputElement>("input[name=notify]");
  box?.addEventListener("change", () => {
    if (box.checked && permissionNow() === "default") void Notification.requestPermission();
  });
});
