const soon_ms = 500;

// Once nothing else is to be done, here or, where `isBusy` tells, on the line; gives the way to call it off. Safari has no such hour of
// its own.
export function whenIdle(deed: () => void, isBusy?: () => boolean): () => void {
  let over = false;
  const look = () => {
    if (over) return;
    if (isBusy?.()) setTimeout(wait, soon_ms);
    else deed();
  };
  const wait = () => {
    if (typeof window.requestIdleCallback === 'function') window.requestIdleCallback(look, { timeout: 4000 });
    else setTimeout(look, 1500);
  };
  wait();
  return () => {
    over = true;
  };
}
