// What is shown without a network? The pages that answer by themselves, with all that they need, and pages seen before.
//
// The build writes what KEPT and MODELS are (macros/offline.py). A network is asked first, so that nothing old is shown
// to who has one; only addresses that name their own version are taken from what is kept.
const VERSION = "";
const KEPT = []; // addresses below the site's root that are kept at the first visit
const MODELS = []; // and those that are kept when a page has time for it
const NAMED = /\/assets\/sizing\/[0-9a-f]{16}\//; // addresses whose content never changes

const OPEN = () => caches.open(`site-${VERSION}`);
const here = (address) => new URL(address, registration.scope).href;

self.addEventListener("install", (event) => {
  event.waitUntil(OPEN().then((kept) => kept.addAll(KEPT.map(here))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("site-") && name !== `site-${VERSION}`;
  const cleared = caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))));
  event.waitUntil(cleared.then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "keep models") event.waitUntil(OPEN().then(keepModels));
});

/** A few at a time, and none twice. */
const keepModels = async (kept) => {
  for (let at = 0; at < MODELS.length; at += 8) {
    const some = MODELS.slice(at, at + 8).map(here);
    const lacking = await Promise.all(some.map(async (address) => ((await kept.match(address)) ? [] : [address])));
    await kept.addAll(lacking.flat());
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(registration.scope)) event.respondWith(answer(request));
});

const answer = async (request) => {
  const kept = await OPEN();
  const known = () => kept.match(request, { ignoreSearch: true });
  if (NAMED.test(request.url)) {
    const found = await known();
    if (found) return found;
  }
  try {
    const found = await fetch(request);
    if (found.ok && found.type === "basic" && !new URL(request.url).search) await kept.put(request, found.clone());
    return found;
  } catch (offline) {
    const found = await known();
    if (found) return found;
    throw offline;
  }
};
