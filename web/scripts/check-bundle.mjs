// The weights of WEB's budget, measured on dist/ with gzip -9: what the first page needs, what each route adds, all CSS.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { daily } from './chunks.mjs';

const dist = new URL('../dist/', import.meta.url).pathname;
if (!existsSync(join(dist, '.vite/manifest.json'))) {
  console.log('bundle: no dist/, run npm run build first');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const kB = 1000;
const weights = new Map();
const weight = (file) => {
  if (!weights.has(file)) weights.set(file, gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);
  return weights.get(file);
};
const reach = (key, seen = new Set()) => {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) reach(next, seen);
  return seen;
};
const sum = (keys) => [...keys].reduce((total, key) => total + weight(manifest[key].file), 0);
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
// What comes around every page is weighed with it, though it is fetched once the page stands.
const frame = Object.keys(manifest).find((key) => manifest[key].name === 'frame');
const shell = new Set([...reach(entry), frame]);
const limits = [];
const say = (name, bytes, limit) =>
  limits.push({ name, kB: Math.round(bytes / 100) / 10, limit: limit / kB, ok: bytes <= limit });

// One catalogue is part of the first load.
const catalogue = manifest['src/i18n/zh-CN.ts'] ? weight(manifest['src/i18n/zh-CN.ts'].file) : 0;
say('shell', sum(shell) + catalogue, 165 * kB);
const heavy = [
  [/chart/, 210 * kB],
  [/designer/, 90 * kB],
];
// A page is measured over the shell; a part that a page loads later, over the shell and the pages that load it.
const parents = (key) => Object.keys(manifest).filter((one) => manifest[one].dynamicImports?.includes(key));
const isPage = (key) => key.endsWith('-page.tsx');
const there = (key, seen = new Set()) => {
  for (const parent of parents(key)) {
    const pages = Object.keys(manifest).filter((one) => isPage(one) && reach(one).has(parent));
    for (const page of pages.length > 0 ? pages : [parent]) for (const one of reach(page)) seen.add(one);
  }
  return seen;
};
for (const key of Object.keys(manifest)) {
  if (!manifest[key].isDynamicEntry || key.startsWith('src/i18n/')) continue;
  const before = isPage(key) ? shell : new Set([...shell, ...there(key)]);
  const own = [...reach(key)].filter((one) => !before.has(one));
  const limit = heavy.find(([pattern]) => pattern.test(key))?.[1] ?? 80 * kB;
  say(key.replace(/^src\//, ''), sum(own), limit);
}
// Styles come with the page that wears them: what the first picture of any page has to wait for.
const styles = (keys) => [...new Set([...keys].flatMap((key) => manifest[key].css ?? []))];
const dressed = (keys) => styles(keys).reduce((total, file) => total + weight(file), 0);
const heaviest = Object.keys(manifest)
  .filter(isPage)
  .map((key) => ({ key, bytes: dressed(new Set([...shell, ...reach(key)])) }))
  .sort((a, b) => b.bytes - a.bytes)[0];
say(`css of ${heaviest.key.replace(/^src\//, '')}`, heaviest.bytes, 20 * kB);
const css = readdirSync(join(dist, 'assets')).filter((file) => file.endsWith('.css'));
say(
  'css of all pages together',
  css.reduce((total, file) => total + weight(`assets/${file}`), 0),
  40 * kB,
);
// Every page is fetched beside the shell by its address (chunks.mjs).
const early = readFileSync(
  join(
    dist,
    'assets',
    readdirSync(join(dist, 'assets')).find((file) => file.startsWith('ahead-')),
  ),
  'utf8',
);
const late = Object.keys(manifest).filter((key) => isPage(key) && !early.includes(manifest[key].file));
for (const key of late) console.log(`TOO LATE ${key}: no address of scripts/chunks.mjs leads to it`);
// What opens over a page is most of the kit; the pages of a day stand without it.
const over = Object.keys(manifest).find((key) => manifest[key].name === 'over');
if (!over) throw new Error('no file of the build is that of menus and dialogs');
const laden = daily.map(([, path]) => `src/${path}`).filter((key) => reach(key).has(over));
for (const key of laden)
  console.log(`TOO EARLY ${key} brings menus and dialogs before one is opened: load what shows them lazily`);
for (const { name, kB: size, limit, ok } of limits)
  console.log(`${ok ? 'ok ' : 'TOO HEAVY'} ${String(size).padStart(7)} kB of ${limit}  ${name}`);
const heavy_count = limits.filter((one) => !one.ok).length;
const failed = heavy_count + late.length + laden.length;
console.log(
  `bundle: ${limits.length} measured, ${heavy_count} too heavy, ${late.length} pages too late, ${laden.length} laden`,
);
process.exit(failed ? 1 : 0);
