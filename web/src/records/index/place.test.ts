import { expect, test } from 'vitest';
import { placeOf } from './place.ts';

test('a row is named by its number or by its share', () => {
  const rows: [string, number | null][] = [
    ['1', 0],
    ['900,000', 899_999],
    ['90万', 899_999],
    ['90%', 900_000],
    ['50％', 500_000],
    ['0', 0],
    ['2000000', 999_999],
    ['100%', 999_999],
    ['', null],
    ['abc', null],
    ['-5', null],
  ];
  for (const [text, row] of rows) expect(placeOf(text, 1_000_000), text).toBe(row);
  expect(placeOf('1', 0)).toBeNull();
});
