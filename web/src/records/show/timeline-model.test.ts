import { expect, test } from 'vitest';
import type { TimelineEvent } from '../../api/types.ts';
import { countOf, firstOf, kindOf, tell } from './timeline-model.ts';

let seq = 100;
const event = (day: string, verb: string, more: Partial<TimelineEvent> = {}): TimelineEvent => ({
  seq: String(seq--),
  happened_at: `${day}T08:00:00Z`,
  actor: { id: '1', name: '李雷' },
  object: 'deal',
  id: '9',
  verb,
  ...more,
});
const change = (day: string, field: string, more: Partial<TimelineEvent> = {}) =>
  event(day, 'changed', { changes: [{ field, old: null, new: 'x' }], ...more });
const dayOf = (at: string) => at.slice(0, 10);
const runs = (events: TimelineEvent[], kind: Parameters<typeof tell>[2] = 'all') =>
  tell(events, 'deal', kind, dayOf).map((day) => [day.day, ...day.told.map((one) => one.events.length)]);

test('an event is talk, way or change', () => {
  expect(kindOf(event('2026-11-30', 'created', { object: 'activity' }), 'deal')).toBe('talk');
  expect(kindOf(event('2026-11-30', 'created'), 'deal')).toBe('way');
  expect(kindOf(event('2026-11-30', 'advanced', { changes: [{ field: 'stage' }] }), 'deal')).toBe('way');
  expect(kindOf(event('2026-11-30', 'won'), 'deal')).toBe('way');
  expect(kindOf(change('2026-11-30', 'amount'), 'deal')).toBe('change');
  expect(kindOf(event('2026-11-30', 'handed_over'), 'deal')).toBe('change');
});

test('changes of one person on one day stand in one line, others break the run', () => {
  const other = { actor: { id: '2', name: '韩梅梅' } };
  expect(
    runs([
      change('2026-11-30', 'amount'),
      change('2026-11-30', 'amount'),
      change('2026-11-30', 'name', other),
      event('2026-11-30', 'created', { object: 'note' }),
      change('2026-11-30', 'name', other),
      change('2026-11-29', 'name', other),
      change('2026-11-29', 'name', { ...other, reason: '看错了' }),
    ]),
  ).toEqual([
    ['2026-11-30', 2, 1, 1, 1],
    ['2026-11-29', 1, 1],
  ]);
});

test('a kind leaves out the others and the days that become empty', () => {
  const events = [change('2026-11-30', 'amount'), event('2026-11-29', 'created', { object: 'activity' })];
  expect(runs(events, 'talk')).toEqual([['2026-11-29', 1]]);
  expect(runs(events, 'way')).toEqual([]);
});

test('the first so many end within a day', () => {
  const days = tell(
    [event('2026-11-30', 'won'), event('2026-11-29', 'reopened'), event('2026-11-29', 'lost')],
    'deal',
    'all',
    dayOf,
  );
  expect(countOf(days)).toBe(3);
  expect(firstOf(days, 2).map((day) => day.told.length)).toEqual([1, 1]);
});
