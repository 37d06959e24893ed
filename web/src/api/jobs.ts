// Long work: started by a request, followed by its row until it ends.
import { queryOptions } from '@tanstack/react-query';
import { get } from './client.ts';
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
