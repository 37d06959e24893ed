// What the page asks first, asked while its code is still on the way.
import type { QueryClient } from '@tanstack/react-query';
import { today } from '../../i18n/format.ts';
import { funnelQuery } from './funnel-api.ts';
import { type FunnelSearch, periodOf } from './funnel-model.ts';

export const funnelOf = (search: FunnelSearch) => {
  const { owner, team, product } = search;
  return funnelQuery({ ...periodOf(search, today()), owner, team, product });
};

export const askFunnel = (client: QueryClient, search: FunnelSearch) => void client.prefetchQuery(funnelOf(search));
