// The invented company: whether it is here, and its coming and going as jobs of an administrator.
import { queryOptions } from '@tanstack/react-query';
import { get, request } from './client.ts';
import { ended, watch_ms } from './jobs.ts';
import { keys } from './query-keys.ts';
import type { Id, Job, Page } from './types.ts';

export const demoQuery = queryOptions({
  queryKey: keys.demo,
  queryFn: ({ signal }) => get<{ present: boolean }>('/demo', undefined, signal),
});

// The filling or removal that is under way, whoever began it.
export const demoJobQuery = queryOptions({
  queryKey: [...keys.demo, 'job'],
  queryFn: async ({ signal }) => {
    const last = await Promise.all(
      ['demo_fill', 'demo_remove'].map((kind) => get<Page<Job>>('/jobs', { kind, limit: 1 }, signal)),
    );
    return last.flatMap((page) => page.data).find((job) => !ended(job)) ?? null;
  },
  refetchInterval: (query) => (query.state.data ? watch_ms : false),
});

export const fillDemo = () => request<{ job: Id }>('POST', '/demo');
export const removeDemo = () => request<{ job: Id }>('DELETE', '/demo');
