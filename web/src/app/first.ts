// The first questions, asked while the shell is still on its way: who is here and what there is; then, what the page that is opened shows
// first. The build makes it a file of its own that runs before all others (scripts/chunks.mjs), and nothing of it draws.
import { QueryClient } from '@tanstack/react-query';
import { setLanguage } from '../api/client.ts';
import { catalogueOf, describeQuery } from '../api/describe.ts';
import { isProblem } from '../api/problem.ts';
import { sessionQuery } from '../api/session.ts';
import { setZone } from '../i18n/format.ts';

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      retry: (times, error) => times < 2 && isProblem(error) && (error.status === 0 || error.status >= 503),
    },
  },
});

// What stands at the address is in the cache, or on its way, when the page that shows it has come.
export async function askAhead(pathname: string, search: { [name: string]: string }): Promise<void> {
  await Promise.all([client.prefetchQuery(sessionQuery), client.prefetchQuery(describeQuery)]);
  const session = client.getQueryData(sessionQuery.queryKey);
  const describe = client.getQueryData(describeQuery.queryKey);
  if (!session || !describe) return;
  // Words may come later than this; what the server says comes in the language that they will be in.
  const spoken = session.member.language ?? localStorage.getItem('shangdao.language') ?? navigator.language;
  setLanguage(/^en/i.test(spoken) ? 'en' : 'zh-CN');
  const catalogue = catalogueOf(describe);
  const [, plural = '', at] = pathname.split('/');
  const object = catalogue.plural(plural);
  if (object) {
    const room = await import('../records/ahead.ts');
    room.askRecords({ client, catalogue, object, at, search });
  } else if (plural === 'funnel') {
    const room = await import('../features/analysis/ahead.ts');
    // Its period ends on the organisation's day.
    setZone({ timeZone: session.organisation.time_zone });
    room.askFunnel(client, search);
  } else if (plural === '' || plural === 'today') {
    const room = await import('../features/today/ahead.ts');
    room.askToday({ client, catalogue, session, view: search.view });
  }
}

const { pathname, search } = window.location;
void askAhead(pathname, Object.fromEntries(new URLSearchParams(search))).catch(() => {});
