// The records of the lines in sight: each page is a question of its own, asked when its place is looked at and the eye rests.
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../api/query-keys.ts';
import { type ListAsk, pageQuery } from '../../api/records.ts';
import type { Page, RecordData } from '../../api/types.ts';
import { useRested } from '../../lib/debounce.ts';
import { type Line, type Lines, page_rows } from './lines.ts';

const rest_ms = 80;

// A part of a grouped list has its own filter.
export type Asked = ListAsk & { plural: string; filters: string[] };

export type Pages = {
  at: (line: Line | undefined) => RecordData | undefined;
  isFetching: boolean;
  error: unknown;
  // What was read, from the top: for "select all", and for who steps through the list.
  read: () => RecordData[];
};

export function usePages(asked: Asked, lines: Lines, first: number, last: number): Pages {
  const client = useQueryClient();
  const wanted = lines
    .pages(first, last)
    .map(({ part, page }) => `${part}:${page}`)
    .join(' ');
  const rested = useRested(wanted, rest_ms);
  const query = (of: Asked, part: number, page: number) => {
    const { plural, filters, ...ask } = of;
    return pageQuery(plural, { ...ask, filter: filters[part] ?? '' }, page);
  };
  const results = useQueries({
    queries: rested
      .split(' ')
      .filter(Boolean)
      .map((place) => {
        const [part = 0, page = 0] = place.split(':').map(Number);
        return query(asked, part, page);
      }),
  });
  // While a new question is asked, the rows of the old one stand, or every key typed would blank the list.
  const isFetching = rested !== wanted || results.some((one) => one.isFetching);
  const [answered, setAnswered] = useState(asked);
  const same = JSON.stringify(answered) === JSON.stringify(asked);
  if (!isFetching && !same) setAnswered(asked);
  const seen = new Map<string, Page | undefined>();
  const page = (part: number, number: number): Page | undefined => {
    const key = `${part}:${number}`;
    if (!seen.has(key)) {
      const now = client.getQueryData<Page>(query(asked, part, number).queryKey);
      const before = same || number > 0 ? undefined : client.getQueryData<Page>(query(answered, part, 0).queryKey);
      seen.set(key, now ?? before);
    }
    return seen.get(key);
  };
  return {
    at: (line) =>
      line && line.row >= 0 ? page(line.part, Math.floor(line.row / page_rows))?.data[line.row % page_rows] : undefined,
    isFetching,
    error: results.find((one) => one.isError)?.error,
    read: () =>
      client
        .getQueryCache()
        .findAll({ queryKey: keys.lists(asked.plural) })
        .flatMap(({ queryKey, state }) => {
          const { page: number, filter = '', ...rest } = (queryKey[3] ?? {}) as ListAsk & { page?: number };
          const part = asked.filters.indexOf(filter);
          const mine = number !== undefined && lines.parts[part]?.open && isSame(rest, asked);
          return mine ? [{ part, number, data: (state.data as Page | undefined)?.data ?? [] }] : [];
        })
        .sort((a, b) => a.part - b.part || a.number - b.number)
        .flatMap(({ data }) => data),
  };
}

const isSame = (a: ListAsk, b: ListAsk): boolean => a.sort === b.sort && a.q === b.q && a.fields === b.fields;
