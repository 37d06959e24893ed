// Which lines are in sight, and the way to a line: the moving part of scale.ts.
import { useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Frame, frameOf, isScaled, type Place, restOf, scrolled, toShow } from './scale.ts';

// Rows beyond what is in sight, drawn once that stands.
const beyond = 6;
const rest_ms = 150;

export type Scroll = {
  first: number;
  last: number;
  height: number;
  // px inside the scroller's content
  topOf: (line: number) => number;
  show: (line: number) => void;
  jump: (line: number) => void;
  // Lines of a screen.
  page: number;
};

// The same rows at the same places: nothing to draw.
const looksSame = (a: Place, b: Place, row: number): boolean =>
  Math.floor(a.top / row) === Math.floor(b.top / row) && Math.abs(a.scroll - a.top - b.scroll + b.top) < 0.01;

// `margin`: px of the scroller that its sticky heading and foot cover. `list`: another list begins at its top.
export function useScroll(
  scroller: HTMLElement | null,
  list: string,
  count: number,
  row: number,
  margin: number,
): Scroll {
  const [view, setView] = useState(0);
  const [place, setPlace] = useState<Place>({ top: 0, scroll: 0 });
  const now = useRef<{ place: Place; frame: Frame }>({ place, frame: frameOf(0, row, 0) });
  const frame = frameOf(count, row, view);
  const over = useDeferredValue(count > 0 ? beyond : 0);
  const put = (next: Place) => {
    now.current.place = next;
    setPlace((old) => (looksSame(old, next, row) ? old : next));
  };

  useLayoutEffect(() => {
    now.current.frame = frameOf(count, row, view);
  }, [count, row, view]);

  useLayoutEffect(() => {
    if (list !== '') scroller?.scrollTo(scroller.scrollLeft, 0);
  }, [scroller, list]);

  useLayoutEffect(() => {
    if (!scroller) return;
    const measure = () => setView(Math.max(0, scroller.clientHeight - margin));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [scroller, margin]);

  useEffect(() => {
    if (!scroller) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = (next: Place) => {
      now.current.place = next;
      setPlace((old) => (looksSame(old, next, row) ? old : next));
    };
    const settle = () => {
      const still = restOf(now.current.frame, now.current.place.top);
      if (!isScaled(now.current.frame) || Math.abs(still.scroll - scroller.scrollTop) < 1) return;
      scroller.scrollTo(scroller.scrollLeft, still.scroll);
      // What the browser made of it: a bar has no fractions.
      take({ top: still.top, scroll: scroller.scrollTop });
    };
    const onScroll = () => {
      const { place: from, frame: of } = now.current;
      if (scroller.scrollTop !== from.scroll) take(scrolled(of, from, scroller.scrollTop));
      clearTimeout(timer);
      timer = setTimeout(settle, rest_ms);
    };
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(timer);
      scroller.removeEventListener('scroll', onScroll);
    };
  }, [scroller, row]);

  const go = (top: number) => {
    if (!scroller) return;
    const to = restOf(frame, top);
    scroller.scrollTo(scroller.scrollLeft, to.scroll);
    put({ top: to.top, scroll: scroller.scrollTop });
  };
  const shift = place.scroll - place.top;
  const first = Math.max(0, Math.floor(place.top / row) - over);
  return {
    first: Math.min(first, Math.max(0, count - 1)),
    last: Math.min(count - 1, Math.ceil((place.top + Math.max(view, 1)) / row) + over),
    height: frame.shown,
    topOf: (line) => line * row + shift,
    show: (line) => {
      const from = now.current.place.top;
      const top = toShow(frame, from, line, row);
      if (top !== from) go(top);
    },
    jump: (line) => go(line * row),
    page: Math.max(1, Math.floor(view / row) - 1),
  };
}
