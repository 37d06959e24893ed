// node scripts/make-icons.mjs – the PNGs of the installed app from public/icon.svg, drawn by the browser of the journeys. The
// maskable one fills its square and keeps the sign within the safe circle; the one for iOS has no transparent corners.
import { readFileSync } from 'node:fs';
import { launch } from '../e2e/browser.mjs';

const folder = new URL('../public/', import.meta.url).pathname;
const svg = readFileSync(`${folder}icon.svg`, 'utf8');
const ground = /<rect[^>]*fill="(#[0-9A-F]{6})"/.exec(svg)[1];
const icons = [
  ['icon-192.png', 192, 1, false],
  ['icon-512.png', 512, 1, false],
  ['icon-maskable-512.png', 512, 0.72, true],
  ['apple-touch-icon.png', 180, 0.86, true],
];
const browser = await launch();
for (const [name, size, share, filled] of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const side = Math.round(size * share);
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${filled ? ground : 'transparent'}">
     <div style="width:${side}px;height:${side}px">${svg}</div></body>`,
  );
  await page.screenshot({ path: `${folder}${name}`, omitBackground: !filled });
  await page.close();
}
await browser.close();
console.log(`${icons.length} icons`);
