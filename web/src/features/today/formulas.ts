// What the page asks, as formulas: a number and the list it opens are of the same text.
import type { ObjectDef } from '../../api/types.ts';
import { fieldOf } from '../../api/describe.ts';
import type { Column, QueryAsk } from '../../api/query.ts';
import { ahead_days, back_days, rhythm, rhythm_else } from './today-model.ts';

export const open_mine = 'owner = me() and outcome = "open"';
export const stalled_mine = `${open_mine} and stalled_since <= today()`;
const tasks_mine = 'owner = me() and state = "open"';
export const overdue_mine = `${tasks_mine} and due_on < today()`;
export const due_mine = `${tasks_mine} and (due_on <= add_days(today(), 7) or date_of(starts_at) <= add_days(today(), 7))`;

const quiet_for = Object.entries(rhythm).reduceRight<string>(
  (otherwise, [tier, days]) => `if(tier = "${tier}", ${days}, ${otherwise})`,
  String(rhythm_else),
);
const worth = 'sum(deals.amount, outcome != "lost")';
const spoken = 'max(activities.done_at)';
// Value first: it is known of few and cheap to find out.
export const cooling_mine = `owner = me() and ${worth} > 0 and days_since(coalesce(${spoken}, created_at)) > ${quiet_for}`;

// Whether anything was ever sold here that this member may see.
export const any_deal: QueryAsk = { from: 'deals', select: ['id'], limit: 1 };

const last: Column = { as: 'last', of: spoken };
// Only what this member may see is asked.
const seen = (object: ObjectDef, columns: Column[]): Column[] =>
  columns.filter((one) => typeof one !== 'string' || one === 'id' || fieldOf(object, one));

export const dealsAsk = (deal: ObjectDef, contact?: ObjectDef, account?: ObjectDef): QueryAsk => ({
  from: 'deals',
  where: open_mine,
  select: [
    ...seen(deal, ['id', 'account', 'contact', 'stage', 'amount', 'win_share', 'expected_on', 'next_step']),
    ...seen(deal, ['next_step_on', 'stalled_since', 'created_at']),
    ...(contact && fieldOf(contact, 'mobile') && fieldOf(deal, 'contact')
      ? [{ as: 'mobile', of: 'contact.mobile' }]
      : []),
    ...(account && fieldOf(account, 'phone') && fieldOf(deal, 'account') ? [{ as: 'phone', of: 'account.phone' }] : []),
    last,
  ],
  order: fieldOf(deal, 'amount') ? ['-amount'] : ['-created_at'],
  limit: 500,
});
export const leadsAsk = (lead: ObjectDef): QueryAsk => ({
  from: 'leads',
  where: open_mine,
  select: [
    ...seen(lead, ['id', 'company', 'mobile', 'stage', 'score', 'next_step', 'next_step_on', 'stalled_since']),
    'created_at',
    last,
  ],
  order: ['-created_at'],
  limit: 200,
});
export const tasksAsk = (activity: ObjectDef): QueryAsk => ({
  from: 'activities',
  where: due_mine,
  select: ['id', 'version', ...seen(activity, ['kind', 'due_on', 'starts_at', 'account', 'deal', 'lead', 'priority'])],
  order: ['due_on'],
  limit: 200,
});
export const cooling_ask: QueryAsk = {
  from: 'accounts',
  where: cooling_mine,
  select: ['id', 'tier', 'created_at', last, { as: 'worth', of: worth }],
  order: ['-worth'],
  limit: 6,
};

// My own people, and the working days around today: a question to the members, since each knows both.
const counts: Column[] = [
  ...Array.from({ length: ahead_days }, (_, at) => ({
    as: `a${at + 1}`,
    of: `working_days_between(today(), add_days(today(), ${at + 1}))`,
  })),
  ...Array.from({ length: back_days }, (_, at) => ({
    as: `b${at + 1}`,
    of: `working_days_between(add_days(today(), -${at + 1}), today())`,
  })),
];
export const days_ask: QueryAsk = {
  from: 'members',
  where: 'id = me()',
  select: ['id', { as: 'today', of: 'today()' }, ...counts],
  limit: 1,
};
export const people_ask: QueryAsk = {
  from: 'members',
  where: 'manager = me() and active',
  select: ['id'],
  order: ['id'],
  limit: 1000,
};
