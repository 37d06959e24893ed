// Live updates: one stream per browser. Of the tabs of a member one holds the line and tells the others; when it goes, the next takes
// over where it was. The first line begins where the session was read, before any page: what happens while it is laid is told too. News
// comes in bundles, so that a bulk change of a thousand records is one call of `onNews`, not a thousand.
import { get } from './client.ts';
import { isMine } from './mutation-id.ts';
import { follow, type Message, type Source } from './stream.ts';
import type { ChangeEvent, Id } from './types.ts';

const bundle_ms = 400;

export type Listener = {
  onNews: (news: ChangeEvent[]) => void;
  onNotification: () => void;
  onDefinitions: () => void;
  // Everything may be old: too much was missed, or the line is down and this is a round of asking.
  onReset: () => void;
};
// What the tabs say to one another.
type Word = Message | { type: 'poll' };

export function hearer({ onNews, onNotification, onDefinitions, onReset }: Listener) {
  let waiting: ChangeEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const news = waiting;
    waiting = [];
    if (news.length > 0) onNews(news);
  };
  const hear = (word: Word) => {
    if (word.type === 'poll' || word.type === 'reset') return onReset();
    if (word.type === 'notification') return onNotification();
    if (word.type === 'definition') return onDefinitions();
    const change = JSON.parse(word.data) as ChangeEvent;
    if (isMine(change.key)) return;
    waiting.push(change);
    timer ??= setTimeout(flush, bundle_ms);
  };
  return { hear, stop: () => clearTimeout(timer) };
}

// How far this page has heard the news of a member.
const heard = new Map<Id, string>();

export function listen(member: Id, from: string, listener: Listener): () => void {
  const { hear, stop } = hearer(listener);
  if (!heard.has(member)) heard.set(member, from);
  const take = (word: Word) => {
    if (word.type !== 'poll') heard.set(member, word.id);
    hear(word);
  };
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(`shangdao.live.${member}`) : null;
  channel?.addEventListener('message', (event: MessageEvent<Word>) => take(event.data));
  const say = channel?.postMessage.bind(channel);
  const tell = (word: Word) => {
    take(word);
    say?.(word);
  };
  const work = () =>
    follow(
      {
        open: (url): Source => new EventSource(url),
        onMessage: tell,
        // Whoever was signed out elsewhere is shown out at once: the answer is a 401.
        onBreak: () => void get('/session').catch(() => {}),
        onPoll: () => tell({ type: 'poll' }),
      },
      heard.get(member),
    ).stop;
  const leave = channel && 'locks' in navigator ? lead(`shangdao.live.${member}`, work) : work();
  return () => {
    leave();
    stop();
    channel?.close();
  };
}

// Works while this tab holds the lock of that name; gives the way to let go of it.
function lead(name: string, work: () => () => void): () => void {
  const gone = new AbortController();
  let letGo: (() => void) | undefined;
  navigator.locks
    .request(name, { signal: gone.signal }, () => {
      const end = work();
      return new Promise<void>((done) => {
        letGo = () => {
          end();
          done();
        };
      });
    })
    .catch(() => {});
  return () => {
    gone.abort();
    letGo?.();
  };
}
