// ./dev bench rights [--size million|full|small] [--seconds 3] [--passes 3] – what the whole model of rights costs a list: a manager of 20 among
// 1,000 members asks for his deals, first by ownership alone, then with one kind of sharing after another switched on, and alone again. And how
// long the move of a subtree of 200 people takes until another head sees what they own.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { people, sizes } from './api/data.mjs';
import { organisation, serve, token } from './api/product.mjs';
import { load } from './api/wrk.mjs';

const [binary, ...rest] = process.argv.slice(2);
const option = (name, otherwise) => {
    const at = rest.indexOf(`--${name}`);
    return at < 0 ? otherwise : rest.splice(at, 2)[1];
};
const size = option('size', 'million'), seconds = Number(option('seconds', 3)), passes = Number(option('passes', 3));
const root = new URL('../build/bench', import.meta.url).pathname;
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const shown = (n, digits = 0) => n.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });
const lines = [];
const say = (line) => { lines.push(line); console.log(line); };

const columns = 'name,account,amount,stage,outcome,expected_on,owner';
const lists = { 'by amount': 'sort=-amount', 'by amount, exact total': 'sort=-amount&count=exact', 'of one stage, exact total': 'filter=stage+%3D+%22needs%22&sort=-amount&count=exact' };

const { data } = await organisation(binary, size, root);
const bearers = Object.fromEntries(Object.entries({ ...people, other: 'area2@example.com' }).map(([who, email]) => [who, token(binary, data, email)]));
const server = await serve(binary, data);

async function ask(who, method, path, body, headers = {}) {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
        method, body: body && JSON.stringify(body),
        headers: { Authorization: `Bearer ${bearers[who]}`, 'Content-Type': 'application/json', Connection: 'close', ...headers },
    });
    const text = await answer.text();
    if (!answer.ok) throw Object.assign(new Error(`${method} ${path}: ${answer.status} ${text}`), { status: answer.status });
    return text ? JSON.parse(text) : null;
}
const admin = (...words) => ask('admin', ...words);
const one = async (path) => (await admin('GET', path)).data[0];
const member = (email) => one(`/members?limit=1&filter=${encodeURIComponent(`email = "${email}"`)}`);

// Before anything is measured; of a bulk change no other news comes to a script.
async function ended({ job }) {
    while (!['done', 'failed'].includes((await admin('GET', `/jobs/${job}`)).state)) await new Promise((go) => setTimeout(go, 50));   // leaves the cores to what is waited for
}

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const total = Object.values(sizes[size]).reduce((a, b) => a + b);

// Five hundred more, in four subtrees of 125, below the area heads.
const heads = [];
for (let i = 1; i <= 4; i += 1) heads.push(await member(`area${i}@example.com`));
await admin('POST', '/members', Array.from({ length: 500 }, (_, i) => ({ name: `新人${i}`, email: `more${i}@example.com`, roles: ['rep'], manager: heads[i % 4].id })));
const me = await member(people.manager);
const everybody = [];
for (let after = ''; after !== null;) {
    const page = await admin('GET', `/members?limit=500&fields=name&sort=created_at${after && `&after=${after}`}`);
    everybody.push(...page.data);
    after = page.next;
}
say(`rights: ${size}, ${shown(total)} records and ${shown(everybody.length)} members; ${cpus().length} × ${cpus()[0].model}; ${passes} passes of ${seconds} s at 1 connection; commit ${commit}`);
say('');

function times() {
    return Object.entries(lists).map(([, words]) => {
        const file = join(root, 'requests.tsv');
        writeFileSync(file, `GET\t/api/v1/deals?${words}&fields=${columns}&limit=50\t`);
        const results = Array.from({ length: passes }, () => load(server.url, { token: bearers.manager, requests: file, connections: 1, seconds }));
        return { p50: median(results.map((result) => result.p50)), p99: median(results.map((result) => result.p99)) };
    });
}

const rule = (name, more) => admin('POST', '/sharing_rules', { name, object: 'deal', active: true, level: 'read', audience: 'everyone', ...more });
const group = async (name, members) => {
    const { id } = await admin('POST', '/member_groups', { name });
    await admin('POST', '/memberships', members.map((one) => ({ member_group: id, member: one.id })));
    return id;
};
const kinds = [
    ['by ownership and the tree alone', async () => {}],
    ['+ 50 groups of 20, 20 rules by owner, 4 of them for him', async () => {
        const groups = [];
        for (let i = 0; i < 50; i += 1) groups.push(await group(`组${i}`, everybody.slice(i * 17, i * 17 + 20)));
        const mine = await group('我的组', [me]);
        for (let i = 0; i < 20; i += 1) await rule(`规则${i}`, { basis: 'owners', from_group: groups[i], audience: 'group', to_group: i < 4 ? mine : groups[i + 20] });
    }],
    ['+ 500 deals shared with him one by one', async () => {
        const deals = (await admin('GET', '/deals?limit=500&fields=name&sort=created_at')).data;
        for (const deal of deals) await admin('PUT', `/deals/${deal.id}/shares/${me.id}`, { level: 'read' });
    }],
    ['+ his territory, of 500 deals', async () => {
        const { id } = await admin('POST', '/territories', { name: '华东', level: 'read' });
        await admin('POST', '/territory_members', { territory: id, member: me.id });
        const deals = (await admin('GET', '/deals?limit=500&fields=name&sort=-created_at')).data;
        const job = await admin('POST', '/deals/bulk', { ids: deals.map((deal) => deal.id), change: { territory: id } });
        await ended(job);
    }],
    ['+ a rule by criteria for everyone', () => rule('大单', { basis: 'criteria', criteria: 'amount >= 4900000' })],
    ['+ a rule for his team, 500 deals locked, contacts by parent', async () => {
        const { id } = await admin('POST', '/teams', { name: '一队' });
        await admin('PATCH', `/members/${me.id}`, { team: id }, { 'If-Match': '*' });
        await rule('团队', { basis: 'criteria', criteria: 'amount < 20000', audience: 'team', to_team: id });
        await rule('联系人', { object: 'contact', basis: 'by_parent', level: 'edit' });
        const deals = (await admin('GET', '/deals?limit=500&fields=name&sort=name')).data;
        await ended(await admin('POST', '/deals/bulk', { ids: deals.map((deal) => deal.id), verb: { name: 'lock', arguments: { reason: '审计' } } }));
    }],
    ['+ a restriction for everyone', () => rule('限制', { basis: 'criteria', criteria: 'amount is null or amount < 9000000000', level: 'only' })],
];

const names = Object.keys(lists);
say(`| what the manager sees by${' '.repeat(32)} | ${names.map((name) => `${name}: p50 / p99 ms`.padEnd(40)).join(' | ')} | rows |`);
say(`|${'-'.repeat(58)}|${names.map(() => '-'.repeat(42)).join('|')}|------|`);
let first, last;
const row = async (name) => {
    const measured = times();
    first ??= measured;
    last = measured;
    const { count } = await ask('manager', 'GET', '/deals?limit=1&count=exact&fields=name');
    say(`| ${name.padEnd(56)} | ${measured.map((each, i) => `${shown(each.p50, 2)} / ${shown(each.p99, 2)} (${shown(each.p50 / first[i].p50, 2)} × / ${shown(each.p99 / first[i].p99, 2)} ×)`.padEnd(40)).join(' | ')} | ${shown(count)} |`);
};
for (const [name, make] of kinds) {
    await make();
    await row(name);
}
const whole = last;
for (const one of (await admin('GET', '/sharing_rules?limit=200')).data) await admin('PATCH', `/sharing_rules/${one.id}`, { active: false }, { 'If-Match': '*' });
for (const one of (await admin('GET', '/territory_members?limit=200')).data) await admin('DELETE', `/territory_members/${one.id}`, undefined, { 'If-Match': '*' });
await row('+ rules at rest, territory left: shares alone');

say('');
const more = (is, was) => `${is >= was ? '+' : '−'}${shown((100 * Math.abs(is - was)) / was)} %`;
for (const [i, list] of names.entries()) say(`the whole model, ${list}: p50 ${more(whole[i].p50, first[i].p50)}, p99 ${more(whole[i].p99, first[i].p99)} (goal at most +20 %)`);

// A head below the first area moves below the second, with 200 people.
const chief = await admin('POST', '/members', { name: '总监', email: 'chief@example.com', roles: ['manager'], manager: heads[0].id });
const movers = everybody.filter((one) => one.name.startsWith('新人')).slice(0, 200);
const all = movers.map((one) => one.id);
const job = await admin('POST', '/members/bulk', { ids: all, change: { manager: chief.id } });
await ended(job);
const deal = await admin('POST', '/deals', { name: '随人走', owner: movers[7].id });
const sees = () => ask('other', 'GET', `/deals/${deal.id}`).then(() => true, (error) => { if (error.status === 404) return false; throw error; });
if (await sees()) throw new Error('the second area saw it before');
const began = performance.now();
await admin('PATCH', `/members/${chief.id}`, { manager: heads[1].id }, { 'If-Match': '*' });
const written = performance.now() - began;
while (!(await sees()));
say(`a subtree of ${all.length + 1} moved: answered after ${shown(written)} ms, seen by its new head after ${shown(performance.now() - began)} ms (goal 5,000)`);
await server.stop();
mkdirSync(join(root, 'results'), { recursive: true });
writeFileSync(join(root, 'results', `rights-${size}.md`), `${lines.join('\n')}\n`);
