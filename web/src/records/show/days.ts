// Days a next step is put off to, counted from the organisation's today.
import { daysBetween } from '../../i18n/format.ts';
import { locale, t } from '../../i18n/i18n.ts';

export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

export type DayChoice = { day: string; label: string };

// Tomorrow, three days on, next Monday, a week on; each day once, in its order.
export function dayChoices(today: string): DayChoice[] {
  const all = [
    { day: plusDays(today, 1), label: t('record.day.tomorrow') },
    { day: plusDays(today, 3), label: t('record.day.three') },
    { day: plusDays(today, 7 - weekdayOf(today)), label: t('record.day.monday') },
    { day: plusDays(today, 7), label: t('record.day.week') },
  ];
  return all
    .filter((one, at) => all.findIndex((other) => other.day === one.day) === at)
    .sort((a, b) => a.day.localeCompare(b.day));
}

export function weekday(day: string): string {
  const format = new Intl.DateTimeFormat(locale() === 'en' ? 'en' : 'zh-CN', { weekday: 'short', timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}

// 今天, 明天, 逾期 3 天, 12-04 周四.
export function dueText(day: string, today: string): string {
  const left = daysBetween(today, day);
  if (left < 0) return t('record.due.late', { days: -left });
  if (left === 0) return t('record.due.today');
  if (left === 1) return t('record.due.tomorrow');
  return `${day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day} ${weekday(day)}`;
}
