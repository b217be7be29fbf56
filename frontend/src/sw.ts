/**
 * The service worker: the last session page, the shopping list, and what they wear open again without the network.
 *
 * Pages come from the network first; only when it does not answer from what was kept. The API and
 * anything that changes something pass straight through and are never kept.
 */

type Scope = {
  addEventListener(type: "install" | "activate", listen: (event: Extendable) => void): void;
  addEventListener(type: "fetch", listen: (event: Fetching) => void): void;
  addEventListener(type: "message", listen: (event: MessageEvent<unknown> & Extendable) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
};
type Extendable = { waitUntil(work: Promise<unknown>): void };
type Fetching = Extendable & { readonly request: Request; respondWith(answer: Promise<Response>): void };

const worker = self as unknown as Scope;
const CACHE = "openback-1";
/** The list has a cache of its own, so that keeping one page takes nothing from the other. */
const LIST_CACHE = "openback-list-1";
const CACHES: readonly string[] = [CACHE, LIST_CACHE];
const OFFLINE = "/offline";
const SESSION = /^\/session\/[0-9a-f-]{36}$/;
const LIST = "/eat/shopping";
const SUMMARY = /^\/session\/[0-9a-f-]{36}\/summary$/;
const PATIENCE_MS = 4_000;

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.add(OFFLINE)).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const clean = async () => {
    for (const name of await caches.keys()) if (name.startsWith("openback-") && !CACHES.includes(name)) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(clean());
});

worker.addEventListener("message", (event) => {
  const told = event.data as { keep?: unknown; with?: unknown };
  if (typeof told.keep !== "string" || !isKept(told.keep) || !Array.isArray(told.with)) return;
  const parts = told.with.filter((url): url is string => typeof url === "string");
  event.waitUntil(keep(told.keep, parts).then((kept) => event.ports[0]?.postMessage({ kept }), () => undefined));
});

worker.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== worker.location.origin || url.pathname.startsWith("/api/")) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(fromCacheFirst(event.request));
  else if (event.request.mode === "navigate") event.respondWith(pageOf(event, url));
});

/** Return whether a page is one that is kept. */
function isKept(path: string): boolean {
  return SESSION.test(path) || path === LIST;
}

function cacheOf(path: string): Promise<Cache> {
  return caches.open(path === LIST ? LIST_CACHE : CACHE);
}

/** Keep a page with its parts, and drop the one before it. */
async function keep(address: string, parts: readonly string[]): Promise<boolean> {
  const cache = await cacheOf(address);
  const page = await fetch(address, { headers: { accept: "text/html" } });
  if (!page.ok || page.redirected) return false;
  await replace(cache, address, page);
  await Promise.all([cache.add(OFFLINE), ...parts.map(async (url) => (await cache.match(url)) ?? cache.add(url))]);
  await forgetOldParts(cache, parts);
  return true;
}

/** Drop the files of an older build. */
async function forgetOldParts(cache: Cache, parts: readonly string[]): Promise<void> {
  const wanted = new Set(parts);
  for (const request of await cache.keys()) {
    if (new URL(request.url).pathname.startsWith("/static/") && !wanted.has(request.url)) await cache.delete(request);
  }
}

async function forgetSessions(cache: Cache): Promise<void> {
  for (const request of await cache.keys()) if (SESSION.test(new URL(request.url).pathname)) await cache.delete(request);
}

/** Files with a hash in their name never change. */
async function fromCacheFirst(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** A page from the network; when it does not answer in time, the kept one. */
async function pageOf(event: Fetching, url: URL): Promise<Response> {
  const cache = await cacheOf(url.pathname);
  const keeps = isKept(url.pathname);
  const kept = keeps ? await cache.match(url.pathname) : undefined;
  const asked = fetch(event.request);
  try {
    const answer = await (kept === undefined ? asked : inTime(asked));
    if (keeps && answer.status === 200 && !answer.redirected) event.waitUntil(replace(cache, url.pathname, answer.clone()));
    if (SUMMARY.test(url.pathname) && answer.ok) event.waitUntil(forgetSessions(cache));
    return answer;
  } catch {
    return (kept && (await marked(kept))) ?? (await caches.match(OFFLINE)) ?? Response.error();
  }
}

/** Return a kept page that says so, so that its script lays over what was sent since. */
async function marked(kept: Response): Promise<Response> {
  const html = (await kept.text()).replace("<html ", "<html data-kept ");
  return new Response(html, { status: kept.status, headers: kept.headers });
}

async function replace(cache: Cache, address: string, answer: Response): Promise<void> {
  await forgetSessions(cache);
  await cache.put(address, answer);
}

function inTime(asked: Promise<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("No answer in time.")), PATIENCE_MS);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export {};
