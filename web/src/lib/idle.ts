// Once nothing else is to be done; gives the way to call it off. Safari has no such hour of its own.
export function whenIdle(deed: () => void): () => void {
  if (typeof window.requestIdleCallback === 'function') {
    const handle = window.requestIdleCallback(deed, { timeout: 4000 });
    return () => window.cancelIdleCallback(handle);
  }
  const timer = setTimeout(deed, 1500);
  return () => clearTimeout(timer);
}
