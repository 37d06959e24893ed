import { useQuery } from '@tanstack/react-query';
import { today as todayHere } from '../../i18n/format.ts';
import { daysQuery } from './ahead.ts';
import { type Days, daysOf, plus } from './today-model.ts';

export function useDays(): { days: Days; failed: unknown } {
  const asked = useQuery(daysQuery);
  const row = asked.data?.rows[0];
  const here = todayHere();
  // Until the calendar is known every day is a working day; the order of the page does not depend on it.
  const plain = { today: here, next: plus(here, 1), last: plus(here, -1), works: true };
  return { days: row ? daysOf(row) : plain, failed: asked.error };
}
