// Which comparisons a field offers in the builder, and how one condition reads.
import type { Field, FieldType } from '../../api/types.ts';
import { decimal, duration, list } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import type { MessageId } from '../../i18n/ids.ts';
import {
  type Condition,
  isGroup,
  type Node,
  type Op,
  type Operand,
  type Period,
  periodOperand,
  readPeriod,
  takesDays,
} from '../../lib/formula.ts';
import { choiceText, valueText } from '../fields/value-text.ts';

const figures: Op[] = ['>=', '<=', '>', '<', '=', '!=', 'is null', 'is not null'];
const byType: { [type in FieldType]: Op[] } = {
  text: ['contains', 'starts_with', '=', '!=', 'is null', 'is not null'],
  number: figures,
  share: figures,
  money: figures,
  date: ['within', '>=', '<=', '>', '<', '=', 'is null', 'is not null'],
  instant: ['within', '>=', '<=', '>', '<', 'is null', 'is not null'],
  duration: ['>=', '<=', 'is null', 'is not null'],
  boolean: ['='],
  choice: ['in', 'not in', 'is null', 'is not null'],
  choices: ['has', 'is null', 'is not null'],
  reference: ['in', '=', '!=', 'is null', 'is not null'],
  address: ['is null', 'is not null'],
};

export function operatorsOf(field: Field): Op[] {
  if (field.access === 'masked') return ['='];
  // `in` of a reference is for the token of a team; only members have teams.
  if (field.type === 'reference' && field.target !== 'member') return byType.reference.filter((op) => op !== 'in');
  return byType[field.type];
}

const names: { [op in Op]: MessageId } = {
  '=': 'filter.op.eq',
  '!=': 'filter.op.ne',
  '<': 'filter.op.lt',
  '<=': 'filter.op.le',
  '>': 'filter.op.gt',
  '>=': 'filter.op.ge',
  in: 'filter.op.in',
  'not in': 'filter.op.not_in',
  contains: 'filter.op.contains',
  starts_with: 'filter.op.starts_with',
  'is null': 'filter.op.null',
  'is not null': 'filter.op.not_null',
  within: 'filter.op.within',
  has: 'filter.op.contains',
};
export function opText(op: Op, field?: Field): string {
  const days = field?.type === 'date' || field?.type === 'instant';
  if (days && op === '>=') return t('filter.op.from');
  if (days && op === '<=') return t('filter.op.until');
  if (days && op === '>') return t('filter.op.after');
  if (days && op === '<') return t('filter.op.before');
  return t(names[op]);
}

export const periodText = (period: Period): string => t(`filter.period.${period}`);
// 近 7 天, 本月.
export function withinText(value: Operand | undefined): string {
  const read = readPeriod(value);
  if (!read) return '';
  return takesDays(read.period)
    ? t(`filter.within.${read.period}` as MessageId, { days: read.days })
    : periodText(read.period);
}
export const dayLiteral = (day: string): Operand => ({ text: `date("${day}")` });
export function dayOfLiteral(value: Operand | undefined): string | null {
  if (typeof value === 'string') return value.slice(0, 10);
  const match = typeof value === 'object' ? /^date\("(\d{4}-\d{2}-\d{2})"\)$/.exec(value.text) : null;
  return match?.[1] ?? null;
}

// Texts of operands that are not literals of the field: tokens and days.
function operandText(field: Field, value: Operand, nameOf: (id: string) => string): string {
  if (typeof value === 'object') {
    if (value.text === 'me()') return t('filter.me');
    if (value.text === 'my_team()') return t('filter.my_team');
    if (value.text === 'today()') return t('filter.period.today');
    return dayOfLiteral(value) ?? (field.type === 'duration' ? duration(value.text) : value.text);
  }
  if (field.type === 'choice' || field.type === 'choices') return choiceText(field, String(value));
  if (field.type === 'reference') return nameOf(String(value));
  if (field.type === 'money') return decimal(value as number);
  return valueText(field, value);
}

// The records that the reader follows, and those that somebody locked; there is nothing to edit in it.
const marks = { 'followed()': 'filter.followed', 'locked()': 'filter.locked' } as const;
export const markOf = ({ field, op, values }: Condition): MessageId | undefined =>
  field === 'id' && op === 'in' && typeof values[0] === 'object'
    ? marks[values[0].text as keyof typeof marks]
    : undefined;

export function conditionText(
  field: Field,
  path: string,
  condition: Condition,
  nameOf: (id: string) => string,
): string {
  const label = path.includes('.')
    ? `${path.split('.').slice(0, -1).join('.')} · ${pick(field.label)}`
    : pick(field.label);
  const { op, values } = condition;
  const mark = markOf(condition);
  if (mark) return t(mark);
  if (op === 'within') return `${label} ${withinText(values[0])}`;
  if (values.length === 0) return `${label} ${opText(op, field)}`;
  const shown = values.slice(0, 2).map((value) => operandText(field, value, nameOf));
  const rest = values.length > 2 ? ` +${values.length - 2}` : '';
  return `${label} ${opText(op, field)} ${list(shown)}${rest}`;
}

// One choice is a list of one: so the builder offers it.
export function asOffered(field: Field, condition: Condition): Condition {
  if (field.type !== 'choice') return condition;
  const op = condition.op === '=' ? 'in' : condition.op === '!=' ? 'not in' : condition.op;
  return { ...condition, op };
}

// What a new condition on this field starts as.
export function starting(field: Field): Condition {
  const op = operatorsOf(field)[0] ?? '=';
  if (field.type === 'instant')
    return { field: field.name, day: true, op: 'within', values: [periodOperand('this_month')] };
  if (op === 'within') return { field: field.name, op, values: [periodOperand('this_month')] };
  if (field.type === 'boolean') return { field: field.name, op: '=', values: [true] };
  if (field.type === 'reference' && field.target === 'member')
    return { field: field.name, op: '=', values: [{ text: 'me()' }] };
  return { field: field.name, op, values: [] };
}

export const needsValue = (op: Op): boolean => op !== 'is null' && op !== 'is not null';
export const isComplete = (condition: Condition): boolean =>
  !needsValue(condition.op) ||
  (condition.values.length > 0 &&
    condition.values.every((value) => value !== '') &&
    (condition.op !== 'within' || readPeriod(condition.values[0]) !== null));

// (A 或 B), as a chip shows a group.
export function nodeText(node: Node, ofCondition: (condition: Condition) => string): string {
  if (!isGroup(node)) return ofCondition(node);
  const join = ` ${t(node.join === 'and' ? 'filter.and' : 'filter.or')} `;
  return node.items
    .map((item) => (isGroup(item) ? `(${nodeText(item, ofCondition)})` : nodeText(item, ofCondition)))
    .join(join);
}
