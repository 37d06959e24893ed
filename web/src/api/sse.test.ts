import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newMutationId } from './mutation-id.ts';
import { hearer } from './sse.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('changes come in bundles, without what this tab did itself', () => {
  const heard: string[] = [];
  const { hear, stop } = hearer({
    onNews: (news) => heard.push(news.map((one) => one.id).join()),
    onNotification: () => heard.push('notification'),
    onDefinitions: () => heard.push('definition'),
    onReset: () => heard.push('reset'),
  });
  const change = (id: string, key: string | null) =>
    hear({ type: 'change', id, data: JSON.stringify({ seq: id, object: 'deal', id, verb: 'changed', key }) });
  const mine = newMutationId();
  change('1', null);
  change('2', mine);
  change('3', 'of another tab');
  hear({ type: 'notification', id: '4', data: '{}' });
  expect(heard).toEqual(['notification']);
  vi.advanceTimersByTime(400);
  expect(heard).toEqual(['notification', '1,3']);
  change('5', mine);
  vi.advanceTimersByTime(400);
  expect(heard.length).toBe(2);
  hear({ type: 'reset', id: '6', data: '{}' });
  hear({ type: 'poll' });
  expect(heard.slice(2)).toEqual(['reset', 'reset']);
  change('7', null);
  stop();
  vi.advanceTimersByTime(400);
  expect(heard.length).toBe(4);
});
