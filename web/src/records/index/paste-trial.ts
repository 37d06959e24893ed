// A pasted block, tried: first what each cell says, then what the server makes of it. A refused cell is left out and the rest
// tried again, so that one bad cell keeps nothing else from its row.
import { queryOptions } from '@tanstack/react-query';
import { get } from '../../api/client.ts';
import { catalogueOf } from '../../api/describe.ts';
import { bulkTrial, type Fields } from '../../api/records.ts';
import type { Describe, Id, ObjectDef, Page, RecordData, Reference, Value } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { nameOf } from '../fields/record-name.ts';
import { inWords } from '../fields/value-text.ts';
import { same, toWire } from '../fields/wire.ts';
import type { Column } from './columns.ts';
import { asReference, cellsOf, readCell } from './paste.ts';

export type Pasted = { text: string; records: RecordData[]; columns: Column[] };
export type PastedCell = { record: RecordData; column: Column; text: string; value: Value; refused: string };
export type Trial = { cells: PastedCell[]; beyond: number };

const names_max = 200;
const tries_max = 4;

export function changesOf(cells: PastedCell[]): { [id: Id]: Fields } {
  const each: { [id: Id]: Fields } = {};
  for (const { record, column, value, refused } of cells) {
    if (refused) continue;
    each[record.id] = { ...each[record.id], [column.path]: toWire(column.field, value) };
  }
  return each;
}

// What the text says of the records from the cursor on; a cell that changes nothing is none.
export function readPaste({ text, records, columns }: Pasted): Trial & { names: PastedCell[] } {
  const rows = cellsOf(text);
  const cells: PastedCell[] = [];
  const names: PastedCell[] = [];
  rows.slice(0, records.length).forEach((row, at) => {
    const record = records[at] as RecordData;
    row.slice(0, columns.length).forEach((said, column_at) => {
      const column = columns[column_at] as Column;
      const read = column.editable ? readCell(column.field, said) : { refused: t('list.paste.not_here') };
      const cell: PastedCell = { record, column, text: said, value: null, refused: '' };
      if ('name' in read) {
        if (said === nameIn(record[column.path])) return;
        names.push(cell);
      } else if ('refused' in read) cell.refused = read.refused;
      else if (same(column.field, record[column.path] ?? null, read.value)) return;
      else cell.value = read.value;
      cells.push(cell);
    });
  });
  return { cells, names, beyond: Math.max(0, rows.length - records.length) };
}

const nameIn = (value: Value): string => (value && typeof value === 'object' && 'name' in value ? value.name : '');

async function lookUp(describe: Describe, cells: PastedCell[]) {
  const catalogue = catalogueOf(describe);
  const known = new Map<string, Reference[]>();
  for (const cell of cells) {
    const target = catalogue.object(cell.column.field.target);
    const key = `${target?.plural} ${cell.text}`;
    if (target && !known.has(key) && known.size < names_max) {
      const filter = `${target.name_field} = "${cell.text.replace(/"/g, '""')}"`;
      const page = await get<Page>(`/${target.plural}`, { filter, limit: 2 });
      known.set(
        key,
        page.data.map((row) => ({ id: row.id, name: nameOf(target, row) })),
      );
    }
    const read = asReference(known.get(key) ?? []);
    if ('value' in read) cell.value = read.value;
    else if ('refused' in read) cell.refused = read.refused;
  }
}

async function tried(object: ObjectDef, describe: Describe, pasted: Pasted): Promise<Trial> {
  const { cells, names, beyond } = readPaste(pasted);
  await lookUp(describe, names);
  for (let tries = 0; tries < tries_max; tries += 1) {
    const each = changesOf(cells);
    if (Object.keys(each).length === 0) break;
    const { records = [] } = await bulkTrial(object.plural, { each });
    if (records.length === 0) break;
    for (const { id, errors } of records) {
      const own = cells.filter((cell) => cell.record.id === id && !cell.refused);
      const blamed = own.filter((cell) => errors.some((error) => error.field === cell.column.path));
      for (const cell of blamed.length > 0 ? blamed : own) {
        const error = errors.find((one) => one.field === cell.column.path) ?? errors[0];
        cell.refused = inWords(error?.say ?? error?.code ?? '', cell.column.field);
      }
    }
  }
  return { cells, beyond };
}

export const triedPaste = (object: ObjectDef, describe: Describe, pasted: Pasted) =>
  queryOptions({
    queryKey: ['paste', object.plural, pasted.text, pasted.records.map((record) => [record.id, record.version])],
    queryFn: () => tried(object, describe, pasted),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
