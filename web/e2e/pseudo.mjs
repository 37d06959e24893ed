// Every route in the pseudo-language (scripts/pseudo.mjs): no word of a button, link, tab, label or heading is cut off without a sign of it,
// none runs out of what it stands in, and the page stays as wide as the screen. Labels that come from definitions are lengthened on
// their way to the page.
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { openPage } from './browser.mjs';
import { pseudoText } from '../scripts/pseudo.mjs';

const web = new URL('..', import.meta.url).pathname;
const dist = join(web, 'dist-pseudo');
const out = new URL('./out/', import.meta.url).pathname;
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export function buildPseudo() {
  const built = spawnSync('node_modules/.bin/vite', ['build', '--outDir', 'dist-pseudo', '--logLevel', 'warn'], {
    cwd: web,
    encoding: 'utf8',
    env: { ...process.env, SHANGDAO_PSEUDO: '1' },
  });
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
}

const lengthen = (thing) => {
  if (Array.isArray(thing)) return thing.map(lengthen);
  if (thing === null || typeof thing !== 'object') return thing;
  if (typeof thing.en === 'string' && typeof thing.zh === 'string') return { ...thing, en: pseudoText(thing.en) };
  return Object.fromEntries(Object.entries(thing).map(([name, value]) => [name, lengthen(value)]));
};

async function inPseudo(page) {
  await page.context().route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/api/v1/describe') {
      const answer = await route.fetch();
      return route.fulfill({ response: answer, json: lengthen(await answer.json()) });
    }
    if (pathname.startsWith('/api/')) return route.continue();
    const file = extname(pathname) ? pathname : '/index.html';
    const body = await readFile(join(dist, file)).catch(() => null);
    return body
      ? route.fulfill({ body, contentType: types[extname(file)] ?? 'application/octet-stream' })
      : route.fulfill({ status: 404, body: '' });
  });
}

// In the page, so nothing outside of it is known there. Where an ancestor says "…" on purpose or scrolls, nothing is lost.
function lostWords() {
  const spoken = 'button, a, label, legend, th, dt, h1, h2, h3, [role=tab], [role=columnheader], [role=menuitem]';
  const lost = [];
  for (const element of document.querySelectorAll(spoken)) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || element.closest('.visually-hidden, [aria-hidden=true], [inert]'))
      continue;
    if (element.classList.contains('visually-hidden')) continue;
    const words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      const parent = node.parentElement;
      if (node.data.trim() === '' || parent.closest('.visually-hidden, [aria-hidden=true]')) continue;
      let isForgiven = false;
      for (let at = parent; at && at !== element.parentElement; at = at.parentElement) {
        const style = getComputedStyle(at);
        isForgiven ||= style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
        // Said to those who hear it only.
        isForgiven ||= style.position === 'absolute' && at.clientWidth <= 1;
        isForgiven ||= /(auto|scroll)/.test(style.overflowX + style.overflowY);
      }
      if (isForgiven) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const beyond = [...range.getClientRects()].find(
        (rect) => rect.right > box.right + 1.5 || rect.left < box.left - 1.5 || rect.bottom > box.bottom + 4,
      );
      if (beyond) {
        const size = `${Math.round(beyond.right - box.right)} px beyond`;
        lost.push(`<${element.tagName.toLowerCase()}> ${node.data.trim().slice(0, 60)} – ${size}`);
        break;
      }
    }
  }
  return [...new Set(lost)];
}

export async function pseudoAll(browser, { url, state, paths, report }) {
  mkdirSync(out, { recursive: true });
  for (const width of [1440, 390]) {
    const at = { url, width, height: width === 390 ? 844 : 900, language: 'en' };
    const page = await openPage(browser, { ...at, state });
    const anonymous = await openPage(browser, at);
    for (const one of [page, anonymous]) await inPseudo(one);
    for (const path of paths) {
      const own = /^\/(sign-in|setup)/.test(path) ? anonymous : page;
      await report(`pseudo ${path} ${width}`, async () => {
        await own.goto(path);
        await own.getByRole('heading', { level: 1 }).first().waitFor();
        await own.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => {});
        const name = `pseudo${path.replace(/\?.*$/, (text) => `-${text.slice(1, 4)}`).replace(/[^a-z0-9-]+/gi, '_')}-${width}`;
        await own.screenshot({ path: join(out, `${name}.png`) });
        const beyond = await own.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        const lost = await own.evaluate(lostWords);
        if (beyond > 0) lost.push(`${beyond} px of the page lie beyond the screen`);
        if (lost.length > 0) throw new Error(lost.join('\n    '));
      });
    }
    await page.context().close();
    await anonymous.context().close();
  }
}
