// ./dev bench import [--rows 1000000] [--window 10] – one file of 16 columns through the door of the browser: uploaded, run dry, imported
// alone, and imported beside 16 connections that create deals; and by the command, while no server runs and nobody else writes. Rights, rules,
// ledger and durability on; the members see their own.
//
// Says how long each takes, what becomes of the others' rate and of their slowest answers, how much memory the server takes, and
// how long search lags behind. The organisation it happens in is made once (build/bench/import).
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { channels, day, generator, given, kinds, members, people, sizes, surnames, table, words } from './api/data.mjs';
import { commandWatched, organisation, serve, token } from './api/product.mjs';
import { loadBeside } from './api/wrk.mjs';

const [binary, ...rest] = process.argv.slice(2);
const option = (name, otherwise) => {
    const at = rest.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(rest[at + 1]);
};
const count = option('rows', 1_000_000), window = option('window', 10);
const root = new URL('../build/bench', import.meta.url).pathname;
const lines = [];
const say = (line) => { lines.push(line); console.log(line); };
const shown = (n, digits = 0) => n.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

const columns = ['code', 'name', 'account', 'job_title', 'department', 'mobile', 'phone', 'email', 'wechat', 'gender', 'birthday', 'decision_role', 'source', 'address', 'remarks', 'owner'];
const plan = `name: measured\nobjects:\n  - file: people.csv\n    object: contact\n    key: [code]\n    columns: {${columns.map((one) => `${one}: {field: ${one}}`).join(', ')}}\n`;

async function file() {
    const path = join(root, `people-${count}.csv`);
    if (existsSync(path)) return path;
    mkdirSync(root, { recursive: true });
    const pick = generator(7), of = (list) => list[pick(list.length)];
    const staff = members();
    const digits = (length) => String(pick(10 ** length)).padStart(length, '0');
    await table(path, columns, count, (at) => [`P${at}`, `${of(surnames)}${of(given)}${of(given)}`, `A${pick(sizes.import.accounts)}`, of(['经理', '总监', '采购', '工程师']), of(['采购部', '生产部', '财务部', '总经办']),
        `13${digits(9)}`, `021-${digits(8)}`, `p${at}@example.com`, `wx_${at}`, of(['男', '女']), day(8_000 + pick(12_000)), of(['决策者', '使用者', '']), of(channels), `苏州市工业园区${of(words)}路${pick(900)}号`, `${of(words)}${of(kinds)}展会认识`, of(staff)[0]]);
    return path;
}

async function ask(server, bearer, method, path, body) {
    const answer = await fetch(`${server.url}/api/v1${path}`, { method, headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json', Connection: 'close' }, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
}

function upload(server, bearer, path) {
    return new Promise((done, failed) => {
        const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/octet-stream', 'Content-Length': statSync(path).size };
        const request = http.request(`${server.url}/api/v1/imports/files?name=people.csv`, { method: 'POST', headers }, (answer) => {
            let text = '';
            answer.on('data', (bytes) => { text += bytes; });
            answer.on('end', () => (answer.statusCode === 201 ? done(JSON.parse(text).file) : failed(new Error(text))));
        });
        request.on('error', failed);
        createReadStream(path).pipe(request);
    });
}

const pause = (ms) => new Promise((go) => setTimeout(go, ms));

// Starts an import and follows it; gives the seconds, the result, the memory at its most, and how long search stayed behind for once.
async function follow(server, bearer, upload_id, dry, beside = async () => {}) {
    const began = performance.now();
    const { job } = await ask(server, bearer, 'POST', '/imports', { plan, files: { 'people.csv': upload_id }, dry_run: dry });
    const seen = { own: 0 };
    let over = false;
    const watching = (async () => {
        while (!over) {
            seen.own = Math.max(seen.own, server.memory().own);
            await pause(250);
        }
    })();
    let now = await ask(server, bearer, 'GET', `/jobs/${job}`);
    const others = beside(() => over);
    while (['waiting', 'running'].includes(now.state)) {
        await pause(200);
        now = await ask(server, bearer, 'GET', `/jobs/${job}`);
    }
    const seconds = (performance.now() - began) / 1000;
    over = true;
    await Promise.all([watching, others]);
    if (now.state !== 'done') throw new Error(JSON.stringify(now));
    return { seconds, counts: now.result.counts, own: seen.own };
}

// Windows of load, one after another, until told to end.
async function windows(server, bearer, requests, isOver) {
    const seen = [];
    while (!isOver()) seen.push(await loadBeside(server.url, { token: bearer, requests, connections: 16, seconds: window }));
    return seen.length > 1 ? seen.slice(0, -1) : seen;   // the last one reaches beyond the import
}

async function main() {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
    const path = await file();
    say(`import: ${shown(count)} rows × ${columns.length} columns, ${shown(statSync(path).size / 2 ** 20)} MiB; ${cpus().length} × ${cpus()[0].model}; commit ${commit}`);
    const scale = count / 1_000_000;

    let server = await serve(binary, (await organisation(binary, 'import', root)).data);
    const data = join(root, 'running');
    let admin = token(binary, data, people.admin);
    const manager = token(binary, data, people.manager);
    const accounts = (await ask(server, manager, 'GET', '/accounts?limit=500&fields=name')).data;
    const requests = join(root, 'creating.tsv');
    writeFileSync(requests, accounts.map((one) => ['POST', '/api/v1/deals', JSON.stringify({ name: '新商机 {n}', account: one.id, amount: '120000.00', expected_on: '2027-01-31', source: 'referral' })].join('\t')).join('\n'));
    say(`memory at start: ${shown(server.memory().own)} MiB own`);

    const uploading = performance.now();
    let brought = await upload(server, admin, path);
    say(`upload, read to its end: ${shown((performance.now() - uploading) / 1000, 1)} s; peak ${shown(server.memory().peak)} MiB with mapped files`);

    const dry = await follow(server, admin, brought, true);
    say(`dry run: ${shown(dry.seconds, 1)} s (goal ${shown(10 * scale, 1)}), ${shown(count / dry.seconds)} rows/s, most ${shown(dry.own)} MiB own (goal 256); ${JSON.stringify(dry.counts)}`);

    const alone = await follow(server, admin, brought, false);
    const lag = await server.searchable();
    say(`import alone: ${shown(alone.seconds, 1)} s (goal ${shown(90 * scale, 1)} beside others), ${shown(count / alone.seconds)} rows/s, most ${shown(alone.own)} MiB own (goal 256); search behind for another ${shown(lag, 1)} s (goal 30); ${JSON.stringify(alone.counts)}`);
    await server.stop();

    server = await serve(binary, (await organisation(binary, 'import', root)).data);
    admin = token(binary, data, people.admin);
    const bearer = token(binary, data, people.manager);
    brought = await upload(server, admin, path);
    await loadBeside(server.url, { token: bearer, requests, connections: 16, seconds: 3 });   // warm
    const free = await loadBeside(server.url, { token: bearer, requests, connections: 16, seconds: window });
    let seen = [];
    const beside = await follow(server, admin, brought, false, async (isOver) => { seen = await windows(server, bearer, requests, isOver); });
    const behind = await server.searchable();
    const rates = seen.map((one) => one.rate);
    say(`import beside 16 writers: ${shown(beside.seconds, 1)} s (goal ${shown(90 * scale, 1)}), ${shown(count / beside.seconds)} rows/s, most ${shown(beside.own)} MiB own; search behind for another ${shown(behind, 1)} s`);
    say(`the others: alone ${shown(free.rate)}/s, p99 ${shown(free.p99, 1)} ms; beside it ${shown(median(rates))}/s (${shown(Math.min(...rates))}–${shown(Math.max(...rates))}), ${shown((100 * median(rates)) / free.rate)} % (goal 60), p99 ${shown(median(seen.map((one) => one.p99)), 1)} ms (worst window ${shown(Math.max(...seen.map((one) => one.p99)), 1)}; goal 50); refused ${seen.reduce((sum, one) => sum + one.refused, 0)}; windows of ${window} s: ${seen.length}`);
    await server.stop();

    await organisation(binary, 'import', root);
    const planned = join(root, 'people.yaml');
    writeFileSync(planned, plan.replace('people.csv', basename(path)));
    const exclusive = await commandWatched(binary, ['import', '--data', data, '--user', people.admin, '--plan', planned, '--from', root]);
    say(`by command, nobody else: ${shown(exclusive.seconds, 1)} s (goal ${shown(35 * scale, 1)}), ${shown(count / exclusive.seconds)} rows/s, most ${shown(exclusive.own)} MiB own (goal 256)`);
    mkdirSync(join(root, 'results'), { recursive: true });
    writeFileSync(join(root, 'results', `import-${count}.md`), `${lines.join('\n')}\n`);
}

await main();
