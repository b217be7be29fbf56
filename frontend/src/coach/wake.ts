/** Keep the screen on while a set is watched. */

/** Keep the screen awake; returns how to let it sleep again. Where it cannot be, nothing happens. */
export function keepAwake(page: Document): () => void {
  const { wakeLock } = navigator as { readonly wakeLock?: WakeLock };
  let wanted = true;
  let lock: WakeLockSentinel | null = null;
  const ask = async () => {
    // The browser takes the lock away with the page; it is asked for anew when the page is back.
    if (!wanted || page.hidden || wakeLock === undefined || lock?.released === false) return;
    const got = await wakeLock.request("screen").catch(() => null);
    if (wanted) lock = got;
    else void got?.release();
  };
  const back = () => void ask();
  page.addEventListener("visibilitychange", back);
  back();
  return () => {
    wanted = false;
    page.removeEventListener("visibilitychange", back);
    void lock?.release();
    lock = null;
  };
}
