// A list of hundreds of thousands: the bar is dragged to a place, and it is timed until its rows stand; then the wheel turns.
import { openPage } from '../../web/e2e/browser.mjs';
import { settled } from '../../web/e2e/screen.mjs';
import { watch } from '../../web/e2e/watch.mjs';

const patience_ms = 60_000;
const places = { 'the end': 1, 'the middle': 0.5, 'three quarters': 0.75, 'a tenth': 0.1 };
const orders = ['-created_at', '-amount', 'name', 'expected_on'];

// Puts the bar where a hand would and gives the ms until each row in sight has its name.
const jump = (page, share) =>
    page.evaluate(([to, patience]) => new Promise((done, failed) => {
        const grid = document.querySelector('[role=grid]');
        const first = grid.querySelector('[role=row][style*="top"]').getAttribute('aria-rowindex');
        const began = performance.now();
        grid.scrollTop = Math.round((grid.scrollHeight - grid.clientHeight) * to);
        const look = () => {
            const rows = [...grid.querySelectorAll('[role=row][style*="top"]')];
            const moved = rows.some((row) => Math.abs(Number(row.getAttribute('aria-rowindex')) - Number(first)) > 100);
            if (moved && rows.length > 10 && rows.every((row) => row.querySelector('a'))) return done(performance.now() - began);
            if (performance.now() - began > patience) return failed(new Error(`no rows at ${to}`));
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    }), [share, patience_ms]);

async function wheel(page, turns) {
    const box = await page.locator('[role=grid]').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    for (let turn = 0; turn < turns; turn += 1) {
        await page.mouse.wheel(0, 700);
        await page.waitForTimeout(30);   // a hand
    }
}

// One visit, of one order: places nobody went to before, then the same once more.
export async function visit(browser, at, turn, cpu) {
    const page = await openPage(browser, at);
    page.setDefaultTimeout(patience_ms);
    const watched = await watch(page, { cpu });
    await page.goto(`/deals?sort=${orders[turn % orders.length]}`);
    await page.locator('[role=row] a').first().waitFor();
    await settled(page);
    const found = {};
    for (const [name, share] of Object.entries(places)) {
        found[`jump to ${name}, ms`] = await jump(page, share);
        await settled(page);
    }
    await jump(page, 0.4);
    await settled(page);
    found['jump back to the middle, ms'] = await jump(page, 0.5);
    await settled(page);
    const before = watched.requests.length;
    await watched.forget();
    await wheel(page, 60);
    await settled(page);
    const seen = await watched.seen();
    found['longest task over 42,000 px, ms'] = Math.max(0, ...seen.tasks);
    found['tasks over 50 ms'] = seen.tasks.length;
    found['requests over 42,000 px'] = watched.requests.length - before;
    found['nodes'] = seen.nodes;
    if (page.complaints.length > 0) throw new Error(page.complaints.join('\n'));
    await page.context().close();
    return found;
}
