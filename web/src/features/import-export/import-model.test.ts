import { expect, test } from 'vitest';
import type { ObjectDef } from '../../api/types.ts';
import {
  addField,
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
  lacking,
  leftOut,
  madeBy,
  mapColumn,
  missingFiles,
  newObject,
  pace,
  type PastImport,
  type Plan,
  plainField,
  removeObject,
  replaceField,
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
  const changed = changeField(plan, 0, '行业', 'industry', { missing: 'empty' });
  expect(changed.objects[0]?.columns[1]?.fields[0]?.missing).toBe('empty');
  expect(changed.objects[0]?.columns[0]?.fields[0]?.missing).toBe('refuse');
});

test('objects come and go', () => {
  const two = addObject(plan, newObject('客户.csv', '', 'contact'));
  expect(two.objects).toHaveLength(2);
  expect(removeObject(two, 0).objects[0]?.object).toBe('contact');
  expect(changeObject(two, 1, { onDuplicate: 'merge' }).objects.map((one) => one.onDuplicate)).toEqual([
    'skip',
    'merge',
  ]);
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

const fieldsOf = (one: Plan, at: number) => one.objects[0]?.columns[at]?.fields.map((target) => target.field);

test('a column fills several fields, each with its own values', () => {
  const two = addField(plan, 0, '行业', 'remark');
  expect(fieldsOf(two, 1)).toEqual(['industry', 'remark']);
  const changed = changeField(two, 0, '行业', 'remark', { values: { 软件: 'soft' } });
  expect(changed.objects[0]?.columns[1]?.fields.map((one) => one.values)).toEqual([{}, { 软件: 'soft' }]);
  expect(fieldsOf(replaceField(two, 0, '行业', 'industry', 'grade'), 1)).toEqual(['grade', 'remark']);
  expect(fieldsOf(replaceField(two, 0, '行业', 'remark', null), 1)).toEqual(['industry']);
  expect(replaceField(plan, 0, '行业', 'industry', null).objects[0]?.columns).toHaveLength(1);
});

test('a field taken by another column leaves the first, and its constant', () => {
  const fixed = setConstant(plan, 0, 'remark', 'x');
  const taken = addField(fixed, 0, '行业', 'name');
  expect(taken.objects[0]?.columns.map((one) => one.heading)).toEqual(['行业']);
  expect(addField(fixed, 0, '行业', 'remark').objects[0]?.set).toEqual({});
});

test('what is required and filled by nothing is named', () => {
  const fields = [
    { name: 'name', required: true },
    { name: 'industry', required: true },
    { name: 'code', required: true },
    { name: 'phone' },
  ];
  const def = { fields } as unknown as ObjectDef;
  const names = (object: typeof account) => lacking(def, object).map((field) => field.name);
  expect(names(account)).toEqual(['code']);
  expect(names({ ...account, set: { code: '{客户}' } })).toEqual([]);
});

test('columns that go nowhere are named', () => {
  expect(leftOut(sheet, account)).toEqual(['备注']);
  expect(leftOut(undefined, account)).toEqual([]);
});

test('the pace is that of what was seen lately', () => {
  expect(pace([], 100)).toBeNull();
  expect(pace([{ at: 0, done: 5 }], 100)).toBeNull();
  expect(
    pace(
      [
        { at: 0, done: 0 },
        { at: 2000, done: 1000 },
      ],
      5000,
    ),
  ).toEqual({ rate: 500, seconds: 8 });
  expect(
    pace(
      [
        { at: 0, done: 0 },
        { at: 2000, done: 1000 },
      ],
      null,
    ),
  ).toEqual({ rate: 500, seconds: null });
  expect(
    pace(
      [
        { at: 0, done: 1000 },
        { at: 5000, done: 1000 },
      ],
      5000,
    ),
  ).toBeNull();
});

test('what an import made is a filter over who and when', () => {
  const past = {
    by: { id: '7', name: '韩梅' },
    created_at: '2026-11-23T08:00:00Z',
    finished_at: '2026-11-23T08:01:00Z',
  };
  const made = madeBy(past as PastImport, false);
  expect(made).toBe(
    'created_by = "7" and created_at >= instant("2026-11-23T08:00:00Z") and created_at <= instant("2026-11-23T08:01:00Z")',
  );
  expect(madeBy(past as PastImport, true)).toContain('created_at < instant("2026-11-23T08:00:00Z")');
  expect(madeBy({ ...past, finished_at: null } as PastImport, false)).toBeNull();
});
