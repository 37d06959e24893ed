import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { calm_ms, makeWatch } from './watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first news asks at once, all that follows asks together, and only what is watched is asked', () => {
  const client = new QueryClient();
  const asked: string[][] = [];
  vi.spyOn(client, 'invalidateQueries').mockImplementation(async (filters) => {
    const names = ['deal', 'lead', 'note'];
    asked.push(names.filter((name) => filters?.predicate?.({ meta: { watches: [name] } } as never)));
  });
  const watch = makeWatch(client);
  watch.tell(['deal']);
  watch.tell(['lead']);
  watch.tell(['deal']);
  expect(asked).toEqual([['deal']]);
  vi.advanceTimersByTime(calm_ms);
  expect(asked).toEqual([['deal'], ['deal', 'lead']]);
  vi.advanceTimersByTime(calm_ms);
  watch.tell(['note']);
  expect(asked.length).toBe(3);
  watch.stop();
});
