// Where a scroller stands in a list that is higher than a browser lets an element be (Firefox: 17.9 million px; 400,000 rows of
// 36 px are 14.4). Above `px_max` the bar is scaled: dragged, it leads to its share of the list; turned by the wheel, the rows
// move as far as the wheel did. Both cannot be true for long, so once the scroller rests its bar is put where it belongs.
export const px_max = 14_000_000;

export type Frame = { real: number; shown: number; view: number }; // px: of all rows, of the scroller's content, in sight
export type Place = { top: number; scroll: number }; // px: first in sight of all rows; the scroller's own

export const frameOf = (rows: number, row: number, view: number): Frame => ({
  real: rows * row,
  shown: Math.min(rows * row, px_max),
  view,
});

const topMax = (frame: Frame) => Math.max(0, frame.real - frame.view);
const scrollMax = (frame: Frame) => Math.max(0, frame.shown - frame.view);
const within = (value: number, max: number) => Math.max(0, Math.min(max, value));

export const isScaled = (frame: Frame): boolean => frame.real > frame.shown;

// The scroller was moved to `scroll`.
export function scrolled(frame: Frame, from: Place, scroll: number): Place {
  if (!isScaled(frame)) return { top: scroll, scroll };
  const max = scrollMax(frame);
  if (scroll <= 0) return { top: 0, scroll: 0 };
  if (scroll >= max - 1) return { top: topMax(frame), scroll };
  const by = scroll - from.scroll;
  const near = Math.abs(by) <= frame.view * 2;
  return { top: near ? within(from.top + by, topMax(frame)) : (scroll / max) * topMax(frame), scroll };
}

// Where the bar belongs when `top` is in sight.
export function restOf(frame: Frame, top: number): Place {
  const to = within(top, topMax(frame));
  if (!isScaled(frame)) return { top: to, scroll: to };
  return { top: to, scroll: topMax(frame) === 0 ? 0 : (to / topMax(frame)) * scrollMax(frame) };
}

// The nearest place at which the row is in sight as a whole.
export function toShow(frame: Frame, from: number, row: number, height: number): number {
  const top = row * height;
  if (top < from) return top;
  return top + height > from + frame.view ? top + height - frame.view : from;
}
