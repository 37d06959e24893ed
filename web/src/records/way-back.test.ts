import { expect, test } from 'vitest';
import type { Field, ObjectDef, RecordData, Verb } from '../api/types.ts';
import { isStill, wayBack } from './way-back.ts';

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  type: 'text',
  label: { zh: name, en: name },
  ...more,
});
const verbNamed = (name: string): Verb => ({ name, label: { zh: name, en: name }, arguments: [] });
const deal = (verbs: string[]): ObjectDef =>
  ({
    plural: 'deals',
    rights: { edit: true },
    fields: [
      field('stage', { written_by: 'verb' }),
      field('outcome', { written_by: 'verb' }),
      field('amount', { type: 'money' }),
      field('closed_on', { type: 'date', written_by: 'verb' }),
      field('updated_by', { written_by: 'system' }),
    ],
    verbs: verbs.map(verbNamed),
  }) as unknown as ObjectDef;
const all = deal(['advance', 'step_back', 'win', 'lose', 'reopen', 'hand_over']);
const record = (more: object): RecordData => ({ id: '1', version: 1, stage: 'b', outcome: 'open', ...more });
const names = (fields: Field[] | undefined) => fields?.map((one) => one.name);

test('a move is moved back to where it came from', () => {
  expect(wayBack(all, verbNamed('advance'), record({}), record({ stage: 'c' }))?.verb).toEqual({
    name: 'step_back',
    to: 'b',
  });
  expect(wayBack(all, verbNamed('step_back'), record({}), record({ stage: 'a' }))?.verb).toEqual({
    name: 'advance',
    to: 'b',
  });
});

test('a delivery under way is not moved back', () => {
  const won = { outcome: 'won' };
  expect(wayBack(all, verbNamed('advance'), record(won), record({ ...won, stage: 'c' }))).toBeNull();
});

test('an end is reopened, and the sum it wrote gets its former value', () => {
  const before = record({ amount: { amount: '100', currency: 'CNY' } });
  const after = record({ outcome: 'won', amount: { amount: '90', currency: 'CNY' }, closed_on: '2026-11-23' });
  const way = wayBack(all, verbNamed('win'), before, after);
  expect(way?.verb).toEqual({ name: 'reopen' });
  expect(names(way?.fields)).toEqual(['amount']);
  expect(wayBack(all, verbNamed('lose'), record({}), record({ outcome: 'lost' }))?.fields).toEqual([]);
});

test('who may not reopen is offered no way back, nor is there one from other verbs', () => {
  expect(wayBack(deal(['win', 'advance']), verbNamed('win'), record({}), record({ outcome: 'won' }))).toBeNull();
  expect(wayBack(deal(['advance']), verbNamed('advance'), record({}), record({ stage: 'c' }))).toBeNull();
  expect(wayBack(all, verbNamed('hand_over'), record({}), record({}))).toBeNull();
});

test('the way leads only from where the deed left the record', () => {
  const after = record({ stage: 'c' });
  const move = { verb: { name: 'step_back', to: 'b' }, fields: [] };
  expect(isStill(all, move, after, record({ stage: 'c', version: 9, name: 'other' }))).toBe(true);
  expect(isStill(all, move, after, record({ stage: 'd' }))).toBe(false);
  expect(isStill(all, move, after, record({ stage: 'c', outcome: 'won' }))).toBe(false);
  const cell = { fields: [field('amount', { type: 'money' })] };
  const now = (amount: string) => record({ amount: { amount, currency: 'CNY' } });
  expect(isStill(all, cell, now('1'), now('1'))).toBe(true);
  expect(isStill(all, cell, now('1'), now('2'))).toBe(false);
});
