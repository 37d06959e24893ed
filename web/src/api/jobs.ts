// Long work: started by a request, followed by its row until it ends.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, post } from './client.ts';
import { ApiProblem } from './problem.ts';
import { keys } from './query-keys.ts';
import type { Id, Job, Page } from './types.ts';

export const ended = (job: Job | undefined): boolean => !!job && job.state !== 'waiting' && job.state !== 'running';

export const jobQuery = (id: Id) =>
  queryOptions({
    queryKey: keys.job(id),
    queryFn: ({ signal }) => get<Job>(`/jobs/${id}`, undefined, signal),
    refetchInterval: (query) => (ended(query.state.data) ? false : 700),
  });

// One's own, the newest first; asked again while one of them runs.
export const watch_ms = 1500;
export const myJobsQuery = infiniteQueryOptions({
  queryKey: keys.jobs,
  queryFn: ({ pageParam, signal }) => get<Page<Job>>('/jobs', { mine: true, limit: 20, after: pageParam }, signal),
  initialPageParam: '',
  getNextPageParam: (page: Page<Job>) => page.next || undefined,
  refetchInterval: (query) => (query.state.data?.pages[0]?.data.some((job) => !ended(job)) ? watch_ms : false),
});

export const cancelJob = (id: Id) => post<Job>(`/jobs/${id}/actions/cancel`);

export const jobFile = (id: Id) => `/api/v1/jobs/${id}/file`;

// Has the browser save the file that a job made.
export function saveJobFile(id: Id): void {
  const link = document.createElement('a');
  link.href = jobFile(id);
  link.download = '';
  link.click();
}

export type UndoResult = { removed: number; restored: number; kept: number };
const poll_ms = 400;

export const beginUndo = (id: Id) => post<{ job: Id }>(`/jobs/${id}/actions/undo`).then((answer) => answer.job);

// Jobs whose end somebody waits for and will tell.
export const awaited = new Set<Id>();

// Puts back what a job did; resolves when that has ended.
export async function undoJob(id: Id): Promise<UndoResult> {
  const job = await beginUndo(id);
  awaited.add(job);
  for (;;) {
    const now = await get<Job>(`/jobs/${job}`);
    if (now.state === 'done') return now.result as unknown as UndoResult;
    if (ended(now)) throw now.problem ? new ApiProblem(now.problem) : new Error(now.state);
    await new Promise((later) => setTimeout(later, poll_ms));
  }
}
