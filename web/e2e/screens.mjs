// A picture of every route, kept as a reference, and where its parts stand. The company's days move with today and fonts differ from
// machine to machine, so pictures are for the eye and are never compared: what is compared is the frame – which landmarks and headings
// a route has, and where they begin and how wide they are. `npm run e2e -- screens` compares, `npm run e2e -- screens bless` writes anew.
// JPEG, because the browser makes it: 60 pictures weigh about 3 MB.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPage } from './browser.mjs';

const folder = new URL('./screens/', import.meta.url).pathname;
const frameFile = join(folder, 'frames.json');
const tolerance_px = 8;
const looks = [
  { key: '1440', width: 1440, height: 900, dark: false },
  { key: '390', width: 390, height: 844, dark: false },
  { key: '1440-dark', width: 1440, height: 900, dark: true },
];

// In the page: the frame of a route, top to bottom. Names lose their figures, which move with the day.
function frame() {
  const parts =
    'nav, main, main > header, h1, h2, section[aria-label], section[aria-labelledby], [role=grid], [role=search], form';
  const seen = [];
  for (const element of document.querySelectorAll(parts)) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || element.closest('.visually-hidden')) continue;
    const titled = document.getElementById(element.getAttribute('aria-labelledby') ?? '');
    const heading = /^H\d$/.test(element.tagName) ? element : titled;
    const name = (element.getAttribute('aria-label') ?? heading?.textContent ?? '').replace(/[\d,.%]+/g, '#').trim();
    const kind = element.getAttribute('role') ?? element.tagName.toLowerCase();
    // A heading is as wide as its words, which is a matter of fonts.
    seen.push({
      part: `${kind} ${name}`.trim(),
      x: Math.round(box.x),
      width: heading === element ? null : Math.round(box.width),
    });
  }
  return seen;
}

const nameOf = (path, key) =>
  `${path
    .replace(/\d{6,}/g, 'id')
    .replace(/\?.*$/, (text) => `-${text.slice(1, 4)}`)
    .replace(/[^a-z0-9-]+/gi, '_')}-${key}`;

export function differences(kept, now) {
  const told = [];
  const rest = [...now];
  for (const one of kept) {
    const at = rest.findIndex((other) => other.part === one.part);
    if (at < 0) {
      told.push(`${one.part} is gone`);
      continue;
    }
    const [other] = rest.splice(at, 1);
    if (Math.abs(other.x - one.x) > tolerance_px) told.push(`${one.part} begins at ${other.x}, not ${one.x}`);
    if (one.width !== null && Math.abs((other.width ?? 0) - one.width) > tolerance_px)
      told.push(`${one.part} is ${other.width} wide, not ${one.width}`);
  }
  return told;
}

export async function screensAll(browser, { url, state, paths, report, bless }) {
  mkdirSync(folder, { recursive: true });
  const kept = existsSync(frameFile) ? JSON.parse(readFileSync(frameFile, 'utf8')) : {};
  const now = {};
  const seen = new Set();
  for (const { key, ...look } of looks) {
    const page = await openPage(browser, { url, state, ...look });
    const anonymous = await openPage(browser, { url, ...look });
    for (const path of paths) {
      const name = nameOf(path, key);
      if (seen.has(name)) continue;
      seen.add(name);
      const own = /^\/(sign-in|setup)/.test(path) ? anonymous : page;
      await report(`screens ${path} ${key}`, async () => {
        await own.goto(path);
        await own.getByRole('heading', { level: 1 }).first().waitFor();
        await own.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {});
        await own
          .locator('[aria-busy=true]')
          .first()
          .waitFor({ state: 'detached', timeout: 3000 })
          .catch(() => {});
        now[name] = await own.evaluate(frame);
        if (bless) return void (await own.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 55 }));
        if (!kept[name]) throw new Error(`no reference: look at the page, then npm run e2e -- screens bless`);
        const told = differences(kept[name], now[name]);
        if (told.length > 0)
          throw new Error(`${told.join('\n    ')}\n    if that is meant: npm run e2e -- screens bless`);
      });
    }
    await page.context().close();
    await anonymous.context().close();
  }
  if (bless) writeFileSync(frameFile, `${JSON.stringify(now, null, 1)}\n`);
}
