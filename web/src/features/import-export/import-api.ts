import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, post, request } from '../../api/client.ts';
import type { Id, Page } from '../../api/types.ts';
import type { DraftAnswer, ImportFile, PastImport } from './import-model.ts';
import type { ColumnPlace, ColumnWords } from './word-model.ts';

export const uploadFile = (file: File) =>
  request<ImportFile>('POST', '/imports/files', { query: { name: file.name }, raw: file });

// With a plan – a saved one by its id, or the text of one – it is fitted to the files; without, one is drafted.
export const draftPlan = (files: Id[], plan?: string) => post<DraftAnswer>('/imports/draft', { files, plan });

// How the words of a column are read, over the whole file: it does not change.
export const wordsQuery = (column: ColumnPlace, object: string, field: string) =>
  queryOptions({
    queryKey: [
      'import-words',
      column.file,
      column.sheet,
      column.heading,
      column.encoding,
      column.delimiter,
      object,
      field,
    ],
    queryFn: ({ signal }) => {
      const { sheet, heading, encoding, delimiter } = column;
      const ask = { column: heading, sheet, encoding, delimiter, object, field };
      const said = Object.fromEntries(Object.entries(ask).filter(([, text]) => text !== ''));
      return get<ColumnWords>(`/imports/files/${column.file}/words`, said, signal);
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const startImport = (plan: string, files: { [name: string]: Id }, dryRun: boolean) =>
  post<{ job: Id }>('/imports', { plan, files, dry_run: dryRun }).then((answer) => answer.job);

export const undoImport = (id: Id) => post<{ job: Id }>(`/imports/${id}/undo`).then((answer) => answer.job);

export const errorFile = (id: Id, format: 'csv' | 'xlsx' = 'csv') => `/api/v1/imports/${id}/errors?format=${format}`;

export const importsKey = ['imports'] as const;
// Under the key of all of them, so that news of one refreshes both.
export const importQuery = (id: Id) =>
  queryOptions({
    queryKey: [...importsKey, 'one', id],
    queryFn: ({ signal }) => get<PastImport>(`/imports/${id}`, undefined, signal),
  });
export const importsQuery = infiniteQueryOptions({
  queryKey: [...importsKey, 'past'],
  queryFn: ({ pageParam, signal }) => get<Page<PastImport>>('/imports', { limit: 50, after: pageParam }, signal),
  initialPageParam: '',
  getNextPageParam: (page: Page<PastImport>) => page.next || undefined,
});
