import { expect, test } from 'vitest';
import type { Page } from '../../api/types.ts';
import { rowsOf, wantsMore } from './rows.ts';

const page = (from: number, n: number, next: string | null, count?: number): Page => ({
  data: Array.from({ length: n }, (_, at) => ({ id: String(from + at), version: 1 })),
  next,
  count,
});

test('before the first answer there are only holes', () => {
  const rows = rowsOf(undefined);
  expect(rows.loaded).toBe(0);
  expect(rows.count).toBe(30);
  expect(rows.at(0)).toBeUndefined();
});

test('rows are found over the pages, holes end with the total', () => {
  const rows = rowsOf([page(0, 100, 'a', 205), page(100, 100, 'b')]);
  expect(rows.at(150)?.id).toBe('150');
  expect(rows.count).toBe(205);
  expect(rows.at(204)).toBeUndefined();
  expect(wantsMore(rows, 120)).toBe(false);
  expect(wantsMore(rows, 181)).toBe(true);
});

test('a finished list has no holes', () => {
  const rows = rowsOf([page(0, 3, null, 3)]);
  expect(rows.count).toBe(3);
  expect(wantsMore(rows, 2)).toBe(false);
});
