// A busy line is looked at again so soon; Safari, which has no such hour of its own, lets the page begin so long.
const soon_ms = 500;
const begun_ms = 1500;

// Once nothing else is to be done, here or, where `isBusy` tells, on the line; gives the way to call it off.
export function whenIdle(deed: () => void, isBusy?: () => boolean): () => void {
  let over = false;
  const look = () => {
    if (over) return;
    if (isBusy?.()) setTimeout(wait, soon_ms);
    else deed();
  };
  const wait = () => {
    if (typeof window.requestIdleCallback === 'function') window.requestIdleCallback(look, { timeout: 4000 });
    else setTimeout(look, begun_ms);
  };
  wait();
  return () => {
    over = true;
  };
}
