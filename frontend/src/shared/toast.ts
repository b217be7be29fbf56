/** The line that is said once: it leaves by itself, later when it offers an undo, and never under a finger. */
import { island } from "./islands.ts";

const PLAIN_MS = 5_000;
const UNDO_MS = 12_000;

export function startToasts(page: Document): void {
  island(page, "toast", (root) => {
    const wait = root.querySelector("form") === null ? PLAIN_MS : UNDO_MS;
    const leave = () => {
      if (root.matches(":hover, :focus-within")) setTimeout(leave, PLAIN_MS);
      else root.remove();
    };
    setTimeout(leave, wait);
  });
}

/** Say a line with an Undo, for what a script did without a new page. */
export function offerUndo(page: Document, text: string, undo: () => void): void {
  for (const old of page.querySelectorAll(".toast")) old.remove();
  const toast = page.createElement("div");
  toast.className = "toast";
  toast.setAttribute("role", "status");
  toast.dataset["island"] = "toast";
  const words = page.createElement("span");
  words.textContent = text;
  const button = page.createElement("button");
  button.type = "button";
  button.textContent = "Undo";
  button.addEventListener("click", () => {
    toast.remove();
    undo();
  });
  toast.append(words, button);
  page.body.append(toast);
  const leave = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, PLAIN_MS);
    else toast.remove();
  };
  setTimeout(leave, UNDO_MS);
}
