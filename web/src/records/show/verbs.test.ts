import { expect, test } from 'vitest';
import { onlyRead } from '../../api/locks.ts';
import type { ObjectDef, ProcessState, RecordData, Verb } from '../../api/types.ts';
import { offers } from './verbs.ts';

const verb = (name: string, tone: Verb['tone'] = 'plain'): Verb => ({
  name,
  tone,
  label: { zh: name, en: name },
  arguments: [],
});
const deal = {
  staged: true,
  verbs: [
    verb('advance'),
    verb('step_back'),
    verb('win', 'good'),
    verb('lose', 'bad'),
    verb('reopen'),
    verb('hand_over'),
  ],
} as unknown as ObjectDef;
const record = { id: '1', version: 1 } as RecordData;
const process = (outcome: string, to: string | null, at = 1) =>
  ({
    outcome,
    stages: [{ state: at === 0 ? 'current' : 'done' }, { state: at === 1 ? 'current' : 'ahead' }],
    gate: { to: to ? { key: to, label: to } : null, met: 0, of: 0, checks: [] },
  }) as unknown as ProcessState;
const names = (offer: ReturnType<typeof offers>) => [
  offer.primary?.name,
  offer.beside.map((one) => one.name),
  offer.more.map((one) => one.name),
];

test('an open record may move, win or lose, not reopen', () => {
  expect(names(offers(deal, record, process('open', 'needs'), '1'))).toEqual([
    'advance',
    ['win', 'lose'],
    ['step_back', 'hand_over'],
  ]);
});

test('the first stage has nothing behind it, the last nothing ahead', () => {
  expect(names(offers(deal, record, process('open', 'needs', 0), '1'))).toEqual([
    'advance',
    ['win', 'lose'],
    ['hand_over'],
  ]);
  expect(names(offers(deal, record, process('open', null), '1'))).toEqual([
    'win',
    ['lose'],
    ['step_back', 'hand_over'],
  ]);
});

test('a closed record may only be reopened or handed over', () => {
  expect(names(offers(deal, record, process('lost', null), '1'))).toEqual(['reopen', [], ['hand_over']]);
});

test('a record is locked from its menu and unlocked where it says that it is; meanwhile it offers nothing', () => {
  const owned = { ...deal, rights: { edit: true, delete: true }, verbs: [...deal.verbs, verb('lock'), verb('unlock')] };
  const whole = owned as unknown as ObjectDef;
  expect(names(offers(whole, record, process('lost', null), '1'))).toEqual(['reopen', [], ['hand_over', 'lock']]);
  const locked = onlyRead(whole);
  expect(names(offers(locked, record, process('open', 'needs'), '1'))).toEqual([undefined, [], []]);
  expect([locked.rights.edit, locked.rights.delete]).toEqual([false, false]);
});
