import { expect, test, vi } from 'vitest';
import { at, bring, timeout } from './old-browsers.ts';

test('at() counts from either end', () => {
  expect([at.call([1, 2, 3], -1), at.call([1, 2, 3], 0), at.call([1, 2, 3], 3), at.call([], -1)]).toEqual([
    3,
    1,
    undefined,
    undefined,
  ]);
  expect(at.call('商道', -1)).toBe('道');
});

test('a signal ends after its time', () => {
  vi.useFakeTimers();
  const signal = timeout(50);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(50);
  expect(signal.aborted).toBe(true);
  vi.useRealTimers();
});

test('what a browser has stays', () => {
  const bare: { at?: unknown } = {};
  const own = { at: 1 };
  bring(bare, 'at', 2);
  bring(own, 'at', 2);
  expect([bare.at, own.at, Object.keys(bare)]).toEqual([2, 1, []]);
});
