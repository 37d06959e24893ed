// Who needs a word, and about what. As with calls: facts with points, equal sums by the money they are about.
import type { ObjectDef, Money, Reference } from '../../api/types.ts';
import { fieldOf } from '../../api/describe.ts';
import type { QueryAsk } from '../../api/query.ts';
import { byName } from '../../i18n/format.ts';
import type { Rows } from './panel.tsx';

const team = 'owner in my_team()';
export const open_team = `${team} and outcome = "open"`;
const stalled = 'stalled_since <= today()';
const no_step = 'next_step_on is null';
const step_late = 'next_step_on < today()';
const overdue = 'state = "open" and due_on < today()';
// A working week. The span of hours only bounds the search; the days are counted by the organisation's calendar.
export const quiet_days = 5;
const talked = `state = "done" and updated_at >= now() - 360h and working_days_between(date_of(done_at), today()) <= ${quiet_days}`;
// Since the working day before today, weekends and holidays left out.
const since = 'working_days_between(date_of(left_at), today()) <= 1';
const changed = `${team} and updated_at >= now() - 300h`;
export const no_step_team = `${open_team} and ${no_step}`;

export const moveKinds = ['forward', 'won', 'back', 'lost'] as const;
export type MoveKind = (typeof moveKinds)[number];
const by = (kind: MoveKind): string => `count(passages, left_by = "${kind}" and ${since}) > 0`;
export const movedBy = (kind: MoveKind): string => `${changed} and ${by(kind)}`;

// Sums only where the member may see the money.
const withMoney = (deal: ObjectDef, measures: { [name: string]: string }) =>
  Object.fromEntries(Object.entries(measures).filter(([, of]) => !of.startsWith('sum(') || fieldOf(deal, 'amount')));

export const teamDealsAsk = (deal: ObjectDef): QueryAsk => ({
  from: 'deals',
  where: open_team,
  group: ['owner'],
  measures: withMoney(deal, {
    n: 'count()',
    value: 'sum(amount)',
    stalled: `count(${stalled})`,
    stalled_value: `sum(amount, ${stalled})`,
    no_step: `count(${no_step})`,
    no_step_value: `sum(amount, ${no_step})`,
    step_late: `count(${step_late})`,
    step_late_value: `sum(amount, ${step_late})`,
  }),
  limit: 1000,
});
export const team_overdue_ask: QueryAsk = {
  from: 'activities',
  where: `${team} and ${overdue}`,
  group: ['owner'],
  measures: { n: 'count()', first: 'min(due_on)' },
  limit: 1000,
};
export const team_talked_ask: QueryAsk = {
  from: 'activities',
  where: `${team} and ${talked}`,
  group: ['owner'],
  measures: { n: 'count()' },
  limit: 1000,
};
export const stagesAsk = (deal: ObjectDef): QueryAsk => ({
  from: 'deals',
  where: open_team,
  group: ['stage'],
  measures: withMoney(deal, { n: 'count()', value: 'sum(amount)' }),
});
export const movesAsk = (deal: ObjectDef): QueryAsk => ({
  from: 'deals',
  where: changed,
  measures: withMoney(
    deal,
    Object.fromEntries(
      moveKinds.flatMap((kind) => [
        [kind, `count(${by(kind)})`],
        [`${kind}_value`, `sum(amount, ${by(kind)})`],
      ]),
    ),
  ),
});
export const movedRowsAsk = (deal: ObjectDef): QueryAsk => ({
  from: 'deals',
  where: `${changed} and count(passages, left_by is not null and ${since}) > 0`,
  select: [
    'id',
    'updated_at',
    'owner',
    'stage',
    ...(fieldOf(deal, 'amount') ? ['amount'] : []),
    ...moveKinds.map((kind) => ({ as: kind, of: `count(passages, left_by = "${kind}" and ${since})` })),
  ],
  order: ['-updated_at'],
  limit: 200,
});

export type OwnerFacts = {
  owner: Reference | null;
  n: number;
  value?: Money | null;
  stalled: number;
  stalled_value?: Money | null;
  no_step: number;
  no_step_value?: Money | null;
  step_late: number;
  step_late_value?: Money | null;
};
export type OverdueFacts = { owner: Reference | null; n: number; first: string };
export type TalkedFacts = { owner: Reference | null; n: number };
export type MoveTotals = { [key: string]: number | Money | null };
export type MovedFacts = { id: Reference; owner: Reference | null; stage: string; amount?: Money | null } & {
  [kind in MoveKind]: number;
};
export type StageFacts = { stage: string | null; n: number; value?: Money | null };

export const concernPoints = { quiet: 3, stalled: 2, overdue: 2, step_late: 2, empty: 2, no_step: 1 } as const;
export type ConcernKey = keyof typeof concernPoints;
export type Concern = { key: ConcernKey; n: number; value: number; first?: string; rows: Rows };
export type Person = {
  member: Reference;
  open: number;
  value: number;
  concerns: Concern[];
  score: number;
  stake: number;
};

export const amountOf = (money: Money | null | undefined): number => Number(money?.amount ?? 0);

export function concernsOf(
  member: Reference,
  deals?: OwnerFacts,
  late?: OverdueFacts,
  talked?: TalkedFacts,
): Concern[] {
  const own = `owner = "${member.id}"`;
  const dealRows = (test: string): Rows => ({
    to: '/deals',
    filter: `${own} and outcome = "open" and ${test}`,
    sort: '-amount',
  });
  const found: Concern[] = [];
  if (!talked?.n)
    found.push({
      key: 'quiet',
      n: 0,
      value: 0,
      rows: { to: '/activities', filter: `${own} and state = "done"`, sort: '-updated_at' },
    });
  if (!deals?.n)
    found.push({ key: 'empty', n: 0, value: 0, rows: { to: '/deals', filter: `${own} and outcome = "open"` } });
  if (deals?.stalled)
    found.push({ key: 'stalled', n: deals.stalled, value: amountOf(deals.stalled_value), rows: dealRows(stalled) });
  if (late?.n)
    found.push({
      key: 'overdue',
      n: late.n,
      value: 0,
      first: late.first,
      rows: { to: '/activities', filter: `${own} and ${overdue}`, sort: 'due_on' },
    });
  if (deals?.step_late)
    found.push({
      key: 'step_late',
      n: deals.step_late,
      value: amountOf(deals.step_late_value),
      rows: dealRows(step_late),
    });
  if (deals?.no_step)
    found.push({ key: 'no_step', n: deals.no_step, value: amountOf(deals.no_step_value), rows: dealRows(no_step) });
  return found;
}

const byOwner = <Facts extends { owner: Reference | null }>(list: Facts[]) =>
  new Map(list.map((one) => [one.owner?.id, one]));

// My direct reports, and whoever below them owns something open; myself not.
export function peopleOf(
  me: string,
  reports: Reference[],
  deals: OwnerFacts[],
  late: OverdueFacts[],
  talked: TalkedFacts[],
): Person[] {
  const members = new Map(reports.map((one) => [one.id, one]));
  for (const { owner } of [...deals, ...late]) if (owner && owner.id !== me) members.set(owner.id, owner);
  const [dealsOf, lateOf, talkedOf] = [byOwner(deals), byOwner(late), byOwner(talked)];
  const people = [...members.values()].map((member) => {
    const facts = dealsOf.get(member.id);
    const concerns = concernsOf(member, facts, lateOf.get(member.id), talkedOf.get(member.id));
    const score = concerns.reduce((total, one) => total + concernPoints[one.key], 0);
    const stake = concerns.reduce((most, one) => Math.max(most, one.value), 0);
    return { member, open: facts?.n ?? 0, value: amountOf(facts?.value), concerns, score, stake };
  });
  return people.sort((a, b) => b.score - a.score || b.stake - a.stake || byName(a.member.name, b.member.name));
}

// What became of a deal: its end outweighs a step, a step back one forward.
export const kindOf = (deal: MovedFacts): MoveKind =>
  deal.won > 0 ? 'won' : deal.lost > 0 ? 'lost' : deal.back > 0 ? 'back' : 'forward';

export type StageLine = { key: string; label: string; n: number; value: number; filter: string };

// Every stage in its order, empty ones too: an empty one is the news.
export function stageLines(stages: { key: string; label: string }[], facts: StageFacts[]): StageLine[] {
  const of = new Map(facts.map((one) => [one.stage, one]));
  return stages.map(({ key, label }) => ({
    key,
    label,
    n: of.get(key)?.n ?? 0,
    value: amountOf(of.get(key)?.value),
    filter: `${open_team} and stage = "${key}"`,
  }));
}
