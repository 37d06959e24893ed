// The board: when the first cards stand, how many nodes the page has before and after scrolling, the longest task while it is scrolled, and how long a
// card that is let go takes until it stands in its new stage and until the server has said so.
import { openPage } from '../../web/e2e/browser.mjs';
import { settled } from '../../web/e2e/screen.mjs';
import { watch } from '../../web/e2e/watch.mjs';

const column = (page, at) => page.locator('[data-stage]').nth(at);

// Wheels through the column until so many cards went by.
async function scroll(page, at, cards) {
    const box = await column(page, at).boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    for (let turn = 0; turn < 400; turn += 1) {
        await page.mouse.wheel(0, 700);
        await page.waitForTimeout(30);   // a hand
        const last = await column(page, at).locator('li').last();
        const [place, of] = [await last.getAttribute('aria-posinset'), await last.getAttribute('aria-setsize')].map(Number);
        if (place >= Math.min(cards, of)) return;
    }
    throw new Error(`no card ${cards} in column ${at}`);
}

// Takes up the first card of the first stage and holds it over the next one.
export async function hold(page) {
    const card = column(page, 0).locator('article[draggable=true]').first();
    await card.waitFor();
    const id = await column(page, 0).locator('li').first().getAttribute('data-id');
    const from = await card.boundingBox(), to = await column(page, 1).boundingBox();
    await page.mouse.move(from.x + 40, from.y + 40);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 50, { steps: 3 });
    await page.locator('[data-zone]').first().waitFor();
    await page.mouse.move(to.x + 60, to.y + 200, { steps: 6 });
    // Lets it go; gives the ms until it stands there, and until it is stored.
    const drop = async () => {
        const said = page.waitForResponse((answer) => answer.url().endsWith('/actions/advance'));
        const began = performance.now();
        await page.mouse.up();
        await column(page, 1).locator(`[data-id="${id}"]`).waitFor();
        const shown = performance.now() - began;
        const answer = await said;
        if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
        return { shown, stored: performance.now() - began };
    };
    return { drop };
}

export async function visitBoard(browser, at, cpu) {
    const page = await openPage(browser, at);
    page.setDefaultTimeout(60_000);
    const watched = await watch(page, { cpu });
    const longest = async () => Math.max(0, ...(await watched.seen()).tasks);
    const began = performance.now();
    await page.goto('/deals/board?sort=-stage_entered_at');
    await page.locator('article').first().waitFor();
    const found = { 'first cards, ms': performance.now() - began, 'nodes at first': (await watched.seen()).nodes };
    await settled(page);
    found['longest task while it loads, ms'] = await longest();
    await watched.forget();
    await scroll(page, 0, 500);
    await scroll(page, 3, 500);
    found['longest task over 1,000 cards, ms'] = await longest();
    found['tasks over 50 ms'] = (await watched.seen()).tasks.length;
    found['nodes then'] = (await watched.seen()).nodes;
    await page.reload();
    const { drop } = await hold(page);
    const { shown, stored } = await drop();
    found['let go until it stands there, ms'] = shown;
    found['let go until it is stored, ms'] = stored;
    if (page.complaints.length > 0) throw new Error(page.complaints.join('\n'));
    await page.context().close();
    return found;
}
