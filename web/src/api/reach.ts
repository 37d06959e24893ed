// Whether the server answered when it was last asked.
let reached = true;
const listeners = new Set<() => void>();

export function setReached(now: boolean) {
  if (now === reached) return;
  reached = now;
  for (const listener of listeners) listener();
}
export const isReached = () => reached;
export function subscribeReach(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
