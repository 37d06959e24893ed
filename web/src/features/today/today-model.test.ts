import { expect, test } from 'vitest';
import {
  back_days,
  ahead_days,
  bestCalls,
  bigFrom,
  type DealFacts,
  daysOf,
  dealReasons,
  type LeadFacts,
  leadReasons,
  plus,
  stalledDeals,
  type TaskFacts,
  taskGroups,
} from './today-model.ts';

const today = '2026-11-24';
const named = (id: string) => ({ id, name: `D${id}` });
const deal = (id: string, more: Partial<DealFacts> = {}): DealFacts => ({
  id: named(id),
  account: named(`a${id}`),
  amount: { amount: '100000.00', currency: 'CNY' },
  win_share: 0.5,
  next_step: '发送方案',
  next_step_on: '2026-12-20',
  expected_on: '2027-02-01',
  stalled_since: '2026-12-30',
  created_at: '2026-11-01T02:00:00Z',
  last: '2026-11-20T02:00:00Z',
  ...more,
});
const lead = (id: string, more: Partial<LeadFacts> = {}): LeadFacts => ({
  id: named(id),
  created_at: '2026-11-23T02:00:00Z',
  last: null,
  ...more,
});
const keys = (one: DealFacts, big = Number.POSITIVE_INFINITY) =>
  dealReasons(one, today, big).map((reason) => reason.key);

const task = (id: string, more: Partial<TaskFacts>): TaskFacts => ({ id: named(id), version: 1, ...more });

test('each reason is a fact, with its days', () => {
  expect(keys(deal('1'))).toEqual([]);
  expect(dealReasons(deal('1', { next_step_on: '2026-11-21' }), today, Number.POSITIVE_INFINITY)).toEqual([
    { key: 'promise_late', days: 3, text: '发送方案' },
  ]);
  expect(keys(deal('1', { next_step_on: today }))).toEqual(['promise_today']);
  expect(dealReasons(deal('1', { expected_on: '2026-11-30' }), today, 1e9)[0]).toEqual({
    key: 'closing_soon',
    days: 6,
  });
  expect(dealReasons(deal('1', { expected_on: '2026-11-20' }), today, 1e9)[0]).toEqual({
    key: 'closing_past',
    days: 4,
  });
  // The day it began to stall is the first beyond the limit.
  expect(dealReasons(deal('1', { stalled_since: today }), today, 1e9)[0]).toEqual({ key: 'stalled', days: 1 });
  expect(keys(deal('1', { last: '2026-11-10T02:00:00Z' }))).toEqual(['silent']);
  expect(keys(deal('1', { last: '2026-11-11T02:00:00Z' }))).toEqual([]);
  expect(keys(deal('1', { last: null }))).toEqual(['never']);
});

test('size and a missing plan alone call nobody', () => {
  expect(keys(deal('1', { next_step_on: null }), 1)).toEqual([]);
  expect(keys(deal('1', { next_step_on: null, last: null }), 1)).toEqual(['never', 'no_step', 'big']);
});

test('days are those of the organisation, not of the instant', () => {
  // 17:00 UTC on the 10th is the 11th in Shanghai: thirteen days ago.
  expect(keys(deal('1', { last: '2026-11-10T17:00:00Z' }))).toEqual([]);
});

test('more points stand first, equal ones by what may be expected', () => {
  const small = deal('1', { next_step_on: today, amount: { amount: '1000.00', currency: 'CNY' } });
  const large = deal('2', { next_step_on: today });
  const both = deal('3', { next_step_on: today, last: '2026-10-01T02:00:00Z', amount: null });
  expect(bestCalls([small, large, both], [], today).map((call) => [call.id.id, call.score])).toEqual([
    ['3', 5],
    ['2', 3],
    ['1', 3],
  ]);
});

test('who was spoken to today is not called again; a customer is called once', () => {
  const spoken = deal('1', { next_step_on: today, last: '2026-11-24T01:00:00Z' });
  const one = deal('2', { next_step_on: '2026-11-20', last: null });
  const same = deal('3', { next_step_on: today, account: named('a2') });
  const calls = bestCalls([spoken, same, one], [], today);
  expect(calls.map((call) => [call.id.id, call.also])).toEqual([['2', 1]]);
});

test('a lead waits fresh, then waiting, then forgotten; its limit does not count twice', () => {
  const of = (day: string, more = {}) =>
    leadReasons(lead('1', { created_at: `${day}T02:00:00Z`, ...more }), today).map((r) => r.key);
  expect(of('2026-11-23', { stalled_since: today })).toEqual(['fresh']);
  expect(of('2026-11-10')).toEqual(['waiting']);
  expect(of('2026-01-10', { score: 90 })).toEqual(['forgotten', 'hot']);
  expect(of('2026-01-10', { last: '2026-11-23T02:00:00Z', score: 90 })).toEqual([]);
  expect(of('2026-01-10', { last: '2026-11-10T02:00:00Z', stalled_since: '2026-11-20' })).toEqual([
    'silent',
    'stalled',
  ]);
});

test('the biggest fifth begins with five deals', () => {
  const deals = [1, 2, 3, 4, 5].map((n) =>
    deal(String(n), { amount: { amount: `${n}000.00`, currency: 'CNY' }, win_share: 1 }),
  );
  expect(bigFrom(deals)).toBe(5000);
  expect(bigFrom(deals.slice(1))).toBe(Number.POSITIVE_INFINITY);
});

test('tasks stand late, today, soon; one without a last day on the day it begins', () => {
  const groups = taskGroups(
    [
      task('1', { due_on: '2026-11-26' }),
      task('2', { starts_at: '2026-11-23T17:00:00Z' }),
      task('3', { due_on: '2026-11-20' }),
      task('4', { due_on: '2026-11-18' }),
    ],
    today,
  );
  expect(groups.map((group) => [group.key, group.tasks.map((one) => one.id.id)])).toEqual([
    ['overdue', ['4', '3']],
    ['today', ['2']],
    ['soon', ['1']],
  ]);
});

test('stalled deals: those beyond their limit, the largest first', () => {
  const all = [
    deal('1', { stalled_since: today }),
    deal('2', { stalled_since: '2026-11-25' }),
    deal('3', { stalled_since: '2026-11-01', amount: { amount: '900000.00', currency: 'CNY' } }),
  ];
  expect(stalledDeals(all, today).map((one) => one.id.id)).toEqual(['3', '1']);
});

// Monday to Friday, and the 27th is a holiday.
const works = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && day !== '2026-11-27';
const between = (from: string, to: string) => {
  let n = 0;
  for (let day = plus(from, 1); day <= to; day = plus(day, 1)) n += works(day) ? 1 : 0;
  return n;
};
const row = (at: string) => {
  const ahead = Array.from({ length: ahead_days }, (_, k) => [`a${k + 1}`, between(at, plus(at, k + 1))]);
  const back = Array.from({ length: back_days }, (_, k) => [`b${k + 1}`, between(plus(at, -k - 1), at)]);
  return { today: at, ...Object.fromEntries([...ahead, ...back]) };
};

test('working days come from the counts of the calendar, over a weekend and a holiday', () => {
  expect(daysOf(row('2026-11-24'))).toEqual({
    today: '2026-11-24',
    next: '2026-11-25',
    last: '2026-11-23',
    works: true,
  });
  expect(daysOf(row('2026-11-23'))).toMatchObject({ next: '2026-11-24', last: '2026-11-20' });
  expect(daysOf(row('2026-11-26'))).toMatchObject({ next: '2026-11-30' });
  expect(daysOf(row('2026-11-30'))).toMatchObject({ last: '2026-11-26' });
  expect(daysOf(row('2026-11-28'))).toMatchObject({ last: '2026-11-26', works: false });
});
