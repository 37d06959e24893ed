// Registers the worker of the installed app (sw.js) and tells when a new version waits. Only a person lets it take over: what
// is being typed is not reloaded away.
import { whenIdle } from '../lib/idle.ts';

const path = '/sw.js';
const look_ms = 3_600_000;

type Policy = { createScriptURL: (url: string) => string };
type Factory = { createPolicy: (name: string, rules: Policy) => Policy };

let waiting: ServiceWorker | null = null;
let mine = false;
const listeners = new Set<() => void>();

export const hasUpdate = (): boolean => waiting !== null;
export function onUpdate(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

function tell(worker: ServiceWorker | null) {
  // The first one has nobody to take over from.
  if (!worker || !navigator.serviceWorker.controller) return;
  waiting = worker;
  for (const heard of listeners) heard();
}

export function takeUpdate() {
  mine = true;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  waiting?.postMessage('take-over');
}

// The server's policy wants the address of a worker vouched for.
function vouched(): string {
  const factory = (window as { trustedTypes?: Factory }).trustedTypes;
  const policy = factory?.createPolicy('app', { createScriptURL: (url) => (url === path ? url : '') });
  return policy?.createScriptURL(path) ?? path;
}

async function register() {
  const registration = await navigator.serviceWorker.register(vouched());
  // A browser that is told to have none gives none.
  if (!registration) return;
  tell(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed') tell(coming);
    });
  });
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (mine) window.location.reload();
  });
  setInterval(() => void registration.update().catch(() => {}), look_ms);
}

export function startWorker() {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // A page without it is whole.
  whenIdle(() => void register().catch(() => {}));
}
