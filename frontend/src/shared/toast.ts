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
