import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, post, request } from '../../api/client.ts';
import type { Id, Page } from '../../api/types.ts';
import type { DraftAnswer, ImportFile, PastImport } from './import-model.ts';

export const uploadFile = (file: File) =>
  request<ImportFile>('POST', '/imports/files', { query: { name: file.name }, raw: file });

export const draftPlan = (files: Id[]) => post<DraftAnswer>('/imports/draft', { files });

export const startImport = (plan: string, files: { [name: string]: Id }, dryRun: boolean) =>
  post<{ job: Id }>('/imports', { plan, files, dry_run: dryRun }).then((answer) => answer.job);

export const undoImport = (id: Id) => post<{ job: Id }>(`/imports/${id}/undo`).then((answer) => answer.job);

export const cancelJob = (id: Id) => post<unknown>(`/jobs/${id}/actions/cancel`);

export const errorFile = (id: Id) => `/api/v1/imports/${id}/errors`;

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
