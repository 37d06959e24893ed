import { expect, test } from 'vitest';
import { ApiProblem } from '../../../api/problem.ts';
import type { Field } from '../../../api/types.ts';
import { builtInOverlay, customOverlay, draftOf, emptyDraft, errorsOf, keyFrom } from './field-model.ts';

const source: Field = {
  name: 'source',
  type: 'choice',
  label: { zh: '来源', en: 'Source' },
  choices: [
    { key: 'web', label: { zh: '网站', en: 'Web' }, active: true },
    { key: 'fair', label: { zh: '展会', en: 'Fair' }, active: true },
  ],
};

test('a key is made of the English name, or of a number, and is never taken twice', () => {
  expect(keyFrom('Trade terms', [], 'x_')).toBe('x_trade_terms');
  expect(keyFrom('Trade terms', ['x_trade_terms'], 'x_')).toBe('x_trade_terms_2');
  expect(keyFrom('贸易方式', ['x_field_1'], 'x_')).toBe('x_field_2');
  expect(keyFrom('2nd owner', [], 'x_')).toBe('x_nd_owner');
});

test('a custom field says only what its type knows', () => {
  const draft = {
    ...emptyDraft,
    name: 'x_pieces',
    type: 'number' as const,
    zh: '件数',
    searched: true,
    kind: 'email' as const,
    scale: '2',
    required: true,
  };
  expect(customOverlay(draft)).toEqual({
    name: 'x_pieces',
    type: 'number',
    label: { zh: '件数', en: '件数' },
    required: true,
    scale: 2,
  });
});

test('new choices get keys of their own, old ones keep theirs', () => {
  const draft = draftOf(source, undefined);
  draft.choices.push({ key: 'new 1', zh: '老客户介绍', en: '', tone: 'good', active: true, isNew: true });
  draft.choices[0]!.active = false;
  expect(builtInOverlay(draft, source, undefined).choices).toEqual([
    { key: 'web', label: { zh: '网站', en: 'Web' }, active: false },
    { key: 'fair', label: { zh: '展会', en: 'Fair' } },
    { key: 'choice_1', label: { zh: '老客户介绍', en: '老客户介绍' }, tone: 'good' },
  ]);
});

test('of a built-in field only what differs is said', () => {
  expect(builtInOverlay(draftOf(source, undefined), source, undefined)).toEqual({ name: 'source' });
  const draft = { ...draftOf(source, undefined), required: true, requiredWhen: ' amount > 5 ' };
  expect(builtInOverlay(draft, source, undefined)).toEqual({
    name: 'source',
    required: true,
    required_when: 'amount > 5',
  });
});

const say = (field: string, code: string, text: string) =>
  errorsOf(new ApiProblem({ title: '', status: 422, code, errors: [{ code, field, say: text }] }));

test('a refusal stands at the input it belongs to, without the place in its sentence', () => {
  expect(say('deal.x_trade.choices', 'definition_no_choices', 'deal.x_trade.choices：请至少给出一个选项').at).toEqual({
    choices: '请至少给出一个选项',
  });
  expect(say('fields[0].type', 'unknown_word', 'fields[0].type：无法识别').at).toEqual({ type: '无法识别' });
  expect(say('deal.x_trade', 'definition_conflict', 'deal.x_trade：重复').at).toEqual({ unique: '重复' });
  expect(say('', 'forbidden', '您没有权限').rest).toEqual(['您没有权限']);
});
