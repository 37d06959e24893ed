// Conditions of the filter builder ↔ formula text. The builder shows a row of conditions joined by `and`; any other formula
// is shown as text. What is printed here parses back to the same conditions, and what does not parse is not guessed at.

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
// A literal, or an expression kept as its text (`me()`, `today()`, `15d`).
export type Operand = string | number | boolean | { text: string };
// `day`: the field is an instant and its day is compared.
export type Condition = { field: string; day?: boolean; op: Op; values: Operand[] };

// Spans of days that move with today. Each is two bounds, both included.
export const periods = {
  today: ['today()', 'today()'],
  this_week: ['start_of_week(today())', 'end_of_week(today())'],
  this_month: ['start_of_month(today())', 'end_of_month(today())'],
  this_quarter: ['start_of_quarter(today())', 'end_of_quarter(today())'],
  this_year: ['start_of_year(today())', 'end_of_year(today())'],
  last_7_days: ['today() - 7d', 'today()'],
  last_30_days: ['today() - 30d', 'today()'],
  last_90_days: ['today() - 90d', 'today()'],
  next_7_days: ['today()', 'today() + 7d'],
  next_30_days: ['today()', 'today() + 30d'],
} as const;
export type Period = keyof typeof periods;

const quote = (text: string) => `"${text.replace(/"/g, '""')}"`;

function printOperand(value: Operand): string {
  if (typeof value === 'object') return value.text;
  return typeof value === 'string' ? quote(value) : String(value);
}

export function printCondition({ field: name, day, op, values }: Condition): string {
  const empty = op === 'is null' || op === 'is not null';
  const field = day && !empty ? `date_of(${name})` : name;
  if (empty) return `${field} ${op}`;
  if (op === 'has') return values[0] === undefined ? '' : `has(${field}, ${printOperand(values[0])})`;
  if (op === 'within') {
    const [from, to] = periods[String(values[0]) as Period] ?? periods.today;
    return from === to ? `${field} = ${from}` : `${field} >= ${from} and ${field} <= ${to}`;
  }
  if (op === 'in' || op === 'not in') {
    const only = values[0];
    if (values.length === 1 && typeof only === 'object') return `${field} ${op} ${only.text}`;
    return `${field} ${op} (${values.map(printOperand).join(', ')})`;
  }
  const value = values[0];
  return value === undefined ? '' : `${field} ${op} ${printOperand(value)}`;
}

export function printConditions(conditions: Condition[]): string {
  return conditions.map(printCondition).filter(Boolean).join(' and ');
}

const wrap = (text: string) => (/\bor\b/.test(text) ? `(${text})` : text);

// Joins two filters; either may be empty.
export function both(a: string, b: string): string {
  if (!a || !b) return a || b;
  return `${wrap(a)} and ${wrap(b)}`;
}

type Token = { kind: 'word' | 'text' | 'number' | 'duration' | 'sign'; text: string };

function tokens(source: string): Token[] | null {
  const found: Token[] = [];
  const pattern =
    /\s*(?:("(?:[^"]|"")*"|'(?:[^']|'')*')|(\d+(?:\.\d+)?(?:wd|[dhmsw])\b)|(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_.]*)|(<=|>=|!=|[=<>(),+\-*/]))/y;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < source.length) {
    if (/^\s*$/.test(source.slice(pattern.lastIndex))) break;
    const match = pattern.exec(source);
    if (!match) return null;
    const [, text, duration, number, word, sign] = match;
    if (text !== undefined) {
      const mark = text[0] as string;
      found.push({
        kind: 'text',
        text: text
          .slice(1, -1)
          .split(mark + mark)
          .join(mark),
      });
    } else if (duration !== undefined) found.push({ kind: 'duration', text: duration });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (word !== undefined) found.push({ kind: 'word', text: word });
    else found.push({ kind: 'sign', text: sign as string });
  }
  return found;
}

const stops = new Set(['and', 'or', 'not']);
const comparisons = new Set(['=', '!=', '<', '<=', '>', '>=']);

// One reader over the token row; every step returns null when the text is more than the builder can show.
class Reader {
  private readonly row: Token[];
  private at = 0;
  constructor(row: Token[]) {
    this.row = row;
  }

  get done(): boolean {
    return this.at >= this.row.length;
  }
  private peek(text: string): boolean {
    const token = this.row[this.at];
    return token !== undefined && token.kind !== 'text' && token.text === text;
  }
  take(text: string): boolean {
    if (!this.peek(text)) return false;
    this.at += 1;
    return true;
  }

  condition(): Condition | null {
    const head = this.row[this.at];
    if (head?.kind !== 'word' || stops.has(head.text)) return null;
    this.at += 1;
    if (head.text === 'has') return this.has();
    if (head.text === 'date_of') return this.dayOf();
    return this.comparison(head.text);
  }

  private name(): string | null {
    const token = this.row[this.at];
    if (token?.kind !== 'word' || stops.has(token.text)) return null;
    this.at += 1;
    return token.text;
  }

  private has(): Condition | null {
    const field = this.take('(') ? this.name() : null;
    const value = field && this.take(',') ? this.operand() : null;
    return field && typeof value === 'string' && this.take(')') ? { field, op: 'has', values: [value] } : null;
  }

  private dayOf(): Condition | null {
    const field = this.take('(') ? this.name() : null;
    const condition = field && this.take(')') ? this.comparison(field) : null;
    return condition && { ...condition, day: true };
  }

  private comparison(field: string): Condition | null {
    if (this.take('is')) {
      const op = this.take('not') ? 'is not null' : 'is null';
      return this.take('null') ? { field, op, values: [] } : null;
    }
    if (this.take('not')) return this.take('in') ? this.list(field, 'not in') : null;
    if (this.take('in')) return this.list(field, 'in');
    for (const op of ['contains', 'starts_with'] as const) if (this.take(op)) return this.single(field, op);
    const sign = this.row[this.at];
    if (sign?.kind !== 'sign' || !comparisons.has(sign.text)) return null;
    this.at += 1;
    return this.single(field, sign.text as Op);
  }

  private single(field: string, op: Op): Condition | null {
    const value = this.operand();
    return value === null ? null : { field, op, values: [value] };
  }

  private list(field: string, op: Op): Condition | null {
    if (!this.take('(')) return this.single(field, op);
    const values: Operand[] = [];
    do {
      const value = this.operand();
      if (value === null) return null;
      values.push(value);
    } while (this.take(','));
    return this.take(')') ? { field, op, values } : null;
  }

  private operand(): Operand | null {
    const first = this.term();
    if (first === null) return null;
    let text = typeof first === 'object' ? first.text : null;
    while (this.peek('+') || this.peek('-')) {
      const sign = (this.row[this.at] as Token).text;
      this.at += 1;
      const next = this.term();
      if (next === null || typeof next === 'string' || text === null) return null;
      text = `${text} ${sign} ${printOperand(next)}`;
    }
    return text === null ? first : { text };
  }

  private term(): Operand | null {
    const minus = this.take('-');
    const token = this.row[this.at];
    if (!token) return null;
    this.at += 1;
    if (token.kind === 'number') return minus ? -Number(token.text) : Number(token.text);
    if (minus) return null;
    if (token.kind === 'text') return token.text;
    if (token.kind === 'duration') return { text: token.text };
    if (token.kind !== 'word' || stops.has(token.text)) return null;
    if (token.text === 'true' || token.text === 'false') return token.text === 'true';
    if (!this.take('(')) return null;
    const args: string[] = [];
    while (!this.take(')')) {
      if (args.length > 0 && !this.take(',')) return null;
      const arg = this.operand();
      if (arg === null) return null;
      args.push(printOperand(arg));
    }
    return { text: `${token.text}(${args.join(', ')})` };
  }
}

const sameText = (value: Operand | undefined, text: string) => typeof value === 'object' && value.text === text;

// Two neighbours that are the bounds of a period become one condition again.
function fuse(row: Condition[]): Condition[] {
  const fused: Condition[] = [];
  for (let at = 0; at < row.length; at += 1) {
    const one = row[at] as Condition;
    const next = row[at + 1];
    const hit = (Object.keys(periods) as Period[]).find((key) => {
      const [from, to] = periods[key];
      if (from === to) return one.op === '=' && sameText(one.values[0], from);
      return (
        one.op === '>=' &&
        one.day === next?.day &&
        next?.op === '<=' &&
        next.field === one.field &&
        sameText(one.values[0], from) &&
        sameText(next.values[0], to)
      );
    });
    if (!hit) fused.push(one);
    else {
      fused.push({ ...one, op: 'within', values: [hit] });
      if (one.op === '>=') at += 1;
    }
  }
  return fused;
}

// null: the text is a formula the builder cannot show as conditions.
export function parseConditions(text: string): Condition[] | null {
  if (text.trim() === '') return [];
  const row = tokens(text);
  if (!row) return null;
  const reader = new Reader(row);
  const conditions: Condition[] = [];
  do {
    const condition = reader.condition();
    if (!condition) return null;
    conditions.push(condition);
  } while (reader.take('and'));
  return reader.done ? fuse(conditions) : null;
}

// The same from the tree of POST /formula/check.
export type Tree = { op: string; args?: Tree[]; field?: string; value?: unknown; values?: unknown[]; text?: string };

export function conditionsOfTree(tree: Tree): Condition[] | null {
  const parts = tree.op === 'and' ? (tree.args ?? []) : [tree];
  const conditions: Condition[] = [];
  for (const part of parts) {
    if (part.op === 'formula' && part.text) {
      const parsed = parseConditions(part.text);
      if (!parsed) return null;
      conditions.push(...parsed);
      continue;
    }
    if (!part.field) return null;
    const values = (part.values ?? (part.value === undefined ? [] : [part.value])).map(operandOfTree);
    if (values.some((value) => value === null)) return null;
    conditions.push({ field: part.field, op: part.op as Op, values: values as Operand[] });
  }
  return fuse(conditions);
}

function operandOfTree(value: unknown): Operand | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value && typeof value === 'object' && 'text' in value) return { text: String((value as { text: unknown }).text) };
  return null;
}
