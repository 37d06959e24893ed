// What others wrote to attack with, where it is installed (group test of tools/packages.txt).
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const installed = (name) => ['/usr/bin', '/usr/local/bin'].some((directory) => existsSync(join(directory, name)));

// Level 5 tries everything and takes minutes a place.
const level = process.env.SQLMAP_LEVEL ?? '2';
const seconds_max = Number(process.env.SQLMAP_SECONDS ?? 40);

export const tools = (f) => {
    const base = `http://${f.house.host}:${f.house.port}/api/v1`;
    const json = (path, body) => [`${base}${path}`, '--data', JSON.stringify(body), '--header', 'Content-Type: application/json'];
    const places = {
        'q': [`${base}/deals?q=a*`], 'a filter': [`${base}/deals?filter=name%20%3D%20%22a*%22`], 'a sort': [`${base}/deals?sort=name*`], 'fields': [`${base}/deals?fields=name*`], 'a cursor': [`${base}/deals?after=a*`], 'an id': [`${base}/deals/1*`], 'a path': [`${base}/deals*`], 'a search': [`${base}/search?q=a*`],
        'a query': json('/query', { from: 'deals', where: 'name = "a*"', measures: { n: 'count()' } }), 'a group': json('/query', { from: 'deals', group: ['stage*'], measures: { n: 'count()' } }), 'twins': json('/accounts/duplicates', { name: 'a*' }), 'a sign-in': json('/session', { email: 'a*@example.com', password: 'some password' }),
    };
    const scan = (words, directory) => new Promise((resolve) => {
        const [url, ...more] = words;
        const call = ['-u', url, ...more, '--batch', '--level', level, '--risk', '3', '--threads', '3', '--flush-session', '--disable-coloring', '--timeout', '10', '--time-sec', '3', '--ignore-code', '*', '--answers', 'redirect=N', '--output-dir', directory, '--header', `Authorization: Bearer ${f.house.token(f.rep)}`];
        execFile('timeout', [String(seconds_max), 'sqlmap', ...call], { encoding: 'utf8', maxBuffer: 1 << 26 }, (error, stdout) => resolve({ code: error?.code ?? 0, said: stdout }));
    });
    if (!installed('sqlmap')) return {};
    return {
        [`tools: sqlmap finds nothing to inject in ${Object.keys(places).length} places`]: async () => {
            const directory = mkdtempSync(join(tmpdir(), 'shangdao-sqlmap-')), before = await f.house.ledgerHead();
            try {
                const left = Object.entries(places);
                const lane = async () => {
                    for (let one = left.shift(); one; one = left.shift()) {
                        const { code, said } = await scan(one[1], join(directory, String(left.length)));
                        assert.ok([0, 124].includes(code), `${one[0]}: ${code} ${said.slice(-1_000)}`);
                        assert.match(said, /testing |heuristic/, `${one[0]} was tested: ${said.slice(-1_000)}`);
                        assert.doesNotMatch(said, /is vulnerable|identified the following injection/, `${one[0]}: ${said.slice(-3_000)}`);
                    }
                };
                await Promise.all([lane(), lane()]);
            } finally {
                rmSync(directory, { recursive: true, force: true });
            }
            assert.equal(await f.house.ledgerHead(), before);
        },
    };
};
