// The service worker. Above this text the server writes WORKER: {version, on, offline, shell, assets}.
// It keeps static files and one page that says there is no connection. No other answer is ever kept by it: what a page shows
// belongs to whoever is signed in. A sign-in desk alone puts its own page aside (frontend/js/desk_kept.js), so that it opens
// again without network; signing out takes it away.
/* global WORKER */
const CACHE = `yizheng-${WORKER.version}`;
const DESKS = { cacheName: "yizheng-desk", ignoreVary: true };
const stale = async () => {
  for (const name of await caches.keys())
    if (name.startsWith("yizheng-") && (name !== CACHE || !WORKER.on)) await caches.delete(name);
};

// Without cookies: the page of no connection is nobody's own.
const keep = async (cache, address) => {
  const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok || answer.redirected) throw new Error(address);
  await cache.put(address, answer);
};

const install = async () => {
  const cache = await caches.open(CACHE);
  await Promise.all(WORKER.shell.map((address) => keep(cache, address)));
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  if (WORKER.on) event.waitUntil(install());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    stale().then(() => (WORKER.on ? self.clients.claim() : self.registration.unregister())),
  );
});

self.addEventListener("message", (event) => {
  if (WORKER.on && event.data === "claim") event.waitUntil(self.clients.claim());
});

const asset = async (request) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.type === "basic") await cache.put(request, answer.clone());
  return answer;
};

const page = async (request) => {
  try {
    return await fetch(request);
  } catch (error) {
    const offline = (await caches.match(request, DESKS)) || (await caches.match(WORKER.offline));
    if (offline) return offline;
    throw error;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (!WORKER.on || address.origin !== self.location.origin) return;
  // Back onto the answer to a sent form: the browser asks for what it kept of it and, where that is nothing, whether to send the
  // form again. Connection has nothing to do with it.
  if (request.cache === "only-if-cached") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.method === "GET" && address.pathname.startsWith(WORKER.assets))
    event.respondWith(asset(request));
});
