// How values read: full money in tables, 万 and 亿 in headlines, one-decimal percent, tenant days.
import type { Money } from '../api/types.ts';

type Zone = { locale: 'zh-CN' | 'en'; timeZone: string; currency: string };
const zone: Zone = { locale: 'zh-CN', timeZone: 'Asia/Shanghai', currency: 'CNY' };

export function setZone(next: Partial<Zone>) {
  Object.assign(zone, next);
}
export const baseCurrency = () => zone.currency;

const signs: { [currency: string]: string } = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', JPY: 'JP¥', HKD: 'HK$' };

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

// Exact on strings: an amount never goes through a double on its way to a table.
export function decimal(text: string | number, digits?: number): string {
  let source = typeof text === 'number' ? plain(text) : text.trim();
  const minus = source.startsWith('-');
  if (minus) source = source.slice(1);
  let [whole = '0', fraction = ''] = source.split('.');
  if (digits !== undefined && fraction.length > digits) {
    const up = fraction.charCodeAt(digits) >= 53;
    fraction = fraction.slice(0, digits);
    if (up) {
      const raised = (BigInt(whole + fraction) + 1n).toString().padStart(digits + 1, '0');
      whole = digits ? raised.slice(0, -digits) : raised;
      fraction = digits ? raised.slice(-digits) : '';
    }
  }
  if (digits !== undefined) fraction = fraction.padEnd(digits, '0');
  const zero = /^0*$/.test(whole + fraction);
  return `${minus && !zero ? '−' : ''}${grouped(whole)}${fraction ? `.${fraction}` : ''}`;
}

function plain(value: number): string {
  return Math.abs(value) < 1e15 && Number.isFinite(value) ? String(value) : value.toFixed(0);
}

export function money(value: Money | string | number | null | undefined, digits: 0 | 2 | 'auto' = 'auto'): string {
  if (value === null || value === undefined) return '';
  const { amount, currency } = typeof value === 'object' ? value : { amount: String(value), currency: zone.currency };
  const whole = /^-?\d+(\.0*)?$/.test(amount);
  const text = decimal(amount, digits === 'auto' ? (whole ? 0 : 2) : digits);
  const sign = signs[currency] ?? `${currency} `;
  return text.startsWith('−') ? `−${sign}${text.slice(1)}` : `${sign}${text}`;
}

// Headlines and axes. Chinese counts in 万 and 亿, English in K, M, B; neither borrows from the other.
export function moneyShort(value: Money | string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  const { amount, currency } = typeof value === 'object' ? value : { amount: String(value), currency: zone.currency };
  const number = Number(amount);
  const sign = signs[currency] ?? `${currency} `;
  return `${number < 0 ? '−' : ''}${sign}${countShort(Math.abs(number))}`;
}

export function countShort(number: number): string {
  if (zone.locale === 'en') {
    if (number < 10_000) return decimal(number, 0);
    if (number < 1e6) return `${decimal(number / 1e3, 1)}K`;
    if (number < 1e9) return `${decimal(number / 1e6, 1)}M`;
    return `${decimal(number / 1e9, 2)}B`;
  }
  if (number < 10_000) return decimal(number, 0);
  if (number < 1e6) return `${decimal(number / 1e4, 1)}万`;
  if (number < 1e8) return `${decimal(number / 1e4, 0)}万`;
  return `${decimal(number / 1e8, 2)}亿`;
}

export function share(value: number | string | null | undefined, digits?: number): string {
  if (value === null || value === undefined || value === '') return '';
  const percent = Math.round(Number(value) * 1e6) / 1e4;
  return `${digits === undefined ? String(Math.round(percent * 100) / 100) : percent.toFixed(digits)}%`;
}

const durationUnits = {
  'zh-CN': { wd: ' 个工作日', d: ' 天', h: ' 小时', m: ' 分钟', s: ' 秒', w: ' 周' },
  en: { wd: ' working days', d: ' days', h: ' h', m: ' min', s: ' s', w: ' weeks' },
} as const;

export function duration(value: string | null | undefined): string {
  if (!value) return '';
  const match = /^(-?[\d.]+)(wd|d|h|m|s|w)$/.exec(value);
  if (!match) return value;
  const unit = durationUnits[zone.locale][match[2] as 'd'];
  // English says one of a thing without its s.
  return `${match[1]}${zone.locale === 'en' && match[1] === '1' && unit.length > 3 ? unit.replace(/s$/, '') : unit}`;
}

export const date = (value: string | null | undefined): string => value ?? '';

const parts = new Map<string, Intl.DateTimeFormat>();
function clock(value: Date): { [part: string]: string } {
  let format = parts.get(zone.timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone.timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    parts.set(zone.timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(value).map((part) => [part.type, part.value]));
}

// What is no instant is shown as it came rather than taking the page down.
const isInstant = (value: string | Date): boolean => !Number.isNaN(new Date(value).getTime());

export function dayOf(instant: string | Date): string {
  if (!isInstant(instant)) return String(instant);
  const at = clock(new Date(instant));
  return `${at.year}-${at.month}-${at.day}`;
}

export const today = (now: Date = new Date()): string => dayOf(now);

export function time(instant: string | Date): string {
  if (!isInstant(instant)) return '';
  const at = clock(new Date(instant));
  return `${at.hour}:${at.minute}`;
}

export function instant(value: string | null | undefined): string {
  return value ? `${dayOf(value)} ${time(value)}`.trim() : '';
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

// Day separators of a timeline: 今天, 昨天, 11-18, 2025-11-18.
export function dayLabel(day: string, now: Date = new Date()): string {
  const here = today(now);
  const ago = daysBetween(day, here);
  if (ago === 0) return zone.locale === 'en' ? 'Today' : '今天';
  if (ago === 1) return zone.locale === 'en' ? 'Yesterday' : '昨天';
  return day.slice(0, 4) === here.slice(0, 4) ? day.slice(5) : day;
}

const nearDays = {
  'zh-CN': {
    0: '今天',
    1: '明天',
    '-1': '昨天',
    ago: (days: number) => `${days} 天前`,
    ahead: (days: number) => `${days} 天后`,
  },
  en: {
    0: 'Today',
    1: 'Tomorrow',
    '-1': 'Yesterday',
    ago: (days: number) => `${days} days ago`,
    ahead: (days: number) => `in ${days} days`,
  },
} as const;

// A day within a week of today as people say it, any other by its date.
export function relativeDay(day: string, now: Date = new Date()): string {
  const days = daysBetween(today(now), day);
  if (!(Math.abs(days) <= 7)) return day;
  const words = nearDays[zone.locale];
  if (days === 0 || days === 1 || days === -1) return words[String(days) as '0' | '1' | '-1'];
  return days < 0 ? words.ago(-days) : words.ahead(days);
}

// 2026年11月, November 2026.
export const month = (day: string): string =>
  new Intl.DateTimeFormat(zone.locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

// A moment as people say it: 今天 14:20, 昨天 09:05, 3 天前, 2026-11-18.
export function when(value: string | null | undefined, now: Date = new Date()): string {
  if (!value || !isInstant(value)) return value ?? '';
  const day = dayOf(value);
  const near = Math.abs(daysBetween(today(now), day)) <= 1;
  return near ? `${relativeDay(day, now)} ${time(value)}` : relativeDay(day, now);
}

// Mobile numbers in groups of 3, 4, 4; masked ones and all others as they come.
export function phone(value: string): string {
  const mobile = /^(?:\+?86[- ]?)?(1\d{2})[- ]?(\d{4})[- ]?(\d{4})$/.exec(value.trim());
  if (!mobile) return value;
  const country = /^\+?86/.test(value.trim()) ? '+86 ' : '';
  return `${country}${mobile[1]} ${mobile[2]} ${mobile[3]}`;
}

// Chinese names by pinyin, others by the alphabet, in either language.
const collator = new Intl.Collator('zh-CN-u-co-pinyin', { numeric: true });
export const byName = (one: string, other: string): number => collator.compare(one, other);

export const list = (texts: string[]): string => texts.filter(Boolean).join(zone.locale === 'en' ? ', ' : '、');

export const count = (value: number): string => decimal(value, 0);

// How long something still takes, as roughly as one may say it.
export function span(seconds: number): string {
  if (seconds < 90) return duration(`${Math.max(1, Math.round(seconds))}s`);
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? duration(`${minutes}m`) : duration(`${Math.round(minutes / 6) / 10}h`);
}

// A file's size, in the thousands of its unit.
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  if (size < 1e6) return `${decimal(size / 1e3, size < 1e4 ? 1 : 0)} kB`;
  return `${decimal(size / 1e6, 1)} MB`;
}
