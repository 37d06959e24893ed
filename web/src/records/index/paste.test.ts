import { i18n } from '@lingui/core';
import { beforeAll, expect, test } from 'vitest';
import type { Field, FieldType } from '../../api/types.ts';
import { asReference, cellsOf, readCell } from './paste.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'zh-CN', messages: {} }));

test('a block is cut into cells as spreadsheets write it', () => {
  const blocks: [string, string[][]][] = [
    [
      'a\tb\nc\td\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\r\nb', [['a'], ['b']]],
    ['"two\nlines"\tx', [['two\nlines', 'x']]],
    ['"say ""hi"""\t', [['say "hi"', '']]],
    ['1,200\t', [['1,200', '']]],
    ['5"\tx', [['5"', 'x']]],
    ['', [['']]],
  ];
  for (const [text, cells] of blocks) expect(cellsOf(text), text).toEqual(cells);
});

const of = (type: FieldType, more: Partial<Field> = {}): Field => ({
  name: 'f',
  type,
  label: { zh: '字段', en: 'Field' },
  ...more,
});
const rig = of('choice', {
  choices: [
    { key: 'sloop', label: { zh: '单桅', en: 'Sloop' }, active: true },
    { key: 'old', label: { zh: '旧', en: 'Old' }, active: false },
  ],
});

test('cells are read as a person types them into their field', () => {
  const rows: [Field, string, unknown][] = [
    [of('money'), '12万', { amount: '120000', currency: 'CNY' }],
    [of('money'), '¥1,236.50', { amount: '1236.50', currency: 'CNY' }],
    [of('number'), '2.5', '2.5'],
    [of('share'), '40%', 0.4],
    [of('share'), '0.4', 0.4],
    [of('date'), '2026/3/5', '2026-03-05'],
    [of('date'), '2026年12月31日', '2026-12-31'],
    [of('boolean'), '是', true],
    [of('boolean'), 'No', false],
    [rig, '单桅', 'sloop'],
    [rig, 'SLOOP', 'sloop'],
    [of('duration'), '10个工作日', '10wd'],
    [of('duration'), '15', '15d'],
    [of('text'), 'x', 'x'],
    [of('text'), '', null],
  ];
  for (const [field, text, value] of rows) expect(readCell(field, text), text).toEqual({ value });
  expect(readCell(of('reference'), '华兴')).toEqual({ name: '华兴' });
});

test('what cannot be read is refused with its reason, never guessed', () => {
  const rows: [Field, string][] = [
    [of('money'), 'viel'],
    [of('date'), '2026-02-30'],
    [of('date'), '5.3.2026'],
    [of('boolean'), '也许'],
    [rig, '旧'],
    [rig, '三桅'],
    [of('text', { required: true }), ''],
    [of('address'), '上海'],
    [of('instant'), '2026-01-01'],
  ];
  for (const [field, text] of rows) expect(readCell(field, text), text).toHaveProperty('refused');
  expect(asReference([])).toHaveProperty('refused');
  expect(
    asReference([
      { id: '1', name: 'a' },
      { id: '2', name: 'a' },
    ]),
  ).toHaveProperty('refused');
  expect(asReference([{ id: '1', name: 'a' }])).toEqual({ value: { id: '1', name: 'a' } });
});
