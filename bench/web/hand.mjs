// What a hand feels: from the key or the press until the page is painted anew, and until what was asked for stands. Each deed is done over and
// over; of each the slowest of its events counts. What is faster than a frame of 16 ms the browser does not tell.
import { openPage } from '../../web/e2e/browser.mjs';
import { settled } from '../../web/e2e/screen.mjs';
import { watch } from '../../web/e2e/watch.mjs';
import { hold } from './board.mjs';

const frame_ms = 16;
// The browser tells how long an event took some time after its frame; it is given 60 ms.
const painted = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))));
const grid = (page) => page.getByRole('grid');
const unhurried = (page) => grid(page).and(page.locator('[aria-busy=false]')).waitFor();

async function listOf(page) {
    await page.goto(`/deals?f=${encodeURIComponent('outcome = "open"')}`);
    await grid(page).locator('[role=row] a').first().waitFor();
    await unhurried(page);
}

async function boardOf(page) {
    await page.goto('/deals/board');
    await page.locator('article[draggable=true]').first().waitFor();
}

// Each gives a promise of what must stand; the press itself is over before.
const deeds = {
    'open and close a peek': {
        room: listOf, times: 12,
        async run(page, at) {
            await grid(page).focus();
            if (at > 0) await page.keyboard.press('ArrowDown');
            await page.keyboard.press('Space');
            await page.getByRole('dialog').getByRole('heading', { level: 2 }).first().waitFor();
        },
        async back(page) {
            await page.keyboard.press('Escape');
            await page.getByRole('dialog').waitFor({ state: 'detached' });
        },
    },
    'sort by another column': {
        room: listOf, times: 8,
        async run(page, at) {
            const heads = page.getByRole('columnheader').getByRole('button').filter({ hasText: /^(金额|预计成交日期|商机名称)$/ });
            await heads.nth(at % (await heads.count())).click();
            await unhurried(page);
        },
    },
    'type six letters to search': {
        room: listOf, times: 24,
        async run(page, at) {
            const box = page.getByRole('searchbox').first();
            if (at === 0) await box.focus();
            await page.keyboard.press(at % 12 < 6 ? 'huaxin'[at % 12] : 'Backspace');
        },
        async back(page) { await unhurried(page); },
    },
    'filter by a condition': {
        room: listOf, times: 6,
        async run(page, at) {
            await listOf(page);
            await page.getByRole('button', { name: '添加条件' }).click();
            const dialog = page.getByRole('dialog');
            await dialog.getByRole('button', { name: '商机名称' }).click();
            await dialog.getByRole('textbox', { name: '商机名称' }).pressSequentially(`项目${at + 1}`);
            await page.getByRole('button', { name: '应用' }).click();
            await unhurried(page);
        },
    },
    'type into a cell': {
        room: listOf, times: 10,
        async run(page, at) {
            const cell = grid(page).locator(`[role=row][aria-rowindex="${at + 3}"] [role=gridcell]`).filter({ hasText: '¥' }).first();
            await cell.dblclick();
            const box = page.getByRole('textbox', { name: '金额' });
            await box.waitFor();
            await page.keyboard.press('Control+A');
            await page.keyboard.type(String(120_000 + at));
            await page.keyboard.press('Enter');
            await box.waitFor({ state: 'detached' });
        },
    },
    'drag a card': {
        room: boardOf, times: 6,
        async run(page) {
            const { drop } = await hold(page);
            await drop();
        },
    },
};

export const hands = Object.keys(deeds);

// → {felt: [ms a deed], stands: [ms]}
export async function feel(browser, at, name, cpu) {
    const { room, times, run, back } = deeds[name];
    const page = await openPage(browser, at);
    page.setDefaultTimeout(60_000);
    const watched = await watch(page, { cpu });
    await room(page);
    await settled(page);
    const felt = [], stands = [];
    for (let turn = 0; turn < times; turn += 1) {
        await watched.forget();
        const began = performance.now();
        await run(page, turn);
        stands.push(performance.now() - began);
        await painted(page);
        felt.push(Math.max(frame_ms, ...(await page.evaluate(() => window.seen.events))));
        await back?.(page);
        await settled(page);
    }
    if (page.complaints.length > 0) throw new Error(page.complaints.join('\n'));
    await page.context().close();
    return { felt, stands };
}
