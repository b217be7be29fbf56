/** Has the service worker keep this page and what it wears, so that it opens again without the network. */

const PATIENCE_MS = 8_000;

/** Return the addresses of what a page has loaded from its own host and needs to look right. */
export function needed(page: Document, loaded: readonly string[], origin: string): readonly string[] {
  const linked = [...page.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].map((link) => link.href);
  const scripts = [...page.querySelectorAll<HTMLScriptElement>("script[src]")].map((script) => script.src);
  const own = [...linked, ...scripts, ...loaded].filter((url) => url.startsWith(`${origin}/static/`));
  return [...new Set(own)];
}

/** Have the page kept as it is now; resolves to whether it was. Where there are no workers, the queue still works. */
export async function keepForOffline(page: Document, address: string): Promise<boolean> {
  if (!("serviceWorker" in navigator)) return false;
  try {
    await navigator.serviceWorker.register("/sw.js");
    const ready = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    return await asked(ready.active, { keep: address, with: needed(page, loaded, location.origin) });
  } catch {
    // No worker on this address (plain HTTP in the home network): the page works, it only cannot reload offline.
    return false;
  }
}

/** Ask the worker and wait for its answer; false when none comes. */
function asked(worker: ServiceWorker | null, question: object): Promise<boolean> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event: MessageEvent<{ kept?: boolean }>) => resolve(event.data.kept === true);
    setTimeout(() => resolve(false), PATIENCE_MS);
    worker?.postMessage(question, [channel.port2]);
  });
}
