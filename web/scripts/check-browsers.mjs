// What the promised browsers lack – Chrome 87 and Safari 14, the engines inside WeCom on older phones – is not shipped. Syntax
// is the build's business (its targets are looked at); names of the platform are not translated by any build, so they are
// looked for in what we write, and in dist/ where it is there. lib/old-browsers.ts brings the few that our parts use.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const web = new URL('..', import.meta.url).pathname;
const walk = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
const styles = [
  [/@layer\b/, '@layer: its rules vanish'],
  [/:has\(/, ':has()'],
  [/\boklch\(|\bcolor-mix\(/, 'a colour function'],
  [/@container\b/, 'container queries'],
  [/\d(dvh|svh|lvh)\b/, 'a dynamic viewport unit'],
  [/^\s*&/m, 'nesting'],
];
const brought = readFileSync(join(web, 'src/lib/old-browsers.ts'), 'utf8');
const scripts = [
  ['structuredClone', /\bstructuredClone\(/],
  ['findLast', /\.findLast(Index)?\(/],
  ['toSorted', /\.to(Sorted|Reversed|Spliced)\(/],
  ['groupBy', /\b(Object|Map)\.groupBy\(/],
  ['withResolvers', /Promise\.withResolvers\(/],
  ['fromAsync', /Array\.fromAsync\(/],
  ['hasOwn', /Object\.hasOwn\(/],
  ['at', /\]\.at\(|\.at\(-\d/],
  ['randomUUID', /\.randomUUID\(/],
  // React names it in a sentence.
  ['requestSubmit', /\.requestSubmit\((?!\) instead)/],
  ['AbortSignal.timeout', /AbortSignal\.(timeout|any)\(/],
  ['scheduler', /\bscheduler\.(yield|postTask)\(/],
].filter(([name]) => !brought.includes(`'${name}'`));
// A file leaves as a link that the phone opens outside; WeCom neither opens windows nor prints: lib/print.ts knows.
const habits = [
  [/\bwindow\.print\(/, 'prints: WeCom cannot, lib/print.ts knows'],
  [/\bwindow\.open\(/, 'opens a window: give a link'],
];
const problems = [];
const look = (path, source, rules) => {
  for (const [pattern, what] of rules) if (pattern.test(source)) problems.push(`${path.slice(web.length)}: ${what}`);
};
const named = scripts.map(([name, pattern]) => [pattern, `${name}, which Chrome 87 or Safari 14 lacks`]);
for (const path of walk(join(web, 'src'))) {
  if (/\.test\.|\.gen\./.test(path)) continue;
  const source = readFileSync(path, 'utf8');
  if (path.endsWith('.css')) look(path, source, styles);
  if (/\.(tsx?|js)$/.test(path) && !path.endsWith('old-browsers.ts'))
    look(path, source, path.endsWith('lib/print.ts') ? named : [...named, ...habits]);
}
const dist = join(web, 'dist/assets');
const built = existsSync(dist) ? walk(dist).filter((path) => /\.(js|css)$/.test(path)) : [];
for (const path of built) look(path, readFileSync(path, 'utf8'), path.endsWith('.css') ? styles.slice(0, -1) : named);
const config = readFileSync(join(web, 'vite.config.ts'), 'utf8');
for (const name of ['target', 'cssTarget'])
  if (!new RegExp(`\\b${name}: \\['chrome87', 'safari14'\\]`).test(config))
    problems.push(`vite.config.ts: ${name} is not chrome87, safari14`);
for (const line of problems) console.log(line);
console.log(`browsers: ${built.length} built files looked at, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
