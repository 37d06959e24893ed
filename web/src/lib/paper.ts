import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

let since = '';

// The page for paper is laid out as soon as its listeners return.
function subscribePaper(listener: () => void) {
  const media = window.matchMedia('print');
  const hear = (event: Event) => {
    const isPaper = event.type === 'beforeprint' || media.matches;
    since = isPaper ? since || new Date().toISOString() : '';
    flushSync(listener);
  };
  media.addEventListener('change', hear);
  for (const type of ['beforeprint', 'afterprint']) window.addEventListener(type, hear);
  return () => {
    media.removeEventListener('change', hear);
    for (const type of ['beforeprint', 'afterprint']) window.removeEventListener(type, hear);
  };
}

// Since when the page is laid out for paper; empty on a screen.
export const usePaper = (): string => useSyncExternalStore(subscribePaper, () => since);
