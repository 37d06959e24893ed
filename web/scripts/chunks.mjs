// Which modules go into one file. Few files: a browser asks this server for six at a time, and on a slow line a round costs more than
// what it brings. What the first page needs is one file; the pages of a day share two more: what list and board have of records,
// and everything else that two of them need. What comes around every page once it stands is one. Other parts are split as the
// bundler splits them.
const daily = [
  ['today', 'features/today/today-page.tsx'],
  ['record', 'records/show/record-page.tsx'],
  ['board', 'records/board/board-page.tsx'],
  ['list', 'records/index/list-page.tsx'],
];
const around = ['app/shell/bell.tsx', 'app/shell/account-menu.tsx', 'app/shell/background.tsx'];
const source = new URL('../src/', import.meta.url).pathname;
const users = new Map();
const framed = new Set();

// The module and everything it needs before it runs.
function reach(id, build, seen = new Set()) {
  if (seen.has(id)) return seen;
  seen.add(id);
  for (const next of build.getModuleInfo(id)?.importedIds ?? []) reach(next, build, seen);
  return seen;
}

function sharedBy(id, build) {
  if (users.size === 0)
    for (const [page, path] of daily)
      for (const one of reach(source + path, build)) users.set(one, [...(users.get(one) ?? []), page]);
  const pages = users.get(id) ?? [];
  if (pages.length < 2) return null;
  return pages.join() === 'board,list' && id.startsWith(`${source}records/`) ? 'rows' : 'kit';
}

function isAround(id, build) {
  if (framed.size === 0) for (const path of around) reach(source + path, build, framed);
  return framed.has(id);
}

export const codeSplitting = {
  groups: [
    { name: 'shell', tags: ['$initial'], priority: 3 },
    { name: sharedBy, debugName: 'daily', priority: 2 },
    { name: (id, build) => (isAround(id, build) ? 'frame' : null), debugName: 'frame', priority: 1 },
  ],
};

const link = (rel, file, more) => ({ tag: 'link', attrs: { rel, crossorigin: true, href: `/${file}`, ...more } });

// Every page of a day waits for its parts: they are fetched beside the shell, not after it.
export const early = {
  name: 'shangdao-early',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle }) {
      const kit = Object.values(bundle ?? {}).find(({ type, name }) => type === 'chunk' && name === 'kit');
      return [
        link('modulepreload', kit.fileName),
        ...[...kit.viteMetadata.importedCss].map((file) => link('preload', file, { as: 'style' })),
      ].map((tag) => ({ ...tag, injectTo: 'head' }));
    },
  },
};
