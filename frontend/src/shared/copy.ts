/** A button that copies the text of the field beside it. It shows only where the browser can copy. */
import { island } from "./islands.ts";

const SAID_MS = 2_500;

type Copies = Pick<Clipboard, "writeText">;

/** Copy a text, and return what the button says of it. */
export async function copied(text: string, clipboard: Copies): Promise<string> {
  return clipboard.writeText(text).then(
    () => "Copied",
    () => "Press Ctrl and C",
  );
}

export function startCopying(page: Document): void {
  const clipboard: Copies | undefined = navigator.clipboard; // there is none on a page that came by http
  island(page, "copy", (root) => {
    const field = root.querySelector("input");
    const button = root.querySelector<HTMLButtonElement>("[data-copy]");
    const said = root.querySelector("[data-said]");
    if (field === null || button === null || said === null) return;
    field.addEventListener("focus", () => field.select());
    if (clipboard === undefined) return;
    button.hidden = false;
    const label = said.textContent;
    button.addEventListener("click", async () => {
      field.select();
      said.textContent = await copied(field.value, clipboard);
      setTimeout(() => (said.textContent = label), SAID_MS);
    });
  });
}
