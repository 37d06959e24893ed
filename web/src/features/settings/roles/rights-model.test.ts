import { expect, test } from 'vitest';
import {
  fieldLevel,
  isNamed,
  levelIn,
  mayCreate,
  readRights,
  setBudget,
  setField,
  setGeneral,
  setNamed,
  setRow,
  setVerb,
  writeRights,
} from './rights-model.ts';

const rights = readRights(
  '{"general":["export"],"objects":{"*":{"create":true,"read":"team","edit":"own","verbs":["reopen"]},"member":{"read":"all"}}}',
);

test('an object without a row of its own has that of all others', () => {
  expect([
    levelIn(rights, 'deal', 'read'),
    levelIn(rights, 'member', 'read'),
    levelIn(rights, 'member', 'edit'),
  ]).toEqual(['team', 'all', 'none']);
  expect([mayCreate(rights, 'deal'), mayCreate(rights, 'member'), isNamed(rights, 'deal')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('a change gives an object a row of its own and leaves the others alone', () => {
  const next = setRow(rights, 'deal', { read: 'own' });
  expect([levelIn(next, 'deal', 'read'), levelIn(next, 'deal', 'edit'), levelIn(next, 'lead', 'read')]).toEqual([
    'own',
    'own',
    'team',
  ]);
  expect(writeRights(setNamed(next, 'deal', false))).toBe(writeRights(rights));
});

test('fields are open unless they are named', () => {
  const next = setField(setField(rights, 'deal', 'amount', 'hidden'), 'deal', 'budget', 'masked');
  expect([
    fieldLevel(next, 'deal', 'amount'),
    fieldLevel(next, 'deal', 'name'),
    fieldLevel(next, 'lead', 'amount'),
  ]).toEqual(['hidden', 'edit', 'edit']);
  expect(setField(next, 'deal', 'budget', 'edit').objects.deal?.fields).toEqual({ amount: 'hidden' });
});

test('general rights and verbs are put on and taken off', () => {
  expect(setGeneral(setGeneral(rights, 'import', true), 'export', false).general).toEqual(['import']);
  expect(setVerb(rights, 'deal', 'reopen', false).objects.deal?.verbs).toEqual([]);
});

test('a budget is a whole number, or none', () => {
  const bounded = setBudget(rights, 'export_rows', ' 5000 ');
  expect(bounded.budgets).toEqual({ export_rows: 5000 });
  expect(setBudget(bounded, 'export_rows', '5x')).toBe(bounded);
  expect(setBudget(bounded, 'export_rows', '9999999999')).toBe(bounded);
  expect(setBudget(setBudget(bounded, 'reveals', '0'), 'export_rows', '').budgets).toEqual({ reveals: 0 });
  expect('budgets' in setBudget(bounded, 'export_rows', '')).toBe(false);
});
