// Formula text → what the builder shows. null: the text is more than that.
import { type Condition, type Group, type Node, type Op, type Operand, printOperand, readPeriod } from './formula.ts';

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

  // What is joined by `or`: parts joined by `and`.
  either(): Node | null {
    return this.joined('or', () => this.joined('and', () => this.one()));
  }

  private joined(join: 'and' | 'or', part: () => Node | null): Node | null {
    const items: Node[] = [];
    do {
      const item = part();
      if (!item) return null;
      if ('join' in item && item.join === join) items.push(...item.items);
      else items.push(item);
    } while (this.take(join));
    return items.length === 1 ? (items[0] as Node) : { join, items };
  }

  private one(): Node | null {
    if (!this.take('(')) return this.condition();
    const inside = this.either();
    return inside && this.take(')') ? inside : null;
  }

  private condition(): Condition | null {
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
    const condition = this.single(field, sign.text as Op);
    return condition && asPeriod(condition);
  }

  private single(field: string, op: Op): Condition | null {
    const value = this.operand();
    return value === null ? null : { field, op, values: [value] };
  }

  private list(field: string, op: Op): Condition | null {
    if (!this.take('(')) {
      const condition = this.single(field, op);
      return condition && asPeriod(condition);
    }
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

// `= today()` and `in last_week()` are one question to a person: within which days.
function asPeriod(condition: Condition): Condition {
  const period = readPeriod(condition.values[0])?.period;
  const fits = condition.op === 'in' ? period && period !== 'today' : condition.op === '=' && period === 'today';
  return fits ? { ...condition, op: 'within' } : condition;
}

// What a filter is made of: parts that hold together.
export const itemsOf = (node: Node): Node[] => ('join' in node && node.join === 'and' ? node.items : [node]);

export function parseFilter(text: string): Node[] | null {
  if (text.trim() === '') return [];
  const row = tokens(text);
  if (!row) return null;
  const reader = new Reader(row);
  const node = reader.either();
  return node && reader.done ? itemsOf(node) : null;
}

// The same from the tree of POST /formula/check, which knows labels and other spellings.
export type Tree = { op: string; args?: Tree[]; field?: string; value?: unknown; values?: unknown[]; text?: string };

export function filterOfTree(tree: Tree): Node[] | null {
  const node = nodeOfTree(tree);
  return node && itemsOf(node);
}

function nodeOfTree(tree: Tree): Node | null {
  if (tree.op === 'and' || tree.op === 'or') {
    const group: Group = { join: tree.op, items: [] };
    for (const arg of tree.args ?? []) {
      const item = nodeOfTree(arg);
      if (!item) return null;
      group.items.push(item);
    }
    return group;
  }
  if (tree.op === 'formula' && tree.text) {
    const parsed = parseFilter(tree.text);
    return parsed && (parsed.length === 1 ? (parsed[0] as Node) : { join: 'and', items: parsed });
  }
  if (!tree.field) return null;
  const values = (tree.values ?? (tree.value === undefined ? [] : [tree.value])).map(operandOfTree);
  if (values.some((value) => value === null)) return null;
  return asPeriod({ field: tree.field, op: tree.op as Op, values: values as Operand[] });
}

function operandOfTree(value: unknown): Operand | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value && typeof value === 'object' && 'text' in value) return { text: String((value as { text: unknown }).text) };
  return null;
}
