// The board of an object that runs in a process: first cards, counts and sums of every stage in one answer.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get } from './client.ts';
import { keys } from './query-keys.ts';
import type { Label, Money, ObjectDef, Page, RecordData, Reference } from './types.ts';

export type Tally = { count: number; amount?: Money; weighted_amount?: Money };
export type BoardColumn = Tally & {
  key: string;
  label: Label;
  goal: Label;
  limit: string | null;
  win_share: number | null;
  // A new record may begin here: not in a stage of an older version, nor after a win.
  begins: boolean;
  // The filter that lists the column, the first cards, and whether there are more.
  open: string;
  data: RecordData[];
  more: boolean;
};
export type Moves = { skip: 'forbid' | 'allow'; back: 'with_reason' | 'free' | 'forbid' };
export type Board = {
  process: Reference;
  version: number;
  processes: Reference[];
  moves: Moves;
  open: string;
  columns: BoardColumn[];
  total: Tally;
};
export type BoardAsk = { filter: string; q: string; sort: string; fields: string; process: string };

const cards_page = 50;

// News of the object asks again, at most once in a while (app/watch.ts).
export const boardQuery = (object: ObjectDef, ask: BoardAsk) =>
  queryOptions({
    queryKey: keys.board(object.plural, ask),
    queryFn: ({ signal }) => get<Board>(`/${object.plural}/board`, { ...ask, limit: cards_page }, signal),
    meta: { watches: [object.name] },
    staleTime: 15_000,
  });

// A column beyond its first cards is a list like any other, read from its beginning.
export const columnQuery = (plural: string, column: BoardColumn, ask: BoardAsk) => {
  const { q, sort, fields } = ask;
  const list = { filter: column.open, q, sort, fields };
  return infiniteQueryOptions({
    queryKey: keys.list(plural, { column: column.key, ...list }),
    queryFn: ({ pageParam, signal }) =>
      get<Page>(`/${plural}`, { ...list, limit: cards_page, after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page: Page) => page.next || undefined,
    staleTime: 15_000,
  });
};
