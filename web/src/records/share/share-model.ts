// What the dialog of sharing says of a share, and what it sends.
import { parseDate } from '@internationalized/date';
import { fieldErrors } from '../../api/problem.ts';
import type { Grantee, Share } from '../../api/shares.ts';
import type { Id, RecordData } from '../../api/types.ts';
import { dayOf } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { inWords } from '../fields/value-text.ts';

// A person names the last day; the server is told the moment after it, in the organisation's time.
export const untilOf = (day: string | null, zone: string): string | null =>
  day && parseDate(day).add({ days: 1 }).toDate(zone).toISOString().replace('.000Z', 'Z');

export const lastDayOf = (until: string): string => dayOf(new Date(Date.parse(until) - 1));

export const isOver = ({ until }: Pick<Share, 'until'>, now = Date.now()): boolean =>
  until !== null && Date.parse(until) <= now;

export function endText(share: Pick<Share, 'until'>, now = Date.now()): string {
  if (share.until === null) return t('share.no_end');
  const day = lastDayOf(share.until);
  return t(isOver(share, now) ? 'share.over' : 'share.ends', { day });
}

// What still gives something comes first, each part as the server tells it: the oldest first.
export const inOrder = (shares: Share[], now = Date.now()): Share[] => [
  ...shares.filter((share) => !isOver(share, now)),
  ...shares.filter((share) => isOver(share, now)),
];

export const sameTerms = (one: Share, other: Pick<Share, 'level' | 'until'>): boolean =>
  one.level === other.level && one.until === other.until;

// Whom it may be offered to: active members and groups that have nothing of it yet. The owner has it all.
export const offered = (rows: RecordData[], taken: Iterable<Id>): RecordData[] => {
  const had = new Set(taken);
  return rows.filter((row) => row.active !== false && !had.has(row.id));
};

export const asGrantee = (object: Grantee['object'], id: Id, name: string): Grantee => ({ object, id, name });

type Place = 'grantee' | 'level' | 'until';
const labels = { grantee: 'share.with', level: 'share.level', until: 'share.until_short' } as const;

// The server's sentences beside what they are about, in the words of the dialog; the others above it.
export function refusalOf(error: unknown): { at: { [place in Place]?: string }; rest: string[] } {
  const { fields, rest } = fieldErrors(error);
  const at: { [place in Place]?: string } = {};
  for (const [name, say] of Object.entries(fields)) {
    if (name in labels) at[name as Place] = inWords(say, { name, label: t(labels[name as Place]) });
    else rest.push(name === 'share' ? inWords(say, { name, label: t('record.share') }) : say);
  }
  return { at, rest };
}
