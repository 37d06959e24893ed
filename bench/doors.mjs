// ./dev bench doors [--tries 1000] [--seed 1] – whether the time of an answer tells who is a member. Members and addresses of nobody are
// tried in a random order: a sign-in with a wrong password, then a forgotten password. Both samples are compared by the test of Kolmogorov and
// Smirnov (p by its limit, with Stephens's correction for small samples); the goal is p > 0.01.
import { cpus } from 'node:os';
import { mailing, password, start, tokenIn } from '../tests/mail/town.mjs';
import { PostOffice } from '../tests/mail/post_office.mjs';
import { adminEmail, House } from '../tests/served/house.mjs';

const [binary, ...rest] = process.argv.slice(2);
const option = (name, otherwise) => {
    const at = rest.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(rest.splice(at, 2)[1]);
};
const tries = option('tries', 1_000), seed = option('seed', 1);
const members = 50, warm = 20;
// Longer than any limit counts, for an account that comes up every `members` tries.
const minutes_between = 30;

// Numbers from 0 to 1, the same for the same seed (mulberry32).
let state = seed;
function chance() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

function kolmogorovSmirnov(one, other) {
    const all = [...one.map((value) => [value, 0]), ...other.map((value) => [value, 1])].sort((a, b) => a[0] - b[0]);
    const seen = [0, 0];
    let distance = 0;
    all.forEach(([value, whose], at) => {
        ++seen[whose];
        if (at + 1 === all.length || all[at + 1][0] !== value) distance = Math.max(distance, Math.abs(seen[0] / one.length - seen[1] / other.length));
    });
    const size = Math.sqrt((one.length * other.length) / (one.length + other.length)), lambda = (size + 0.12 + 0.11 / size) * distance;
    let p = 0;
    for (let k = 1; k <= 100; ++k) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * lambda * lambda);
    return { distance, p: lambda < 0.2 ? 1 : Math.min(1, Math.max(0, p)) };
}

const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const known = (i) => `member${i % members}@example.cn`, nobody = (i) => `nobody${i % members}@example.cn`;

const office = await PostOffice.open();
const house = await House.open(binary, start, { password, serve: [...mailing(office.port), '--sign-ins-per-minute', '100000'] });
let now = Date.parse(start);
const later = () => house.setTime((now += minutes_between * 60_000));
const post = (path, json) => {
    const body = JSON.stringify(json);
    return house.send('POST', `/api/v1${path}`, { headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), Origin: `http://${house.host}:${house.port}` }, body });
};

async function compare(what, ask, expected) {
    const times = { known: [], nobody: [] }, counts = { known: 0, nobody: 0 }, said = { known: new Set(), nobody: new Set() };
    while (times.known.length < tries || times.nobody.length < tries) {
        const who = times.known.length === tries ? 'nobody' : times.nobody.length === tries || chance() < 0.5 ? 'known' : 'nobody';
        const email = (who === 'known' ? known : nobody)(counts[who]++);
        later();
        const before = performance.now(), answer = await ask(email), took = performance.now() - before;
        if (answer.status !== expected) throw new Error(`${what}: ${answer.status} ${answer.text}`);
        said[who].add(answer.text.replace(/"request":"[^"]*"/, ''));
        if (counts[who] > warm) times[who].push(took);
    }
    const { distance, p } = kolmogorovSmirnov(times.known, times.nobody);
    const alike = said.known.size === 1 && said.nobody.size === 1 && [...said.known][0] === [...said.nobody][0];
    console.log(`| ${what.padEnd(20)} | ${middle(times.known).toFixed(2).padEnd(12)} | ${middle(times.nobody).toFixed(2).padEnd(12)} | ${distance.toFixed(4).padEnd(8)} | ${p.toFixed(3).padEnd(6)} | ${(alike ? 'yes' : 'NO').padEnd(13)} |`);
}

try {
    console.log(`doors: ${tries} tries of members, ${tries} of nobody; ${cpus().length} × ${cpus()[0].model}; seed ${seed}\n`);
    for (let i = 0; i < members; ++i) {
        const { body } = await house.call(adminEmail, 'POST', '/members', { name: `Member ${i}`, email: known(i), roles: ['rep'] });
        await house.call(adminEmail, 'POST', `/members/${body.id}/invitation`, {});
        await post('/invitation', { token: tokenIn((await office.take())[0]), password });
    }
    console.log(`| ${'what'.padEnd(20)} | members, ms  | nobody, ms   | distance | p      | answers alike |`);
    console.log(`|${'-'.repeat(22)}|--------------|--------------|----------|--------|---------------|`);
    await compare('a wrong password', (email) => post('/session', { email, password: 'not that one at all' }), 401);
    await compare('a forgotten password', (email) => post('/session/reset', { email }), 202);
    console.log(`| ${'goal'.padEnd(20)} |              |              |          | > 0.01 | yes           |`);
} finally {
    await house.close();
    await office.close();
}
