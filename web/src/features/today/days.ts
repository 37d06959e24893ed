// Days as they are chosen: from the organisation's working days, said with their weekday.
import { locale, t } from '../../i18n/i18n.ts';
import { type Days, plus } from './today-model.ts';

export const weekday = (day: string): string =>
  new Intl.DateTimeFormat(locale() === 'en' ? 'en' : 'zh-CN', { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

export const dated = (day: string): string => `${day.slice(5)} ${weekday(day)}`;

export function longDay(day: string): string {
  const format = { month: 'long', day: 'numeric', weekday: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale() === 'en' ? 'en' : 'zh-CN', format).format(new Date(`${day}T00:00:00Z`));
}

const mondayAfter = (day: string): string => plus(day, 7 - ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

export type DayChoice = { key: string; day: string; label: string };

// The next working day, three days on, next Monday, a week on; each day once.
export function dayChoices(days: Days): DayChoice[] {
  const all = [
    { key: 'next', day: days.next, label: t('today.day.next') },
    { key: 'three', day: plus(days.today, 3), label: t('today.day.three') },
    { key: 'monday', day: mondayAfter(days.today), label: t('today.day.monday') },
    { key: 'week', day: plus(days.today, 7), label: t('today.day.week') },
  ];
  return all.filter((one, at) => all.findIndex((other) => other.day === one.day) === at);
}
