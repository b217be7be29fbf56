/** A button that copies the text of the field beside it. It shows only where the browser can copy. */
import { island } from "./islands.ts";

const SAID_MS = 2_500;

export function startCopying(page: Document, clipboard: Pick<Clipboard, "writeText"> | undefined = navigator.clipboard): void {
  island(page, "copy", (root) => {
    const field = root.querySelector("input");
    const button = root.querySelector<HTMLButtonElement>("[data-copy]");
    const said = root.querySelector("[data-said]");
    if (field === null || button === null || said === null) return;
    field.addEventListener("focus", () => field.select());
    if (clipboard === undefined) return; // a page that came by http from another machine
    button.hidden = false;
    const label = said.textContent;
    button.addEventListener("click", async () => {
      const done = await clipboard.writeText(field.value).then(() => true, () => false);
      said.textContent = done ? "Copied" : "Press Ctrl and C";
      if (!done) field.select();
      setTimeout(() => (said.textContent = label), SAID_MS);
    });
  });
}
