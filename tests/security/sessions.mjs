// Sessions, tokens and links: what ends them, ends them everywhere; what was refused tells nothing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import http from 'node:http';
import { join } from 'node:path';

export const sessions = (f) => {
    const secret = 'a password of some length';
    let minutes = 40, made = 0;
    const later = () => f.house.setTime(new Date(Date.parse('2026-03-02T01:00:00Z') + (minutes += 10) * 60_000));
    const json = (method, path, body, headers = {}) => f.house.send(method, `/api/v1${path}`, { headers: { 'Content-Type': 'application/json', Origin: f.origin, ...headers }, body: JSON.stringify(body) });
    const signIn = (email, password = secret, headers) => json('POST', '/session', { email, password }, headers);
    const cookieOf = (answer) => answer.headers['set-cookie'][0].split(';')[0];
    const welcomes = async (cookie) => (await f.house.send('GET', '/api/v1/deals', { headers: { Cookie: cookie } })).status;

    // A member who can sign in: → {id, email}.
    async function member(more = { roles: ['rep'] }) {
        const email = `guest${++made}@example.com`;
        const { body } = await f.house.call(f.admin, 'POST', '/members', { name: `Guest ${made}`, email, ...more });
        const link = (await f.house.call(f.admin, 'POST', `/members/${body.id}/invitation`, {})).body.path.split('#')[1];
        later();
        const taken = await json('POST', '/invitation', { token: link, password: secret });
        assert.equal(taken.status, 200, taken.text);
        return { id: body.id, email, link };
    }
    const change = async (id, values) => {
        const { headers } = await f.house.call(f.admin, 'GET', `/members/${id}`);
        const answer = await f.house.call(f.admin, 'PATCH', `/members/${id}`, values, { 'If-Match': headers.etag });
        assert.equal(answer.status, 200, answer.text);
    };
    // `ended` is fulfilled when the stream ends, and fails after a deadline when it does not.
    const listening = (headers) => new Promise((resolve, reject) => {
        const request = http.get({ host: f.house.host, port: f.house.port, path: '/api/v1/changes', agent: false, headers }, (response) => {
            const ended = new Promise((over, goesOn) => {
                setTimeout(() => goesOn(new Error('the stream goes on')), 20_000).unref();
                response.on('error', over);
                response.on('close', over);
                response.on('data', () => {});
            });
            ended.catch(() => {});
            resolve({ status: response.statusCode, ended });
        });
        request.on('error', reject);
    });

    return {
        'sessions: whoever is disabled is out at every door, and comes back with nothing he held': async () => {
            const guest = await member();
            const cookie = cookieOf(await signIn(guest.email)), token = f.house.token(guest.email);
            const streams = [await listening({ Cookie: cookie }), await listening({ Authorization: `Bearer ${token}` })];
            assert.deepEqual(streams.map(({ status }) => status), [200, 200]);
            await change(guest.id, { active: false });
            assert.equal(await welcomes(cookie), 401);
            assert.equal((await f.house.call(guest.email, 'GET', '/deals')).status, 401);
            assert.equal((await signIn(guest.email)).status, 401);
            await Promise.all(streams.map(({ ended }) => ended));
            const denied = await f.house.send('PATCH', `/api/v1/members/${guest.id}`, { headers: { Authorization: `Bearer ${token}`, 'If-Match': '"1"', 'Content-Type': 'application/json' }, body: '{"active":true}' });
            assert.equal(denied.status, 401, 'he does not enable himself');
        },
        'sessions: a role that is taken away is gone with the next request, on every way': async () => {
            const guest = await member({ roles: ['admin'] });
            const signedIn = await signIn(guest.email), headers = { Cookie: cookieOf(signedIn), Origin: f.origin, 'X-CSRF-Token': signedIn.body.csrf };
            assert.equal((await f.house.call(guest.email, 'GET', '/definitions')).status, 200);
            await change(guest.id, { roles: ['rep'] });
            assert.equal((await f.house.call(guest.email, 'GET', '/definitions')).status, 403);
            assert.equal((await f.house.call(guest.email, 'GET', `/deals/${f.ids.theirs}`)).status, 404);
            assert.equal((await json('PATCH', '/organisation', { name: 'Mine' }, headers)).status, 403);
        },
        'sessions: a link opens once, for its member alone, and not after him': async () => {
            const guest = await member();
            assert.equal((await json('POST', '/invitation', { token: guest.link, password: secret })).status, 403, 'the second time');
            const invited = async () => (await f.house.call(f.admin, 'POST', `/members/${guest.id}/invitation`, {})).body.path.split('#')[1];
            const first = await invited(), second = await invited();
            assert.equal((await json('POST', '/invitation', { token: first })).status, 403, 'the link before');
            assert.equal((await json('POST', '/invitation', { token: second })).status, 200);
            await change(guest.id, { active: false });
            assert.equal((await json('POST', '/invitation', { token: second, password: secret })).status, 403, 'of a disabled one');
            await change(guest.id, { active: true });
            later();
            const third = await invited();
            f.house.setTime(new Date(Date.parse('2026-03-02T01:00:00Z') + (minutes += 7 * 24 * 60 + 1) * 60_000));
            assert.equal((await json('POST', '/invitation', { token: third, password: secret })).status, 403, 'after seven days');
            for (const token of ['', null, third.slice(0, -1), `${third}A`, [third], { $gt: '' }, f.house.token(guest.email), "' OR 1=1 --"]) {
                later();
                assert.equal((await json('POST', '/invitation', { token, password: secret })).status, 403, JSON.stringify(token));
            }
            assert.equal((await f.house.send('GET', '/api/v1/deals', { headers: { Authorization: `Bearer ${second}` } })).status, 401, 'it is no key to another door');
            assert.equal((await f.house.send('GET', '/api/v1/deals', { headers: { Authorization: `Bearer sd_${second}` } })).status, 401);
        },
        'sessions: a link outlives nobody: in the bin and out of it': async () => {
            const guest = await member();
            const link = (await f.house.call(f.admin, 'POST', `/members/${guest.id}/invitation`, {})).body.path.split('#')[1];
            const token = f.house.token(guest.email), cookie = (later(), cookieOf(await signIn(guest.email)));
            const { headers } = await f.house.call(f.admin, 'GET', `/members/${guest.id}`);
            assert.equal((await f.house.call(f.admin, 'DELETE', `/members/${guest.id}`, undefined, { 'If-Match': headers.etag })).status, 204);
            later();
            assert.equal((await json('POST', '/invitation', { token: link, password: secret })).status, 403);
            assert.equal(await welcomes(cookie), 401);
            assert.equal((await f.house.send('GET', '/api/v1/deals', { headers: { Authorization: `Bearer ${token}` } })).status, 401);
            assert.equal((await signIn(guest.email)).status, 401);
            const again = (await f.house.call(f.admin, 'POST', '/members', { name: 'Next', email: `again${made}@example.com` })).body;
            assert.ok(BigInt(again.id) > BigInt(guest.id), 'ids are not given again');
        },
        'sessions: each sign-in is a new one, and a planted one is never taken over': async () => {
            const guest = await member();
            const planted = 'sid=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
            const first = await signIn(guest.email, secret, { Cookie: planted }), second = await signIn(guest.email);
            const cookies = [cookieOf(first), cookieOf(second)];
            assert.equal(new Set([planted, ...cookies]).size, 3);
            assert.equal(await welcomes(planted), 401);
            const out = await f.house.send('DELETE', '/api/v1/session', { headers: { Cookie: cookies[0], Origin: f.origin, 'X-CSRF-Token': first.body.csrf } });
            assert.equal(out.status, 204);
            assert.match(out.headers['set-cookie'][0], /^sid=; .*Max-Age=0/);
            assert.deepEqual([await welcomes(cookies[0]), await welcomes(cookies[1])], [401, 200]);
        },
        'sessions: they end after seven days': async () => {
            const guest = await member();
            const cookie = cookieOf(await signIn(guest.email));
            minutes += 7 * 24 * 60 - 20;
            later();
            assert.equal(await welcomes(cookie), 200);
            later();
            assert.equal(await welcomes(cookie), 401);
        },
        'sessions: a revoked token is dead at once, its stream too, and its sisters live': async () => {
            const guest = await member();
            const tokenNamed = (name) => f.house.command(['token', 'create', '--user', guest.email, '--name', name, '--days', '1']).trim();
            const [gone, stays] = [tokenNamed('gone'), tokenNamed('stays')];
            const as = (token) => ({ Authorization: `Bearer ${token}` });
            const { ended } = await listening(as(gone));
            f.house.command(['token', 'revoke', '--user', guest.email, '--name', 'gone']);
            assert.equal((await f.house.send('GET', '/api/v1/deals', { headers: as(gone) })).status, 401);
            await ended;
            assert.equal((await f.house.send('GET', '/api/v1/deals', { headers: as(stays) })).status, 200);
            minutes += 24 * 60;
            later();
            assert.equal((await f.house.send('GET', '/api/v1/deals', { headers: as(stays) })).status, 401, 'after its day');
        },
        'sessions: who does not exist, who is disabled and who errs hear the same': async () => {
            const guest = await member(), gone = await member();
            await change(gone.id, { active: false });
            const nameless = (await f.house.call(f.admin, 'POST', '/members', { name: 'No password', email: `none${made}@example.com` })).body;
            const told = [];
            for (const email of [guest.email, gone.email, nameless.email, 'nobody@example.com', 'NOBODY@EXAMPLE.COM', '*', "' OR '1'='1", `${guest.email}\u0000`, ` ${guest.email} `, `${guest.email})(|(email=*`]) {
                later();
                const { status, text, headers } = await signIn(email, 'not that one');
                told.push(JSON.stringify([status, text, Object.keys(headers).sort(), headers['content-length']]));
            }
            assert.equal(new Set(told).size, 1, [...new Set(told)].join('\n'));
        },
        'sessions: five wrong guesses a minute, then the right one waits, too, and another account does not': async () => {
            const guest = await member(), other = await member();
            later();
            for (let i = 0; i < 5; ++i) assert.equal((await signIn(guest.email, `guess number ${i}`)).status, 401);
            for (const spelling of [guest.email, guest.email.toUpperCase(), ` ${guest.email}`, guest.email.replace('e', 'ｅ')]) assert.notEqual((await signIn(spelling)).status, 200, spelling);
            assert.equal((await signIn(guest.email)).status, 429);
            assert.equal((await signIn(other.email)).status, 200);
            later();
            assert.equal((await signIn(guest.email)).status, 200);
        },
        'sessions: a password is text of a length, and nothing else': async () => {
            const guest = await member();
            const link = async () => (await f.house.call(f.admin, 'POST', `/members/${guest.id}/invitation`, {})).body.path.split('#')[1];
            for (const password of ['short', 'é'.repeat(7), 'x'.repeat(100_000), 5, ['long enough for one'], { a: 'long enough for one' }, true]) {
                later();
                const answer = await json('POST', '/invitation', { token: await link(), password });
                assert.ok([413, 422].includes(answer.status) || (answer.status === 200 && typeof password !== 'string'), `${JSON.stringify(password).slice(0, 40)}: ${answer.status} ${answer.text}`);
                later();
                assert.notEqual((await signIn(guest.email, password)).status, 200);
            }
            later();
            assert.equal((await signIn(guest.email)).status, 200, 'the old one holds');
        },
        'sessions: what is over is forgotten when the house is kept: sessions, tokens, links and what keys remember': async () => {
            const guest = await member();
            assert.equal((await signIn(guest.email)).status, 200);
            f.house.command(['token', 'create', '--user', guest.email, '--name', 'short', '--days', '1']);
            await f.house.call(f.admin, 'POST', `/members/${guest.id}/invitation`, {});
            await f.house.call(f.rep, 'POST', '/accounts', { name: 'Remembered' }, { 'Idempotency-Key': 'over' });
            const count = (rows) => Number(execFileSync('sqlite3', ['-readonly', join(f.house.data, 'orgs/main/data.sqlite'), `SELECT count(*) FROM ${rows}`], { encoding: 'utf8' }));
            const restart = async () => {
                await f.house.kill();
                await f.house.reopen();
            };
            const left = () => [count('o_session'), count("o_api_token WHERE name IN ('short', 'invitation')"), count('o_once_key')];
            assert.ok(left().every((rows) => rows > 0), left().join(' '));
            const forever = count("o_api_token WHERE name = 'tests'");
            minutes += 8 * 24 * 60;
            later();
            await restart();
            for (const until = Date.now() + 20_000; left().some((rows) => rows > 0); await f.house.ledgerHead()) assert.ok(Date.now() < until, `still there: ${left()}`);
            assert.equal(count("o_api_token WHERE name = 'tests'"), forever, 'those whose time is not over stay');
            assert.match(f.house.command(['check']), /0 findings/);
        },
    };
};
