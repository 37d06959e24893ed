// Reading and changing records of any object.
import { type QueryClient, infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, getBytes, post, request } from './client.ts';
import { ApiProblem, isProblem } from './problem.ts';
import { keys } from './query-keys.ts';
import type {
  BulkAnswer,
  Comparison,
  Duplicate,
  FormulaAnswer,
  Id,
  Page,
  ProcessState,
  RecordData,
  SearchHit,
  TimelineEvent,
  Version,
} from './types.ts';

export type ListAsk = { filter?: string; sort?: string; q?: string; fields?: string };
export const pageSize = 100;

// One page of a list by its place: a list is read where the eye is.
export const pageQuery = (plural: string, ask: ListAsk, page: number) =>
  queryOptions({
    queryKey: keys.list(plural, { ...ask, page }),
    queryFn: ({ signal }) =>
      get<Page>(`/${plural}`, { ...ask, limit: pageSize, at: page > 0 ? page * pageSize : undefined }, signal),
    staleTime: 15_000,
  });

export const countQuery = (plural: string, filter: string, q?: string) =>
  queryOptions({
    queryKey: keys.list(plural, { count: filter, q }),
    queryFn: ({ signal }) =>
      get<Page>(`/${plural}`, { filter, q, limit: 1, count: 'exact' }, signal).then((page) => page.count),
  });

export const fewQuery = (plural: string, filter: string, limit = 3, sort?: string) =>
  queryOptions({
    queryKey: keys.list(plural, { few: filter, limit, sort }),
    queryFn: ({ signal }) => get<Page>(`/${plural}`, { filter, sort, limit, count: 'exact' }, signal),
  });

// What lies in the bin, the last deleted first.
export const binQuery = (plural: string, ask: ListAsk) =>
  infiniteQueryOptions({
    queryKey: keys.list(plural, { bin: true, ...ask }),
    queryFn: ({ pageParam, signal }) =>
      get<Page>(
        `/${plural}`,
        { ...ask, deleted: 'only', sort: '-deleted_at', limit: 50, count: 'exact', after: pageParam },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page: Page) => page.next || undefined,
  });

export const recordQuery = (plural: string, id: Id) =>
  queryOptions({
    queryKey: keys.record(plural, id),
    queryFn: ({ signal }) => get<RecordData>(`/${plural}/${id}`, undefined, signal),
  });

export const processQuery = (plural: string, id: Id) =>
  queryOptions({
    queryKey: keys.process(plural, id),
    queryFn: ({ signal }) => get<ProcessState>(`/${plural}/${id}/process`, undefined, signal),
  });

export type TimelinePage = { data: TimelineEvent[]; next: string | null };
export const timelineQuery = (plural: string, id: Id) =>
  infiniteQueryOptions({
    queryKey: keys.timeline(plural, id),
    queryFn: ({ pageParam, signal }) =>
      get<TimelinePage>(`/${plural}/${id}/timeline`, { limit: 50, after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page: TimelinePage) => page.next || undefined,
  });

export type VersionPage = { data: Version[]; next: string | null };
// With `field` only what became of that field.
export const historyQuery = (plural: string, id: Id, field = '', limit = 50) =>
  infiniteQueryOptions({
    queryKey: keys.history(plural, id, { field, limit }),
    queryFn: ({ pageParam, signal }) =>
      get<VersionPage>(`/${plural}/${id}/history`, { field, limit, after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page: VersionPage) => page.next || undefined,
  });

export const compareQuery = (plural: string, id: Id, from: string, to: string) =>
  queryOptions({
    queryKey: keys.history(plural, id, { from, to }),
    queryFn: ({ signal }) => get<Comparison>(`/${plural}/${id}/compare`, { from, to }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const searchQuery = (q: string, objects = '', limit = 20) =>
  queryOptions({
    queryKey: keys.search(q, objects),
    queryFn: ({ signal }) => get<{ data: SearchHit[]; more?: boolean }>('/search', { q, objects, limit }, signal),
    staleTime: 10_000,
  });

export const formulaQuery = (object: string, text: string) =>
  queryOptions({
    queryKey: keys.formula(object, text),
    queryFn: () => post<FormulaAnswer>('/formula/check', { object, formula: text }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export type Fields = { [field: string]: unknown };

export const createRecord = (plural: string, body: Fields) =>
  post<RecordData & { duplicates?: Duplicate[] }>(`/${plural}`, body);
// A stale version is refused with the record as it is now, so that a screen can show both.
export async function changeRecord(plural: string, id: Id, version: number, body: Fields): Promise<RecordData> {
  try {
    return await request<RecordData>('PATCH', `/${plural}/${id}`, { body, version });
  } catch (error) {
    if (!isProblem(error, 412) || error.problem.current) throw error;
    const current = await get<RecordData>(`/${plural}/${id}`);
    throw new ApiProblem({ ...error.problem, current });
  }
}
export const deleteRecord = (plural: string, id: Id, version: number) =>
  request<null>('DELETE', `/${plural}/${id}`, { version });
export const act = (plural: string, id: Id, verb: string, body: Fields, version?: number) =>
  request<RecordData>('POST', `/${plural}/${id}/actions/${verb}`, { body, version });
export const duplicatesOf = (plural: string, body: Fields) =>
  post<{ data: Duplicate[] }>(`/${plural}/duplicates`, body).then((answer) => answer.data);

export type BulkAsk = {
  filter?: string;
  q?: string;
  ids?: Id[];
  change?: Fields;
  // Every record its own change, instead of ids.
  each?: { [id: Id]: Fields };
  verb?: { name: string; arguments: Fields };
};
export const bulkTrial = (plural: string, ask: BulkAsk) =>
  post<BulkAnswer>(`/${plural}/bulk`, { ...ask, dry_run: true });
export const bulkRun = (plural: string, ask: BulkAsk) =>
  post<{ job: Id }>(`/${plural}/bulk`, { ...ask, dry_run: false });
export const startExport = (plural: string, body: Fields) => post<{ job: Id }>(`/${plural}/export`, body);
// How many rows one may still take out today.
export const exportBudgetQuery = queryOptions({
  queryKey: keys.exportBudget,
  queryFn: ({ signal }) =>
    get<{ limit: number; left: number; renews_at: string }>('/session/export_budget', undefined, signal),
  staleTime: 0,
});
export const attach = (object: string, id: Id, file: File) =>
  request<RecordData>('POST', '/attachments', { raw: file, query: { name: file.name, object, id } });

export const contentOf = (id: Id) => `/api/v1/attachments/${id}/content`;

// The beginning of a file as text: UTF-8, else what Chinese Windows writes.
export const textQuery = (id: Id) =>
  queryOptions({
    queryKey: ['content', id],
    queryFn: async ({ signal }) => {
      const bytes = await getBytes(`/attachments/${id}/content`, signal);
      const shown = bytes.slice(0, text_bytes_max);
      return { text: decoded(shown), cut: bytes.byteLength > shown.byteLength };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
const text_bytes_max = 200_000;

function decoded(bytes: ArrayBuffer): string {
  try {
    // What is cut within a character is no mistake.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const isPage = (data: unknown): data is Page => Array.isArray((data as Page | undefined)?.data);

// Puts a record that the server just answered wherever the cache shows it.
export function putRecord(client: QueryClient, plural: string, record: RecordData) {
  client.setQueryData(keys.record(plural, record.id), record);
  const into = (page: Page): Page =>
    page.data.some((row) => row.id === record.id)
      ? { ...page, data: page.data.map((row) => (row.id === record.id ? { ...row, ...record } : row)) }
      : page;
  client.setQueriesData<unknown>({ queryKey: keys.lists(plural) }, (old: unknown) => {
    return isPage(old) ? into(old) : old;
  });
}
