import { expect, test } from 'vitest';
import { parseAmount, toWire } from './wire.ts';

test('an amount may be typed with commas, signs, 万 and 亿, and stays exact', () => {
  const rows: [string, string | null][] = [
    ['1,236,800.5', '1236800.5'],
    ['12万', '120000'],
    ['17.15万', '171500'],
    ['¥3.31亿', '331000000'],
    ['1.23456万', '12345.6'],
    ['2k', '2000'],
    ['-5', '-5'],
    ['.5', '0.5'],
    ['abc', null],
    ['', null],
  ];
  for (const [typed, amount] of rows) expect(parseAmount(typed), typed).toBe(amount);
});

test('a reference is written by its id, an empty value as null', () => {
  const owner = { name: 'owner', type: 'reference' as const, label: { zh: '', en: '' } };
  expect(toWire(owner, { id: '7', name: '李雷' })).toBe('7');
  expect(toWire(owner, '')).toBeNull();
  expect(toWire({ ...owner, type: 'choices' }, [])).toBeNull();
});
