// Long work: started by a request, followed by its row until it ends.
import { queryOptions } from '@tanstack/react-query';
import { get, post } from './client.ts';
import { ApiProblem } from './problem.ts';
import { keys } from './query-keys.ts';
import type { Id, Job } from './types.ts';

export const ended = (job: Job | undefined): boolean => !!job && job.state !== 'waiting' && job.state !== 'running';

export const jobQuery = (id: Id) =>
  queryOptions({
    queryKey: keys.job(id),
    queryFn: ({ signal }) => get<Job>(`/jobs/${id}`, undefined, signal),
    refetchInterval: (query) => (ended(query.state.data) ? false : 700),
  });

export const jobFile = (id: Id) => `/api/v1/jobs/${id}/file`;

export type UndoResult = { removed: number; restored: number; kept: number };
const poll_ms = 400;

// Puts back what a job did; resolves when that has ended.
export async function undoJob(id: Id): Promise<UndoResult> {
  const { job } = await post<{ job: Id }>(`/jobs/${id}/actions/undo`);
  for (;;) {
    const now = await get<Job>(`/jobs/${job}`);
    if (now.state === 'done') return now.result as unknown as UndoResult;
    if (ended(now)) throw now.problem ? new ApiProblem(now.problem) : new Error(now.state);
    await new Promise((later) => setTimeout(later, poll_ms));
  }
}
