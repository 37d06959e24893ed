// ./dev bench board [--size full|small|million] [--loads 3] – the board of deals in Chromium, as the head who sees all: when the first
// cards stand, how many nodes the page has before and after scrolling, the longest task while it is scrolled, and how long a card that is
// let go takes until it stands in its new stage and until the server has said so. Medians of the loads, with their spread.
//
// The organisation is bench/api's; the pages are those of web/dist (npm run build in web/).
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { people, sizes } from './api/data.mjs';
import { organisation, serve } from './api/product.mjs';
import { launch, openPage, signedIn } from '../web/e2e/browser.mjs';

const [binary, ...rest] = process.argv.slice(2);
const option = (name, otherwise) => {
    const at = rest.indexOf(`--${name}`);
    return at < 0 ? otherwise : rest.splice(at, 2)[1];
};
const size = option('size', 'full'), loads = Number(option('loads', 3));
const root = new URL('../build/bench', import.meta.url).pathname;
const dist = new URL('../web/dist', import.meta.url).pathname;

const watch = () => {
    window.tasks = [];
    new PerformanceObserver((list) => { for (const one of list.getEntries()) window.tasks.push(one.duration); }).observe({ type: 'longtask', buffered: true });
};
const nodes = (page) => page.evaluate(() => document.querySelectorAll('*').length);
const longest = (page) => page.evaluate(() => Math.max(0, ...window.tasks.splice(0)));
const column = (page, at) => page.locator('[data-stage]').nth(at);

// Wheels through the column until so many cards went by.
async function scroll(page, at, cards) {
    const box = await column(page, at).boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    for (let turn = 0; turn < 400; turn += 1) {
        await page.mouse.wheel(0, 700);
        await page.waitForTimeout(30);
        const last = await column(page, at).locator('li').last().getAttribute('aria-posinset');
        if (Number(last) >= cards) return Number(last);
    }
    throw new Error(`no card ${cards} in column ${at}`);
}

// The first card of the first stage, by the mouse, to the next one.
async function move(page) {
    const card = column(page, 0).locator('article[draggable=true]').first();
    await card.waitFor();
    const id = await column(page, 0).locator('li').first().getAttribute('data-id');
    const from = await card.boundingBox(), to = await column(page, 1).boundingBox();
    await page.mouse.move(from.x + 40, from.y + 40);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 50, { steps: 3 });
    await page.locator('[data-zone]').first().waitFor();
    await page.mouse.move(to.x + 60, to.y + 200, { steps: 6 });
    const said = page.waitForResponse((answer) => answer.url().endsWith('/actions/advance'));
    const began = performance.now();
    await page.mouse.up();
    await column(page, 1).locator(`[data-id="${id}"]`).waitFor();
    const shown = performance.now() - began;
    const answer = await said;
    if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
    return { shown, stored: performance.now() - began };
}

async function load(browser, at) {
    const page = await openPage(browser, at);
    await page.addInitScript(watch);
    const began = performance.now();
    await page.goto('/deals/board?sort=-stage_entered_at');
    await page.locator('article').first().waitFor();
    const found = { 'first cards, ms': performance.now() - began, 'nodes at first': await nodes(page) };
    await page.waitForTimeout(1500);
    found['longest task while it loads, ms'] = await longest(page);
    await scroll(page, 0, 500);
    await scroll(page, 3, 500);
    found['longest task over 1,000 cards, ms'] = await longest(page);
    found['nodes then'] = await nodes(page);
    await page.reload();
    await page.locator('article').first().waitFor();
    const { shown, stored } = await move(page);
    found['let go until it stands there, ms'] = shown;
    found['let go until it is stored, ms'] = stored;
    if (page.complaints.length > 0) throw new Error(page.complaints.join('\n'));
    await page.context().close();
    return found;
}

if (!existsSync(`${dist}/index.html`)) throw new Error('no web/dist: npm run build in web/');
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
console.log(`board: ${size}, ${sizes[size].deals.toLocaleString('en-US')} deals; ${cpus().length} × ${cpus()[0].model}; ${loads} loads; commit ${commit}\n`);
const { data } = await organisation(binary, size, root);
const server = await serve(binary, data, '--web', dist);
const browser = await launch();
try {
    await server.searchable();
    const state = await signedIn(browser, server.url, people.admin, 'correct horse battery staple');
    const all = [];
    for (let at = 0; at < loads; at += 1) all.push(await load(browser, { url: server.url, state }));
    console.log(`| ${'what'.padEnd(36)} | median (spread)      |\n|${'-'.repeat(38)}|----------------------|`);
    for (const name of Object.keys(all[0])) {
        const values = all.map((one) => Math.round(one[name])).sort((a, b) => a - b);
        console.log(`| ${name.padEnd(36)} | ${`${values[values.length >> 1]} (${values[0]}–${values.at(-1)})`.padEnd(20)} |`);
    }
} finally {
    await browser.close();
    await server.stop();
}
