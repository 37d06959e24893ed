import { afterEach, expect, test } from 'vitest';
import {
  bytes,
  byName,
  countShort,
  dayLabel,
  decimal,
  duration,
  instant,
  money,
  moneyShort,
  phone,
  relativeDay,
  setZone,
  share,
  span,
  when,
} from './format.ts';

afterEach(() => setZone({ locale: 'zh-CN', timeZone: 'Asia/Shanghai', currency: 'CNY' }));

test('money in tables is exact, grouped and signed', () => {
  expect(money({ amount: '1236800.00', currency: 'CNY' })).toBe('¥1,236,800');
  expect(money({ amount: '1236800.50', currency: 'CNY' })).toBe('¥1,236,800.50');
  expect(money({ amount: '-12.30', currency: 'USD' })).toBe('−$12.30');
  expect(money({ amount: '9007199254740993.01', currency: 'CNY' })).toBe('¥9,007,199,254,740,993.01');
  expect(money({ amount: '5.00', currency: 'CHF' }, 2)).toBe('CHF 5.00');
  expect(money(null)).toBe('');
});

test('headlines count in 万 and 亿, and group inside 万', () => {
  expect(moneyShort('9800')).toBe('¥9,800');
  expect(moneyShort('171000')).toBe('¥17.1万');
  expect(moneyShort('12860000')).toBe('¥1,286万');
  expect(moneyShort('331000000')).toBe('¥3.31亿');
  setZone({ locale: 'en' });
  expect(moneyShort('12860000')).toBe('¥12.9M');
});

test('rounding is half away from zero and never prints minus zero', () => {
  expect(decimal('2.345', 2)).toBe('2.35');
  expect(decimal('999.995', 2)).toBe('1,000.00');
  expect(decimal('-0.001', 2)).toBe('0.00');
  expect(decimal('-2.5', 0)).toBe('−3');
});

test('shares keep at most two decimals', () => {
  expect(share(0.4)).toBe('40%');
  expect(share(0.123456)).toBe('12.35%');
  expect(share(0.27812, 1)).toBe('27.8%');
});

test('durations, phones, instants and day labels', () => {
  expect(duration('10wd')).toBe('10 个工作日');
  expect(duration('15d')).toBe('15 天');
  expect(instant('2026-03-20T18:30:00Z')).toBe('2026-03-21 02:30');
  expect(instant('never')).toBe('never');
  const now = new Date('2026-11-23T04:00:00Z');
  expect(dayLabel('2026-11-23', now)).toBe('今天');
  expect(dayLabel('2026-11-22', now)).toBe('昨天');
  expect(dayLabel('2026-11-18', now)).toBe('11-18');
  expect(dayLabel('2025-11-18', now)).toBe('2025-11-18');
});

test('what remains and how big are said roughly', () => {
  expect([span(0.2), span(12.4), span(400), span(9000)]).toEqual(['1 秒', '12 秒', '7 分钟', '2.5 小时']);
  expect([bytes(12), bytes(1234), bytes(43_210), bytes(1_234_567)]).toEqual(['12 B', '1.2 kB', '43 kB', '1.2 MB']);
});

test('one of a thing has no s', () => {
  setZone({ locale: 'en' });
  expect([duration('1wd'), duration('2wd'), duration('1d'), duration('1s')]).toEqual([
    '1 working day',
    '2 working days',
    '1 day',
    '1 s',
  ]);
});

test.each([
  ['13800138000', '138 0013 8000'],
  ['138-0013-8000', '138 0013 8000'],
  ['+8613800138000', '+86 138 0013 8000'],
  ['86 13800138000', '+86 138 0013 8000'],
  ['138****8000', '138****8000'],
  ['0512-66001234', '0512-66001234'],
  ['400-800-1234', '400-800-1234'],
  ['+1 555 0100', '+1 555 0100'],
])('the phone number %s reads %s', (value, reads) => expect(phone(value)).toBe(reads));

test.each([
  ['2026-11-30', '今天', 'Today'],
  ['2026-11-29', '昨天', 'Yesterday'],
  ['2026-12-01', '明天', 'Tomorrow'],
  ['2026-11-23', '7 天前', '7 days ago'],
  ['2026-12-03', '3 天后', 'in 3 days'],
  ['2026-11-22', '2026-11-22', '2026-11-22'],
  ['2026-12-08', '2026-12-08', '2026-12-08'],
])('seen on 30 November, the day %s is %s', (day, zh, en) => {
  const now = new Date('2026-11-30T04:00:00Z');
  expect(relativeDay(day, now)).toBe(zh);
  setZone({ locale: 'en' });
  expect(relativeDay(day, now)).toBe(en);
});

test.each([
  ['2026-11-30T06:20:00Z', '今天 14:20'],
  ['2026-11-29T16:30:00Z', '今天 00:30'],
  ['2026-11-29T15:59:00Z', '昨天 23:59'],
  ['2026-11-27T06:20:00Z', '3 天前'],
  ['2026-11-01T06:20:00Z', '2026-11-01'],
  ['never', 'never'],
])('seen on 30 November in Shanghai, the moment %s is %s', (value, says) =>
  expect(when(value, new Date('2026-11-30T08:00:00Z'))).toBe(says),
);

test.each([
  ['9999', '9,999', '9,999'],
  ['10000', '1.0万', '10.0K'],
  ['999999', '100.0万', '1,000.0K'],
  ['1000000', '100万', '1.0M'],
  ['74110000', '7,411万', '74.1M'],
  ['331000000', '3.31亿', '331.0M'],
  ['-171000', '17.1万', '171.0K'],
])('the headline of %s is %s, in English %s', (number, zh, en) => {
  expect(countShort(Math.abs(Number(number)))).toBe(zh);
  setZone({ locale: 'en' });
  expect(countShort(Math.abs(Number(number)))).toBe(en);
});

test('names stand in the order of their pinyin, in either language', () => {
  const sorted = ['张三', '李雷', '阿里', '苏州机械', 'Bosch', '10 号', '2 号'].sort(byName);
  expect(sorted).toEqual(['2 号', '10 号', '阿里', '李雷', '苏州机械', '张三', 'Bosch']);
});
