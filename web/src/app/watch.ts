// Questions over many records are asked again at most once in a while, however much happens: the news of that while comes together.
import type { QueryClient } from '@tanstack/react-query';
import { askAgain } from '../api/query.ts';

export const calm_ms = 4000;

export function makeWatch(client: QueryClient) {
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = () => {
    timer = undefined;
    if (waiting.size === 0) return;
    const objects = waiting;
    waiting = new Set();
    timer = setTimeout(ask, calm_ms);
    void askAgain(client, objects);
  };
  return {
    tell(objects: Iterable<string>) {
      for (const name of objects) waiting.add(name);
      if (timer === undefined) ask();
    },
    stop: () => clearTimeout(timer),
  };
}
