// What is PostgreSQL's own: two servers on one database, a database that goes away in the midst of writes, and whose data it holds.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from '../served/cluster.mjs';
import { races } from '../races/races.mjs';

const admin = 'admin@example.com', rep = 'rep@example.com';
const at = '2026-03-02T09:00:00+08:00', password = 'correct horse battery staple';
const told = 1_000;    // ms until the other server knows

// Asks until the answer is so; how long it took.
async function until(what, ask, limit = told) {
    const since = performance.now();
    for (;;) {
        if (await ask()) return performance.now() - since;
        await new Promise(setImmediate);
        assert.ok(performance.now() - since < limit, `${what}: not within ${limit} ms`);
    }
}

// Opens the stream of changes of a server; gives whether a word was told since.
function hears(house) {
    return new Promise((resolve, reject) => {
        const request = http.get({ host: house.host, port: house.port, path: '/api/v1/changes', agent: false, headers: { Authorization: `Bearer ${house.token(admin)}` } }, (response) => {
            let said = '';
            if (response.statusCode !== 200) reject(new Error(`the stream answers ${response.statusCode}`));
            response.on('data', (bytes) => { said += bytes; });
            resolve((word) => said.includes(word) && (request.destroy(), true));
        });
        request.on('error', reject);
    });
}

const must = async (house, status, who, method, path, json, headers) => {
    const answer = await house.call(who, method, path, json, headers);
    assert.equal(answer.status, status, `${method} ${path}: ${answer.text.slice(0, 400)}`);
    return answer.body;
};

function refused(binary, words, code) {
    try {
        execFileSync(binary, words, { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, LANG: 'en' } });
    } catch (error) {
        return assert.match(error.stderr, code);
    }
    assert.fail(`${words.join(' ')} was not refused`);
}

export function servers(binary, cluster) {
    process.env.SHANGDAO_TEST_CLUSTER = cluster.directory;    // read when house.mjs is first loaded
    const inHouse = (work) => async () => {
        const { House } = await import('../served/house.mjs');
        const house = await House.open(binary, at);
        try {
            await work(house);
        } finally {
            await house.close();
        }
    };
    const withTwin = (work) => inHouse(async (house) => {
        const twin = await house.twin();
        try {
            house.token(admin);
            await until('the new token', async () => (await twin.call(admin, 'GET', '/accounts')).status === 200);
            await work(house, twin);
        } finally {
            await twin.close();
        }
    });

    return {
        'two servers: what one writes the other gives out at once, and tells its listeners within a second': withTwin(async (one, other) => {
            const heard = await hears(other);
            const { id } = await must(one, 201, admin, 'POST', '/accounts', { name: '华兴机械' });
            assert.equal((await must(other, 200, admin, 'GET', `/accounts/${id}`)).name, '华兴机械');
            await until('the change', async () => heard(id));
            const [changed, stale] = await Promise.all([one, other].map((house, i) => house.call(admin, 'PATCH', `/accounts/${id}`, { name: `华兴${i}` }, { 'If-Match': '"1"' })));
            assert.deepEqual([changed.status, stale.status].sort(), [200, 412], 'of two who change the same version one is refused');
        }),

        'two servers: of many who write the same through both nothing is lost, nothing counts twice, and keys are given once': withTwin(async (one, other) => {
            const seed = Math.floor(Math.random() * 2 ** 31) | 1;
            for (const [name, race] of Object.entries(races([one, other], seed)))
                await race().catch((error) => { throw new Error(`seed ${seed}, ${name}`, { cause: error }); });
            assert.match(one.command(['check']), / 0 findings/);
        }),

        'two servers: rights and definitions that one changes hold at the other within a second': withTwin(async (one, other) => {
            const { id } = await must(one, 201, admin, 'POST', '/members', { name: '销售', email: rep, roles: ['rep'] });
            one.token(rep);
            await until('the new member', async () => (await other.call(rep, 'GET', '/deals')).status === 200);
            const label = { zh: '贸易方式', en: 'Trade' };
            await must(one, 200, admin, 'POST', '/definitions', { object: 'account', fields: [{ name: 'x_trade', type: 'text', label }] });
            await until('the new field', async () => (await other.call(admin, 'GET', '/accounts?fields=x_trade')).status === 200);
            const made = await must(other, 201, admin, 'POST', '/accounts', { name: '远洋', x_trade: 'FOB' });
            assert.equal((await must(one, 200, admin, 'GET', `/accounts/${made.id}`)).x_trade, 'FOB');
            await must(one, 200, admin, 'PATCH', `/members/${id}`, { active: false }, { 'If-Match': '*' });
            await until('who was disabled', async () => (await other.call(rep, 'GET', '/deals')).status === 401);
        }),

        'two servers: a session or token that is ended at one opens nothing at the other within a second': withTwin(async (one, other) => {
            const json = { 'Content-Type': 'application/json' };
            one.command(['user', 'password', '--email', admin, '--password-stdin'], password);
            const signed = await one.send('POST', '/api/v1/session', { headers: json, body: JSON.stringify({ email: admin, password }) });
            assert.equal(signed.status, 200, signed.text);
            const session = { Cookie: signed.headers['set-cookie'][0].split(';')[0] };
            const token = { Authorization: `Bearer ${one.command(['token', 'create', '--user', admin, '--name', 'short']).trim()}` };
            const opens = async (headers) => (await other.send('GET', '/api/v1/accounts', { headers })).status;
            assert.deepEqual([await opens(session), await opens(token)], [200, 200]);
            const { csrf } = (await one.send('GET', '/api/v1/session', { headers: session })).body;
            const out = await one.send('DELETE', '/api/v1/session', { headers: { ...session, Origin: `http://${one.host}:${one.port}`, 'X-CSRF-Token': csrf } });
            assert.equal(out.status, 204, out.text);
            one.command(['token', 'revoke', '--user', admin, '--name', 'short']);
            await until('who signed out', async () => (await opens(session)) === 401);
            await until('what was revoked', async () => (await opens(token)) === 401);
        }),

        'two servers: a job runs once, whoever takes it': withTwin(async (one, other) => {
            for (let i = 0; i < 30; ++i) await must(i % 2 ? one : other, 201, admin, 'POST', '/accounts', { name: `客户${i}`, website: `http://${i}.example` });
            const jobs = [];
            for (let i = 0; i < 6; ++i) jobs.push(await must(i % 2 ? one : other, 202, admin, 'POST', '/accounts/bulk', { filter: 'name contains "客户"', change: { phone: `010-${i}` } }));
            for (const job of jobs)
                await until('the job', async () => {
                    const { state, progress } = await must(one, 200, admin, 'GET', `/jobs/${job.job}`);
                    assert.ok(['waiting', 'running', 'done'].includes(state), state);
                    return state === 'done' && progress.done === 30;
                }, 60_000);
            const { data } = await must(other, 200, admin, 'GET', '/accounts?fields=phone,version&limit=100');
            for (const { phone, version } of data) assert.ok(/^010-\d$/.test(phone) && version <= 7, `${phone}, version ${version}`);
        }),

        'a job that another process has the lease of is left to it, until the lease is over': inHouse(async (house) => {
            await must(house, 201, admin, 'POST', '/accounts', { name: '客户' });
            const bulk = async (phone) => (await must(house, 202, admin, 'POST', '/accounts/bulk', { filter: 'name contains "客户"', change: { phone } })).job;
            const job = (id) => must(house, 200, admin, 'GET', `/jobs/${id}`);
            const done = (id) => until('the job', async () => (await job(id)).state === 'done', 20_000);
            const first = await bulk('010-1');
            await done(first);
            const lease = (at) => sql(cluster.directory, house.database, `UPDATE main.o_job SET state = 'running', runner = 'another', cursor = NULL, done = 0, finished_at = NULL, lease_until = ${Date.parse(at) * 1000} WHERE id = ${first}`);
            lease('2026-03-02T09:01:00+08:00');
            await done(await bulk('010-2'));
            assert.equal((await job(first)).progress.done, 0, 'it comes before the second, and nobody took it');
            lease('2026-03-02T08:59:00+08:00');
            await done(await bulk('010-3'));
            await done(first);
        }),

        'the database is restarted in the midst of writes: what was acknowledged is there, nothing is there twice': inHouse(async (house) => {
            const acknowledged = [];
            let unknown = 0, stop = false;
            const writer = async (n) => {
                for (let i = 0; !stop; ++i) {
                    const name = `写者${n}第${i}`;
                    // Whoever gets no answer asks again under the same key until he has one.
                    for (;;) {
                        const answer = await house.call(admin, 'POST', '/accounts', { name }, { 'Idempotency-Key': `w${n}-${i}` });
                        if (answer.status === 201) break;
                        assert.ok([409, 503].includes(answer.status), `${answer.status}: ${answer.text.slice(0, 300)}`);
                        ++unknown;
                    }
                    acknowledged.push(name);
                }
            };
            const writers = Array.from({ length: 6 }, (_, n) => writer(n));
            for (let restarts = 0; restarts < 3; ++restarts) {
                const before = acknowledged.length;
                while (acknowledged.length < before + 60) await Promise.race([...writers, new Promise(setImmediate)]);
                await cluster.restart();
            }
            const before = acknowledged.length;
            while (acknowledged.length < before + 60) await Promise.race([...writers, new Promise(setImmediate)]);
            stop = true;
            await Promise.all(writers);
            const names = sql(cluster.directory, house.database, 'SELECT name FROM main.o_account').split('\n');
            assert.deepEqual(names.sort(), acknowledged.sort(), `${unknown} requests were refused meanwhile`);
            assert.match(house.command(['check']), / 0 findings/);
        }),

        'connections that are cut one after the other cost no accepted write, and reading goes on': inHouse(async (house) => {
            const cut = () => sql(cluster.directory, 'postgres', `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '${house.database}'`);
            const names = [];
            for (let i = 0; i < 20; ++i) {
                if (i % 4 === 3) assert.ok(Number(cut()) > 0);
                const name = `切断${i}`;
                await until('the write', async () => (await house.call(admin, 'POST', '/accounts', { name }, { 'Idempotency-Key': `cut-${i}` })).status === 201, 10_000);
                names.push(name);
                await until('reading', async () => (await house.call(admin, 'GET', '/accounts')).status === 200, 10_000);
            }
            assert.deepEqual(sql(cluster.directory, house.database, 'SELECT name FROM main.o_account').split('\n').sort(), names.sort());
        }),

        'a database belongs to its data directory, is proved by check and audit, and is not backed up as a file': inHouse(async (house) => {
            await must(house, 201, admin, 'POST', '/accounts', { name: '华兴机械' });
            const directory = mkdtempSync(join(tmpdir(), 'shangdao-'));
            try {
                const address = JSON.parse(readFileSync(join(house.data, 'server.json'), 'utf8')).database;
                refused(binary, ['init', '--data', join(directory, 'D'), '--org', 'Other', '--db', address], /another data directory/);
                refused(binary, ['init', '--data', join(directory, 'D'), '--org', 'Other', '--db', 'postgres://nobody@127.0.0.1:1/none'], /cannot be reached/);
                refused(binary, ['backup', '--data', house.data, '--to', join(directory, 'B')], /pg_dump/);
            } finally {
                rmSync(directory, { recursive: true });
            }
            assert.match(house.command(['check']), / 0 findings/);
            const data = ['--data', house.data];
            assert.match(execFileSync(binary, ['audit', 'verify', ...data], { encoding: 'utf8' }), /the chain is whole/);
            sql(cluster.directory, house.database, "UPDATE main.event SET verb = 'forged' WHERE seq = 3");
            assert.throws(() => execFileSync(binary, ['audit', 'verify', ...data], { stdio: 'pipe' }), /first that does not is event 3|Command failed/);
        }),

        'two organisations in one database: a schema and a login each, and neither login reads the other': async () => {
            const { acme, globex, Street } = await import('../served/street.mjs');
            const address = cluster.database(), database = /\/(\w+)\?/.exec(address)[1];
            const named = (host) => host.split('.')[1];
            for (const host of [acme, globex]) sql(cluster.directory, database, `CREATE ROLE ${named(host)} LOGIN; CREATE SCHEMA ${named(host)} AUTHORIZATION ${named(host)}`);
            const as = (host) => address.replace('postgres@', `${named(host)}@`);
            const street = await Street.open(binary, { database: (host) => ['--db', as(host), '--schema', named(host)] });
            try {
                const { body: account } = await street.must(201, acme, 'POST', '/api/v1/accounts', { body: { name: 'Acme alone' } });
                await street.must(201, globex, 'POST', '/api/v1/accounts', { body: { name: 'Globex alone' } });
                await street.must(404, globex, 'GET', `/api/v1/accounts/${account.id}`);
                for (const [host, other] of [[acme, globex], [globex, acme]]) {
                    const { body } = await street.must(200, host, 'GET', '/api/v1/accounts?count=exact');
                    assert.deepEqual([body.count, body.data[0].name.split(' ')[0].toLowerCase()], [1, named(host)]);
                    assert.equal((await street.ask(host, 'GET', '/version')).body.store, 'postgres');
                    assert.match(street.command(host, ['check']), / 0 findings/);
                    assert.equal(sql(cluster.directory, database, `SELECT count(*) FROM ${named(host)}.o_account`), '1');
                    const psql = (text) => execFileSync('psql', ['-h', cluster.directory, '-U', named(host), '-d', database, '-qAtX', '-v', 'ON_ERROR_STOP=1', '-c', text], { encoding: 'utf8', stdio: 'pipe' });
                    assert.equal(psql(`SELECT count(*) FROM ${named(host)}.o_account`).trim(), '1');
                    assert.throws(() => psql(`SELECT count(*) FROM ${named(other)}.o_account`), /permission denied for schema/);
                }
                const data = join(street.directory, 'third');
                refused(binary, ['init', '--data', data, '--org', 'x', '--admin', admin, '--db', as(acme), '--schema', named(acme)], /holds the data of another/);
                refused(binary, ['init', '--data', data, '--org', 'x', '--admin', admin, '--db', as(acme), '--schema', named(globex)], /permission denied/);
                for (const schema of ['public', 'pg_x', 'a b', 'A', '"a"', '1a']) refused(binary, ['init', '--data', data, '--org', 'x', '--admin', admin, '--db', as(acme), '--schema', schema], /a schema is named by/);
            } finally {
                assert.equal(await street.close(), 0);
            }
        },

        'records move from the file to a database and back: each table compared, the chain as it was, nothing in two places': async () => {
            const directory = mkdtempSync(join(tmpdir(), 'shangdao-'));
            try {
                const data = join(directory, 'D'), address = cluster.database();
                const run = (words) => execFileSync(binary, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LANG: 'en' } });
                const head = () => /later: (\S+)/.exec(run(['audit', 'verify', '--data', data]))[1];
                run(['init', '--data', data, '--org', '示例公司', '--admin', admin]);
                for (const name of ['甲', '乙', '丙']) run(['user', 'add', '--data', data, '--email', `${name.charCodeAt(0)}@example.com`, '--name', name]);
                const before = { found: run(['check', '--data', data]), head: head() };
                refused(binary, ['serve', '--data', data, '--db', address], /in the file/);
                refused(binary, ['move', '--from', data, '--to', data], /one of each/);

                assert.match(run(['move', '--from', data, '--to', address]), /each table read back and equal/);
                assert.deepEqual({ found: run(['check', '--data', data]), head: head() }, before);
                assert.deepEqual(readdirSync(join(data, 'orgs', 'main')).filter((name) => name.startsWith('data')), ['data.sqlite.moved']);
                run(['user', 'add', '--data', data, '--email', 'd@example.com', '--name', '丁']);
                assert.match(run(['audit', 'verify', '--data', data, '--head', before.head]), /whole/);
                refused(binary, ['move', '--from', data, '--to', cluster.database()], /database already/);

                const after = head();
                assert.match(run(['move', '--from', address, '--to', data]), /each table read back and equal/);
                assert.equal(JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')).database, undefined);
                assert.equal(head(), after);
                assert.match(run(['check', '--data', data]), / 0 findings/);
            } finally {
                rmSync(directory, { recursive: true });
            }
        },
    };
}
