// What a notification says and where it leads.
import type { Notification } from '../../api/types.ts';
import { dayOf, daysBetween, today } from '../../i18n/format.ts';

export type Day<T> = { day: string; items: T[] };

export function byDay(told: Notification[]): Day<Notification>[] {
  const days: Day<Notification>[] = [];
  for (const one of told) {
    const day = dayOf(one.at);
    if (days.at(-1)?.day === day) days.at(-1)?.items.push(one);
    else days.push({ day, items: [one] });
  }
  return days;
}

const before = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

// Which records are meant where the notification names none: the filter of their list.
export function filterOf(one: Notification): { f: string; sort?: string } {
  const day = dayOf(one.at);
  if (one.reason === 'due') return { f: `owner = me() and state = "open" and due_on = date("${day}")` };
  if (one.reason === 'overdue') return { f: `owner = me() and state = "open" and due_on = date("${before(day)}")` };
  if (one.reason === 'stalled') return { f: `owner = me() and outcome = "open" and stalled_since = date("${day}")` };
  return { f: 'owner = me()', sort: '-updated_at' };
}

export type Target = { to: string; search?: { [name: string]: string } };

export function targetOf(one: Notification, plural: string | undefined): Target | null {
  if (one.object === 'job') return { to: '/notifications', search: { tab: 'jobs' } };
  if (!plural) return null;
  if (one.record) return { to: `/${plural}/${one.record.id}` };
  return { to: `/${plural}`, search: filterOf(one) };
}

// The sentence's id. What was said of a day is said otherwise once the day is over.
export function sayingOf(one: Notification, now: Date = new Date()) {
  const many = one.record ? '' : '_many';
  if (one.reason === 'approval_asked' || one.reason === 'approval_decided') return `inbox.say.${one.reason}` as const;
  if (one.reason === 'job_done' || one.reason === 'job_failed' || one.reason === 'mail_failed')
    return `inbox.say.${one.reason}` as const;
  if (one.reason === 'followed')
    return one.fields.length > 0 ? 'inbox.say.followed' : ('inbox.say.followed_back' as const);
  const past = daysBetween(dayOf(one.at), today(now)) > 0;
  if (one.reason === 'due' || one.reason === 'overdue')
    return `inbox.say.${one.reason}${past ? '_past' : ''}${many}` as const;
  return `inbox.say.${one.reason}${many}` as const;
}
