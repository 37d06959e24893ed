// What others wrote to attack with, where it is installed (group test of tools/packages.txt).
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everything } from '../rest/fixture.mjs';

export const installed = (name) => ['/usr/bin', '/usr/local/bin'].some((directory) => existsSync(join(directory, name)));

// Level 5 tries everything and takes minutes a place.
const level = process.env.SQLMAP_LEVEL ?? '2';
const seconds_max = Number(process.env.SQLMAP_SECONDS ?? 40);

const json = (base, path, body) => [`${base}${path}`, '--data', JSON.stringify(body), '--header', 'Content-Type: application/json'];

const places = (base) => ({
    'q': [`${base}/deals?q=a*`], 'a filter': [`${base}/deals?filter=name%20%3D%20%22a*%22`], 'a sort': [`${base}/deals?sort=name*`], 'fields': [`${base}/deals?fields=name*`], 'a cursor': [`${base}/deals?after=a*`], 'an id': [`${base}/deals/1*`], 'a path': [`${base}/deals*`], 'a search': [`${base}/search?q=a*`],
    'a query': json(base, '/query', { from: 'deals', where: 'name = "a*"', measures: { n: 'count()' } }), 'a group': json(base, '/query', { from: 'deals', group: ['stage*'], measures: { n: 'count()' } }), 'twins': json(base, '/accounts/duplicates', { name: 'a*' }),
});
const door = (base) => ({ 'a sign-in': json(base, '/session', { email: 'a*@example.com', password: 'some password' }) });

// Scans each of the places, two at a time.
async function scanned(f, places) {
    const directory = mkdtempSync(join(tmpdir(), 'shangdao-sqlmap-'));
    const scan = ([url, ...more], into) => new Promise((resolve) => {
        const call = ['-u', url, ...more, '--batch', '--level', level, '--risk', '3', '--threads', '3', '--flush-session', '--disable-coloring', '--timeout', '10', '--time-sec', '3', '--ignore-code', '*', '--answers', 'redirect=N', '--output-dir', into, '--header', `Authorization: Bearer ${f.house.token(f.rep)}`];
        execFile('timeout', [String(seconds_max), 'sqlmap', ...call], { encoding: 'utf8', maxBuffer: 1 << 26 }, (error, stdout) => resolve({ code: error?.code ?? 0, said: stdout }));
    });
    const left = Object.entries(places(`http://${f.house.host}:${f.house.port}/api/v1`));
    const lane = async () => {
        for (let one = left.shift(); one; one = left.shift()) {
            const { code, said } = await scan(one[1], join(directory, String(left.length)));
            assert.ok([0, 124].includes(code), `${one[0]}: ${code} ${said.slice(-1_000)}`);
            assert.match(said, /testing |heuristic/, `${one[0]} was tested: ${said.slice(-1_000)}`);
            assert.doesNotMatch(said, /is vulnerable|identified the following injection/, `${one[0]}: ${said.slice(-3_000)}`);
        }
    };
    try {
        await Promise.all([lane(), lane()]);
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}

export const tools = (f) => installed('sqlmap') ? {
    [`tools: sqlmap finds nothing to inject in ${Object.keys(places('')).length} places`]: async () => {
        const before = await f.house.ledgerHead();
        await scanned(f, places);
        assert.equal(await f.house.ledgerHead(), before);
    },
} : {};

const refusals = 'shangdao_http_requests_total{method="POST",route="/api/v1/session",status="4xx"}';

// A sign-in that is refused is told in the ledger, and nothing else is.
export const toolsAtTheDoor = (f) => installed('sqlmap') ? {
    'tools: sqlmap finds nothing to inject in a sign-in, and leaves nothing but knocks': async () => {
        const [headBefore, ...before] = (await everything(f)).split(' '), refusedBefore = await f.house.counted(refusals);
        await scanned(f, door);
        const refused = (await f.house.counted(refusals)) - refusedBefore;
        const [head, ...after] = (await everything(f)).split(' ');
        assert.ok(refused > 0);
        assert.ok(head - headBefore <= refused, `${refused} refused, ${head - headBefore} events`);
        assert.deepEqual(after, before);
    },
} : {};
