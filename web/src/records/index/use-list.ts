// What a list is made of, before any row of it: its parts with their filters and counts, and the sums under it.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { countQuery, pageQuery } from '../../api/records.ts';
import type { Field, ObjectDef } from '../../api/types.ts';
import type { Column } from './columns.ts';
import { type GroupRow, groupable, groupsQuery, groupText, summedOf, type TotalRow, totalsQuery } from './groups.ts';
import { Lines, type Part } from './lines.ts';
import type { ViewState } from './view-state.ts';

// How many rows are offered while nobody knows how many there are.
const unknown_rows = 30;

export type GroupHead = { key: string; name: string; row: GroupRow; canOpen: boolean };
export type ListOf = {
  lines: Lines;
  filters: string[];
  heads: GroupHead[];
  total: number | undefined;
  totals: TotalRow | undefined;
  truncated: boolean;
  error: unknown;
  isEmpty: boolean;
  toggle: (key: string) => void;
};

const headOf = (field: Field, row: GroupRow): GroupHead => ({
  key: JSON.stringify(row.g),
  name: groupText(field, row.g),
  row,
  canOpen: row.open !== '',
});

export function useList(object: ObjectDef, state: ViewState, q: string, fields: string, columns: Column[]): ListOf {
  const group = groupable(useCatalogue(), object, state.group);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const asked = { filter: state.filter, q };
  const summed = summedOf(columns, state.totals);
  const groups = useQuery({ ...groupsQuery(object, group, asked, summed), placeholderData: keepPreviousData });
  const sums = useQuery({ ...totalsQuery(object, asked, summed), placeholderData: keepPreviousData });
  const ask = { sort: state.sort, q, fields, filter: state.filter };
  const top = useQuery({ ...pageQuery(object.plural, ask, 0), enabled: !group });
  // Who adds up has counted; it is asked for itself only where nothing is added up.
  const adds = summed.length > 0 && !sums.isError;
  const counted = useQuery({
    ...countQuery(object.plural, state.filter, q),
    placeholderData: keepPreviousData,
    enabled: !adds,
  });
  const count = adds ? sums.data?.rows[0]?.n : counted.data;
  const heads = group ? (groups.data?.rows ?? []).map((row) => headOf(group, row)) : [];
  // The first page knows better than a count that was kept from before.
  const known = top.data && !top.data.next ? top.data.data.length : undefined;
  const total = group ? count : (known ?? count);
  const least = top.data ? top.data.data.length + (top.data.next ? unknown_rows : 0) : unknown_rows;
  const parts: Part[] = group
    ? heads.map(({ key, row, canOpen }) => ({ key, heading: true, open: canOpen && opened.has(key), count: row.n }))
    : [{ key: '', heading: false, open: true, count: known ?? Math.max(total ?? 0, least) }];
  return {
    lines: new Lines(parts),
    filters: group ? heads.map(({ row }) => row.open) : [state.filter],
    heads,
    total,
    totals: sums.data?.rows[0],
    truncated: !!group && !!groups.data?.truncated,
    error: group ? groups.error : top.error,
    isEmpty: group ? groups.isSuccess && heads.length === 0 : top.isSuccess && top.data.data.length === 0,
    toggle: (key) => {
      const next = new Set(opened);
      if (!next.delete(key)) next.add(key);
      setOpened(next);
    },
  };
}
