import { expect, test } from 'vitest';
import type { RecordData, Verb } from '../../api/types.ts';
import { isForMe, isOffered } from './approval-model.ts';

const approval = (state: string): RecordData => ({ id: '1', version: 1, state, owner: { id: '7', name: '李雷' } });
const offered = (one: RecordData, me: string) =>
  ['grant', 'refuse', 'withdraw', 'hand_over'].filter((name) => isOffered({ name } as Verb, one, me));

test('who asked may take it back, the others decide', () => {
  expect(offered(approval('asked'), '7')).toEqual(['withdraw']);
  expect(offered(approval('asked'), '8')).toEqual(['grant', 'refuse', 'hand_over']);
  expect([isForMe(approval('asked'), '7'), isForMe(approval('asked'), '8')]).toEqual([false, true]);
});

test('what was decided is decided', () => {
  for (const state of ['granted', 'refused', 'withdrawn', 'lapsed']) {
    expect(offered(approval(state), '7')).toEqual([]);
    expect(offered(approval(state), '8')).toEqual([]);
  }
});
