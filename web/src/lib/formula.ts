// The filter of a builder ↔ formula text: conditions joined by `and` or `or`, in groups. What is printed here parses back to
// the same filter (formula-parse.ts), and what does not parse is not guessed at: it is shown as a formula.

export type Op =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not in'
  | 'contains'
  | 'starts_with'
  | 'is null'
  | 'is not null'
  | 'within'
  | 'has';
// A literal, or an expression kept as its text (`me()`, `last_days(7)`, `15d`).
export type Operand = string | number | boolean | { text: string };
// `day`: the field is an instant and its day is compared.
export type Condition = { field: string; day?: boolean; op: Op; values: Operand[] };
export type Group = { join: 'and' | 'or'; items: Node[] };
export type Node = Condition | Group;

export const isGroup = (node: Node): node is Group => 'join' in node;
export const levels_max = 3;

// Spans of days that move with today: functions of the language, so that a saved filter is as true next week. The last two
// take a number of days.
export const periods = [
  'today',
  'this_week',
  'last_week',
  'next_week',
  'this_month',
  'last_month',
  'next_month',
  'this_quarter',
  'last_quarter',
  'next_quarter',
  'this_year',
  'last_year',
  'last_days',
  'next_days',
] as const;
export type Period = (typeof periods)[number];
export const takesDays = (period: Period): boolean => period === 'last_days' || period === 'next_days';

const spelled = /^(\w+)\((\d*)\)$/;
export function readPeriod(value: Operand | undefined): { period: Period; days: number } | null {
  const match = typeof value === 'object' ? spelled.exec(value.text) : null;
  const period = periods.find((one) => one === match?.[1]);
  if (!period || takesDays(period) !== (match?.[2] !== '')) return null;
  return { period, days: Number(match?.[2] || 0) };
}
export const periodOperand = (period: Period, days = 7): Operand => ({
  text: `${period}(${takesDays(period) ? days : ''})`,
});

const quote = (text: string) => `"${text.replace(/"/g, '""')}"`;

export function printOperand(value: Operand): string {
  if (typeof value === 'object') return value.text;
  return typeof value === 'string' ? quote(value) : String(value);
}

export function printCondition({ field: name, day, op, values }: Condition): string {
  const empty = op === 'is null' || op === 'is not null';
  const field = day && !empty ? `date_of(${name})` : name;
  if (empty) return `${field} ${op}`;
  const value = values[0];
  if (value === undefined) return '';
  if (op === 'has') return `has(${field}, ${printOperand(value)})`;
  if (op === 'within') return `${field} ${readPeriod(value)?.period === 'today' ? '=' : 'in'} ${printOperand(value)}`;
  if (op === 'in' || op === 'not in') {
    if (values.length === 1 && typeof value === 'object') return `${field} ${op} ${value.text}`;
    return `${field} ${op} (${values.map(printOperand).join(', ')})`;
  }
  return `${field} ${op} ${printOperand(value)}`;
}

// `and` binds more tightly than `or`; a group inside a group stands in brackets.
export function printNode(node: Node): string {
  if (!isGroup(node)) return printCondition(node);
  if (node.items.length === 1) return printNode(node.items[0] as Node);
  const parts = node.items.map((item) => ({ text: printNode(item), bare: !isGroup(item) || item.items.length < 2 }));
  return parts
    .filter((part) => part.text)
    .map((part) => (part.bare ? part.text : `(${part.text})`))
    .join(` ${node.join} `);
}

export const printItems = (items: Node[]): string => printNode({ join: 'and', items });

// An `or` outside of words in quotes.
const wrap = (text: string) => (/\bor\b/.test(text.replace(/"(?:[^"]|"")*"/g, '')) ? `(${text})` : text);

// Joins two filters; either may be empty.
export function both(a: string, b: string): string {
  if (!a || !b) return a || b;
  return `${wrap(a)} and ${wrap(b)}`;
}
