/** Light, dark or as the system says: the choice is kept on this device and shown on <html>. */

export type Theme = "system" | "light" | "dark";

const KEY = "openback-theme";

/** Return the theme that a stored word stands for; anything unknown follows the system. */
export function themeOf(word: string | null): Theme {
  return word === "light" || word === "dark" ? word : "system";
}

/** Show a theme on the page's root, where the styles look for it. */
export function show(theme: Theme, root: HTMLElement): void {
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
}

/** Apply the kept theme, and keep a new one whenever a button with data-set-theme is pressed. */
export function start(page: Document, store: Storage): void {
  show(themeOf(store.getItem(KEY)), page.documentElement);
  page.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-set-theme]") : null;
    if (button === null) return;
    const theme = themeOf(button.dataset["setTheme"] ?? null);
    store.setItem(KEY, theme);
    show(theme, page.documentElement);
  });
}

if (typeof document !== "undefined") start(document, localStorage);
