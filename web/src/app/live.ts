// Turns news of the server into fresh queries. A changed record refreshes itself and the lists near it; a list that was read
// far down is not read again from the top for it: the record is put in place and the list waits for its next visit.
import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get } from '../api/client.ts';
import { type Catalogue, refreshDefinitions } from '../api/describe.ts';
import { keys } from '../api/query-keys.ts';
import { putRecord } from '../api/records.ts';
import { listen } from '../api/sse.ts';
import type { ChangeEvent, Id, ObjectDef, Page, RecordData } from '../api/types.ts';
import { makeWatch } from './watch.ts';

// Objects whose children show up on a parent's page.
const children = new Set(['activity', 'note', 'attachment']);
const shallow_pages = 3;
const singles_max = 20;

const isDeep = (data: unknown): boolean => {
  const pages = (data as InfiniteData<Page> | undefined)?.pages;
  return Array.isArray(pages) && pages.length > shallow_pages;
};

function shows(client: QueryClient, plural: string, id: string): boolean {
  const lists = client.getQueriesData<InfiniteData<Page>>({ queryKey: keys.lists(plural) });
  return lists.some(([, data]) => isDeep(data) && data?.pages.some((page) => page.data.some((row) => row.id === id)));
}

function refresh(client: QueryClient, object: ObjectDef, news: ChangeEvent[]) {
  const key = keys.lists(object.plural);
  void client.invalidateQueries({ queryKey: key, predicate: (query) => !isDeep(query.state.data) });
  void client.invalidateQueries({ queryKey: key, refetchType: 'none' });
  const ids = new Set(news.map((change) => change.id));
  for (const id of ids) void client.invalidateQueries({ queryKey: keys.record(object.plural, id) });
  for (const id of [...ids].slice(0, singles_max)) {
    if (!shows(client, object.plural, id)) continue;
    get<RecordData>(`/${object.plural}/${id}`).then(
      (record) => putRecord(client, object.plural, record),
      () => {},
    );
  }
}

export function useLiveChanges(catalogue: Catalogue, member: Id) {
  const client = useQueryClient();
  useEffect(() => {
    const watch = makeWatch(client);
    const stop = listen(member, {
      onNews: (news) => {
        watch.tell(news.map((change) => change.object));
        const byObject = new Map<ObjectDef, ChangeEvent[]>();
        for (const change of news) {
          const object = catalogue.object(change.object);
          if (object) byObject.set(object, [...(byObject.get(object) ?? []), change]);
        }
        for (const [object, changes] of byObject) refresh(client, object, changes);
        if (news.some((change) => children.has(change.object))) {
          void client.invalidateQueries({ predicate: (query) => query.queryKey.includes('timeline') });
        }
      },
      onNotification: () => void client.invalidateQueries({ queryKey: keys.notifications }),
      onDefinitions: () => void refreshDefinitions(client),
      onReset: () => {
        for (const queryKey of [['records'], ['query'], keys.notifications])
          void client.invalidateQueries({ queryKey });
      },
    });
    return () => {
      stop();
      watch.stop();
    };
  }, [client, catalogue, member]);
}
