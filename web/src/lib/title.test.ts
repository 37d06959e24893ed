import { expect, test } from 'vitest';
import { titleOf } from './title.ts';

test('the tab says what is unread, then the page', () => {
  expect(titleOf('', 0, 'X')).toBe('X');
  expect(titleOf('商机', 0, 'X')).toBe('商机 · X');
  expect(titleOf('商机', 3, 'X')).toBe('(3) 商机 · X');
  expect(titleOf('商机', 100, 'X')).toBe('(99+) 商机 · X');
});
