// What waits for a second person: asked for, granted, refused, taken back.
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { get, post } from './client.ts';
import { keys } from './query-keys.ts';
import { act, type Fields } from './records.ts';
import type { Id, Page, RecordData } from './types.ts';

export const waiting_for_me = 'state = "asked" and asked_of = me()';
const shown_max = 20;

export const waitingQuery = queryOptions({
  queryKey: keys.list('approvals', { waiting: true }),
  queryFn: ({ signal }) =>
    get<Page>('/approvals', { filter: waiting_for_me, sort: 'created_at', limit: shown_max, count: 'exact' }, signal),
});

// What shows that something waits: the approvals and the record they are about.
export const toldOfApproval = (client: QueryClient, plural: string, id: Id) =>
  Promise.all([
    client.invalidateQueries({ queryKey: keys.object('approvals') }),
    client.invalidateQueries({ queryKey: keys.record(plural, id) }),
    client.invalidateQueries({ queryKey: keys.lists(plural) }),
  ]);

export const askApproval = (plural: string, id: Id, verb: string, body: Fields, reason: string) =>
  post<RecordData>(`/${plural}/${id}/approvals`, { verb, arguments: body, reason });

export const decide = (id: Id, verb: 'grant' | 'refuse' | 'withdraw', note = '') =>
  act('approvals', id, verb, verb === 'withdraw' || note === '' ? {} : { note });
