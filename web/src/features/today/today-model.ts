// Whom to call first, and why. Every reason is a fact about the record and is worth its points; a place in the order is their
// sum, equal sums go by the money that may be expected. Nothing else decides, and the screen says so.
import type { Money, Reference } from '../../api/types.ts';
import { daysBetween, dayOf } from '../../i18n/format.ts';

export const points = {
  promise_late: 3,
  promise_today: 3,
  closing_soon: 3,
  fresh: 3,
  closing_past: 2,
  stalled: 2,
  silent: 2,
  never: 2,
  waiting: 2,
  big: 2,
  hot: 1,
  no_step: 1,
  forgotten: 1,
} as const;
export type ReasonKey = keyof typeof points;
export type Reason = { key: ReasonKey; days?: number; text?: string; amount?: number };

// Days without contact after which a customer or a lead is said to be left alone.
export const silent_days = { deal: 14, lead: 7 } as const;
const closing_days = 7;
// A new lead is answered at once or soon; after a month it is one of many that were left lying.
const fresh_days = 3;
const forgotten_days = 30;
const hot_score = 80;
const big_share = 0.2;
const big_from = 5;
export const calls_shown = 8;

export type DealFacts = {
  id: Reference;
  account?: Reference | null;
  contact?: Reference | null;
  mobile?: string | null;
  phone?: string | null;
  stage?: string | null;
  amount?: Money | null;
  win_share?: number | null;
  expected_on?: string | null;
  next_step?: string | null;
  next_step_on?: string | null;
  stalled_since?: string | null;
  created_at: string;
  last: string | null;
};
export type LeadFacts = {
  id: Reference;
  company?: string | null;
  mobile?: string | null;
  stage?: string | null;
  score?: number | null;
  next_step?: string | null;
  next_step_on?: string | null;
  stalled_since?: string | null;
  created_at: string;
  last: string | null;
};
export type Call = {
  object: 'deal' | 'lead';
  id: Reference;
  who: Reference | null;
  person: string;
  mobile: string | null;
  stage: string | null;
  amount: Money | null;
  win_share: number | null;
  worth: number;
  reasons: Reason[];
  score: number;
  // What was planned until now, so that it can come back.
  step: { next_step: string | null; next_step_on: string | null };
  // Further deals of the same customer that have a reason too: one call serves them.
  also: number;
};

export const worthOf = (deal: Pick<DealFacts, 'amount' | 'win_share'>): number =>
  Number(deal.amount?.amount ?? 0) * (deal.win_share ?? 1);

const since = (day: string, today: string): number => daysBetween(day, today);

function promise(step: string | null | undefined, on: string | null | undefined, today: string): Reason[] {
  if (!on) return [];
  const late = since(on, today);
  if (late < 0) return [];
  return [{ key: late > 0 ? 'promise_late' : 'promise_today', days: late, text: step ?? '' }];
}

function stalled(from: string | null | undefined, today: string): Reason[] {
  return from && from <= today ? [{ key: 'stalled', days: since(from, today) + 1 }] : [];
}

export function dealReasons(deal: DealFacts, today: string, big: number): Reason[] {
  const found = [...promise(deal.next_step, deal.next_step_on, today)];
  if (deal.expected_on) {
    const left = daysBetween(today, deal.expected_on);
    if (left < 0) found.push({ key: 'closing_past', days: -left });
    else if (left <= closing_days) found.push({ key: 'closing_soon', days: left });
  }
  found.push(...stalled(deal.stalled_since, today));
  const quiet = since(dayOf(deal.last ?? deal.created_at), today);
  if (!deal.last && quiet >= 2) found.push({ key: 'never', days: quiet });
  else if (deal.last && quiet >= silent_days.deal) found.push({ key: 'silent', days: quiet });
  if (!deal.next_step_on) found.push({ key: 'no_step' });
  // Alone, size and a missing plan are no reason to call today.
  if (found.every((one) => one.key === 'no_step')) return [];
  const worth = worthOf(deal);
  if (worth > 0 && worth >= big) found.push({ key: 'big', amount: worth });
  return found;
}

export function leadReasons(lead: LeadFacts, today: string): Reason[] {
  const found = [...promise(lead.next_step, lead.next_step_on, today)];
  const quiet = since(dayOf(lead.last ?? lead.created_at), today);
  // Its stage's limit says the same as waiting, so only one of them counts.
  if (!lead.last)
    found.push({ key: quiet <= fresh_days ? 'fresh' : quiet <= forgotten_days ? 'waiting' : 'forgotten', days: quiet });
  else {
    if (quiet >= silent_days.lead) found.push({ key: 'silent', days: quiet });
    found.push(...stalled(lead.stalled_since, today));
  }
  if (found.length > 0 && (lead.score ?? 0) >= hot_score) found.push({ key: 'hot', amount: lead.score ?? 0 });
  return found;
}

// The worth from which a deal is among the biggest fifth of these; few deals have no such thing.
export function bigFrom(deals: DealFacts[]): number {
  const worths = deals.map(worthOf).sort((a, b) => b - a);
  if (worths.length < big_from) return Number.POSITIVE_INFINITY;
  return worths[Math.ceil(worths.length * big_share) - 1] ?? Number.POSITIVE_INFINITY;
}

const stepOf = ({ next_step = null, next_step_on = null }: DealFacts | LeadFacts) => ({ next_step, next_step_on });
const sum = (reasons: Reason[]): number => reasons.reduce((total, one) => total + points[one.key], 0);
const spokenToday = (last: string | null, today: string): boolean => last !== null && dayOf(last) === today;
const before = (a: Call, b: Call): number => b.score - a.score || b.worth - a.worth || (a.id.id < b.id.id ? -1 : 1);

export function bestCalls(deals: DealFacts[], leads: LeadFacts[], today: string): Call[] {
  const big = bigFrom(deals);
  const all: Call[] = [];
  for (const deal of deals) {
    if (spokenToday(deal.last, today)) continue;
    const reasons = strongestFirst(dealReasons(deal, today, big));
    if (reasons.length === 0) continue;
    const { id, account: who = null, contact, stage = null, amount = null, win_share = null } = deal;
    const mobile = deal.mobile ?? deal.phone ?? null;
    const worth = worthOf(deal);
    const person = contact?.name ?? '';
    const more = { score: sum(reasons), step: stepOf(deal), also: 0 };
    all.push({ object: 'deal', id, who, person, mobile, stage, amount, win_share, worth, reasons, ...more });
  }
  for (const lead of leads) {
    if (spokenToday(lead.last, today)) continue;
    const reasons = strongestFirst(leadReasons(lead, today));
    if (reasons.length === 0) continue;
    const { id, company, mobile = null, stage = null } = lead;
    const more = { score: sum(reasons), step: stepOf(lead), also: 0 };
    const nothing = { who: null, amount: null, win_share: null, worth: 0 };
    all.push({ object: 'lead', id, person: company ?? '', mobile, stage, reasons, ...nothing, ...more });
  }
  return onceEach(all.sort(before));
}

const strongestFirst = (reasons: Reason[]): Reason[] => [...reasons].sort((a, b) => points[b.key] - points[a.key]);

// One call a customer: the others are told on the first.
function onceEach(calls: Call[]): Call[] {
  const first = new Map<string, Call>();
  return calls.filter((call) => {
    if (!call.who) return true;
    const known = first.get(call.who.id);
    if (known) known.also += 1;
    else first.set(call.who.id, call);
    return !known;
  });
}

export type TaskFacts = {
  id: Reference;
  version: number;
  kind?: string | null;
  due_on?: string | null;
  starts_at?: string | null;
  account?: Reference | null;
  deal?: Reference | null;
  lead?: Reference | null;
  priority?: string | null;
};
export type TaskGroup = { key: 'overdue' | 'today' | 'soon'; tasks: TaskFacts[] };

// A task belongs to its last day; one with no day to that on which it begins.
export const dayOfTask = (task: TaskFacts): string => task.due_on ?? (task.starts_at ? dayOf(task.starts_at) : '');

export function taskGroups(tasks: TaskFacts[], today: string): TaskGroup[] {
  const sorted = [...tasks].sort((a, b) => {
    const days = dayOfTask(a).localeCompare(dayOfTask(b));
    return days || (a.starts_at ?? '').localeCompare(b.starts_at ?? '') || a.id.id.localeCompare(b.id.id);
  });
  const of = (test: (day: string) => boolean) => sorted.filter((task) => test(dayOfTask(task)));
  const groups: TaskGroup[] = [
    { key: 'overdue', tasks: of((day) => day < today) },
    { key: 'today', tasks: of((day) => day === today) },
    { key: 'soon', tasks: of((day) => day > today) },
  ];
  return groups.filter((group) => group.tasks.length > 0);
}

export const isStalled = (deal: DealFacts, today: string): boolean =>
  !!deal.stalled_since && deal.stalled_since <= today;

export function stalledDeals(deals: DealFacts[], today: string): DealFacts[] {
  return deals
    .filter((deal) => isStalled(deal, today))
    .sort((a, b) => Number(b.amount?.amount ?? 0) - Number(a.amount?.amount ?? 0));
}

// After so many days without contact a customer of this tier cools (rhythm of communication).
export const rhythm: { [tier: string]: number } = { A: 14, B: 30 };
export const rhythm_else = 60;
export const rhythmOf = (tier: string | null | undefined): number => rhythm[tier ?? ''] ?? rhythm_else;

// The organisation's working days around today, from the counts of working days up to each.
export type Days = { today: string; next: string; last: string; works: boolean };
export const ahead_days = 14;
export const back_days = 14;

export const plus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export type DayRow = { today: string; [count: string]: unknown };
// `row` has `a1` … working days from today until so many days ahead, `b1` … from so many days back until today.
export function daysOf(row: DayRow): Days {
  const { today } = row;
  const ahead = Array.from({ length: ahead_days }, (_, at) => at + 1).find((k) => Number(row[`a${k}`]) >= 1) ?? 1;
  const back = Array.from({ length: back_days - 1 }, (_, at) => at + 1).find(
    (k) => Number(row[`b${k + 1}`]) > Number(row[`b${k}`]),
  );
  return { today, next: plus(today, ahead), last: plus(today, -(back ?? 1)), works: Number(row.b1) >= 1 };
}
