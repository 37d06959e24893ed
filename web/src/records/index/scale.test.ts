import { expect, test } from 'vitest';
import { frameOf, isScaled, px_max, restOf, scrolled, toShow } from './scale.ts';

const million = frameOf(1_000_000, 36, 800);
const few = frameOf(1_000, 36, 800);

test('a short list is as high as its rows', () => {
  expect(isScaled(few)).toBe(false);
  expect(scrolled(few, { top: 0, scroll: 0 }, 500)).toEqual({ top: 500, scroll: 500 });
  expect(restOf(few, 99_999)).toEqual({ top: 35_200, scroll: 35_200 });
});

test('a million rows fit what a browser allows, and the bar leads to its share', () => {
  expect(million.shown).toBe(px_max);
  const half = scrolled(million, { top: 0, scroll: 0 }, (px_max - 800) / 2);
  expect(half.top).toBeCloseTo((36_000_000 - 800) / 2);
  expect(scrolled(million, { top: 0, scroll: 0 }, px_max - 800).top).toBe(36_000_000 - 800);
});

test('the wheel moves rows as far as it turns, wherever it is', () => {
  const from = restOf(million, 20_000_000);
  expect(scrolled(million, from, from.scroll + 120).top).toBe(20_000_120);
  expect(scrolled(million, from, from.scroll - 120).top).toBe(19_999_880);
});

test('at rest the bar stands at the share again, and both ends are ends', () => {
  const place = restOf(million, 20_000_120);
  expect(place.scroll / (px_max - 800)).toBeCloseTo(20_000_120 / (36_000_000 - 800), 9);
  expect(restOf(million, 0)).toEqual({ top: 0, scroll: 0 });
  expect(restOf(million, 99_000_000).scroll).toBe(px_max - 800);
  expect(scrolled(million, { top: 100, scroll: 40 }, 0)).toEqual({ top: 0, scroll: 0 });
});

test('a row is brought into sight by the shortest way', () => {
  expect(toShow(million, 3_600, 50, 36)).toBe(1_800);
  expect(toShow(million, 0, 900_000, 36)).toBe(900_001 * 36 - 800);
  expect(toShow(million, 3_600, 105, 36)).toBe(3_600);
});
