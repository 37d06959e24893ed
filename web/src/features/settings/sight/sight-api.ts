// What another member sees, of what the asker sees too. Each question is written down by the server, so it is put once and not repeated
// behind the reader's back; the next visit asks anew.
import { queryOptions } from '@tanstack/react-query';
import { post } from '../../../api/client.ts';
import type { Id, RecordData } from '../../../api/types.ts';
import type { Action, Level } from '../roles/rights-model.ts';

export type ObjectSight = { [action in Action | 'create']: Level } & {
  name: string;
  count: number;
  at_least?: boolean;
  bounded: boolean;
  hidden: string[];
  masked: string[];
  read_only: string[];
};
export type MemberSight = {
  member: { id: Id; name: string; active: boolean; roles: string[] };
  objects: ObjectSight[];
};
export type SightList = { fields: string[]; data: RecordData[]; next: string | null };

const once = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

export const sightQuery = (member: Id) =>
  queryOptions({ ...once, queryKey: ['sight', member], queryFn: () => post<MemberSight>(`/members/${member}/sight`) });

export const sightListQuery = (member: Id, object: string) =>
  queryOptions({
    ...once,
    queryKey: ['sight', member, object],
    queryFn: () => post<SightList>(`/members/${member}/sight`, { object }),
  });
