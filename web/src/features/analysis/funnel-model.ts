// What the funnel page says, worked out without React: the periods, what is too little to judge by, and which filter opens the
// rows behind a number.
import type { Label, Money } from '../../api/types.ts';
import { both } from '../../lib/formula.ts';

export type Opened = { n: number; value: Money | null; open: string };
export type FunnelStage = {
  key: string;
  label: Label;
  kind: 'sell' | 'deliver';
  entered: number;
  passed: number;
  conversion: number | null;
  open_now: number;
  amount_now: Money | null;
  median_days: number | null;
  open: string;
  passed_open: string;
  now_open: string;
};
export type FunnelRow = {
  key: string;
  name: string | null;
  won: number;
  lost: number;
  value: Money | null;
  win_share: number | null;
  open: string;
};
export const sides = ['owner', 'team', 'product', 'month'] as const;
export type Side = (typeof sides)[number];
export type FunnelAnswer = {
  as_of: { at: string };
  process: { id: string; name: string };
  stages: FunnelStage[];
  won: Opened;
  lost: Opened;
  open: Opened;
  undated: { n: number; open: string };
  win_share: number | null;
  cycle_days: { n: number; median: number | null; p90: number | null; without_dates: number };
  by: { [side in Side]: FunnelRow[] };
};

// Fewer than this many records say nothing about the next one.
export const least = 5;
export const enough = (n: number): boolean => n >= least;

export const presets = ['all', 'this_quarter', 'last_quarter', 'this_year', 'last_year', 'last_24_months'] as const;
export type Preset = (typeof presets)[number];

// The address: a preset moves with the day it is read on, `from` and `to` stand still and win over it.
export type FunnelSearch = {
  period?: string;
  from?: string;
  to?: string;
  owner?: string;
  team?: string;
  product?: string;
  by?: string;
};
export type Span = { from?: string; to?: string };

const day = (year: number, month: number, date: number): string =>
  new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);

export function spanOf(preset: Preset, today: string): Span {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1];
  const quarter = month - (month % 3);
  switch (preset) {
    case 'this_quarter':
      return { from: day(year, quarter, 1), to: day(year, quarter + 3, 0) };
    case 'last_quarter':
      return { from: day(year, quarter - 3, 1), to: day(year, quarter, 0) };
    case 'this_year':
      return { from: day(year, 0, 1), to: day(year, 11, 31) };
    case 'last_year':
      return { from: day(year - 1, 0, 1), to: day(year - 1, 11, 31) };
    case 'last_24_months':
      return { from: day(year, month - 23, 1), to: day(year, month + 1, 0) };
    default:
      return {};
  }
}

const isDay = (text: string | undefined): text is string => !!text && /^\d{4}-\d\d-\d\d$/.test(text);

export function presetOf(search: FunnelSearch): Preset | 'own' {
  if (isDay(search.from) || isDay(search.to)) return 'own';
  return presets.find((one) => one === search.period) ?? 'all';
}

export function periodOf(search: FunnelSearch, today: string): Span {
  const preset = presetOf(search);
  if (preset !== 'own') return spanOf(preset, today);
  return { from: isDay(search.from) ? search.from : undefined, to: isDay(search.to) ? search.to : undefined };
}

// Rows behind the ends of a breakdown, of the win share and of the cycle.
export const wonOf = (row: FunnelRow): string => both(row.open, 'outcome = "won"');
export const lostOf = (row: FunnelRow): string => both(row.open, 'outcome = "lost"');
export const closedOpen = (answer: FunnelAnswer): string =>
  answer.won.open.replace('outcome = "won"', 'outcome in ("won", "lost")');
export const datedOpen = (answer: FunnelAnswer): string => both(answer.won.open, 'cycle_days is not null');
export const undatedWins = (answer: FunnelAnswer): string => both(answer.won.open, 'cycle_days is null');

export const isEmpty = (answer: FunnelAnswer): boolean =>
  answer.won.n + answer.lost.n + answer.open.n === 0 && answer.stages.every((stage) => stage.entered === 0);

// Amounts are null for who may not see them; then the bars count.
export const showsMoney = (rows: FunnelRow[]): boolean => rows.some((row) => row.value !== null);
export const sizeOf = (row: FunnelRow, byMoney: boolean): number =>
  byMoney ? Number(row.value?.amount ?? 0) : row.won;

// The bars of a breakdown: months in order, the rest by size with the small ones left to the table.
export const bars_max = 12;
export function barsOf(rows: FunnelRow[], side: Side): FunnelRow[] {
  if (side === 'month') return rows.filter((row) => row.key !== '').slice(-36);
  const byMoney = showsMoney(rows);
  return [...rows]
    .sort((a, b) => sizeOf(b, byMoney) - sizeOf(a, byMoney))
    .filter((row) => row.won > 0)
    .slice(0, bars_max);
}

// The stage most deals are lost at: the lowest conversion that can be judged, the last stage apart.
export function narrowest(stages: FunnelStage[]): FunnelStage | null {
  const judged = stages.slice(0, -1).filter((stage) => stage.conversion !== null && enough(stage.entered));
  return judged.reduce<FunnelStage | null>(
    (least, stage) => (least && (least.conversion ?? 0) <= (stage.conversion ?? 0) ? least : stage),
    null,
  );
}
