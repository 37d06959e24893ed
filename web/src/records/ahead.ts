// What a page asks first, asked while its code is still on the way: on a slow line that is a wait less.
import type { QueryClient } from '@tanstack/react-query';
import { catalogueOf, describeQuery } from '../api/describe.ts';
import { fewQuery, processQuery, recordQuery, timelineQuery } from '../api/records.ts';
import type { Id, ObjectDef } from '../api/types.ts';

const views_max = 200;
export const defaultPreference = (object: ObjectDef): string => `default_view.${object.name}`;

export const viewsQuery = (object: ObjectDef) => ({
  ...fewQuery('views', `object = "${object.name}" and (owner = me() or shared in ("team", "all"))`, views_max, 'name'),
  staleTime: 60_000,
});

export const defaultViewQuery = (object: ObjectDef) => ({
  ...fewQuery('preferences', `owner = me() and name = "${defaultPreference(object)}"`, 1),
  staleTime: 60_000,
});

function known(client: QueryClient, plural: string) {
  const describe = client.getQueryData(describeQuery.queryKey);
  const catalogue = describe && catalogueOf(describe);
  const mayRead = (one: string) => !!catalogue?.plural(one)?.rights.read;
  return { object: catalogue?.plural(plural), mayRead };
}

export function askList(client: QueryClient, plural: string) {
  const { object, mayRead } = known(client, plural);
  if (!object?.rights.read) return;
  if (mayRead('views')) void client.prefetchQuery(viewsQuery(object));
  if (mayRead('preferences')) void client.prefetchQuery(defaultViewQuery(object));
}

export function askRecord(client: QueryClient, plural: string, id: Id) {
  const { object } = known(client, plural);
  if (!object?.rights.read) return;
  void client.prefetchQuery(recordQuery(plural, id));
  void client.prefetchInfiniteQuery(timelineQuery(plural, id));
  if (object.staged) void client.prefetchQuery(processQuery(plural, id));
}
