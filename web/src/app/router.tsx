// Routes. The address is the state of a view: search parameters stay plain text, so that links can be read and shared.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { describeQuery } from '../api/describe.ts';
import { sessionQuery } from '../api/session.ts';
import { setZone } from '../i18n/format.ts';
import { activate, locale, localeOf, moreWords } from '../i18n/i18n.ts';
import { setDraftOwner } from '../lib/drafts.ts';
import { NotFound } from '../records/not-found.tsx';
import { PageFailed } from './error-boundary.tsx';
import { askAhead } from './first.ts';
import { loadSettings, pages } from './pages.ts';
import { settingsKeys } from './settings-keys.ts';
import { SignedIn } from './shell/signed-in.tsx';

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../features/auth/sign-in-page.tsx'), 'SignInPage'),
});

// A page whose words come with it.
const withWords = <Room,>(area: string, room: Promise<Room>) =>
  Promise.all([room, moreWords(area)]).then(([page]) => page);

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => withWords('door', import('../features/auth/setup-page.tsx')), 'SetupPage'),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => withWords('door', import('../features/auth/welcome-page.tsx')), 'WelcomePage'),
});

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyRouteComponent(() => withWords('door', import('../features/auth/forgot-page.tsx')), 'ForgotPage'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    if (!session) {
      const to = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/sign-in', search: to ? { to } : {} });
    }
    setDraftOwner(session.member.id);
    setZone({ timeZone: session.organisation.time_zone, currency: session.organisation.currency });
    // What the member chose holds on every browser; until then, what this one says.
    const { language } = session.member;
    if (language && localeOf(language) !== locale()) await activate(localeOf(language));
    setZone({ locale: locale() });
    await context.client.ensureQueryData(describeQuery);
    return { session };
  },
  component: SignedIn,
  errorComponent: PageFailed,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today', replace: true });
  },
});

const ask = ({ location }: { location: { pathname: string; search: object } }) =>
  void askAhead(location.pathname, location.search as { [name: string]: string }).catch(() => {});

const list = createRoute({
  getParentRoute: () => shell,
  path: '/$plural',
  loader: ask,
  staleTime: Number.POSITIVE_INFINITY,
  component: lazyRouteComponent(() => import('../records/index/list-page.tsx'), 'ListPage'),
  errorComponent: PageFailed,
});

const board = createRoute({
  getParentRoute: () => shell,
  path: '/$plural/board',
  loader: ask,
  staleTime: Number.POSITIVE_INFINITY,
  component: lazyRouteComponent(() => withWords('board', import('../records/board/board-page.tsx')), 'BoardPage'),
  errorComponent: PageFailed,
});

const bin = createRoute({
  getParentRoute: () => shell,
  path: '/$plural/bin',
  component: lazyRouteComponent(
    () => withWords('bulk', withWords('record', import('../records/bin/bin-page.tsx'))),
    'BinPage',
  ),
  errorComponent: PageFailed,
});

const record = createRoute({
  getParentRoute: () => shell,
  path: '/$plural/$id',
  loader: ask,
  staleTime: Number.POSITIVE_INFINITY,
  component: lazyRouteComponent(() => withWords('record', import('../records/show/record-page.tsx')), 'RecordPage'),
  errorComponent: PageFailed,
});

const others = pages.map((page) =>
  createRoute({
    getParentRoute: () => shell,
    path: page.path,
    loader: ask,
    staleTime: Number.POSITIVE_INFINITY,
    component: lazyRouteComponent(page.load),
    errorComponent: PageFailed,
  }),
);

const settings = ['/settings/$section', '/settings/$section/$at'].map((path) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    component: lazyRouteComponent(loadSettings),
    errorComponent: PageFailed,
  }),
);

const flat = (search: Record<string, unknown>): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
};

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      signIn,
      setup,
      welcome,
      forgot,
      shell.addChildren([home, list, board, bin, record, ...others, ...settings]),
    ]),
    context: { client },
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: flat,
    defaultPreload: false,
    scrollRestoration: false,
  });
}

// The code of the page is fetched beside what it waits for.
export function fetchPage(router: ReturnType<typeof makeRouter>) {
  for (const { routeId } of router.matchRoutes(router.latestLocation))
    void router.loadRouteChunk(router.routesById[routeId as keyof typeof router.routesById]);
}

// The addresses an outside check walks through (e2e/axe): every route with its pattern.
export const routePatterns = [
  '/sign-in',
  '/setup',
  '/welcome',
  '/forgot',
  '/$plural',
  '/$plural/board',
  '/$plural/bin',
  '/$plural/$id',
  ...pages.map((page) => page.path),
  ...settingsKeys.map((key) => `/settings/${key}`),
];
