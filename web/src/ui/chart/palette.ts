// Colours of charts are the variables of tokens.css, read when a chart is drawn and again when the theme changes.
import { useSyncExternalStore } from 'react';

export type Palette = {
  series: string[];
  rest: string;
  text: string;
  text2: string;
  line: string;
  surface: string;
  ok: string;
  bad: string;
};

function read(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    series: [1, 2, 3, 4, 5, 6].map((n) => colour(`c${n}`)),
    rest: colour('c-rest'),
    text: colour('text'),
    text2: colour('text-2'),
    line: colour('line'),
    surface: colour('surface'),
    ok: colour('ok'),
    bad: colour('bad'),
  };
}

let current: Palette | undefined;

function subscribe(listener: () => void) {
  const watch = new MutationObserver(() => {
    current = undefined;
    listener();
  });
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => watch.disconnect();
}

export function usePalette(): Palette {
  return useSyncExternalStore(subscribe, () => {
    current ??= read();
    return current;
  });
}
