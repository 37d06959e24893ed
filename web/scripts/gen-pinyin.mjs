// npm run pinyin – src/lib/readings.gen.json from the server's own tables (src/base/pinyin_*.cpp), so that browser and server
// read a name alike. Kept are the characters of GB 2312: what labels and nearly all names are written with. `--check` only
// compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const house = new URL('../../src/base/', import.meta.url).pathname;
const out = new URL('../src/lib/readings.gen.json', import.meta.url).pathname;

function everyday() {
  const decoder = new TextDecoder('gb18030');
  const all = new Set();
  for (let high = 0xb0; high <= 0xf7; high += 1)
    for (let low = 0xa1; low <= 0xfe; low += 1) all.add(decoder.decode(Uint8Array.of(high, low)));
  return all;
}

const readings = new Map();
const add = (reading, character) => {
  const spelt = reading.replace('v', 'u');
  for (const one of new Set([reading, spelt])) readings.set(one, (readings.get(one) ?? new Set()).add(character));
};
const kept = everyday();
const table = readFileSync(`${house}pinyin_table.gen.cpp`, 'utf8');
for (const [, reading, characters] of table.matchAll(/\{"([a-z]+)", "([^"]+)"\}/g))
  for (const character of characters) if (kept.has(character)) add(reading, character);
const polyphones = readFileSync(`${house}pinyin_polyphones.cpp`, 'utf8');
for (const [, character, several] of polyphones.matchAll(/"(\S) ([a-z ]+)\\n"/gu))
  for (const reading of several.trim().split(' ')) if (kept.has(character)) add(reading, character);

const sorted = [...readings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reading, all]) => [reading, [...all].join('')]);
const text = `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
if (!process.argv.includes('--check')) writeFileSync(out, text);
const isFresh = existsSync(out) && readFileSync(out, 'utf8') === text;
console.log(
  isFresh ? `pinyin: ${sorted.length} syllables` : 'pinyin: src/lib/readings.gen.json is stale, run npm run pinyin',
);
process.exit(isFresh && sorted.length > 350 ? 0 : 1);
