// Live updates: one stream per tab, resumed by the browser with Last-Event-ID. News comes in bundles, so that a bulk change
// of a thousand records is one call of `onNews`, not a thousand.
import { isMine } from './mutation-id.ts';
import type { ChangeEvent } from './types.ts';

const bundle_ms = 400;

type Hearing = { onNews: (news: ChangeEvent[]) => void; onReset: () => void; onDefinitions: () => void };

export function listen({ onNews, onReset, onDefinitions }: Hearing): () => void {
  const source = new EventSource('/api/v1/changes');
  let waiting: ChangeEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const news = waiting;
    waiting = [];
    if (news.length > 0) onNews(news);
  };
  source.addEventListener('change', (message) => {
    const change = JSON.parse((message as MessageEvent<string>).data) as ChangeEvent;
    if (isMine(change.key)) return;
    waiting.push(change);
    timer ??= setTimeout(flush, bundle_ms);
  });
  source.addEventListener('definition', onDefinitions);
  source.addEventListener('reset', onReset);
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
