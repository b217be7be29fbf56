/** Keeps the screen on during a session, where the browser can; takes the lock again when the page comes back. */
export function stayAwake(page: Document): void {
  if (!("wakeLock" in navigator)) return;
  const take = () => {
    if (page.visibilityState === "visible") navigator.wakeLock.request("screen").catch(() => undefined);
  };
  page.addEventListener("visibilitychange", take);
  take();
}
