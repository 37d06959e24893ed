// Both languages say everything, with the same values, and nothing is said that nobody asks for.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../src/', import.meta.url).pathname;
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const holes = (text) =>
  [
    ...new Set(
      [...text.matchAll(/\{(\w+)\s*[,}]/g)].map((match) => match[1]).filter((name) => !/^(one|other)$/.test(name)),
    ),
  ]
    .sort()
    .join();
const problems = [];
// What every page speaks, and what is loaded with the pages that speak it.
const areas = ['i18n', 'i18n/more'].flatMap((folder) =>
  readdirSync(join(root, folder, 'zh-CN')).map((file) => ({ folder, file })),
);
const ids = new Set();
for (const { folder, file } of areas) {
  const zh = read(join(root, folder, 'zh-CN', file));
  let en = {};
  try {
    en = read(join(root, folder, 'en', file));
  } catch {
    problems.push(`${folder}/en/${file} is missing`);
  }
  for (const [id, text] of Object.entries(zh)) {
    if (ids.has(id)) problems.push(`${id} is said twice`);
    ids.add(id);
    if (!(id in en)) problems.push(`${id} has no English`);
    else if (holes(text) !== holes(en[id]))
      problems.push(`${id}: values differ, {${holes(text)}} and {${holes(en[id])}}`);
    if (/[㐀-鿿]/.test(en[id] ?? '') && id !== 'shell.language.zh') problems.push(`${id}: Chinese in the English text`);
  }
  for (const id of Object.keys(en)) if (!(id in zh)) problems.push(`${id} has no Chinese`);
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? [path] : [];
  });
}
const files = sources(root);
const code = files.map((path) => readFileSync(path, 'utf8')).join('\n');
const stems = [...code.matchAll(/`([a-z_]+(?:\.[a-z_]+)*[._])\$\{/g)].map((match) => match[1]);
for (const id of ids) {
  if (!code.includes(`'${id}'`) && !stems.some((stem) => id.startsWith(stem))) problems.push(`${id} is said nowhere`);
}
// A sentence typed into a screen belongs into the catalogue. Formats, words that people type, and the client's own line stand outside
// it on purpose.
const free = /\/(i18n\/format|api\/client|api\/describe|records\/fields\/wire|records\/index\/paste)\.ts$/;
for (const path of files.filter((one) => !free.test(one))) {
  readFileSync(path, 'utf8')
    .split('\n')
    .forEach((line, at) => {
      const bare = line.replace(/\/\/.*$|\/\*.*?\*\//g, '');
      if (/[㐀-鿿]/.test(bare) && !/^\s*\*/.test(line))
        problems.push(`${path.slice(root.length)}:${at + 1} says Chinese outside the catalogue`);
    });
}
for (const line of problems) console.log(line);
console.log(`i18n: ${ids.size} messages in ${areas.length} areas, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
