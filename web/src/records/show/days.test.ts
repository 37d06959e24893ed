import { i18n } from '@lingui/core';
import { beforeAll, expect, test } from 'vitest';
import words from '../../i18n/more/zh-CN/record.json';
import { messages } from '../../i18n/zh-CN.ts';
import { dayChoices, dueText, plusDays } from './days.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'zh-CN', messages: { ...messages, ...words } as never }));

test('days to put off to: each once, in order', () => {
  expect(dayChoices('2026-11-30').map((one) => one.day)).toEqual(['2026-12-01', '2026-12-03', '2026-12-07']);
  expect(dayChoices('2026-12-04').map((one) => one.day)).toEqual(['2026-12-05', '2026-12-07', '2026-12-11']);
  expect(dayChoices('2026-12-06').map((one) => one.day)).toEqual(['2026-12-07', '2026-12-09', '2026-12-13']);
  expect(plusDays('2028-02-28', 2)).toBe('2028-03-01');
});

test('a day is said as people say it', () => {
  const rows: [string, string][] = [
    ['2026-11-27', '逾期 3 天'],
    ['2026-11-30', '今天'],
    ['2026-12-01', '明天'],
    ['2026-12-04', '12-04 周五'],
    ['2027-01-04', '2027-01-04 周一'],
  ];
  for (const [day, text] of rows) expect(dueText(day, '2026-11-30'), day).toBe(text);
});
