// Turns news of the server into fresh queries. A changed record refreshes itself and what is listed near it; definitions
// refresh when the news is about them.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Catalogue } from '../api/describe.ts';
import { keys } from '../api/query-keys.ts';
import { listen } from '../api/sse.ts';

// Objects whose children show up on a parent's page.
const children = new Set(['activity', 'note', 'attachment']);

export function useLiveChanges(catalogue: Catalogue) {
  const client = useQueryClient();
  useEffect(() => {
    return listen(
      (news) => {
        const plurals = new Set<string>();
        for (const change of news) {
          const object = catalogue.object(change.object);
          if (!object) continue;
          plurals.add(object.plural);
          void client.invalidateQueries({ queryKey: keys.record(object.plural, change.id) });
        }
        for (const plural of plurals) void client.invalidateQueries({ queryKey: keys.lists(plural) });
        if (news.some((change) => children.has(change.object))) {
          void client.invalidateQueries({ predicate: (query) => query.queryKey.includes('timeline') });
        }
      },
      () => void client.invalidateQueries({ queryKey: ['records'] }),
    );
  }, [client, catalogue]);
}
