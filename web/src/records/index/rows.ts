// The rows of a list over pages that arrive one after the other. A hole stands for a row that is known to exist and not read.
import type { Page, RecordData } from '../../api/types.ts';

export type Rows = {
  count: number;
  at: (index: number) => RecordData | undefined;
  total: number | undefined;
  loaded: number;
};

const ahead = 30;

// `count` is how many rows the scroller offers: what was read plus a screen of holes while there is more. A keyset has no
// row numbers, so the scroller grows as pages come instead of pretending to know the place of row 500,000.
export function rowsOf(pages: Page[] | undefined): Rows {
  const list = pages ?? [];
  const loaded = list.reduce((sum, page) => sum + page.data.length, 0);
  const more = list.length === 0 || !!list[list.length - 1]?.next;
  const total = list[0]?.count;
  const holes = more ? Math.max(1, Math.min(ahead, total === undefined ? ahead : total - loaded)) : 0;
  const at = (index: number): RecordData | undefined => {
    let rest = index;
    for (const page of list) {
      if (rest < page.data.length) return page.data[rest];
      rest -= page.data.length;
    }
    return undefined;
  };
  return { count: loaded + holes, at, total, loaded };
}

export const placesOf = (plural: string, rows: Rows): string[] =>
  Array.from({ length: rows.loaded }, (_, at) => `${plural}/${rows.at(at)?.id}`);

// Reads on when the last row in sight is near the end of what was read.
export const wantsMore = (rows: Rows, last: number): boolean => rows.count > rows.loaded && last >= rows.loaded - 20;
