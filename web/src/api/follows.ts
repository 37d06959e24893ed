// The records that this member follows: they are told of their changes, and find them in a view of every list.
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { get, request } from './client.ts';
import { keys } from './query-keys.ts';
import type { Id, ObjectDef } from './types.ts';

type Follow = { object: string; id: Id };

export const followsQuery = queryOptions({
  queryKey: ['follows'],
  queryFn: ({ signal }) => get<{ data: Follow[] }>('/session/follows', undefined, signal).then((answer) => answer.data),
  staleTime: 5 * 60_000,
});

// Shown at once; what the server refuses goes back.
export async function setFollow(client: QueryClient, object: ObjectDef, id: Id, on: boolean): Promise<void> {
  const { queryKey } = followsQuery;
  await client.cancelQueries({ queryKey });
  const before = client.getQueryData(queryKey);
  const others = (before ?? []).filter((one) => one.id !== id);
  client.setQueryData(queryKey, on ? [...others, { object: object.name, id }] : others);
  try {
    await request<null>(on ? 'PUT' : 'DELETE', `/${object.plural}/${id}/follow`);
    void client.invalidateQueries({ queryKey: keys.lists(object.plural) });
  } catch (error) {
    client.setQueryData(queryKey, before);
    throw error;
  }
}
