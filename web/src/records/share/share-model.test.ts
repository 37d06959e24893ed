import { i18n } from '@lingui/core';
import { beforeEach, expect, test } from 'vitest';
import { ApiProblem } from '../../api/problem.ts';
import type { Share } from '../../api/shares.ts';
import type { RecordData } from '../../api/types.ts';
import { setZone } from '../../i18n/format.ts';
import recordWords from '../../i18n/more/zh-CN/record.json';
import words from '../../i18n/more/zh-CN/share.json';
import { endText, inOrder, isOver, lastDayOf, offered, refusalOf, sameTerms, untilOf } from './share-model.ts';

i18n.loadAndActivate({ locale: 'zh-CN', messages: { ...words, 'record.share': recordWords['record.share'] } });
beforeEach(() => setZone({ locale: 'zh-CN', timeZone: 'Asia/Shanghai' }));

const share = (name: string, until: string | null): Share => ({
  grantee: { object: 'member', id: name, name },
  level: 'read',
  until,
  by: null,
  since: '2026-03-18T01:30:00Z',
});
const now = Date.parse('2026-03-18T01:30:00Z');

test('the last day is a whole day of the organisation, there and back', () => {
  const rows: [day: string, zone: string, until: string][] = [
    ['2026-12-31', 'Asia/Shanghai', '2026-12-31T16:00:00Z'],
    ['2026-12-31', 'UTC', '2027-01-01T00:00:00Z'],
    // The day on which the clocks go forward has 23 hours.
    ['2026-03-08', 'America/New_York', '2026-03-09T04:00:00Z'],
  ];
  for (const [day, zone, until] of rows) {
    setZone({ timeZone: zone });
    expect(untilOf(day, zone)).toBe(until);
    expect(lastDayOf(until)).toBe(day);
  }
  expect(untilOf(null, 'Asia/Shanghai')).toBeNull();
});

test('a share is over from its moment on, and says so', () => {
  expect(isOver(share('a', null), now)).toBe(false);
  expect(isOver(share('a', '2026-03-18T01:30:00Z'), now)).toBe(true);
  expect(endText(share('a', null), now)).toBe('长期有效');
  expect(endText(share('a', '2026-03-18T16:00:00Z'), now)).toBe('有效至 2026-03-18');
  expect(endText(share('a', '2026-03-17T16:00:00Z'), now)).toBe('已于 2026-03-17 到期');
});

test('what is over stands last, the rest as it came', () => {
  const shares = [share('over', '2026-01-01T00:00:00Z'), share('b', null), share('a', '2026-12-31T16:00:00Z')];
  expect(inOrder(shares, now).map((one) => one.grantee.name)).toEqual(['b', 'a', 'over']);
});

test('terms are told apart by level and end', () => {
  expect(sameTerms(share('a', null), { level: 'read', until: null })).toBe(true);
  expect(sameTerms(share('a', null), { level: 'edit', until: null })).toBe(false);
  expect(sameTerms(share('a', null), { level: 'read', until: '2026-12-31T16:00:00Z' })).toBe(false);
});

test('whoever has it already, or is out of use, is not offered', () => {
  const rows = [{ id: '1' }, { id: '2', active: false }, { id: '3', active: true }] as RecordData[];
  expect(offered(rows, ['1']).map((row) => row.id)).toEqual(['3']);
  expect(offered(rows, []).map((row) => row.id)).toEqual(['1', '3']);
});

const problem = (field: string, say: string) =>
  new ApiProblem({ title: '', status: 422, code: 'invalid_value', errors: [{ code: 'invalid_value', field, say }] });

test('a refusal stands where it is about, in the words of the dialog', () => {
  const rows: [field: string, say: string, told: ReturnType<typeof refusalOf>][] = [
    ['until', 'until 的值无效', { at: { until: '有效至 的值无效' }, rest: [] }],
    ['grantee', 'grantee 指向的记录不存在', { at: { grantee: '共享给 指向的记录不存在' }, rest: [] }],
    ['share', 'share：最多 100 项', { at: {}, rest: ['共享：最多 100 项'] }],
    ['deal', '您没有执行此操作的权限', { at: {}, rest: ['您没有执行此操作的权限'] }],
  ];
  for (const [field, say, told] of rows) expect(refusalOf(problem(field, say))).toEqual(told);
});
