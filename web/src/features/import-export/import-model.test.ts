import { expect, test } from 'vitest';
import type { ObjectDef } from '../../api/types.ts';
import {
  addObject,
  changeField,
  changeObject,
  chooseObject,
  type DraftSheet,
  filesOf,
  headings,
  type ImportFile,
  importable,
  isPlanName,
  mapColumn,
  missingFiles,
  newObject,
  type Plan,
  plainField,
  removeObject,
  samples,
  setConstant,
  sheetOf,
  signature,
  sureness,
  unmappedSheets,
} from './import-model.ts';

const sheet = {
  name: '',
  rows: 3,
  columns: ['客户', '行业', '备注'],
  sample: [
    ['甲', '软件', ''],
    ['乙', '软件', ''],
    ['丙', '零售', '急'],
  ],
};
const file: ImportFile = {
  file: '7',
  name: '客户.csv',
  kind: 'csv',
  encoding: 'GB18030',
  delimiter: ',',
  sheets: [sheet],
};
const account = {
  ...newObject('客户.csv', '', 'account'),
  key: ['name'],
  columns: [
    { heading: '客户', fields: [plainField('name')] },
    { heading: '行业', fields: [plainField('industry')] },
  ],
};
const plan: Plan = { name: '客户', objects: [account] };
const object = (name: string, fields: string[]) =>
  ({
    name,
    name_field: 'name',
    fields: fields.map((one) => ({ name: one, access: 'edit', written_by: 'anyone' })),
  }) as unknown as ObjectDef;
const columnsOf = (one: Plan) => one.objects[0]?.columns.map((column) => [column.heading, column.fields[0]?.field]);

test('a column is mapped, left out and mapped again in its place', () => {
  const more = mapColumn(plan, 0, '备注', 'remark');
  expect(columnsOf(more)).toEqual([
    ['客户', 'name'],
    ['行业', 'industry'],
    ['备注', 'remark'],
  ]);
  expect(columnsOf(mapColumn(more, 0, '行业', null))).toEqual([
    ['客户', 'name'],
    ['备注', 'remark'],
  ]);
  expect(columnsOf(mapColumn(more, 0, '客户', 'alias'))?.[0]).toEqual(['客户', 'alias']);
});

test('a field has one column only: the later choice takes it', () => {
  expect(columnsOf(mapColumn(plan, 0, '备注', 'industry'))).toEqual([
    ['客户', 'name'],
    ['备注', 'industry'],
  ]);
});

test('a key that nothing fills any more is no key', () => {
  expect(mapColumn(plan, 0, '客户', null).objects[0]?.key).toEqual([]);
  expect(mapColumn(plan, 0, '行业', null).objects[0]?.key).toEqual(['name']);
});

test('a column in place of a constant', () => {
  const fixed = setConstant(plan, 0, 'remark', '展会');
  expect(fixed.objects[0]?.set).toEqual({ remark: '展会' });
  expect(mapColumn(fixed, 0, '备注', 'remark').objects[0]?.set).toEqual({});
  expect(setConstant(fixed, 0, 'remark', null).objects[0]?.set).toEqual({});
});

test('another object keeps what it knows', () => {
  const lead = chooseObject(setConstant(plan, 0, 'grade', 'A'), 0, object('lead', ['name', 'source']));
  expect(lead.objects[0]).toMatchObject({ object: 'lead', key: ['name'], set: {} });
  expect(columnsOf(lead)).toEqual([['客户', 'name']]);
});

test('values and gaps of a column', () => {
  const changed = changeField(plan, 0, '行业', { mayMiss: true });
  expect(changed.objects[0]?.columns[1]?.fields[0]?.mayMiss).toBe(true);
  expect(changed.objects[0]?.columns[0]?.fields[0]?.mayMiss).toBe(false);
});

test('objects come and go', () => {
  const two = addObject(plan, newObject('客户.csv', '', 'contact'));
  expect(two.objects).toHaveLength(2);
  expect(removeObject(two, 0).objects[0]?.object).toBe('contact');
  expect(changeObject(two, 1, { update: true }).objects.map((one) => one.update)).toEqual([false, true]);
});

test('what the server writes itself is not offered', () => {
  const one = object('deal', ['name', 'score']);
  const [, score] = one.fields;
  if (score) score.written_by = 'system';
  expect(importable(one).map((field) => field.name)).toEqual(['name']);
});

test('samples are the first that say something, each once', () => {
  expect(samples(sheet, '行业')).toEqual(['软件', '零售']);
  expect(samples(sheet, '备注')).toEqual(['急']);
  expect(samples(sheet, '没有')).toEqual([]);
  expect(samples(undefined, '行业')).toEqual([]);
});

test('headings of the sheet first, then what only the plan knows', () => {
  const other = { ...account, columns: [...account.columns, { heading: '电话', fields: [plainField('phone')] }] };
  expect(headings(sheet, other)).toEqual(['客户', '行业', '备注', '电话']);
  expect(sheetOf([file], account)).toBe(sheet);
  expect(sheetOf([], account)).toBeUndefined();
});

test('how sure the draft was, as long as nobody chose otherwise', () => {
  const drafted: DraftSheet[] = [
    {
      file: '7',
      name: '客户.csv',
      sheet: '',
      object: 'account',
      columns: [
        { column: '客户', field: 'name', confidence: 0.95, sample: [] },
        { column: '行业', field: 'industry', confidence: 0.6, sample: [] },
      ],
    },
  ];
  const of = (one: Plan) =>
    one.objects[0]?.columns.map((column) => sureness(drafted, one.objects[0] ?? account, column));
  expect(of(plan)).toEqual(['sure', 'guess']);
  expect(of(mapColumn(plan, 0, '行业', 'source'))).toEqual(['sure', null]);
  expect(of(changeObject(plan, 0, { object: 'lead' }))).toEqual([null, null]);
});

test('files that the plan lacks, and sheets that it leaves out', () => {
  expect(missingFiles(plan, [])).toEqual(['客户.csv']);
  expect(missingFiles(plan, [file])).toEqual([]);
  const book = {
    ...file,
    name: '册.xlsx',
    sheets: [
      { ...sheet, name: '甲' },
      { ...sheet, name: '乙' },
    ],
  };
  expect(unmappedSheets(plan, [file, book])).toEqual([
    { file: '册.xlsx', sheet: '甲' },
    { file: '册.xlsx', sheet: '乙' },
  ]);
  expect(filesOf(plan, [file, book])).toEqual({ '客户.csv': '7' });
});

test('a trial is of one plan over the same files, in whatever order they came', () => {
  const other = { ...file, file: '8' };
  expect(signature('a', [file, other])).toBe(signature('a', [other, file]));
  expect(signature('a', [file])).not.toBe(signature('b', [file]));
  expect(isPlanName('maven_crm.YAML')).toBe(true);
  expect(isPlanName('yaml.csv')).toBe(false);
});
