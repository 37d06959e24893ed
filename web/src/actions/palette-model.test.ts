import { expect, test } from 'vitest';
import { type Entry, entriesOf, paletteEntries } from './palette-model.ts';
import type { Action } from './registry.ts';

const run = () => {};
const actions: Action[] = [
  { id: 'go/accounts', label: '客户', also: '客户', group: 'go', run },
  { id: 'go/contacts', label: '联系人', also: '客户', group: 'go', run },
  { id: 'go/deals', label: '商机', also: '流程', group: 'go', keys: 'g d', run },
  { id: 'create/deals', label: '新建商机', group: 'create', run },
  { id: 'win', label: '赢单', group: 'record', run },
  { id: 'down', label: '下一行', group: 'list', keys: 'j', keysOnly: true, run },
];
const recent: Entry[] = ['华兴一期', '明达科技', '三', '四', '五', '六', '七'].map((label, at) => ({
  key: `recent/${at}`,
  label,
  group: 'recent',
  path: `/deals/${at}`,
}));
const hit = (label: string, id: number): Entry => ({ key: `hit/${id}`, label, group: 'records', path: `/deals/${id}` });
const entries = entriesOf(actions, recent);
const keys = (typed: string, hits: Entry[] = []) => paletteEntries(entries, typed, hits).shown.map((one) => one.key);

test('with nothing typed, what the screen can do stands first, then where one was, without the moves of the cursor', () => {
  const all = keys('');
  expect(all.slice(0, 3)).toEqual(['win', 'recent/0', 'recent/1']);
  expect(all.filter((key) => key.startsWith('recent'))).toHaveLength(6);
  expect(all).not.toContain('down');
});

test.each([
  ['khlxr', 'go/contacts'],
  ['kehu', 'go/accounts'],
  ['lxr', 'go/contacts'],
  ['xjsj', 'create/deals'],
  ['yd', 'win'],
  ['hx', 'recent/0'],
  ['mdkj', 'recent/1'],
])('%s leads to %s', (typed, wanted) => {
  expect(keys(typed)[0]).toBe(wanted);
});

test('the begin of a name goes before its inside, and records stand between what fits well and what fits with gaps', () => {
  expect(keys('sj', [hit('三江', 9)])).toEqual(['go/deals', 'create/deals', 'hit/9']);
  expect(keys('khlxr', [hit('客户联系人大会', 9)])).toEqual(['hit/9', 'go/contacts']);
});

test('a record that was visited is not named twice', () => {
  expect(keys('hx', [hit('华兴一期', 0), hit('华兴二期', 8)]).slice(0, 2)).toEqual(['recent/0', 'hit/8']);
});

test('Enter need not wait for the server where a name fits well', () => {
  expect(paletteEntries(entries, 'kehu', []).sure).toBe(true);
  expect(paletteEntries(entries, 'khlxr', []).sure).toBe(false);
  expect(paletteEntries(entries, '', []).sure).toBe(true);
});

test('what nothing answers to is nothing', () => {
  expect(keys('qqqq')).toEqual([]);
});
