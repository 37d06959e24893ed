// Turns news of the server into fresh queries. A changed record refreshes itself and what is in sight of its lists; pages out of
// sight wait until they are looked at.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type Catalogue, refreshDefinitions } from '../api/describe.ts';
import { keys } from '../api/query-keys.ts';
import { listen } from '../api/sse.ts';
import type { ChangeEvent, Id, ObjectDef } from '../api/types.ts';
import { makeWatch } from './watch.ts';

// Objects whose children show up on a parent's page.
const children = new Set(['activity', 'note', 'attachment']);

function refresh(client: QueryClient, object: ObjectDef, news: ChangeEvent[]) {
  void client.invalidateQueries({ queryKey: keys.lists(object.plural) });
  for (const id of new Set(news.map((change) => change.id)))
    void client.invalidateQueries({ queryKey: keys.record(object.plural, id) });
}

export function useLiveChanges(catalogue: Catalogue, member: Id, from: string) {
  const client = useQueryClient();
  const start = useRef(from);
  useEffect(() => {
    const watch = makeWatch(client);
    const stop = listen(member, start.current, {
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
