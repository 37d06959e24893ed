// A block of cells from a spreadsheet → what each of them says for its field, in the words a person types there.
import type { Field, Reference, Value } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { parseAmount, parseMoney } from '../fields/wire.ts';

// Cells are parted by tabs, rows by line ends; a cell that holds either stands in quotes.
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at] as string;
    if (quoted && sign === '"' && source[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && sign === '\t') endCell();
    else if (!quoted && sign === '\n') endRow();
    else cell += sign;
  }
  endRow();
  return rows;
}

export type Read = { value: Value } | { refused: string } | { name: string }; // name: a reference that must be looked up

const refused = (text: string): Read => ({ refused: t('list.paste.unreadable', { text: text.slice(0, 40) }) });
const folded = (text: string) => text.normalize('NFKC').toLowerCase().trim();
const yes = new Set(['是', 'yes', 'y', 'true', '1', '√', '✓']);
const no = new Set(['否', 'no', 'n', 'false', '0', '×']);

function choiceOf(field: Field, text: string): string | undefined {
  const wanted = folded(text);
  return field.choices?.find(
    (one) => one.active && [one.key, one.label.zh, one.label.en].some((word) => folded(word ?? '') === wanted),
  )?.key;
}

function dayOf(text: string): string | undefined {
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day] = match.map(Number) as [number, number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
}

const spans: [RegExp, string][] = [
  [/^(\d+)\s*(?:个?工作日|working days?|wd)$/i, 'wd'],
  [/^(\d+)\s*(?:天|days?|d)?$/i, 'd'],
  [/^(\d+)\s*(?:小时|hours?|h)$/i, 'h'],
  [/^(\d+)\s*(?:分钟?|minutes?|m)$/i, 'm'],
];

export function readCell(field: Field, text: string): Read {
  if (text === '') return field.required ? { refused: t('list.paste.required') } : { value: null };
  switch (field.type) {
    case 'money': {
      const money = parseMoney(text, undefined);
      return money ? { value: money } : refused(text);
    }
    case 'number': {
      const amount = parseAmount(text);
      return amount === null ? refused(text) : { value: amount };
    }
    case 'share': {
      const percent = /[%％]$/.test(text);
      const amount = parseAmount(text.replace(/[%％]$/, ''));
      if (amount === null) return refused(text);
      const share = percent || Number(amount) > 1 ? Number(amount) / 100 : Number(amount);
      return { value: Number(share.toFixed(6)) };
    }
    case 'date': {
      const day = dayOf(text);
      return day ? { value: day } : refused(text);
    }
    case 'boolean': {
      const word = folded(text);
      return yes.has(word) ? { value: true } : no.has(word) ? { value: false } : refused(text);
    }
    case 'choice': {
      const key = choiceOf(field, text);
      return key
        ? { value: key }
        : { refused: t('list.paste.no_choice', { text: text.slice(0, 40), field: pick(field.label) }) };
    }
    case 'choices': {
      const keys = text.split(/[,，、;；|]/).map((one) => choiceOf(field, one.trim()));
      return keys.every((key) => key !== undefined) ? { value: [...new Set(keys as string[])].sort() } : refused(text);
    }
    case 'duration': {
      for (const [pattern, unit] of spans) {
        const match = pattern.exec(text);
        if (match) return { value: `${match[1]}${unit}` };
      }
      return refused(text);
    }
    case 'reference':
      return { name: text };
    case 'text':
      return { value: text };
    default:
      return { refused: t('list.paste.not_here') };
  }
}

export const asReference = (found: Reference[]): Read => {
  const [only, other] = found;
  if (!only) return { refused: t('list.paste.no_record') };
  return other ? { refused: t('list.paste.many_records') } : { value: only };
};
