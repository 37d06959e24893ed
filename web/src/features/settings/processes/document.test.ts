import { i18n } from '@lingui/core';
import { beforeAll, expect, test } from 'vitest';
import words from '../../../i18n/more/zh-CN/settings.json';
import { diffLines } from './diff.ts';
import { type DocumentWire, documentOf, draftOf, emptyStage, inOrder, placeOf } from './document.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'zh-CN', messages: words }));

const wire: DocumentWire = {
  stages: [
    {
      key: 'needs',
      name: { zh: '需求分析', en: 'Needs' },
      kind: 'sell',
      limit: '10wd',
      win_share: 0.25,
      entry: [],
      exit: [
        { field: 'amount', strength: 'block', say: { zh: '请填写金额', en: 'Amount' } },
        { done: ['call', 'visit'], at_least: 2, strength: 'hint' },
        { check: 'amount > 0', key: 'positive', strength: 'warn' },
      ],
      playbook: [{ task: 'SPIN 提问清单', guide: 'spin.md' }],
    },
    { key: 'closing', name: { zh: '签约', en: 'Closing' }, kind: 'sell', entry: [], exit: [], playbook: [] },
  ],
  moves: { skip: 'forbid', back: 'with_reason' },
};

test('a document goes through the form unchanged, what the form does not show included', () => {
  expect(documentOf(draftOf(wire))).toEqual(wire);
  const strict: DocumentWire = { ...wire, moves: { ...wire.moves, exceptions: 'forbid' } };
  expect(documentOf(draftOf(strict))).toEqual(strict);
  expect(diffLines(wire, strict, undefined)).toEqual(['推进条件的例外：可向上级申请 → 不允许']);
});

test('a new stage gets a key that no version ever had; a rule gets one of its own', () => {
  const draft = draftOf(wire);
  draft.stages.push(
    { ...emptyStage(), zh: '试用', en: 'Trial run' },
    { ...emptyStage(), zh: '交付', en: '', kind: 'deliver' },
  );
  draft.stages[0]?.exit.push({ ...draft.stages[0].exit[2]!, id: 'x', key: undefined, check: 'budget > 0' });
  const after = documentOf(draft, ['trial_run', 'stage_1']);
  expect(after.stages.map((stage) => stage.key)).toEqual(['needs', 'closing', 'trial_run_2', 'stage_2']);
  expect(after.stages[0]?.exit?.at(-1)?.key).toBe('rule_1');
});

test('delivery stages stand behind those that sell', () => {
  const stages = [
    { ...emptyStage(), id: 'd', kind: 'deliver' as const },
    { ...emptyStage(), id: 's' },
  ];
  expect(inOrder(stages).map((stage) => stage.id)).toEqual(['s', 'd']);
});

test('a refusal names the stage and the check it belongs to', () => {
  expect(placeOf('stages[2].exit[0].strength')).toEqual({ stage: 2, list: 'exit', check: 0 });
  expect(placeOf('stages[1].name')).toEqual({ stage: 1 });
  expect(placeOf('document')).toBeNull();
});

test('what changes is told in words', () => {
  const after = structuredClone(wire);
  const needs = after.stages[0]!;
  needs.limit = '5d';
  needs.win_share = 0.3;
  needs.exit = [{ ...needs.exit![0]!, strength: 'warn' }, needs.exit![1]!, { field: 'budget', strength: 'block' }];
  after.stages = [{ key: 'trial', name: { zh: '试用', en: 'Trial' } }, needs];
  after.moves = { skip: 'allow', back: 'with_reason' };
  expect(diffLines(wire, after, undefined)).toEqual([
    '新增阶段“试用”',
    '“需求分析”的停留时限：10 个工作日 → 5 天',
    '“需求分析”的赢率：25% → 30%',
    '“需求分析”的离开条件“amount已填写”由阻止推进改为提醒，可继续',
    '“需求分析”新增离开条件：budget已填写（阻止推进）',
    '“需求分析”取消离开条件：公式 amount > 0 成立（提醒，可继续）',
    '删除阶段“签约”',
    '跳过阶段：不允许跳过 → 允许跳过',
  ]);
  expect(diffLines(wire, wire, undefined)).toEqual([]);
});
