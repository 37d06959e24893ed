// Which modules go into one file. Few files: a browser asks this server for six at a time, and on a slow line a round costs more than
// what it brings. What asks the first questions comes before all; what the first page needs is one file; the pages of a day share two
// more: what list and board have of records, and everything else that two of them need. What comes around every page once it stands
// is one, and what opens over it another. Other parts are split as the bundler splits them.
import { createHash } from 'node:crypto';

export const daily = [
  ['today', 'features/today/today-page.tsx'],
  ['record', 'records/show/record-page.tsx'],
  ['board', 'records/board/board-page.tsx'],
  ['list', 'records/index/list-page.tsx'],
];
// What asks, and what knows the questions of a page: each needs nothing but the first, so that none waits for the shell.
const asking = [
  [
    'first',
    'app/first.ts',
    'api/records.ts',
    'api/query.ts',
    'i18n/format.ts',
    'lib/formula.ts',
    'records/fields/value-text.ts',
  ],
  ['ask-records', 'records/ahead.ts'],
  ['ask-today', 'features/today/ahead.ts'],
  ['ask-funnel', 'features/analysis/ahead.ts'],
];
const around = ['app/shell/bell.tsx', 'app/shell/account-menu.tsx', 'app/shell/background.tsx'];
const over = ['ui/menu/menu-float.tsx', 'ui/popover/popover-float.tsx', 'ui/dialog/dialog.tsx'];
// What is opened seldom, and one after the other: a file each.
const together = [['person', 'records/person/']];
const source = new URL('../src/', import.meta.url).pathname;
const askers = new Map();
const users = new Map();

// The module and everything it needs before it runs.
function reach(id, build, seen = new Set()) {
  if (seen.has(id)) return seen;
  seen.add(id);
  for (const next of build.getModuleInfo(id)?.importedIds ?? []) reach(next, build, seen);
  return seen;
}

function askedBy(id, build) {
  if (askers.size === 0)
    for (const [name, ...paths] of asking)
      for (const path of paths)
        for (const one of reach(source + path, build)) if (!askers.has(one)) askers.set(one, name);
  return askers.get(id) ?? null;
}

function sharedBy(id, build) {
  if (users.size === 0)
    for (const [page, path] of daily)
      for (const one of reach(source + path, build)) users.set(one, [...(users.get(one) ?? []), page]);
  const pages = users.get(id) ?? [];
  if (pages.length < 2) return null;
  return pages.join() === 'board,list' && id.startsWith(`${source}records/`) ? 'rows' : 'kit';
}

// A group of what these parts reach.
function reached(name, paths, priority) {
  const all = new Set();
  const isOne = (id, build) => {
    if (all.size === 0) for (const path of paths) reach(source + path, build, all);
    return all.has(id);
  };
  return { name: (id, build) => (isOne(id, build) ? name : null), debugName: name, priority };
}

export const codeSplitting = {
  groups: [
    // A group takes with it what its modules need: the first has the first choice.
    ...asking.map(([name], at) => ({
      name: (id, build) => (askedBy(id, build) === name ? name : null),
      debugName: name,
      priority: 9 - at,
    })),
    { name: 'shell', tags: ['$initial'], priority: 4 },
    { name: sharedBy, debugName: 'daily', priority: 3 },
    reached('over', over, 2),
    reached('frame', around, 1),
    ...together.map(([name, ...paths]) => ({
      name: (id) => (paths.some((path) => id.startsWith(source + path)) ? name : null),
      debugName: name,
      priority: 0,
    })),
  ],
};

// What an address asks for, the first that fits: who knows its questions, the page and the words that come with it.
const addresses = [
  ['/(today)?', 'ask-today', 'features/today/today-page.tsx'],
  ['/sign-in', null, 'features/auth/sign-in-page.tsx'],
  ['/setup', null, 'features/auth/setup-page.tsx', 'door'],
  ['/welcome', null, 'features/auth/welcome-page.tsx', 'door'],
  ['/forgot', null, 'features/auth/forgot-page.tsx', 'door'],
  ['/notifications', null, 'features/inbox/inbox-page.tsx', 'inbox'],
  ['/funnel', 'ask-funnel', 'features/analysis/funnel-page.tsx', 'funnel'],
  ['/import', null, 'features/import-export/import-page.tsx', 'import'],
  ['/settings(/.*)?', null, 'app/settings-page.tsx', 'settings'],
  ['/\\w+', 'ask-records', 'records/index/list-page.tsx'],
  ['/\\w+/board', 'ask-records', 'records/board/board-page.tsx', 'board'],
  ['/\\w+/bin', 'ask-records', 'records/bin/bin-page.tsx', 'record', 'bulk'],
  ['/\\w+/\\d+', 'ask-records', 'records/show/record-page.tsx', 'record'],
];
const languages = ['zh-CN', 'en'];

// Runs in the browser before the shell has come: fetches beside it what the address asks for.
function fetchAhead(pages) {
  const [, files, words] = pages.find(([address]) => new RegExp(`^${address}$`).test(location.pathname)) ?? [];
  if (!files) return;
  const language = localStorage.getItem('shangdao.language') ?? navigator.language;
  for (const file of [...files, ...words[/^en/i.test(language) ? 1 : 0]]) {
    const link = document.createElement('link');
    link.rel = file.endsWith('.css') ? 'preload' : 'modulepreload';
    if (link.rel === 'preload') link.as = 'style';
    link.crossOrigin = '';
    link.href = `/${file}`;
    document.head.append(link);
  }
}

const chunkOf = (name, bundle) => Object.values(bundle).find((one) => one.type === 'chunk' && one.name === name);

// The files of a part and of all it needs, but for those that come with every page.
function filesOf(path, bundle, beside) {
  const files = new Set();
  const add = (chunk) => {
    if (files.has(chunk.fileName)) return;
    for (const file of [chunk.fileName, ...chunk.viteMetadata.importedCss]) files.add(file);
    for (const file of chunk.imports) add(bundle[file]);
  };
  const part = Object.values(bundle).find(({ facadeModuleId }) => facadeModuleId === source + path);
  if (!part) throw new Error(`no file of the build is that of ${path}`);
  add(part);
  return [...files].filter((file) => !beside.has(file));
}

function scriptOf(bundle) {
  const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
  const beside = new Set(
    chunks
      .filter(({ isEntry, name }) => isEntry || name === 'kit')
      .flatMap(({ fileName, imports, viteMetadata }) => [fileName, ...imports, ...viteMetadata.importedCss]),
  );
  const pages = addresses.map(([address, ask, path, ...areas]) => [
    address,
    [...new Set([...(ask ? [chunkOf(ask, bundle).fileName] : []), ...filesOf(path, bundle, beside)])],
    languages.map((language) =>
      [`${language}.ts`, ...areas.map((area) => `more/${language}/${area}.json`)].flatMap((words) =>
        filesOf(`i18n/${words}`, bundle, beside),
      ),
    ),
  ]);
  return `(${fetchAhead})(${JSON.stringify(pages)});\n`;
}

const link = (rel, href, more) => ({ tag: 'link', injectTo: 'head', attrs: { rel, crossorigin: true, href, ...more } });
const script = (file) => ({
  tag: 'script',
  attrs: { type: 'module', async: true, crossorigin: true, src: `/${file}` },
});

// What a page waits for comes in one round: beside the shell who is there, what there is, and the parts of the page that is asked for. Which
// page that is only the browser knows, and the policy of content lets no page bring the script that says it: it is a file of its own.
let ahead = '';
export const early = {
  name: 'shangdao-early',
  apply: 'build',
  generateBundle: {
    order: 'pre',
    handler(_, bundle) {
      const text = scriptOf(bundle);
      ahead = `assets/ahead-${createHash('sha256').update(text).digest('base64url').slice(0, 8)}.js`;
      this.emitFile({ type: 'asset', fileName: ahead, source: text });
    },
  },
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle }) {
      const kit = chunkOf('kit', bundle);
      // In the order in which something waits for them.
      return [
        ...['session', 'describe'].map((path) => link('preload', `/api/v1/${path}`, { as: 'fetch' })),
        script(ahead),
        script(chunkOf('first', bundle).fileName),
      ]
        .map((tag) => ({ ...tag, injectTo: 'head-prepend' }))
        .concat([
          link('modulepreload', `/${kit.fileName}`),
          ...[...kit.viteMetadata.importedCss].map((file) => link('preload', `/${file}`, { as: 'style' })),
        ]);
    },
  },
};
