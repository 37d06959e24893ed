// With whom a record is shared beyond its owner and those above, and why its reader sees it.
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { get, request } from './client.ts';
import { keys } from './query-keys.ts';
import type { Id, Reference } from './types.ts';

export type ShareLevel = 'read' | 'edit';
export type Grantee = { object: 'member' | 'member_group'; id: Id; name: string };
export type Terms = { level: ShareLevel; until: string | null };
export type Share = Terms & { grantee: Grantee; by: Reference | null; since: string };
// `may`: this reader may share it.
export type Shares = { data: Share[]; may: boolean };
export type Why = {
  level: ShareLevel | 'full';
  reasons: { code: string; level: ShareLevel | 'full'; say: string }[];
};

// Nobody is told when somebody else shares, so every look asks anew.
export const sharesQuery = (plural: string, id: Id) =>
  queryOptions({
    queryKey: keys.shares(plural, id),
    queryFn: ({ signal }) => get<Shares>(`/${plural}/${id}/shares`, undefined, signal),
    staleTime: 0,
  });

export const whyQuery = (plural: string, id: Id) =>
  queryOptions({
    queryKey: keys.why(plural, id),
    queryFn: ({ signal }) => get<Why>(`/${plural}/${id}/why`, undefined, signal),
    staleTime: 0,
    retry: false,
  });

const told = (client: QueryClient, plural: string, id: Id) =>
  client.invalidateQueries({ queryKey: keys.shares(plural, id) });

// Begins it, or changes its terms.
export async function setShare(client: QueryClient, plural: string, id: Id, grantee: Id, terms: Terms): Promise<void> {
  await request<null>('PUT', `/${plural}/${id}/shares/${grantee}`, { body: terms });
  await told(client, plural, id);
}

export async function endShare(client: QueryClient, plural: string, id: Id, grantee: Id): Promise<void> {
  await request<null>('DELETE', `/${plural}/${id}/shares/${grantee}`);
  await told(client, plural, id);
}
