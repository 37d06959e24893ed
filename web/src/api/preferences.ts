// How this member wants to have it, kept by the server, so that it holds on every device.
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { get, request } from './client.ts';
import { keys } from './query-keys.ts';
import type { Preferences } from './types.ts';

export const preferencesQuery = queryOptions({
  queryKey: keys.preferences,
  queryFn: ({ signal }) => get<Preferences>('/session/preferences', undefined, signal),
  staleTime: 5 * 60_000,
});

// Shown at once; what the server refuses goes back.
export async function setPreferences(client: QueryClient, change: Partial<Preferences>): Promise<void> {
  const before = client.getQueryData(preferencesQuery.queryKey);
  await client.cancelQueries({ queryKey: keys.preferences });
  if (before) client.setQueryData(preferencesQuery.queryKey, { ...before, ...change });
  try {
    client.setQueryData(
      preferencesQuery.queryKey,
      await request<Preferences>('PATCH', '/session/preferences', { body: change }),
    );
  } catch (error) {
    client.setQueryData(preferencesQuery.queryKey, before);
    throw error;
  }
}
