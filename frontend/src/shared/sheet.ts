/**
 * Sheets: a link with data-sheet leads to a page of its own; with script its <main> slides over this page.
 * Forms in a sheet are plain forms: they send the browser on, which closes the sheet.
 */
import htmx from "htmx.org";
import { added } from "./islands.ts";

/** Return the content of <main> of a page, or null when it has none. */
export function mainOf(html: string): DocumentFragment | null {
  const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  if (main === null) return null;
  const content = document.createDocumentFragment();
  content.append(...main.childNodes);
  return content;
}

/** Return a new sheet with its close button, not yet shown. */
function sheetOf(page: Document, content: DocumentFragment, label: string): HTMLDialogElement {
  const sheet = page.createElement("dialog");
  sheet.className = "sheet";
  sheet.setAttribute("aria-label", label);
  const top = page.createElement("div");
  top.className = "sheet-top";
  const close = page.createElement("button");
  close.type = "button";
  close.className = "button button--quiet";
  close.textContent = "Close";
  close.addEventListener("click", () => sheet.close());
  top.append(close);
  const body = page.createElement("div");
  body.className = "sheet-body";
  body.append(content);
  sheet.append(top, body);
  sheet.addEventListener("close", () => sheet.remove());
  // A press on the veil closes; the dialog itself is only ever the target there.
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet) sheet.close();
  });
  return sheet;
}

/** Show what a link leads to as a sheet; follow the link when that does not work. */
async function open(page: Document, link: HTMLAnchorElement): Promise<void> {
  const answer = await fetch(link.href, { headers: { accept: "text/html" } }).catch(() => null);
  const content = answer?.ok === true ? mainOf(await answer.text()) : null;
  if (content === null) {
    location.assign(link.href);
    return;
  }
  const sheet = sheetOf(page, content, link.textContent.trim());
  page.body.append(sheet);
  htmx.process(sheet);
  sheet.showModal();
  added(page);
}

/** Let every link with data-sheet open a sheet; a click with a modifier key stays a click. */
export function startSheets(page: Document): void {
  page.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-sheet]") : null;
    if (link === null) return;
    event.preventDefault();
    void open(page, link);
  });
}
