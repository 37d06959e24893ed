import { expect, test } from 'vitest';
import type { ImportFile } from './import-model.ts';
import { readUnderWay, underWayOf } from './under-way.ts';
import { nothing } from './use-import.ts';

const file = (cells: number): ImportFile => ({
  file: '7',
  name: '客户.csv',
  kind: 'csv',
  encoding: 'UTF-8',
  delimiter: ',',
  sheets: [{ name: '', rows: 2, columns: ['名称'], sample: Array.from({ length: cells }, () => ['甲公司']) }],
});

test('what is under way is told without a cell of its files', () => {
  const value = underWayOf({ ...nothing, files: [file(2)], text: 'objects: []', draftedText: 'objects: []' });
  expect(value).not.toContain('甲公司');
  const read = readUnderWay(value);
  expect(read?.files[0]?.sheets[0]?.sample).toEqual([]);
  expect(read).toMatchObject({ text: 'objects: []', isDrafted: true, trial: null, saved: null });
});

test('nothing is under way without files, once it runs, or where a preference has no room for it', () => {
  expect(underWayOf({ ...nothing, text: 'objects: []' })).toBeNull();
  expect(underWayOf({ ...nothing, files: [file(0)], run: '9' })).toBeNull();
  expect(underWayOf({ ...nothing, files: [file(0)], text: 'x'.repeat(60_000) })).toBeNull();
});

test('what is no import under way is none', () => {
  for (const value of [null, undefined, '', '{', '{}', '{"files":[]}', '7']) expect(readUnderWay(value)).toBeNull();
});
