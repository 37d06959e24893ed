// Every route in the pseudo-language (scripts/pseudo.mjs): no word of a button, link, tab, label or heading is cut off without a sign of it,
// none runs out of what it stands in, and the page stays as wide as the screen. Labels that come from definitions are lengthened on
// their way to the page.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openPage } from './browser.mjs';
import { arrive, fileOf } from './look.mjs';

const web = new URL('..', import.meta.url).pathname;
export const dist = join(web, 'dist-pseudo');
const out = new URL('./out/', import.meta.url).pathname;
const call = promisify(execFile);
let built;
export function buildPseudo() {
  const words = ['build', '--outDir', 'dist-pseudo', '--logLevel', 'warn'];
  built ??= call('node_modules/.bin/vite', words, { cwd: web, env: { ...process.env, SHANGDAO_PSEUDO: '1' } });
  return built;
}

// Runs in the page, before its own scripts: what it is told of objects and fields is longer, too.
const inPseudo = `{
  ${readFileSync(join(web, 'scripts/pseudo.mjs'), 'utf8').replace(/^export /gm, '')}
  const lengthen = (thing) => {
    if (Array.isArray(thing)) return thing.map(lengthen);
    if (thing === null || typeof thing !== 'object') return thing;
    if (typeof thing.en === 'string' && typeof thing.zh === 'string') return { ...thing, en: pseudoText(thing.en) };
    return Object.fromEntries(Object.entries(thing).map(([name, value]) => [name, lengthen(value)]));
  };
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    if (new URL(answer.url).pathname !== '/api/v1/describe' || !answer.ok) return answer;
    return new Response(JSON.stringify(lengthen(await answer.json())), answer);
  };
}`;

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

const titleOf = ({ name }, width) => `pseudo ${name} ${width}`;

// Every route, at one width by its address and at the other inside the app. The app at `url` is the one of dist-pseudo.
export async function pseudoAll(browser, { url, states, routes, report, wanted }) {
  mkdirSync(out, { recursive: true });
  const said = new Map();
  for (const width of [1440, 390]) {
    const look = { url, width, height: width === 390 ? 844 : 900, language: 'en' };
    const pages = {};
    for (const { name, path, as } of routes.filter((route) => wanted(titleOf(route, width)))) {
      if (!pages[as]) {
        pages[as] = await openPage(browser, { ...look, state: states[as] });
        await pages[as].context().addInitScript(inPseudo);
      }
      const page = pages[as];
      await report(titleOf({ name }, width), async () => {
        said.set(name, await arrive(page, path, said.get(name)));
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        const lost = await page.evaluate(lostWords);
        if (beyond > 0) lost.push(`${beyond} px of the page lie beyond the screen`);
        if (lost.length === 0) return;
        await page.screenshot({ path: join(out, `pseudo-${fileOf(name)}-${width}.png`) });
        throw new Error(lost.join('\n    '));
      });
    }
    for (const page of Object.values(pages)) await page.context().close();
  }
}
