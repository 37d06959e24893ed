// The first load of the pages a day goes by, each in a browser that has nothing kept: bytes, requests, first picture, long tasks, nodes.
import { openPage } from '../../web/e2e/browser.mjs';
import { settled } from '../../web/e2e/screen.mjs';
import { slow, watch } from '../../web/e2e/watch.mjs';

export const pagesOf = ({ deal }) => [
    { name: '工作台', path: '/today', stands: (page) => page.getByRole('heading', { level: 2 }).first() },
    { name: 'list', path: '/deals', stands: (page) => page.locator('[role=row] a, main li a').first() },
    { name: 'record', path: `/deals/${deal}`, stands: (page) => page.getByRole('heading', { level: 1 }) },
    { name: 'board', path: '/deals/board', stands: (page) => page.locator('article').first() },
];

export const ways = [
    { name: 'plain', width: 1440, lcp_ms: 1_500 },
    { name: `${slow.cpu} × CPU, ${slow.kilobits_s / 1000} Mbit/s, ${slow.round_trip_ms} ms`, width: 1440, lcp_ms: 2_500, ...slow },
    { name: 'the same at 390 px', width: 390, height: 844, lcp_ms: 2_500, ...slow },
];

export async function firstLoad(browser, at, { path, stands }, way) {
    const page = await openPage(browser, { ...at, ...way });
    page.setDefaultTimeout(120_000);
    const watched = await watch(page, way);
    await page.goto(path);
    await stands(page).waitFor();
    const stood = await page.evaluate(() => performance.now());
    await settled(page);
    const seen = await watched.seen();
    if (page.complaints.length > 0) throw new Error(page.complaints.join('\n'));
    await page.context().close();
    return {
        'kB': seen.bytes / 1000, 'scripts': seen.script_bytes / 1000, 'answers': seen.asked_bytes / 1000, 'requests': seen.requests, 'of the API': seen.asked,
        'first picture': seen.picture, 'stands': stood, 'longest task': Math.max(0, ...seen.tasks), 'tasks over 50': seen.tasks.length, 'shift': seen.shifts, 'nodes': seen.nodes,
        paths: watched.requests.filter(({ path: asked }) => asked.startsWith('/api/')).map(({ method, path: asked }) => `${method} ${decodeURIComponent(asked)}`),
    };
}
