// ./dev bench web [--size full|small|million] [--loads 3] [first] [hand] [list] [board] – the pages in Chromium against the served organisation of
// bench/api, as the head who sees all and, at first loads, as a manager of 20 reports: what a first load costs, plain and on a slow line; what a hand
// feels; a list entered anywhere; the board. Medians of the loads with their spread, beside our goals and what a prototype of the same list in a component
// kit took (antd 6, measured once on the same kind of machine, its rows from memory).
//
// The pages are those of web/dist (npm run build in web/).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { people, sizes } from './api/data.mjs';
import { organisation, serve, token } from './api/product.mjs';
import { launch, signedIn } from '../web/e2e/browser.mjs';
import { percentile } from '../web/e2e/watch.mjs';
import { visitBoard } from './web/board.mjs';
import { firstLoad, pagesOf, ways } from './web/first.mjs';
import { feel, hands } from './web/hand.mjs';
import { visit } from './web/list.mjs';

const [binary, ...rest] = process.argv.slice(2);
const option = (name, otherwise) => {
    const at = rest.indexOf(`--${name}`);
    return at < 0 ? otherwise : rest.splice(at, 2)[1];
};
const size = option('size', 'full'), loads = Number(option('loads', 3));
const wanted = (part) => rest.length === 0 || rest.includes(part);
const root = new URL('../build/bench', import.meta.url).pathname;
const dist = new URL('../web/dist', import.meta.url).pathname;
const password = 'correct horse battery staple';
const slow_cpu = 4;
const lines = [];
const say = (line) => { lines.push(line); console.log(line); };
const whole = (value) => (value < 10 && !Number.isInteger(value) ? value.toFixed(2) : Math.round(value).toLocaleString('en-US'));
const spread = (values) => `${whole(percentile(values, 0.5))} (${whole(Math.min(...values))}–${whole(Math.max(...values))})`;
const wide = (text) => [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0);
const cell = (text, width) => text + ' '.repeat(Math.max(0, width - wide(text)));

function table(heads, rows) {
    const widths = heads.map((head, at) => Math.max(wide(head), ...rows.map((row) => wide(row[at]))));
    const line = (cells) => say(`| ${cells.map((text, at) => cell(text, widths[at])).join(' | ')} |`);
    line(heads);
    say(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
    rows.forEach(line);
    say('');
}

// A member of the import has no password: the administrator sends a link, and it is opened.
async function letIn(url, bearer, email) {
    const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json', Origin: url };
    const ask = async (method, path, body) => {
        const answer = await fetch(`${url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        return answer.json();
    };
    const { data: [member] } = await ask('GET', `/members?filter=${encodeURIComponent(`email = "${email}"`)}`);
    const { path } = await ask('POST', `/members/${member.id}/invitation`);
    await ask('POST', '/invitation', { token: path.split('#')[1], password });
}

// What the prototype of the same list took: its scripts over the line, its first picture, its longest task.
const kit = { scripts: 417, 'first picture': 1_930, 'longest task': 1_265 };
const goals = { 'shift': 0.05, 'longest task': 300, 'nodes': 1_500 };

async function first(browser, url, states, deal) {
    for (const way of ways) {
        const rows = [];
        for (const page of pagesOf({ deal }))
            for (const [who, state] of Object.entries(states)) {
                const all = [];
                for (let at = 0; at < loads; at += 1) all.push(await firstLoad(browser, { url, state }, page, way));
                const { paths, ...figures } = all[0];
                rows.push([`${page.name}, ${who}`, ...Object.keys(figures).map((name) => spread(all.map((one) => one[name])))]);
                if (way === ways[0]) lines.push(`<!-- ${page.name}, ${who}: ${paths.join(' · ')} -->`);
            }
        const heads = ['kB', 'scripts', 'answers', 'requests', 'of the API', 'first picture', 'stands', 'longest task', 'tasks over 50', 'shift', 'nodes'];
        rows.push(['goal', ...heads.map((name) => (name === 'first picture' ? `≤ ${whole(way.lcp_ms)}` : goals[name] ? `≤ ${goals[name]}` : ''))]);
        if (way === ways[0]) rows.push(['antd 6, list', ...heads.map((name) => (kit[name] ? whole(kit[name]) : ''))]);
        say(`First load, ${way.name} (kB, ms)`);
        table(['page', ...heads], rows);
    }
}

async function hand(browser, at) {
    const rows = [];
    for (const name of hands) {
        const cells = [];
        for (const cpu of [1, slow_cpu]) {
            const { felt, stands } = await feel(browser, at, name, cpu);
            cells.push(`${felt.length}`, whole(percentile(felt, 0.5)), whole(percentile(felt, 0.95)), whole(percentile(stands, 0.5)));
        }
        rows.push([name, ...cells.slice(0, 4), ...cells.slice(5)]);
    }
    say(`From the press until the next picture, and until all of it stands, ms; goal p95 < 100 without throttling. On the right ${slow_cpu} × CPU`);
    table(['deed', 'times', 'p50', 'p95', 'stands', 'p50, slow', 'p95, slow', 'stands, slow'], rows);
}

async function parts(title, make) {
    for (const cpu of [1, slow_cpu]) {
        const all = [];
        for (let at = 0; at < loads; at += 1) all.push(await make(at, cpu));
        say(`${title}${cpu > 1 ? `, ${cpu} × CPU` : ''}`);
        table(['what', 'median (spread)'], Object.keys(all[0]).map((name) => [name, spread(all.map((one) => one[name]))]));
    }
}

if (!existsSync(`${dist}/index.html`)) throw new Error('no web/dist: npm run build in web/');
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const { data } = await organisation(binary, size, root);
const admin = token(binary, data, people.admin);
const server = await serve(binary, data, '--web', dist);
const browser = await launch();
try {
    await server.searchable();
    say(`web: ${size}, ${sizes[size].deals.toLocaleString('en-US')} deals; ${cpus().length} × ${cpus()[0].model}; Chromium ${browser.version()}; ${loads} loads; commit ${commit}`);
    say('');
    await letIn(server.url, admin, people.manager);
    const states = {
        manager: await signedIn(browser, server.url, people.manager, password),
        head: await signedIn(browser, server.url, people.admin, password),
    };
    const at = { url: server.url, state: states.head };
    if (wanted('first')) {
        const answer = await fetch(`${server.url}/api/v1/deals?limit=1&filter=${encodeURIComponent('owner in my_team() and outcome = "open"')}`, { headers: { Authorization: `Bearer ${token(binary, data, people.manager)}` } });
        await first(browser, server.url, states, (await answer.json()).data[0].id);
    }
    if (wanted('hand')) await hand(browser, at);
    if (wanted('list')) await parts(`A list of ${sizes[size].deals.toLocaleString('en-US')}, entered anywhere`, (turn, cpu) => visit(browser, at, cpu > 1 ? loads + turn : turn, cpu));
    if (wanted('board')) await parts('The board', (_, cpu) => visitBoard(browser, at, cpu));
    say(`memory of the server after all of it: ${whole(server.memory().own)} MiB own`);
    mkdirSync(join(root, 'results'), { recursive: true });
    writeFileSync(join(root, 'results', `web-${size}.md`), `${lines.join('\n')}\n`);
} finally {
    await browser.close();
    await server.stop();
}
