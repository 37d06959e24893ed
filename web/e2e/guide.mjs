// The pictures of docs/user-guide: each shows the demo company on the journeys' day, and is taken only when what the guide
// promises stands there, by name, in both languages. Nothing stays changed. E2E_BLESS=1 puts the pictures into the guide.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { api, openPage } from './browser.mjs';
import { guidePictures } from './guide-pictures.mjs';
import { painted } from './screen.mjs';

const house = new URL('../../', import.meta.url).pathname;
const guide = join(house, 'docs/user-guide');
const blessed = join(guide, 'pictures');
const out = process.env.E2E_BLESS ? blessed : join(house, 'web/e2e/out/guide');
const size = { desktop: { width: 1440, height: 900, scale: 0.8 }, phone: { width: 390, height: 844, scale: 1 } };
const spoken = { zh: 'zh-CN', en: 'en' };

const messagesIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));

// What the screen says under a message's id: the words are those of the catalogues, so that a rename reaches the guide's check.
function wordsOf(language) {
  const i18n = join(house, 'web/src/i18n');
  const all = Object.assign({}, ...messagesIn(join(i18n, language)), ...messagesIn(join(i18n, 'more', language)));
  return (id) => {
    assert.ok(all[id], `no message ${id} in ${language}`);
    return all[id];
  };
}

// A message with places as a pattern: what stands in them is the company's.
const escape = (text) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
const patternOf = (message) =>
  new RegExp(
    `^${message
      .split(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/)
      .map(escape)
      .join('.*')}`,
  );

async function take(browser, picture, { language, fresh, company, states }) {
  const { width, height, scale } = size[picture.on ?? 'desktop'];
  const server = picture.as ? company : fresh;
  const state = states[picture.as];
  const page = await openPage(browser, { ...server, state, width, height, scale, language: spoken[language] });
  try {
    const t = wordsOf(spoken[language]);
    const scene = { page, t, like: (id) => patternOf(t(id)), pick: (label) => label[language], server, api };
    await page.goto(await pathOf(picture, scene));
    const seen = await picture.look(scene);
    for (const landmark of seen) await landmark.first().waitFor();
    await painted(page);
    mkdirSync(join(out, language), { recursive: true });
    await page.screenshot({
      path: join(out, language, `${picture.name}.jpg`),
      type: 'jpeg',
      quality: 70,
      animations: 'disabled',
      caret: 'hide',
    });
    await picture.leave?.(scene);
    assert.deepEqual(page.complaints, []);
  } catch (error) {
    await page.screenshot({ path: join(house, `web/e2e/out/failed-guide-${language}-${picture.name}.png`) });
    throw error;
  } finally {
    await page.context().close();
  }
}

const pathOf = async ({ path }, scene) => (typeof path === 'function' ? path(scene) : path);

// Every picture a page of the guide shows is one that is taken here, and the other way round.
function checkLinks() {
  const linked = new Set();
  for (const language of Object.keys(spoken))
    for (const name of readdirSync(join(guide, language))) {
      const text = readFileSync(join(guide, language, name), 'utf8');
      for (const [, target] of text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)) {
        assert.ok(existsSync(join(guide, language, target)), `${language}/${name} shows ${target}, which is not there`);
        linked.add(target.replace('../pictures/', ''));
      }
    }
  const taken = Object.keys(spoken).flatMap((language) => guidePictures.map(({ name }) => `${language}/${name}.jpg`));
  assert.deepEqual([...linked].sort(), taken.sort());
}

const titleOf = (language, { name }) => `guide: ${language} ${name}`;
const links = 'guide: every picture it shows is taken here';
const everyPicture = Object.keys(spoken).flatMap((language) =>
  guidePictures.map((picture) => [titleOf(language, picture), language, picture]),
);
export const isInGuide = (wanted) => [...everyPicture, [links]].some(([title]) => wanted(title));

export async function checkGuide(browser, houses, report, wanted) {
  for (const [title, language, picture] of everyPicture)
    if (wanted(title)) await report(title, () => take(browser, picture, { ...houses, language }));
  if (wanted(links)) await report(links, checkLinks);
}
