/** Islands: the parts of a page that are alive. The template writes data-island=name and their data-*. */

/** Start every island of a name once, now and after htmx has put new parts into the page. */
export function island(page: Document, name: string, start: (root: HTMLElement) => void): void {
  const seen = new WeakSet<HTMLElement>();
  const look = () => {
    for (const root of page.querySelectorAll<HTMLElement>(`[data-island~="${name}"]`)) {
      if (seen.has(root)) continue;
      seen.add(root);
      start(root);
    }
  };
  look();
  page.addEventListener("htmx:after:swap", look);
  page.addEventListener("openback:added", look);
}

/** Say that new parts were put into the page by other means than htmx. */
export function added(page: Document): void {
  page.dispatchEvent(new CustomEvent("openback:added"));
}

/** Return a data-* value that the template promised to write; an Error names it when it is not there. */
export function given(root: HTMLElement, name: string): string {
  const value = root.dataset[name];
  if (value === undefined) throw new Error(`The template wrote no data-${name} on this ${root.dataset["island"] ?? "part"}.`);
  return value;
}
