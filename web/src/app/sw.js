// The worker of the installed app. It keeps the app's own files, so that a page opens without a line and an old page finds its
// parts after an update; it never keeps an answer of /api. A new version waits until a person says so (app/worker.ts).
// The build fills in the two values below (vite.config.ts).
const version = '__VERSION__';
const files = ['__FILES__'];

const shell = `shangdao-shell-${version}`;
// Parts that are large or rare: kept once they were asked for. Their names carry a hash.
const parts = 'shangdao-parts';
const patience_ms = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(shell).then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })))),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
});

async function takeOver() {
  for (const name of await caches.keys())
    if (name.startsWith('shangdao-shell-') && name !== shell) await caches.delete(name);
  await self.clients.claim();
}

self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

// The newest page if the line answers in time, else the one that was kept: the server hands out one page for every address.
async function page(request) {
  const slow = new Promise((_, failed) => setTimeout(failed, patience_ms));
  try {
    return await Promise.race([fetch(request), slow]);
  } catch {
    return (await caches.match('/index.html', { cacheName: shell, ignoreVary: true })) ?? fetch(request);
  }
}

async function part(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200) await (await caches.open(parts)).put(request, answer.clone());
  return answer;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith('/assets/') || files.includes(pathname)) event.respondWith(part(request));
});
