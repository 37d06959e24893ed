// POST /query as a cached question. A question over several objects names them, so that news of any of them asks it again.
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { post } from './client.ts';

export type Column = string | { as: string; of: string };
export type QueryAsk = {
  from: string;
  where?: string;
  // As in the search box of a list.
  q?: string;
  select?: Column[];
  group?: Column[];
  measures?: { [name: string]: string };
  having?: string;
  order?: string[];
  limit?: number;
};
export type QueryAnswer<Row> = { rows: Row[]; as_of: { seq: string; at: string }; truncated: boolean };

// `watches`: the objects an answer is made of.
export const askQuery = <Row>(ask: QueryAsk, watches: string[]) =>
  queryOptions({
    queryKey: ['query', ask] as const,
    queryFn: () => post<QueryAnswer<Row>>('/query', ask),
    meta: { watches },
  });

// Asks anew what stands on the screen and is made of any of these objects.
export const askAgain = (client: QueryClient, objects: ReadonlySet<string>) =>
  client.invalidateQueries({
    predicate: ({ meta }) => Array.isArray(meta?.watches) && meta.watches.some((name) => objects.has(name)),
  });
