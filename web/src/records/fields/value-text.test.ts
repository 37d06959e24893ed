import { expect, test } from 'vitest';
import type { Field } from '../../api/types.ts';
import { inWords } from './value-text.ts';

const amount: Field = { name: 'amount', type: 'money', label: { zh: '金额', en: 'Amount' } };

test('a refusal names the field as people do', () => {
  expect(inWords('amount 不能为负数', amount)).toBe('金额 不能为负数');
  expect(inWords('amount：必须是金额', amount)).toBe('金额：必须是金额');
  expect(inWords('amounts 不对', amount)).toBe('amounts 不对');
  expect(inWords('没有汇率', amount)).toBe('没有汇率');
});
