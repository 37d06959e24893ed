import { expect, test } from 'vitest';
import { both, type Condition, type Node, periodOperand, periods, printItems } from './formula.ts';
import { filterOfTree, parseFilter } from './formula-parse.ts';

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
    expect(printItems(conditions)).toBe(text);
    expect(parseFilter(text)).toEqual(conditions);
  }
});

test('every moving period is a function of the language and survives the round trip', () => {
  for (const period of periods) {
    const within: Node[] = [
      { field: 'closed_on', op: 'within', values: [periodOperand(period, 30)] },
      { field: 'amount', op: '>', values: [5] },
    ];
    expect(parseFilter(printItems(within))).toEqual(within);
    const days: Node[] = [{ field: 'created_at', day: true, op: 'within', values: [periodOperand(period)] }];
    expect(parseFilter(printItems(days))).toEqual(days);
  }
  expect(printItems([{ field: 'closed_on', op: 'within', values: [periodOperand('last_days', 30)] }])).toBe(
    'closed_on in last_days(30)',
  );
  expect(printItems([{ field: 'closed_on', op: 'within', values: [periodOperand('today')] }])).toBe(
    'closed_on = today()',
  );
});

const a: Node = { field: 'a', op: '=', values: [1] };
const b: Node = { field: 'b', op: 'contains', values: ['or'] };
const c: Node = { field: 'c', op: 'is null', values: [] };

test('groups keep their meaning: `and` binds more tightly, brackets stand where they must', () => {
  const trees: [string, Node[]][] = [
    ['a = 1 or b contains "or"', [{ join: 'or', items: [a, b] }]],
    ['a = 1 and (b contains "or" or c is null)', [a, { join: 'or', items: [b, c] }]],
    ['(a = 1 and b contains "or") or c is null', [{ join: 'or', items: [{ join: 'and', items: [a, b] }, c] }]],
    [
      'a = 1 and (b contains "or" or (c is null and a = 1))',
      [a, { join: 'or', items: [b, { join: 'and', items: [c, a] }] }],
    ],
  ];
  for (const [text, items] of trees) {
    expect(printItems(items)).toBe(text);
    expect(parseFilter(text)).toEqual(items);
  }
  expect(parseFilter('a = 1 and b contains "or" or c is null')).toEqual(trees[2]?.[1]);
  expect(parseFilter('((a = 1))')).toEqual([a]);
});

test('what is more than groups of conditions is not guessed at', () => {
  for (const text of [
    'not (a = 1)',
    'count(activities, kind = "call") >= 2',
    'amount > budget',
    'a = ',
    '"x" = a',
    'a = 1 b = 2',
    '(a = 1',
    'a = 1)',
    'a = 1 or',
  ]) {
    expect(parseFilter(text), text).toBeNull();
  }
  expect(parseFilter('  ')).toEqual([]);
});

test('the tree of the server becomes the same filter', () => {
  expect(
    filterOfTree({
      op: 'and',
      args: [
        { op: '>=', field: 'amount', value: 100000 },
        { op: 'in', field: 'stage', values: ['needs', 'solution'] },
        { op: 'formula', text: 'owner = me()' },
        { op: 'in', field: 'closed_on', value: { text: 'this_week()' } },
        {
          op: 'or',
          args: [
            { op: 'is null', field: 'closed_on' },
            { op: '=', field: 'a', value: 1 },
          ],
        },
      ],
    }),
  ).toEqual(
    parseFilter(
      'amount >= 100000 and stage in ("needs", "solution") and owner = me() and closed_on in this_week() and (closed_on is null or a = 1)',
    ),
  );
  expect(filterOfTree({ op: 'not', args: [{ op: '=', field: 'a', value: 1 }] })).toBeNull();
});

test('two filters join without changing what either means', () => {
  expect(both('a = 1', '')).toBe('a = 1');
  expect(both('', 'b = 2')).toBe('b = 2');
  expect(both('a = 1 or b = 2', 'c = 3')).toBe('(a = 1 or b = 2) and c = 3');
  expect(both('name contains "a or b"', 'c = 3')).toBe('name contains "a or b" and c = 3');
});
