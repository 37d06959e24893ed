// The pictures kept of every route (screens/), and how one that is taken now is held against its own. `npm run e2e -- screens bless`
// renews those that differ. Where they differ, build/screens has what was expected, what is there and where they part.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPage } from './browser.mjs';
import { compare, pack, packed, read, write } from './picture.mjs';
import { settled } from './screen.mjs';

const kept = new URL('./screens/', import.meta.url).pathname;
const out = new URL('../../build/screens/', import.meta.url).pathname;
const shown_tiles_max = 6;

// What was cut off before its letters had come keeps the dots of another font: all is set in another one, and back.
const setAnew = () => {
  for (const font of ['serif', '']) {
    document.body.style.fontFamily = font;
    document.body.getBoundingClientRect();
  }
};

async function shoot(page, more) {
  await page.evaluate(setAnew);
  return page.screenshot({ animations: 'disabled', caret: 'hide', ...more });
}

// What is wrong with a picture, in words; nothing when it is like the one kept.
function differences(bytes, name) {
  const file = join(kept, `${name}.png`);
  if (!existsSync(file)) return 'no picture is kept of it';
  const [expected, actual] = [read(readFileSync(file)), packed(bytes)];
  if (expected.width !== actual.width || expected.height !== actual.height)
    return `${actual.width} × ${actual.height} pixels, not ${expected.width} × ${expected.height}`;
  const { tiles, diff } = compare(expected, actual);
  if (tiles.length === 0) return null;
  mkdirSync(out, { recursive: true });
  for (const [kind, picture] of Object.entries({ expected, actual, diff }))
    writeFileSync(join(out, `${name}-${kind}.png`), write(picture));
  const places = tiles.slice(0, shown_tiles_max).join('  ');
  return `differs around ${places}${tiles.length > shown_tiles_max ? ` and ${tiles.length - shown_tiles_max} more` : ''}: build/screens/${name}-diff.png`;
}

function judge(bytes, name, bless) {
  const told = differences(bytes, name);
  if (told === null) return;
  if (!bless) throw new Error(`${told}\n    if that is meant: npm run e2e -- screens bless`);
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, `${name}.png`), pack(bytes));
}

export const compareScreen = async (page, name, bless) => judge(await shoot(page), name, bless);

// Letters look different where other fonts are installed, and then every picture differs: nothing can be compared.
export async function drawsLetters(browser, url, bless) {
  const page = await openPage(browser, { url });
  await page.goto('/sign-in');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(() => {
    document.body.replaceChildren();
    for (const font of ['', 'font-family: var(--mono)']) {
      const line = document.createElement('p');
      line.style.cssText = `margin: 0; ${font}`;
      line.textContent = '商道 Shangdao：¥1,234.50，赢率 28%';
      document.body.append(line);
    }
  });
  await settled(page);
  const bytes = await shoot(page, { clip: { x: 0, y: 0, width: 320, height: 48 } });
  await page.context().close();
  if (bless) judge(bytes, 'letters', bless);
  const told = differences(bytes, 'letters');
  const why = existsSync(join(kept, 'letters.png'))
    ? `this machine has other fonts than the pictures kept (${told})`
    : 'no pictures are kept; npm run e2e -- screens bless takes them';
  if (told) console.log(`       screens: none is compared: ${why}`);
  return told === null;
}

// Pictures of routes that are no more.
export function dropScreens(names) {
  const all = new Set(['letters', ...names].map((name) => `${name}.png`));
  for (const file of readdirSync(kept)) if (!all.has(file)) rmSync(join(kept, file));
}
