// Measures the pairs of tokens.css that carry text (4.5 : 1) or show a control, a focus or a mark (3 : 1), in both themes,
// and refuses raw colours anywhere else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../src/', import.meta.url).pathname;
const css = readFileSync(join(root, 'styles/tokens.css'), 'utf8');
const block = (selector) => {
  const from = css.indexOf(`${selector} {`);
  return Object.fromEntries(
    [...css.slice(from, css.indexOf('}', from)).matchAll(/--([\w-]+):\s*(#[0-9a-fA-F]{6})/g)].map((match) => [
      match[1],
      match[2],
    ]),
  );
};
const light = block(':root');
const themes = { light, dark: { ...light, ...block('[data-theme="dark"]') } };

const part = (value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
const luminance = (hex) =>
  [1, 3, 5]
    .map((at) => part(Number.parseInt(hex.slice(at, at + 2), 16)))
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
const contrast = (a, b) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const text = [
  ...['text', 'text-2', 'text-3', 'accent', 'ok', 'warn', 'bad'].map((ink) => [ink, 'surface', 4.5]),
  ...['text', 'text-2', 'text-3'].flatMap((ink) => ['bg', 'surface-2'].map((paper) => [ink, paper, 4.5])),
  ['text', 'accent-weak', 4.5],
  ['text-2', 'accent-weak', 4.5],
  ['accent', 'accent-weak', 4.5],
  ['accent', 'bg', 4.5],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-h', 4.5],
  ['on-bad', 'bad', 4.5],
  ['ok', 'ok-w', 4.5],
  ['warn', 'warn-w', 4.5],
  ['bad', 'bad-w', 4.5],
  ['surface', 'text', 4.5],
  ['ctl', 'surface', 3],
  ...[1, 2, 3, 4, 5, 6].map((n) => [`c${n}`, 'surface', 3]),
];
let bad = 0;
for (const [theme, colours] of Object.entries(themes)) {
  for (const [ink, paper, least] of text) {
    const found = contrast(colours[ink], colours[paper]);
    if (found >= least) continue;
    bad += 1;
    console.log(`${theme}: --${ink} on --${paper} is ${found.toFixed(2)} : 1, needs ${least}`);
  }
}
function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
for (const path of walk(root)) {
  if (!/\.(css|tsx)$/.test(path) || /styles\/(tokens|print)\.css$/.test(path)) continue;
  readFileSync(path, 'utf8')
    .split('\n')
    .forEach((line, at) => {
      if (!/#[0-9a-fA-F]{3,8}\b(?!.*t\()|\brgba?\(|\bhsla?\(/.test(line) || /href|url\(|\/\//.test(line)) return;
      bad += 1;
      console.log(`${path.slice(root.length)}:${at + 1} has a raw colour; use a variable of tokens.css`);
    });
}
console.log(`contrast: ${text.length * 2} pairs, ${bad} problems`);
process.exit(bad ? 1 : 0);
