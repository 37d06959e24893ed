// What the board knows without asking: what a card shows, where it may go, and how the columns look while a move is on its way.
import type { Board, BoardAsk, BoardColumn, Tally } from '../../api/board.ts';
import { fieldOf } from '../../api/describe.ts';
import type { Field, Gate, Label, Money, ObjectDef, RecordData } from '../../api/types.ts';
import { both } from '../../lib/formula.ts';
import type { ViewState } from '../index/view-state.ts';

export type CardFields = { whom: Field | undefined; asked: string };

// Under the name stands whom it is about: the first reference or text of the list.
export function cardFields(object: ObjectDef): CardFields {
  const listed = object.layout.list.flatMap((name) => fieldOf(object, name) ?? []);
  const whom = listed.find(
    (field) =>
      field.name !== object.name_field &&
      ((field.type === 'reference' && field.target !== 'member') || (field.type === 'text' && field.kind === 'plain')),
  );
  const wanted = ['amount', 'stage', 'outcome', 'stalled_since', 'next_step', 'next_step_on', 'owner'];
  const names = [object.name_field, ...(whom ? [whom.name] : []), ...wanted];
  return { whom, asked: [...new Set(names)].filter((name) => fieldOf(object, name)).join(',') };
}

// Ways to order the cards that this object has; the first is the usual one.
export function sortsOf(object: ObjectDef): string[] {
  const all = ['-amount', '-stage_entered_at', 'stage_entered_at', 'next_step_on', 'expected_on'];
  return all.filter((sort) => fieldOf(object, sort.replace('-', ''))?.sortable);
}

export const boardAsk = (object: ObjectDef, state: ViewState, q: string): BoardAsk => ({
  filter: state.filter,
  q,
  sort: state.sort || (sortsOf(object)[0] ?? ''),
  fields: cardFields(object).asked,
  process: state.process ?? '',
});

export const stalled_clause = 'stalled_since <= today()';
export const showsStalled = (filter: string): boolean => filter.includes(stalled_clause);
export function toggleStalled(filter: string): string {
  if (!showsStalled(filter)) return both(filter, stalled_clause);
  return filter
    .split(` and ${stalled_clause}`)
    .join('')
    .split(`${stalled_clause} and `)
    .join('')
    .split(stalled_clause)
    .join('');
}

// What a column says to a card. `gate`: it may be dropped there, and what is missing will be asked for.
export type Verdict =
  | { kind: 'here' | 'free' | 'reason' }
  | { kind: 'gate'; missing: number }
  | { kind: 'refused'; why: 'skip'; next: Label }
  | { kind: 'refused'; why: 'back' | 'right' };

// `gate` is the card's own, once it was read. The server has the last word.
export function judge(object: ObjectDef, board: Board, from: string, to: string, gate?: Gate | null): Verdict {
  if (from === to) return { kind: 'here' };
  const place = (key: string) => board.columns.findIndex((column) => column.key === key);
  const ahead = place(to) > place(from);
  if (!object.verbs.some((verb) => verb.name === (ahead ? 'advance' : 'step_back')))
    return { kind: 'refused', why: 'right' };
  if (!ahead) {
    if (board.moves.back === 'forbid') return { kind: 'refused', why: 'back' };
    return { kind: board.moves.back === 'with_reason' ? 'reason' : 'free' };
  }
  const next = board.columns[place(from) + 1];
  if (board.moves.skip === 'forbid' && next && next.key !== to)
    return { kind: 'refused', why: 'skip', next: next.label };
  // One that blocks stops the card; the dialog then names the weaker ones too.
  const unmet = gate?.to?.key === to ? gate.checks.filter((one) => !one.met) : [];
  return unmet.some((one) => one.strength === 'block') ? { kind: 'gate', missing: unmet.length } : { kind: 'free' };
}

// A card on its way, until the board was read after it arrived (done_at).
export type Moved = { card: RecordData; from: string; to: string; done_at?: number };
export const underway = (moved: Moved[], read_at: number): Moved[] =>
  moved.filter((one) => one.done_at === undefined || read_at < one.done_at);

const isOpen = (card: RecordData): boolean => (card.outcome ?? 'open') === 'open';

export function cardsOf(key: string, cards: RecordData[], moved: Moved[]): RecordData[] {
  const gone = new Set(moved.map((one) => one.card.id));
  const come = moved.filter((one) => one.to === key).map((one) => ({ ...one.card, stage: key }));
  return [...come, ...cards.filter((card) => !gone.has(card.id) && card.stage === key && isOpen(card))];
}

const amountOf = (card: RecordData): number => Number((card.amount as Money | null | undefined)?.amount ?? 0);
const plus = (money: Money | undefined, by: number): Money | undefined =>
  money && { ...money, amount: (Number(money.amount) + by).toFixed(2) };

export function tallyOf(column: BoardColumn, moved: Moved[]): Tally {
  let { count, amount, weighted_amount } = column;
  for (const { card, from, to } of moved) {
    const by = Number(to === column.key) - Number(from === column.key);
    count += by;
    amount = plus(amount, by * amountOf(card));
    weighted_amount = plus(weighted_amount, by * amountOf(card) * (column.win_share ?? 0));
  }
  return { count, amount, weighted_amount };
}
