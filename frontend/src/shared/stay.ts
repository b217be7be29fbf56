/** Stay where one was: a form or link with data-stay that leads back to the same page leaves it scrolled as it was. */

const KEY = "openback.stay";

type Kept = { readonly path: string; readonly y: number };

/** Return where to scroll on a page, or null when nothing was kept for it. */
export function placeOf(kept: string | null, path: string): number | null {
  if (kept === null) return null;
  try {
    const place = JSON.parse(kept) as Kept | null;
    return place !== null && place.path === path && Number.isFinite(place.y) ? place.y : null;
  } catch {
    return null;
  }
}

/** Keep the place when such a form is sent or link followed, and go to it on the page that comes back. */
export function startStaying(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.dataset["stay"] === undefined) return;
    keep({ path: location.pathname, y: window.scrollY });
  });
  page.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest("a[data-stay]") : null;
    if (link !== null) keep({ path: location.pathname, y: window.scrollY });
  });
  const y = placeOf(taken(), location.pathname);
  if (y === null) return;
  // The anchor is for those without script; with it, the page would jump.
  history.replaceState(history.state, "", location.pathname + location.search);
  const back = () => window.scrollTo({ top: y, behavior: "instant" });
  back();
  window.addEventListener("load", back, { once: true });
}

function keep(place: Kept): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(place));
  } catch {
    // A browser that keeps nothing goes to the anchor.
  }
}

function taken(): string | null {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return kept;
  } catch {
    return null;
  }
}
