import { expect, test } from 'vitest';
import type { Job, Notification } from '../../api/types.ts';
import { byDay, filterOf, sayingOf, targetOf } from './inbox-model.ts';
import { canCancel, hasFile, kindOf, paceOf, resultOf } from './job-model.ts';

const told = (more: Partial<Notification>): Notification => ({
  id: '1',
  reason: 'assigned',
  at: '2026-11-30T01:00:00Z',
  by: null,
  object: 'deal',
  record: { id: '7', name: '华兴一期' },
  count: 1,
  fields: [],
  read: false,
  ...more,
});
const job = (more: Partial<Job>): Job => ({ id: '1', kind: 'bulk', state: 'done', ...more });

test('notifications stand under the day of the organisation, the newest first', () => {
  const days = byDay([
    told({ id: '3', at: '2026-11-30T01:00:00Z' }),
    told({ id: '2', at: '2026-11-29T16:30:00Z' }),
    told({ id: '1', at: '2026-11-29T15:30:00Z' }),
  ]);
  expect(days.map((one) => [one.day, one.items.map((item) => item.id)])).toEqual([
    ['2026-11-30', ['3', '2']],
    ['2026-11-29', ['1']],
  ]);
});

test('a notification leads to its record, to the list of its records, or to the tasks', () => {
  expect(targetOf(told({}), 'deals')).toEqual({ to: '/deals/7' });
  expect(targetOf(told({ record: null, count: 5 }), 'deals')).toEqual({
    to: '/deals',
    search: { f: 'owner = me()', sort: '-updated_at' },
  });
  expect(targetOf(told({ object: 'job', reason: 'job_done' }), undefined)?.search).toEqual({ tab: 'jobs' });
  expect(targetOf(told({ object: 'gone' }), undefined)).toBe(null);
  expect(filterOf(told({ reason: 'overdue', at: '2026-03-01T01:00:00Z' })).f).toContain('due_on = date("2026-02-28")');
  expect(filterOf(told({ reason: 'due' })).f).toContain('due_on = date("2026-11-30")');
});

test('what a day brought is said otherwise once it is over', () => {
  const now = new Date('2026-11-30T04:00:00Z');
  expect(sayingOf(told({ reason: 'due' }), now)).toBe('inbox.say.due');
  expect(sayingOf(told({ reason: 'due', at: '2026-11-29T01:00:00Z' }), now)).toBe('inbox.say.due_past');
  expect(sayingOf(told({ reason: 'overdue', record: null }), now)).toBe('inbox.say.overdue_many');
  expect(sayingOf(told({ reason: 'stalled', record: null, at: '2026-11-01T01:00:00Z' }), now)).toBe(
    'inbox.say.stalled_many',
  );
  expect(sayingOf(told({ reason: 'job_failed', object: 'job' }), now)).toBe('inbox.say.job_failed');
});

test('jobs: names, pace, results, files', () => {
  expect(kindOf('import', { dry_run: true })).toBe('jobs.kind.trial');
  expect(kindOf('import', { dry_run: false })).toBe('jobs.kind.import');
  expect(kindOf('something_new')).toBe('jobs.kind.other');
  const running = job({
    state: 'running',
    created_at: '2026-11-30T01:00:00Z',
    progress: { done: 500, total: 2000 },
  });
  expect(paceOf(running, Date.parse('2026-11-30T01:00:10Z'))).toEqual({ rate: 50, seconds: 30 });
  expect(paceOf(running, Date.parse('2026-11-30T01:00:01Z'))).toBe(null);
  expect(resultOf(job({ result: { changed: 3, refused: [{ count: 2 }, { count: 1 }] } }))).toEqual([
    { figure: 'changed', count: 3 },
    { figure: 'refused', count: 3 },
  ]);
  expect(resultOf(job({ result: { counts: { created: 9, updated: 0 } } }))).toEqual([{ figure: 'created', count: 9 }]);
  const exported = job({ kind: 'export', finished_at: '2026-11-30T01:00:00Z' });
  expect(hasFile(exported, Date.parse('2026-11-30T20:00:00Z'))).toBe('yes');
  expect(hasFile(exported, Date.parse('2026-12-01T02:00:00Z'))).toBe('gone');
  expect(hasFile(job({}), 0)).toBe('no');
  expect([canCancel(running), canCancel(job({})), canCancel({ ...running, kind: 'demo_remove' })]).toEqual([
    true,
    false,
    false,
  ]);
});
