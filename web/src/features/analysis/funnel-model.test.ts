import { expect, test } from 'vitest';
import {
  barsOf,
  closedOpen,
  enough,
  type FunnelAnswer,
  type FunnelRow,
  type FunnelStage,
  isEmpty,
  lostOf,
  narrowest,
  periodOf,
  presetOf,
  spanOf,
  undatedWins,
  wonOf,
} from './funnel-model.ts';

const row = (key: string, won: number, amount: string | null): FunnelRow => ({
  key,
  name: key,
  won,
  lost: 1,
  value: amount === null ? null : { amount, currency: 'CNY' },
  win_share: null,
  open: `owner = "${key}" and outcome != "open"`,
});
const stage = (key: string, entered: number, conversion: number | null) =>
  ({ key, entered, conversion }) as unknown as FunnelStage;
const answer = (more: object) =>
  ({
    stages: [],
    won: { n: 0, value: null, open: 'outcome = "won" and closed_on >= date("2026-01-01")' },
    lost: { n: 0, value: null, open: '' },
    open: { n: 0, value: null, open: '' },
    ...more,
  }) as unknown as FunnelAnswer;

test('quarters and years are whole, also over the turn of a year', () => {
  expect(spanOf('this_quarter', '2026-11-23')).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  expect(spanOf('last_quarter', '2026-02-10')).toEqual({ from: '2025-10-01', to: '2025-12-31' });
  expect(spanOf('this_year', '2026-02-10')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
  expect(spanOf('last_year', '2026-02-10')).toEqual({ from: '2025-01-01', to: '2025-12-31' });
  expect(spanOf('all', '2026-02-10')).toEqual({});
});

test('24 months end with the month that runs', () => {
  expect(spanOf('last_24_months', '2026-11-23')).toEqual({ from: '2024-12-01', to: '2026-11-30' });
  expect(spanOf('last_24_months', '2024-02-29')).toEqual({ from: '2022-03-01', to: '2024-02-29' });
});

test('days in the address win over a preset, nonsense is all time', () => {
  expect(presetOf({ period: 'this_year', from: '2026-01-05' })).toBe('own');
  expect(periodOf({ from: '2026-01-05', to: 'soon' }, '2026-11-23')).toEqual({ from: '2026-01-05', to: undefined });
  expect(presetOf({ period: 'forever' })).toBe('all');
  expect(periodOf({ period: 'this_quarter' }, '2026-11-23')).toEqual({ from: '2026-10-01', to: '2026-12-31' });
});

test('four records are too few to judge by', () => {
  expect(enough(4)).toBe(false);
  expect(enough(5)).toBe(true);
});

test('each number opens its own rows', () => {
  expect(wonOf(row('7', 1, '1'))).toBe('owner = "7" and outcome != "open" and outcome = "won"');
  expect(lostOf(row('7', 1, '1'))).toBe('owner = "7" and outcome != "open" and outcome = "lost"');
  expect(closedOpen(answer({}))).toBe('outcome in ("won", "lost") and closed_on >= date("2026-01-01")');
  expect(undatedWins(answer({}))).toBe('outcome = "won" and closed_on >= date("2026-01-01") and cycle_days is null');
});

test('bars are the largest; where amounts are hidden they count', () => {
  const rows = [row('a', 9, '10.00'), row('b', 1, '900.00'), row('c', 0, '0.00')];
  expect(barsOf(rows, 'owner').map((one) => one.key)).toEqual(['b', 'a']);
  const blind = [row('b', 1, null), row('a', 9, null)];
  expect(barsOf(blind, 'owner').map((one) => one.key)).toEqual(['a', 'b']);
  const many = Array.from({ length: 40 }, (_, at) => row(String(at), 1, `${at + 1}`));
  expect(barsOf(many, 'owner')).toHaveLength(12);
  expect(
    barsOf([row('2026-01', 0, '0'), row('2026-02', 3, '5'), row('', 1, '9')], 'month').map((one) => one.key),
  ).toEqual(['2026-01', '2026-02']);
});

test('the narrowest stage is judged only where there is enough, and never the last', () => {
  const stages = [stage('a', 100, 0.8), stage('b', 3, 0), stage('c', 80, 0.4), stage('d', 32, 0)];
  expect(narrowest(stages)?.key).toBe('c');
  expect(narrowest([stage('a', 3, 0.1), stage('b', 1, null)])).toBeNull();
});

test('nothing at all is empty, one open deal is not', () => {
  expect(isEmpty(answer({}))).toBe(true);
  expect(isEmpty(answer({ open: { n: 1, value: null, open: '' } }))).toBe(false);
});
