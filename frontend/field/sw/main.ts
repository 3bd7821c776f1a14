// The service worker: keeps the shell of the app on the phone. It never touches what people wrote, and never answers
// for the interface: /api/ always goes to the network.
export {};
declare const self: ServiceWorkerGlobalScope & { SHELL: { version: string; page: string; files: string[] } };

const { version, page, files } = self.SHELL;  // written in front of this script by the server
const CACHE = `linzhan-field ${version}`;

self.addEventListener("install", (event) => {
  // A file's address changes with its content, so what the page has just fetched need not come over the air twice.
  const wanted = [page, ...files].map((address) =>
    new Request(address, { cache: address.includes("?v=") ? "default" : "reload", credentials: "same-origin" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(wanted)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("linzhan-field ") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

// The page says when: never while a form is open.
self.addEventListener("message", (event) => {
  if (event.data === "take-over") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== self.location.origin) return;
  const wanted = request.mode === "navigate" && pathname === page ? page : files.find((file) => file === pathname + search);
  if (wanted) event.respondWith(kept(wanted, request));
});

async function kept(address: string, request: Request): Promise<Response> {
  const found = await (await caches.open(CACHE)).match(address);
  return found ?? fetch(request);
}
