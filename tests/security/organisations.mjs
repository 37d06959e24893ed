// Several organisations in one server (D14): the name a request is sent to says whose it is, and nothing crosses.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminEmail as admin } from '../served/house.mjs';
import { acme, globex, password, Street } from '../served/street.mjs';

// Every file below a directory, with its size.
function files(directory) {
    return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
        const path = join(directory, entry.name);
        return entry.isDirectory() ? files(path) : [[path.slice(directory.length), statSync(path).size]];
    });
}

const signIn = { email: admin, password };
// A page's own request: its Origin is where it was sent to.
const fromPage = (street, host) => ({ Origin: `http://${host}:${street.port}`, Host: `${host}:${street.port}` });

export function organisations(binary) {
    const onStreet = (work) => async () => {
        const street = await Street.open(binary);
        try {
            await work(street);
        } finally {
            assert.equal(await street.close(), 0, 'the server stops cleanly');
        }
    };
    return {
        'D14: a request is answered by the organisation it was sent to, and by nobody under another name': onStreet(async (street) => {
            for (const host of [acme, globex])
                for (const spelling of [host, host.toUpperCase(), `${host}.`, `${host}:${street.port}`]) {
                    const { body } = await street.must(200, host, 'GET', '/api/v1/session', { headers: { Host: spelling } });
                    assert.equal(body.organisation.name, host, spelling);
                }
            const nobodys = [`127.0.0.1:${street.port}`, 'localhost', 'acme.example', `x.${acme}`, `${acme}.example`, `${acme}@${globex}`, '[::1]', '-', '*'];
            for (const host of nobodys)
                for (const path of ['/', '/api/v1/session', '/api/v1/deals', '/metrics', '/version', '/openapi.json']) {
                    const answer = await street.ask(host, 'GET', path, { headers: { Authorization: `Bearer ${street.tokens[acme]}`, 'X-Forwarded-Host': acme, Forwarded: `host=${acme}` } });
                    assert.ok([400, 421].includes(answer.status), `${path} under ${host}: ${answer.status}`);
                    assert.doesNotMatch(answer.text, /acme|globex/);
                }
            const posted = await street.ask('nobody.example', 'POST', '/api/v1/deals', { body: { name: 'x'.repeat(100_000) } });
            assert.equal(posted.status, 421);
            assert.equal(posted.body.code, 'unknown_host');
            // The process itself is asked by whatever address it has.
            for (const path of ['/healthz', '/readyz']) assert.equal((await street.ask('127.0.0.1', 'GET', path)).status, 200);
        }),
        'D14: tokens and sessions of one organisation are nothing in the other': onStreet(async (street) => {
            for (const [mine, other] of [[acme, globex], [globex, acme]]) {
                assert.equal((await street.ask(other, 'GET', '/api/v1/deals', { headers: { Authorization: `Bearer ${street.tokens[mine]}` } })).status, 401);
                const signedIn = await street.ask(mine, 'POST', '/api/v1/session', { body: signIn, headers: fromPage(street, mine) });
                assert.equal(signedIn.status, 200, signedIn.text);
                const cookie = signedIn.headers['set-cookie'][0].split(';')[0];
                assert.equal((await street.ask(mine, 'GET', '/api/v1/deals', { headers: { Cookie: cookie } })).status, 200);
                assert.equal((await street.ask(other, 'GET', '/api/v1/deals', { headers: { Cookie: cookie } })).status, 401);
                // A page of the one sends nothing in the name of the other.
                const before = await street.head(other);
                const forged = await street.ask(other, 'POST', '/api/v1/session', { body: signIn, headers: { ...fromPage(street, other), Origin: `http://${mine}:${street.port}` } });
                assert.equal(forged.status, 403);
                assert.equal(await street.head(other), before);
            }
        }),
        'D14: records, files, jobs, live changes and counters of one are not seen in the other': onStreet(async (street) => {
            const told = [];
            const stream = http.get({ host: '127.0.0.1', port: street.port, path: '/api/v1/changes', agent: false, headers: { Host: globex, Authorization: `Bearer ${street.tokens[globex]}` } },
                (response) => response.on('data', (bytes) => told.push(String(bytes))));
            await new Promise((open, failed) => stream.on('response', open).on('error', failed));
            const before = { head: await street.head(globex), files: files(street.data[globex]).map(([name]) => name).filter((name) => !/sqlite/.test(name)) };

            const secret = '秘密账户不可外传';
            const { body: account } = await street.must(201, acme, 'POST', '/api/v1/accounts', { body: { name: secret } });
            const bytes = Buffer.from('what nobody else should read');
            const { body: attached } = await street.must(201, acme, 'POST', `/api/v1/attachments?object=account&id=${account.id}&name=plan.txt`, { body: bytes, headers: { 'Content-Type': 'application/octet-stream' } });
            const { body: job } = await street.must(202, acme, 'POST', '/api/v1/accounts/export', { body: { format: 'csv' } });

            const there = (path) => street.ask(globex, 'GET', path, { headers: { Authorization: `Bearer ${street.tokens[globex]}` } });
            for (const path of [`/api/v1/accounts/${account.id}`, `/api/v1/jobs/${job.job}`, `/api/v1/accounts/${account.id}/timeline`, `/api/v1/attachments/${attached.id}/content`]) assert.equal((await there(path)).status, 404, path);
            assert.equal((await there('/api/v1/accounts?count=exact')).body.count, 0);
            assert.deepEqual((await there(`/api/v1/search?q=${encodeURIComponent('秘密')}`)).body.data, []);
            assert.equal(await street.head(globex), before.head, 'the other ledger has moved');
            assert.deepEqual(files(street.data[globex]).map(([name]) => name).filter((name) => !/sqlite/.test(name)), before.files, 'a file came to the other organisation');
            assert.ok(files(street.data[acme]).some(([, size]) => size === bytes.length), 'the file lies where it belongs');

            // The other's stream lives, and tells of its own alone.
            const { body: own } = await street.must(201, globex, 'POST', '/api/v1/accounts', { body: { name: 'Globex' } });
            while (!told.join('').includes(own.id)) await new Promise(setImmediate);
            stream.destroy();
            assert.ok(!told.join('').includes(account.id), 'the stream told of the other organisation');
        }),
        'D14: who guesses at one organisation has no fresh count at the next': onStreet(async (street) => {
            const statuses = [];
            for (let i = 0; i < 26; ++i) {
                const host = i % 2 ? acme : globex;
                statuses.push((await street.ask(host, 'POST', '/api/v1/session', { body: { email: `guess${i}@example.com`, password: 'wrong wrong wrong' }, headers: fromPage(street, host) })).status);
            }
            assert.deepEqual([...new Set(statuses.slice(0, 20))], [401]);
            assert.deepEqual([...new Set(statuses.slice(21))], [429]);
        }),
        'D14: a command goes to the organisation whose directory it names, while one server has both': onStreet(async (street) => {
            await street.must(201, acme, 'POST', '/api/v1/accounts', { body: { name: 'Only here' } });
            const out = (host) => {
                const file = join(street.directory, `${host}.csv`);
                street.command(host, ['export', '--user', admin, '--object', 'accounts', '--format', 'csv', '--output', file]);
                return execFileSync('cat', [file], { encoding: 'utf8' });
            };
            assert.match(out(acme), /Only here/);
            assert.doesNotMatch(out(globex), /Only here/);
            for (const host of [acme, globex]) {
                assert.match(street.command(host, ['check']), /0 findings/);
                street.command(host, ['backup', '--to', join(street.directory, `backups of ${host}`)]);
            }
        }),
        'D14: organisations that cannot be told apart are not served': async () => {
            const directory = mkdtempSync(join(tmpdir(), 'shangdao-'));
            const run = (...words) => execFileSync(binary, words, { encoding: 'utf8', stdio: 'pipe', timeout: 20_000, env: { ...process.env, LANG: 'en' } });
            const refused = (words, code) => assert.throws(() => run(...words), (error) => (assert.match(error.stderr, code), true));
            try {
                const [one, two] = ['one', 'two'].map((name) => join(directory, name));
                for (const data of [one, two]) run('init', '--data', data, '--org', 'x', '--admin', admin);
                const serve = ['serve', '--data', one, '--data', two, '--listen', '127.0.0.1:0'];
                refused(serve, /one needs a host name of its own: shangdao hosts --data .*one/);
                run('hosts', '--data', one, 'a.example', 'B.example.');
                assert.equal(run('hosts', '--data', one), 'a.example\nb.example\n');
                refused(serve, /two needs a host name/);
                run('hosts', '--data', two, 'b.example');
                refused(serve, /b\.example of .*two is the host name of another organisation/);
                for (const bad of ['', 'a b', 'a/b', 'http://a', 'a:80', '..', '.a', 'ü.example', 'a'.repeat(300)]) refused(['hosts', '--data', two, bad], /is not valid; expected a host name/);
                assert.equal(run('hosts', '--data', two), 'b.example\n', 'a refusal has changed the names');
                assert.equal(run('hosts', '--data', two, '--forget'), '');
                refused([...serve, '--db', 'postgres://127.0.0.1/x'], /leave --db out|needs a host name/);
            } finally {
                rmSync(directory, { recursive: true, force: true });
            }
        },
    };
}
