import { expect, test } from 'vitest';
import { concernsOf, kindOf, type OwnerFacts, peopleOf, stageLines } from './team-model.ts';

const member = (id: string) => ({ id, name: `成员${id}` });
const money = (amount: string) => ({ amount, currency: 'CNY' });
const owns = (id: string, more: Partial<OwnerFacts> = {}): OwnerFacts => ({
  owner: member(id),
  n: 4,
  value: money('1000000.00'),
  stalled: 0,
  no_step: 0,
  step_late: 0,
  ...more,
});
const talked = (id: string, n = 3) => ({ owner: member(id), n });

test('each concern opens its own rows', () => {
  const facts = owns('7', { stalled: 2, stalled_value: money('500.00'), no_step: 1 });
  const late = { owner: member('7'), n: 3, first: '2026-11-20' };
  const found = concernsOf(member('7'), facts, late, talked('7'));
  expect(found.map((one) => [one.key, one.n, one.rows.to])).toEqual([
    ['stalled', 2, '/deals'],
    ['overdue', 3, '/activities'],
    ['no_step', 1, '/deals'],
  ]);
  expect(found[0]?.rows.filter).toBe('owner = "7" and outcome = "open" and stalled_since <= today()');
  expect(found[1]?.rows.filter).toBe('owner = "7" and state = "open" and due_on < today()');
});

test('who has said nothing and who has nothing open is seen though no row tells of them', () => {
  const people = peopleOf('1', [member('2'), member('3')], [owns('3'), owns('1', { stalled: 5 })], [], [talked('3')]);
  expect(people.map((one) => [one.member.id, one.concerns.map((concern) => concern.key)])).toEqual([
    ['2', ['quiet', 'empty']],
    ['3', []],
  ]);
});

test('people further below count too; equal points go by the money', () => {
  const people = peopleOf(
    '1',
    [],
    [
      owns('2', { stalled: 1, stalled_value: money('100.00') }),
      owns('3', { stalled: 1, stalled_value: money('900.00') }),
      owns('4', { stalled: 1, no_step: 1 }),
    ],
    [],
    ['2', '3', '4'].map((id) => talked(id)),
  );
  expect(people.map((one) => one.member.id)).toEqual(['4', '3', '2']);
});

test('a deal that advanced and was won is won', () => {
  const moved = { id: member('1'), owner: null, stage: 'closing', forward: 2, won: 1, back: 0, lost: 0 };
  expect(kindOf(moved)).toBe('won');
  expect(kindOf({ ...moved, won: 0, back: 1 })).toBe('back');
  expect(kindOf({ ...moved, won: 0 })).toBe('forward');
});

test('an empty stage has its line', () => {
  const lines = stageLines(
    [
      { key: 'a', label: '甲' },
      { key: 'b', label: '乙' },
    ],
    [{ stage: 'b', n: 2, value: money('10.00') }],
  );
  expect(lines.map((line) => [line.key, line.n, line.value])).toEqual([
    ['a', 0, 0],
    ['b', 2, 10],
  ]);
});
