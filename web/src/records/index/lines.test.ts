import { expect, test } from 'vitest';
import { Lines } from './lines.ts';

const part = (key: string, count: number, open = true, heading = true) => ({ key, heading, open, count });

test('a list that is not grouped is its rows', () => {
  const lines = new Lines([part('', 1_000_000, true, false)]);
  expect(lines.count).toBe(1_000_000);
  expect(lines.at(900_000)).toEqual({ part: 0, row: 900_000 });
  expect(lines.at(1_000_000)).toBeUndefined();
  expect(lines.pages(900_010, 900_050)).toEqual([
    { part: 0, page: 8999 },
    { part: 0, page: 9000 },
  ]);
  expect(lines.pages(0, 30)).toEqual([{ part: 0, page: 0 }]);
  expect(new Lines([]).at(0)).toBeUndefined();
});

test('groups have a heading; what is closed has nothing else', () => {
  const lines = new Lines([part('a', 2), part('b', 500, false), part('c', 0), part('d', 250)]);
  expect(lines.count).toBe(1 + 2 + 1 + 1 + 1 + 250);
  const seen = [0, 1, 2, 3, 4, 5, 6].map((at) => lines.at(at));
  expect(seen).toEqual([
    { part: 0, row: -1 },
    { part: 0, row: 0 },
    { part: 0, row: 1 },
    { part: 1, row: -1 },
    { part: 2, row: -1 },
    { part: 3, row: -1 },
    { part: 3, row: 0 },
  ]);
  for (let at = 0; at < lines.count; at += 1) expect(lines.indexOf(lines.at(at) as never)).toBe(at);
  expect(lines.pages(0, 10)).toEqual([
    { part: 0, page: 0 },
    { part: 3, page: 0 },
  ]);
});
