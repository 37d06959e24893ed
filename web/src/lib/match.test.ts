import { expect, test } from 'vitest';
import { matchRank, ranks } from './match.ts';
import './pinyin.ts';

const table: [name: string, typed: string, rank: keyof typeof ranks][] = [
  ['客户', '客户', 'same'],
  ['客户与联系人', '客户', 'prefix'],
  ['客户与联系人', 'kehu', 'read'],
  ['客户与联系人', 'kh', 'read'],
  ['客户与联系人', 'khylxr', 'read'],
  ['客户与联系人', 'ke hu yu', 'read'],
  ['客户与联系人', "ke'hu", 'read'],
  ['客户与联系人', '联系', 'inside'],
  ['客户与联系人', 'lianxi', 'readInside'],
  ['客户与联系人', 'lxr', 'readInside'],
  ['客户与联系人', 'khlxr', 'gaps'],
  ['客户与联系人', 'kehulianxiren', 'gaps'],
  ['客户与联系人', 'khlxrx', 'none'],
  ['客户与联系人', 'lxkh', 'none'],
  ['华兴科技有限公司', 'hx科技', 'read'],
  ['华兴科技有限公司', 'HX', 'read'],
  ['华兴科技有限公司', '华xkj', 'read'],
  // Every reading of a character with several.
  ['招商银行', 'yinhang', 'readInside'],
  ['重庆长安', 'cqca', 'read'],
  ['重庆长安', 'zhongqing', 'read'],
  ['绿地集团', 'lvdi', 'read'],
  ['绿地集团', 'ludi', 'read'],
  ['Accounts', 'acs', 'letters'],
  ['Accounts', 'xyz', 'none'],
  ['New deal', 'nd', 'read'],
  ['New deal', 'deal', 'inside'],
  ['Switch to English', 'se', 'gaps'],
  ['用友ERP系统', 'yyerp', 'read'],
  ['用友ERP系统', 'erpxt', 'readInside'],
  ['', 'a', 'none'],
];

test.each(table)('%s answers %s: %s', (name, typed, rank) => {
  expect(matchRank(name, typed)).toBe(ranks[rank]);
});

test('nothing typed fits everything; a prefix goes before initials, these before gaps', () => {
  expect(matchRank('客户', ' ')).toBeGreaterThan(0);
  expect(ranks.prefix > ranks.read && ranks.read > ranks.readInside && ranks.readInside > ranks.gaps).toBe(true);
});
