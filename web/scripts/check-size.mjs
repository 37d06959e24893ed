// Files stay readable: 300 lines, 400 for a test.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../src/', import.meta.url).pathname;
const walk = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
let bad = 0;
for (const path of walk(root)) {
  if (!/\.(tsx?|css)$/.test(path) || path.endsWith('.gen.ts')) continue;
  const source = readFileSync(path, 'utf8');
  const lines = source.split('\n').length;
  const most = /\.test\./.test(path) ? 400 : 300;
  const say = (what) => {
    bad += 1;
    console.log(`${path.slice(root.length)}: ${what}`);
  };
  if (lines > most) say(`${lines} lines, at most ${most}`);
  if (/\bdangerouslySetInnerHTML\b|\.innerHTML\b|\binsertAdjacentHTML\b/.test(source))
    say('writes markup; the content policy refuses it');
  if (/\bfetch\(/.test(source) && !path.startsWith(join(root, 'api/'))) say('calls fetch; only api/ does');
  if (/@layer|oklch\(|:has\(/.test(source)) say('uses CSS that the promised browsers lack');
}
console.log(`size and habits: ${bad} problems`);
process.exit(bad ? 1 : 0);
