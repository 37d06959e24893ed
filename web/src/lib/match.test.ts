import { expect, test } from 'vitest';
import { matchRank } from './match.ts';

test('a prefix beats the inside, the inside beats scattered letters', () => {
  expect(matchRank('客户与联系人', '客户')).toBe(3);
  expect(matchRank('客户与联系人', '联系')).toBe(2);
  expect(matchRank('Accounts', 'acs')).toBe(1);
  expect(matchRank('Accounts', 'xyz')).toBe(0);
});
