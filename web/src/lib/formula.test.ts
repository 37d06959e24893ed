import { expect, test } from 'vitest';
import { both, type Condition, conditionsOfTree, parseConditions, periods, printConditions } from './formula.ts';

const rows: [text: string, conditions: Condition[]][] = [
  ['amount >= 100000', [{ field: 'amount', op: '>=', values: [100000] }]],
  ['stage in ("needs", "solution")', [{ field: 'stage', op: 'in', values: ['needs', 'solution'] }]],
  ['stage not in ("closing")', [{ field: 'stage', op: 'not in', values: ['closing'] }]],
  ['owner = me()', [{ field: 'owner', op: '=', values: [{ text: 'me()' }] }]],
  ['owner in my_team()', [{ field: 'owner', op: 'in', values: [{ text: 'my_team()' }] }]],
  ['name contains "say ""hi"""', [{ field: 'name', op: 'contains', values: ['say "hi"'] }]],
  ['account.industry is not null', [{ field: 'account.industry', op: 'is not null', values: [] }]],
  [
    'active = true and amount < -5',
    [
      { field: 'active', op: '=', values: [true] },
      { field: 'amount', op: '<', values: [-5] },
    ],
  ],
  ['closed_on = date("2026-03-20")', [{ field: 'closed_on', op: '=', values: [{ text: 'date("2026-03-20")' }] }]],
  ['has(tags, "key")', [{ field: 'tags', op: 'has', values: ['key'] }]],
  [
    'date_of(created_at) >= date("2026-03-20")',
    [{ field: 'created_at', day: true, op: '>=', values: [{ text: 'date("2026-03-20")' }] }],
  ],
  ['age > 15d', [{ field: 'age', op: '>', values: [{ text: '15d' }] }]],
];

test('conditions print and parse back to themselves', () => {
  for (const [text, conditions] of rows) {
    expect(printConditions(conditions)).toBe(text);
    expect(parseConditions(text)).toEqual(conditions);
  }
});

test('every moving period survives the round trip as one condition', () => {
  for (const key of Object.keys(periods)) {
    const conditions: Condition[] = [
      { field: 'closed_on', op: 'within', values: [key] },
      { field: 'amount', op: '>', values: [5] },
    ];
    expect(parseConditions(printConditions(conditions))).toEqual(conditions);
    const days: Condition[] = [{ field: 'created_at', day: true, op: 'within', values: [key] }];
    expect(parseConditions(printConditions(days))).toEqual(days);
  }
});

test('what is more than a row of conditions is not guessed at', () => {
  for (const text of [
    'a = 1 or b = 2',
    'not (a = 1)',
    'count(activities, kind = "call") >= 2',
    'amount > budget',
    'a = ',
    '"x" = a',
    'a = 1 b = 2',
  ]) {
    expect(parseConditions(text), text).toBeNull();
  }
  expect(parseConditions('  ')).toEqual([]);
});

test('the tree of the server becomes the same conditions', () => {
  expect(
    conditionsOfTree({
      op: 'and',
      args: [
        { op: '>=', field: 'amount', value: 100000 },
        { op: 'in', field: 'stage', values: ['needs', 'solution'] },
        { op: 'formula', text: 'owner = me()' },
        { op: 'is null', field: 'closed_on' },
      ],
    }),
  ).toEqual(
    parseConditions('amount >= 100000 and stage in ("needs", "solution") and owner = me() and closed_on is null'),
  );
  expect(conditionsOfTree({ op: 'or', args: [] })).toBeNull();
});

test('two filters join without changing what either means', () => {
  expect(both('a = 1', '')).toBe('a = 1');
  expect(both('', 'b = 2')).toBe('b = 2');
  expect(both('a = 1 or b = 2', 'c = 3')).toBe('(a = 1 or b = 2) and c = 3');
});
