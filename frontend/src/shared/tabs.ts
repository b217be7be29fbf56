/** Tabs that scroll sideways: the one of this page is brought into view. */

/** Scroll each line of tabs so that its present tab stands in the middle, where there is room. */
export function showTab(page: Document): void {
  for (const tab of page.querySelectorAll<HTMLElement>(".room-tabs [aria-current]")) {
    const line = tab.parentElement;
    if (line !== null) line.scrollLeft = tab.offsetLeft - line.offsetLeft - (line.clientWidth - tab.offsetWidth) / 2;
  }
}
