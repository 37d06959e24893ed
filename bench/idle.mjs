// ./dev bench idle [--size full|small|million] [--browsers 1000] [--seconds 16] [--passes 3] – what open browsers cost when nothing
// happens, and how fast they hear when something does. Each browser is one event stream of one of 500 members, as its page keeps it.
//
// Idle: memory and CPU of the server's process, over spans in which each stream gets its heartbeat. Then single writes: who hears of
// them is compared with who may read the record, asked of the API, and a write that all may see is timed to the last browser. At the end,
// what it costs writers that all listen.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { members, people } from './api/data.mjs';
import { eventStream } from './api/event_stream.mjs';
import { organisation, serve, token } from './api/product.mjs';
import { rows } from './api/rows.mjs';
import { load } from './api/wrk.mjs';

const [binary, ...rest] = process.argv.slice(2);
const option = (name, otherwise) => {
    const at = rest.indexOf(`--${name}`);
    return at < 0 ? otherwise : rest.splice(at, 2)[1];
};
const size = option('size', 'full');
const browsers = Number(option('browsers', 1000)), seconds = Number(option('seconds', 16)), passes = Number(option('passes', 3));
const root = new URL('../build/bench', import.meta.url).pathname;
const wait = (ms) => new Promise((go) => setTimeout(go, ms));
const middle = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const lines = [];
const say = (line) => { lines.push(line); console.log(line); };
const row = (what, figure, goal = '') => say(`| ${what.padEnd(58)} | ${figure.padEnd(46)} | ${goal.padEnd(12)} |`);
const spread = (list, digits) => `${middle(list).toFixed(digits)} (${Math.min(...list).toFixed(digits)}–${Math.max(...list).toFixed(digits)})`;

async function ask(url, bearer, path, body, method = body ? 'POST' : 'GET') {
    const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json', 'If-Match': '*', Connection: 'close' };
    return fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
}

async function answered(...call) {
    const answer = await ask(...call);
    if (!answer.ok) throw new Error(`${call[2]}: ${answer.status} ${await answer.text()}`);
    return answer.json();
}

// One write, by the administrator: gives when each browser heard of it, in ms after its answer; who should is who may read it.
async function told(url, streams, tokens, path, write) {
    const may = new Map();
    for (const bearer of tokens) may.set(bearer, (await ask(url, bearer, path)).ok);
    const should = streams.filter((stream) => may.get(stream.bearer));
    for (const stream of streams) stream.heard = undefined;
    await write();
    const wrote = performance.now();
    for (const until = wrote + 10_000; should.some((one) => one.heard === undefined) && performance.now() < until; ) await wait(20);
    await wait(500);   // for those who should hear nothing
    const late = should.filter((one) => one.heard === undefined).length;
    const wrong = streams.filter((one) => one.heard !== undefined && !may.get(one.bearer)).length;
    const times = should.filter((one) => one.heard !== undefined).map((one) => Math.max(0, one.heard - wrote));
    return { should: should.length, late, wrong, times: times.sort((a, b) => a - b) };
}

const hearing = ({ should, late, wrong, times }) => `${should} of ${browsers}, ${late} missed, ${wrong} wrongly; ${times[times.length >> 1]?.toFixed(0)} / ${times.at(-1)?.toFixed(0)} ms`;

async function creations(url, bearer) {
    const create = rows.find((one) => one.name.startsWith('create'));
    const requests = await create.requests((path) => answered(url, bearer, path));
    const file = join(root, 'requests.tsv');
    writeFileSync(file, requests.map((one) => one.join('\t')).join('\n'));
    const rates = [];
    for (let pass = 0; pass < passes; pass += 1) rates.push(load(url, { token: bearer, requests: file, connections: 16, seconds: 3 }).rate);
    return rates;
}

async function main() {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
    say(`open browsers: ${browsers} event streams of 500 members, data ${size}; ${cpus().length} × ${cpus()[0].model}; ${passes} spans of ${seconds} s; commit ${commit}`);
    mkdirSync(root, { recursive: true });
    const { data } = await organisation(binary, size, root);
    const server = await serve(binary, data);
    await server.searchable();
    const admin = token(binary, data, people.admin);
    const tokens = members().map(([, email]) => token(binary, data, email));
    tokens.push(admin);
    // Before and after are both measured after the same kind of traffic.
    for (const bearer of tokens) await answered(server.url, bearer, '/api/v1/deals?limit=1');
    const alone = await creations(server.url, admin);
    await wait(1000);

    const before = server.memory();
    const streams = await Promise.all(Array.from({ length: browsers }, (_, at) => eventStream(server.url, tokens[at % tokens.length])));
    const used = [];
    for (let pass = 0; pass < passes; pass += 1) {
        const from = server.cpu(), at = performance.now();
        await wait(seconds * 1000);
        used.push(((server.cpu() - from) / (performance.now() - at)) * 100_000);
    }
    const after = server.memory();
    say('');
    row('what', 'figure', 'goal');
    say(`|${'-'.repeat(60)}|${'-'.repeat(48)}|${'-'.repeat(14)}|`);
    row('memory that they take, own / with mapped files', `${(after.own - before.own).toFixed(1)} / ${(after.all - before.all).toFixed(1)} MiB`, '< 100 MiB');
    row('CPU while nothing happens', `${spread(used, 2)} % of a core`, '< 5 %');
    row('streams that ended by themselves', String(streams.filter((one) => one.ended()).length), '0');

    const deal = (await answered(server.url, tokens[members().findIndex(([, email]) => email === people.rep)], '/api/v1/deals?limit=1')).data[0];
    const path = `/api/v1/deals/${deal.id}`;
    const few = await told(server.url, streams, tokens, path, () => answered(server.url, admin, path, { next_step: '电话回访' }, 'PATCH'));
    row('a deal is changed: who hears, median / last', hearing(few), 'all who may');
    const all = await told(server.url, streams, tokens, '/api/v1/products?limit=1', () => answered(server.url, admin, '/api/v1/products', { name: '新产品', code: 'P1' }));
    row('a product is made: who hears, median / last', hearing(all), 'all who may');
    const heard = await creations(server.url, admin);
    row('creating deals, 16 connections: without / with them', `${spread(alone, 0)} / ${spread(heard, 0)} a second`);
    for (const stream of streams) stream.close();
    await server.stop();
    mkdirSync(join(root, 'results'), { recursive: true });
    writeFileSync(join(root, 'results', `idle-${size}.md`), `${lines.join('\n')}\n`);
}

await main();
