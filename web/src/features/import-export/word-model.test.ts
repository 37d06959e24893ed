import { expect, test } from 'vitest';
import type { Field } from '../../api/types.ts';
import { plainField } from './import-model.ts';
import { alike, changeValue, choiceNamed, fateOf, mappable } from './word-model.ts';

test('a word of the file becomes a choice, or stays as it is', () => {
  expect(changeValue({ a: 'x' }, 'b', 'y')).toEqual({ a: 'x', b: 'y' });
  expect(changeValue({ a: 'x', b: 'y' }, 'A ', null)).toEqual({ b: 'y' });
  expect(changeValue({ a: 'x' }, 'Ａ', '')).toEqual({ Ａ: '' });
  expect(mappable({ ...plainField('f'), values: { 旧: 'old' } }, ['新'])).toEqual(['新', '旧']);
  const field = { choices: [{ key: 'won', label: { zh: '赢单', en: 'Won' }, active: true }] } as unknown as Field;
  expect([choiceNamed(field, 'won'), choiceNamed(field, '赢单'), choiceNamed(field, 'Won')]).toEqual([
    'won',
    'won',
    'won',
  ]);
  expect(choiceNamed(field, 'lost')).toBeNull();
});

test('a word is mapped, empty, understood or left for a person to decide', () => {
  const field = { ...plainField('f'), values: { a: 'x', gone: '' } };
  const fate = (word: string, value: unknown = null) => fateOf(field, ['Select'], { word, value });
  expect([fate('A'), fate('Gone'), fate('select'), fate('won', 'won'), fate('strange')]).toEqual([
    'mapped',
    'empty',
    'empty',
    'known',
    'unknown',
  ]);
  expect(alike('ＧＴＸ Pro ', 'gtx pro')).toBe(true);
});
