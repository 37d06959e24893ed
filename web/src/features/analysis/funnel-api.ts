import { queryOptions } from '@tanstack/react-query';
import { get } from '../../api/client.ts';
import type { FunnelAnswer } from './funnel-model.ts';

export type FunnelAsk = { from?: string; to?: string; owner?: string; team?: string; product?: string };

export const funnelQuery = (ask: FunnelAsk) =>
  queryOptions({
    queryKey: ['analysis', 'funnel', ask],
    queryFn: ({ signal }) => get<FunnelAnswer>('/analysis/funnel', ask, signal),
    staleTime: 30_000,
  });
