// How the events of a record are told: chosen by kind, changes of fields folded, a heading for each day.
import type { TimelineEvent } from '../../api/types.ts';

export type Kind = 'all' | 'talk' | 'way' | 'change';

const ends = new Set(['won', 'lost', 'reopened', 'converted', 'disqualified', 'stepped_back', 'moved', 'advanced']);

// `page` is the object whose page it is: what was born below it was said or done with the customer.
export function kindOf(event: TimelineEvent, page: string): Exclude<Kind, 'all'> {
  if (event.object !== page) return 'talk';
  const moved = event.changes?.some((change) => change.field === 'stage' || change.field === 'outcome');
  return moved || ends.has(event.verb) || event.verb === 'created' ? 'way' : 'change';
}

// One event, or a run of changes that one person made on one day.
export type Told = { key: string; events: [TimelineEvent, ...TimelineEvent[]] };
export type Day = { day: string; told: Told[] };

const isChange = (event: TimelineEvent, page: string): boolean =>
  event.verb === 'changed' && event.object === page && !event.reason;

export function tell(events: TimelineEvent[], page: string, kind: Kind, dayOf: (at: string) => string): Day[] {
  const days: Day[] = [];
  for (const event of events) {
    if (kind !== 'all' && kindOf(event, page) !== kind) continue;
    const day = dayOf(event.happened_at);
    let last = days[days.length - 1];
    if (last?.day !== day) {
      last = { day, told: [] };
      days.push(last);
    }
    const run = last.told[last.told.length - 1];
    const before = run?.events[0];
    if (run && before && isChange(event, page) && isChange(before, page) && before.actor?.id === event.actor?.id)
      run.events.push(event);
    else last.told.push({ key: `${event.seq}-${event.id}`, events: [event] });
  }
  return days;
}

// The first so many, whole days apart or not.
export function firstOf(days: Day[], most: number): Day[] {
  let left = most;
  return days.flatMap((day) => {
    const told = day.told.slice(0, Math.max(0, left));
    left -= told.length;
    return told.length > 0 ? [{ ...day, told }] : [];
  });
}

export const countOf = (days: Day[]): number => days.reduce((sum, day) => sum + day.told.length, 0);
