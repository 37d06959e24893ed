// ./dev bench api [--db sqlite|postgres] [--size full|small|million] [--seconds 4] [--passes 3] [row…] – the service over loopback, measured by wrk on
// the same cores: as a manager of 20 of 500 members and as the admin, with rights, rules, ledger and durability on.
//
// The first run imports the organisation (kept under build/bench). On PostgreSQL it is moved into a cluster of the bench's own, durable, on the
// same disk and cores. Figures are medians of the passes, with their spread.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { people, sizes } from './api/data.mjs';
import { rows } from './api/rows.mjs';
import { Cluster, sql } from '../tests/served/cluster.mjs';
import { command, init, organisation, serve, token } from './api/product.mjs';
import { load, loadBeside } from './api/wrk.mjs';

const [binary, ...rest] = process.argv.slice(2);
const option = (name, otherwise) => {
    const at = rest.indexOf(`--${name}`);
    return at < 0 ? otherwise : rest.splice(at, 2)[1];
};
const db = option('db', 'sqlite');
if (!['sqlite', 'postgres'].includes(db)) {
    console.error(`bench api --db ${db}: sqlite or postgres`);
    process.exit(2);
}
const size = option('size', 'full'), seconds = Number(option('seconds', 4)), passes = Number(option('passes', 3));
const root = new URL('../build/bench', import.meta.url).pathname;
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const lines = [];
const say = (line) => { lines.push(line); console.log(line); };
const shown = (n, digits = 0) => n.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });

// With fsync, as whoever trusts it with records runs it.
async function newCluster() {
    const directory = join(root, 'cluster');
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    return Cluster.start({ durable: true, directory });
}

async function main() {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
    const total = Object.values(sizes[size]).reduce((a, b) => a + b);
    say(`service on ${db}: ${size}, ${shown(total)} records and 500 members; ${cpus().length} × ${cpus()[0].model}; ${passes} passes of ${seconds} s; commit ${commit}`);

    const cluster = db === 'postgres' ? await newCluster() : undefined;
    const empty = join(root, 'empty');
    rmSync(empty, { recursive: true, force: true });
    mkdirSync(root, { recursive: true });
    init(binary, empty, cluster?.database());
    const nothing = await serve(binary, empty);
    await nothing.stop();

    const { data, imported, searchable } = await organisation(binary, size, root);
    if (imported) say(`import of ${shown(total)} rows: ${shown(imported, 1)} s, ${shown(total / imported)} rows/s; all of it searchable ${shown(searchable, 1)} s later`);
    if (cluster) {
        const began = performance.now();
        command(binary, ['move', '--from', data, '--to', cluster.database('bench')]);
        say(`moved into PostgreSQL and compared in ${shown((performance.now() - began) / 1000, 1)} s`);
    }
    const tokens = Object.fromEntries(Object.entries(people).map(([who, email]) => [who, token(binary, data, email)]));
    const server = await serve(binary, data);
    say(`ready after ${shown(nothing.ready, 3)} s empty (goal 0.2), ${shown(server.ready, 3)} s with this data (goal 2)`);
    const version = await (await fetch(`${server.url}/version`)).json();
    if (cluster) say(`searchable and analysed ${shown(await rested(server, cluster), 1)} s later`);
    say(`synchronous ${version.synchronous}; memory at start ${shown(server.memory().own)} MiB own, ${shown(server.memory().all)} MiB with mapped files`);

    say('');
    say(`| ${'request'.padEnd(44)} | who     | conn | req/s (spread)          | p50 ms | p99 ms | goal        | Tryton | EspoCRM | refused |`);
    say(`|${'-'.repeat(46)}|---------|-----:|------------------------:|-------:|-------:|-------------|-------:|--------:|--------:|`);
    const rates = {};
    for (const row of rows.filter((one) => rest.length === 0 || rest.some((word) => one.name.includes(word))))
        for (const who of row.as) rates[`${who}: ${row.name}`] = await measure(server.url, row, who, tokens[who]);
    say('');
    say(`memory after all of it: ${shown(server.memory().own)} MiB own (goal 400), ${shown(server.memory().all)} MiB with mapped files`);
    const compare = (what, name, than, goal) => {
        if (rates[name] && rates[than]) say(`${what} takes ${shown(rates[than] / rates[name], 2)} × the time (goal ${goal})`);
    };
    compare('a list by a custom field, of one by a built-in one,', 'manager: list 50 by a custom field, exact total', 'manager: list 50 by amount, exact total', 1.3);
    compare('page 10,000, of page 1,', 'admin: page 10,000 by amount (where there are so many)', 'admin: page 1 by amount', 1);
    await kill(server, data, tokens.manager);
    await cluster?.stop();
    mkdirSync(join(root, 'results'), { recursive: true });
    writeFileSync(join(root, 'results', `api-${db}-${size}.md`), `${lines.join('\n')}\n`);
}

// What a move leaves to be done: the text index, and the statistics by which PostgreSQL plans. Seconds.
async function rested(server, cluster) {
    const began = performance.now();
    await server.searchable();
    sql(cluster.directory, 'bench', 'VACUUM ANALYZE');
    return (performance.now() - began) / 1000;
}

// In the midst of writing; then it is looked at whether what it left is whole.
async function kill(server, data, bearer) {
    const file = join(root, 'requests.tsv');
    const requests = await rows.find((one) => one.name.startsWith('create')).requests((path, body) => ask(server.url, bearer, path, body));
    writeFileSync(file, requests.map((one) => one.join('\t')).join('\n'));
    const writing = loadBeside(server.url, { token: bearer, requests: file, connections: 16, seconds: 3 });
    await new Promise((go) => setTimeout(go, 1500));   // chooses the moment: half of the load's time
    await server.kill();
    await writing;
    const again = await serve(binary, data);
    say(`killed while 16 connections create deals, ready again after ${shown(again.ready, 3)} s (goal 1)`);
    await again.stop();
    say(`check says: ${command(binary, ['check', '--data', data]).trim().split('\n').at(-1)}`);
}

// Gives the median rate over 16 connections; nothing where there is nothing to ask.
async function measure(url, row, who, bearer) {
    let rate;
    const file = join(root, 'requests.tsv');
    for (const connections of [16, 1]) {
        const results = [];
        for (let pass = 0; pass < passes; pass += 1) {
            const requests = await row.requests((path, body) => ask(url, bearer, path, body));
            if (requests.length === 0) return undefined;
            writeFileSync(file, requests.map((one) => one.join('\t')).join('\n'));
            results.push(load(url, { token: bearer, requests: file, connections, seconds, turn: row.turn }));
        }
        const rates = results.map((one) => one.rate);
        if (connections === 16) rate = median(rates);
        const spread = `${shown(median(rates))} (${shown(Math.min(...rates))}–${shown(Math.max(...rates))})`;
        const times = ['p50', 'p99'].map((key) => shown(median(results.map((one) => one[key])), 2));
        const peer = (list) => (list ? String(list[connections === 1 ? 0 : 1]) : '–');
        say(`| ${row.name.padEnd(44)} | ${who.padEnd(7)} | ${String(connections).padStart(4)} | ${spread.padStart(23)} | ${times[0].padStart(6)} | ${times[1].padStart(6)} | ${(row.goal?.[connections] ?? '').padEnd(11)} | ${peer(row.tryton).padStart(6)} | ${peer(row.espo).padStart(7)} | ${String(results.reduce((sum, one) => sum + one.refused, 0)).padStart(7)} |`);
    }
    return rate;
}

async function ask(url, bearer, path, body) {
    const answer = await fetch(url + path, {
        method: body ? 'POST' : 'GET',
        // No connection is kept: the server may have closed it while a load was measured.
        headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json', Connection: 'close' },
        body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
}

await main();
