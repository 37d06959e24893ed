import { i18n } from '@lingui/core';
import { beforeAll, expect, test } from 'vitest';
import type { Comparison, Field, ObjectDef } from '../../api/types.ts';
import words from '../../i18n/more/zh-CN/record.json';
import { messages } from '../../i18n/zh-CN.ts';
import { differing, madeBy } from './history-text.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'zh-CN', messages: { ...messages, ...words } as never }));

const field = (name: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  name,
  type,
  label: { zh: `${name}字段`, en: name },
  ...more,
});
const deal = {
  name: 'deal',
  fields: [
    field('name', 'text'),
    field('account', 'reference', { target: 'account' }),
    field('cycle_days', 'number', { written_by: 'system' }),
  ],
} as unknown as ObjectDef;

test('what differs is said in words; what the system reckons or nobody may see is not', () => {
  const fields: Comparison['fields'] = [
    { field: 'name', from: '一期', to: '二期' },
    { field: 'account', from: { id: '1', name: null as unknown as string }, to: { id: '2', name: '华兴' } },
    { field: 'cycle_days', from: 1, to: 2 },
    { field: 'unknown', from: 1, to: 2 },
  ];
  expect(differing(deal, { fields } as Comparison)).toEqual([
    { name: 'name', label: 'name字段', from: '一期', to: '二期' },
    { name: 'account', label: 'account字段', from: '（已删除或无权查看）', to: '华兴' },
  ]);
});

test('a version says who made it, when, and by what way', () => {
  const head = { happened_at: '2026-11-30T01:40:00Z', verb: 'changed', reason: null, via: 'web' };
  const lilei = { id: '1', name: '李雷' };
  const rows: [Parameters<typeof madeBy>[0], string][] = [
    [{ ...head, actor: lilei }, '李雷 · 2026-11-30 09:40'],
    [{ ...head, actor: lilei, via: 'import', verb: 'created' }, '李雷 · 2026-11-30 09:40 · 新建时填写 · 导入'],
    [{ ...head, actor: lilei, reason: '看错了' }, '李雷 · 2026-11-30 09:40 · 原因：看错了'],
    [{ ...head, actor: null, via: 'system' }, '系统 · 2026-11-30 09:40'],
  ];
  for (const [version, text] of rows) expect(madeBy(version)).toBe(text);
});
