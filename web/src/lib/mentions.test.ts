import { expect, test } from 'vitest';
import { labelFor, mentionedIn, parts, plainText, toWire, typedAt } from './mentions.ts';

test('what is written as names is sent with ids, and comes back as names', () => {
  const known = { 张三: '17', 张三丰: '18', 'A.B (c)': '19' };
  const typed = '请 @张三丰 和@张三看，@A.B (c) 抄送，@李四 没选。';
  const sent = toWire(typed, known);
  expect(sent).toBe('请 @[张三丰](18) 和@[张三](17)看，@[A.B (c)](19) 抄送，@李四 没选。');
  expect(plainText(sent)).toBe(typed);
  expect(mentionedIn(sent)).toEqual(known);
  expect(toWire(typed, {})).toBe(typed);
});

test('a text falls into words and mentions', () => {
  expect(parts('请@[张三](17)看')).toEqual([{ text: '请' }, { text: '@张三', member: '17' }, { text: '看' }]);
  expect(parts('没有 @[人](x)')).toEqual([{ text: '没有 @[人](x)' }]);
});

test('two of one name are told apart', () => {
  expect(labelFor({}, '张三', '17')).toBe('张三');
  expect(labelFor({ 张三: '17' }, '张三', '17')).toBe('张三');
  expect(labelFor({ 张三: '17' }, '张三', '900018')).toBe('张三#0018');
  expect(labelFor({}, '张[三]', '17')).toBe('张 三');
});

test('an @ begins a mention, but not inside an e-mail address or after its end', () => {
  const rows: [string, { from: number; query: string } | null][] = [
    ['@', { from: 0, query: '' }],
    ['请@zh', { from: 1, query: 'zh' }],
    ['请 @张三', { from: 2, query: '张三' }],
    ['a@b', null],
    ['zhang.san@example', null],
    ['@张三 好', null],
    ['@张三，', null],
    ['没有', null],
  ];
  for (const [text, typed] of rows) expect(typedAt(text, text.length), text).toEqual(typed);
  expect(typedAt('@zh 后面', 3)).toEqual({ from: 0, query: 'zh' });
});
