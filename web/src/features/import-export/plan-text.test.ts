import { expect, test } from 'vitest';
import maven from '../../../../tests/plans/maven_crm.yaml?raw';
import { addField, changeField, setConstant } from './import-model.ts';
import { printPlan, readPlan } from './plan-text.ts';

test('the plan of the public pipeline is read whole', () => {
  const { plan } = readPlan(maven);
  expect(plan?.objects.map((one) => one.object)).toEqual([
    'team',
    'member',
    'member',
    'product',
    'account',
    'account',
    'deal',
  ]);
  const deal = plan?.objects[6];
  expect(deal?.history).toBe(true);
  expect(deal?.set).toEqual({ name: '{product} {opportunity_id}' });
  expect(deal?.columns[4]?.fields.map((one) => one.field)).toEqual(['stage', 'outcome']);
  expect(plan?.objects[4]?.columns[3]?.fields[0]?.times).toBe(1_000_000);
  expect(plan?.objects[5]?.onDuplicate).toBe('update');
  expect(plan?.objects[1]?.set).toEqual({ roles: 'manager', active: 'true' });
});

test('printing and reading again changes nothing', () => {
  const { plan } = readPlan(maven);
  expect(plan && readPlan(printPlan(plan)).plan).toEqual(plan);
});

test('headings and values that look like something else stay text', () => {
  const text =
    'name: x\nobjects:\n  - file: a.csv\n    object: deal\n    columns:\n      "是": {field: a, values: {"true": "no", "1": "~"}}\n      "# 号": {field: b}\n      "a: b": {field: c}\n';
  const { plan } = readPlan(text);
  expect(plan?.objects[0]?.columns.map((one) => one.heading)).toEqual(['是', '# 号', 'a: b']);
  const again = plan && printPlan(plan);
  expect(again).toContain('"~"');
  expect(again && readPlan(again).plan).toEqual(plan);
});

test('words that say nothing and words that become choices are read and printed', () => {
  const text =
    'name: x\nobjects:\n  - file: a.csv\n    object: deal\n    on_duplicate: skip\n    empty: [Select, "-"]\n    columns:\n      a: {field: a, values: {x: ""}, missing: add}\n';
  const { plan } = readPlan(text);
  expect(plan?.objects[0]?.empty).toEqual(['Select', '-']);
  expect(plan?.objects[0]?.columns[0]?.fields[0]?.missing).toBe('add');
  expect(plan && printPlan(plan)).toBe(text);
});

test('a column is one line', () => {
  const { plan } = readPlan(maven);
  expect(plan && printPlan(plan)).toContain('      product: {field: product, values: {GTXPro: GTX Pro}}');
});

test('what cannot be read names its line', () => {
  expect(readPlan('name: x\nobjects:\n  - file: a.csv\n    object: deal\n    colums: {}\n')).toEqual({
    plan: null,
    line: 5,
  });
  expect(readPlan('name: [x\n').plan).toBeNull();
  expect(readPlan('').plan).toBeNull();
  expect(readPlan('name: x\nobjects: []\n').line).toBe(2);
  expect(readPlan('name: x\nobjects:\n  - file: a.csv\n    object: deal\n    on_duplicate: overwrite\n').line).toBe(5);
});

test('what the form changes stands in the text, and what the text says in the form', () => {
  const { plan } = readPlan(maven);
  if (!plan) throw new Error('unread');
  const changed = changeField(addField(plan, 0, 'regional_office', 'remark'), 0, 'regional_office', 'remark', {
    values: { A: 'B' },
  });
  const text = printPlan(setConstant(changed, 6, 'channel', 'fair'));
  expect(text).toContain('{field: remark, values: {A: B}}');
  expect(text).toContain('channel: fair');
  expect(readPlan(text).plan).toEqual(setConstant(changed, 6, 'channel', 'fair'));
  const typed = text.replace('values: {A: B}', 'values: {A: C}, missing: empty');
  const target = readPlan(typed)
    .plan?.objects[0]?.columns.flatMap((one) => one.fields)
    .find((one) => one.field === 'remark');
  expect(target).toEqual({ field: 'remark', values: { A: 'C' }, times: 1, missing: 'empty' });
});
