import { describe, expect, it } from 'vitest';
import type { Board, BoardColumn } from '../../api/board.ts';
import type { Field, Gate, ObjectDef, RecordData, Verb } from '../../api/types.ts';
import {
  cardFields,
  cardsOf,
  judge,
  type Moved,
  showsStalled,
  sortsOf,
  stalled_clause,
  tallyOf,
  toggleStalled,
  underway,
} from './board-model.ts';

const label = (text: string) => ({ zh: text, en: text });
const field = (name: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  name,
  type,
  label: label(name),
  sortable: true,
  ...more,
});
const verb = (name: string): Verb => ({ name, label: label(name), arguments: [] });
const ship = (more: Partial<ObjectDef> = {}): ObjectDef =>
  ({
    name: 'ship',
    plural: 'ships',
    name_field: 'name',
    fields: [
      field('name', 'text', { kind: 'plain' }),
      field('owner', 'reference', { target: 'member' }),
      field('phone', 'text', { kind: 'phone' }),
      field('yard', 'reference', { target: 'yard' }),
      field('amount', 'money'),
      field('stage_entered_at', 'instant'),
    ],
    layout: { list: ['name', 'owner', 'phone', 'yard', 'amount'], key: [], sections: [] },
    verbs: [verb('advance'), verb('step_back')],
    ...more,
  }) as unknown as ObjectDef;

const column = (key: string, data: RecordData[] = [], more: Partial<BoardColumn> = {}): BoardColumn => ({
  key,
  label: label(key),
  goal: label(''),
  limit: null,
  win_share: 0.5,
  begins: true,
  open: '',
  data,
  more: false,
  count: data.length,
  ...more,
});
const board = (moves: Board['moves'], ...columns: BoardColumn[]): Board => ({
  process: { id: '1', name: '' },
  version: 1,
  processes: [],
  moves,
  open: '',
  columns,
  total: { count: 0 },
});
const strict = board({ skip: 'forbid', back: 'with_reason' }, ...['keel', 'hull', 'launch'].map((key) => column(key)));
const card = (id: string, stage: string, amount = '10.00'): RecordData => ({
  id,
  version: 1,
  stage,
  outcome: 'open',
  amount: { amount, currency: 'CNY' },
});
const ids = (cards: RecordData[]) => cards.map((one) => one.id);
const gate = (to: string, ...checks: [met: boolean, strength: 'hint' | 'warn' | 'block'][]): Gate => ({
  to: { key: to, label: '' },
  met: 0,
  of: checks.length,
  checks: checks.map(([met, strength], at) => ({ key: String(at), kind: 'field', met, strength, say: '' })),
});

describe('what a card shows', () => {
  it('names whom it is about: no member, no telephone', () => {
    expect(cardFields(ship()).whom?.name).toBe('yard');
    expect(cardFields(ship()).asked).toBe('name,yard,amount,owner');
  });
  it('offers the orders its fields allow', () => {
    expect(sortsOf(ship())).toEqual(['-amount', '-stage_entered_at', 'stage_entered_at']);
    const masked = ship({ fields: [field('amount', 'money', { sortable: false })] });
    expect(sortsOf(masked)).toEqual([]);
  });
});

describe('what a column says to a card', () => {
  it.each([
    ['keel', 'keel', { kind: 'here' }],
    ['keel', 'hull', { kind: 'free' }],
    ['keel', 'launch', { kind: 'refused', why: 'skip', next: label('hull') }],
    ['launch', 'keel', { kind: 'reason' }],
  ])('from %s to %s', (from, to, verdict) => expect(judge(ship(), strict, from, to)).toEqual(verdict));

  it('lets pass ahead and back where the process does', () => {
    const loose = board({ skip: 'allow', back: 'free' }, ...strict.columns);
    expect(judge(ship(), loose, 'keel', 'launch')).toEqual({ kind: 'free' });
    expect(judge(ship(), loose, 'launch', 'keel')).toEqual({ kind: 'free' });
    const oneWay = board({ skip: 'allow', back: 'forbid' }, ...strict.columns);
    expect(judge(ship(), oneWay, 'hull', 'keel')).toEqual({ kind: 'refused', why: 'back' });
  });
  it('counts what is missing where something blocks, and only for the stage the gate leads to', () => {
    const ahead = gate('hull', [false, 'block'], [false, 'warn'], [true, 'block'], [false, 'block']);
    expect(judge(ship(), strict, 'keel', 'hull', ahead)).toEqual({ kind: 'gate', missing: 3 });
    expect(judge(ship(), strict, 'keel', 'hull', gate('hull', [false, 'hint']))).toEqual({ kind: 'free' });
    expect(judge(ship(), strict, 'hull', 'launch', ahead)).toEqual({ kind: 'free' });
  });
  it('refuses whoever lacks the verb', () => {
    expect(judge(ship({ verbs: [] }), strict, 'keel', 'hull')).toEqual({ kind: 'refused', why: 'right' });
  });
});

describe('a card on its way', () => {
  const keel = column('keel', [card('a', 'keel'), card('b', 'keel')], {
    count: 9,
    amount: { amount: '100.00', currency: 'CNY' },
    weighted_amount: { amount: '50.00', currency: 'CNY' },
  });
  const moved: Moved[] = [{ card: card('a', 'keel'), from: 'keel', to: 'hull' }];

  it('stands on top of the column it goes to and nowhere else', () => {
    expect(ids(cardsOf('keel', keel.data, moved))).toEqual(['b']);
    expect(ids(cardsOf('hull', [card('c', 'hull')], moved))).toEqual(['a', 'c']);
    // Read again already: it is not there twice.
    expect(ids(cardsOf('hull', [card('c', 'hull'), card('a', 'hull')], moved))).toEqual(['a', 'c']);
  });
  it('takes its sum along', () => {
    expect(tallyOf(keel, moved)).toEqual({
      count: 8,
      amount: { amount: '90.00', currency: 'CNY' },
      weighted_amount: { amount: '45.00', currency: 'CNY' },
    });
    expect(tallyOf(column('hull'), moved).count).toBe(1);
  });
  it('is no longer shown where a later reading of one list says otherwise', () => {
    const gone = { ...card('x', 'keel'), outcome: 'lost' };
    expect(ids(cardsOf('keel', [card('a', 'hull'), gone, card('b', 'keel')], []))).toEqual(['b']);
  });
  it('has arrived once the board was read after it', () => {
    const done = { ...(moved[0] as Moved), done_at: 100 };
    expect(underway([done], 99)).toHaveLength(1);
    expect(underway([done], 100)).toHaveLength(0);
    expect(underway(moved, 100)).toHaveLength(1);
  });
});

describe('the stalled ones as a filter', () => {
  it.each(['', 'amount > 5', 'amount > 5 or name = "x"'])('comes and goes: %s', (filter) => {
    const on = toggleStalled(filter);
    expect(showsStalled(on)).toBe(true);
    expect(toggleStalled(on)).toBe(filter.includes(' or ') ? `(${filter})` : filter);
  });
  it('leaves what stands behind it', () => {
    expect(toggleStalled(`${stalled_clause} and amount > 5`)).toBe('amount > 5');
  });
});
