// Who stands at which door: the routes are those of the server's own description, so that a new one without a lock is seen here.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { House } from '../served/house.mjs';
import { at } from '../rest/fixture.mjs';
import { answersIn, talk } from './raw.mjs';

// All that nobody has to sign in for, beside the description itself; what is added here is opened to the world.
const open = ['GET /healthz', 'GET /readyz', 'GET /metrics', 'GET /version', 'GET /api/v1/session', 'POST /api/v1/session', 'DELETE /api/v1/session', 'GET /api/v1/setup', 'POST /api/v1/setup', 'POST /api/v1/invitation', 'POST /api/v1/session/reset', 'GET /api/v1/session/provider', 'POST /api/v1/session/provider'];
// What asks for an administrator by the door itself; the rest asks for rights on records.
const administrators = ['POST /api/v1/members/{id}/invitation', 'POST /api/v1/members/{id}/sight', 'GET /api/v1/members/{id}/identities', 'POST /api/v1/members/{id}/identities', 'DELETE /api/v1/members/{id}/identities/{identity}', 'GET /api/v1/definitions', 'POST /api/v1/definitions', 'PATCH /api/v1/organisation', 'POST /api/v1/demo', 'DELETE /api/v1/demo', 'GET /api/v1/members/{id}/sign_ins', 'DELETE /api/v1/members/{id}/code_lock'];

export const doors = (f) => {
    const described = async () => {
        const { body } = await f.house.send('GET', '/openapi.json', { headers: { Authorization: `Bearer ${f.house.token(f.admin)}` } });
        return Object.entries(body.paths).flatMap(([path, methods]) => Object.keys(methods).filter((method) => /^(get|post|put|patch|delete)$/.test(method)).map((method) => ({ method: method.toUpperCase(), path, name: `${method.toUpperCase()} ${path}` })));
    };
    const filled = (path) => path.replace('{plural}', 'deals').replace('{verb}', 'win').replace('{grantee}', f.ids.other).replace(/\{\w+\}/g, f.ids.deal);
    const upload = (path, who, more, ending) => {
        const lines = [`POST ${path} HTTP/1.1`, `Host: ${f.house.host}:${f.house.port}`, 'Content-Type: application/octet-stream', ...(who ? [`Authorization: Bearer ${who}`] : []), ...more];
        return talk(f.house, `${lines.join('\r\n')}\r\n\r\n${ending}`);
    };
    const waiting = () => readdirSync(f.house.data, { recursive: true }).filter((name) => /upload-/.test(name));
    return {
        'doors: nobody comes in but by those of the list': async () => {
            const routes = await described();
            assert.ok(routes.length > 60, `only ${routes.length} routes`);
            const found = [];
            for (const { method, path, name } of routes) {
                const answer = await f.house.send(method, filled(path), { headers: { 'Content-Type': 'application/json' }, body: method === 'GET' ? undefined : '{}' });
                if (answer.status !== 401 || open.includes(name)) found.push(name);
                if (!open.includes(name)) assert.deepEqual([answer.status, answer.body?.code], [401, 'not_signed_in'], name);
            }
            assert.deepEqual(found.sort(), [...open].sort());
        },
        'doors: the description tells strangers nothing of what an organisation made of it': async () => {
            const field = { name: 'deal_type', type: 'choice', label: { zh: '暗字段', en: 'Dark field' }, choices: [{ key: 'dark_partner', label: { zh: '暗选项', en: 'Dark choice' } }] };
            const changed = await f.house.call(f.admin, 'POST', '/definitions', { object: 'deal', label: { zh: '暗名', en: 'Dark name' }, plural_label: { zh: '暗名们', en: 'Dark names' }, fields: [field, { name: 'x_dark', type: 'text', label: { zh: '暗', en: 'Dark' } }] });
            assert.equal(changed.status, 200, changed.text);
            const mine = await f.house.send('GET', '/openapi.json', { headers: { Authorization: `Bearer ${f.house.token(f.rep)}` } });
            for (const word of ['dark_partner', 'Dark names', 'x_dark', '暗字段']) assert.ok(mine.text.includes(word), `a member is told ${word}`);
            const theirs = await f.house.send('GET', '/openapi.json');
            assert.doesNotMatch(theirs.text, /dark|暗/i);
            assert.ok(Object.keys(theirs.body.paths).length > 60);
        },
        'doors: a wrong credential is nobody, not the one beside it': async () => {
            const routes = (await described()).filter(({ name }) => !open.includes(name));
            for (const { method, path, name } of routes.filter((_, i) => i % 3 === 0)) {
                const answer = await f.house.send(method, filled(path), { headers: { Authorization: 'Bearer sd_AAAA', Cookie: f.cookie, Origin: f.origin, 'X-CSRF-Token': f.csrf } });
                assert.equal(answer.status, 401, name);
            }
        },
        'doors: what only administrators may is refused to everybody else, by token and by scope': async () => {
            const routes = await described();
            for (const name of administrators) assert.ok(routes.some((one) => one.name === name), name);
            const before = await f.house.ledgerHead();
            for (const name of administrators)
                for (const [who, scopes] of [[f.rep, []], [f.admin, ['read', 'write']], [f.admin, ['read', 'write', 'object:member', 'object:role']]]) {
                    const [method, path] = name.split(' ');
                    const answer = await f.house.send(method, filled(path), { headers: { Authorization: `Bearer ${f.house.token(who, scopes)}`, 'Content-Type': 'application/json' }, body: method === 'GET' ? undefined : '{}' });
                    assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'], `${name} as ${who} ${scopes}`);
                }
            assert.equal(await f.house.ledgerHead(), before);
        },
        'doors: what is set up cannot be set up again, by any token': async () => {
            for (const token of ['', 'AAAA', null, f.house.token(f.admin), ['x'], { $ne: '' }]) {
                const answer = await f.house.send('POST', '/api/v1/setup', { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token, organisation: 'A', currency: 'CNY', time_zone: 'UTC', name: 'A', email: 'a@example.com', password: 'long enough for one' }) });
                assert.deepEqual([answer.status, answer.body.code], [404, 'setup_closed'], JSON.stringify(token));
            }
            assert.equal((await f.house.send('GET', '/api/v1/setup')).body.open, false);
        },
        'doors: the first set-up takes its one link, once; what is refused leaves nothing, and of two at the same moment one is the first': async () => {
            const fresh = await House.open(f.binary, at, { admin: null });
            try {
                const whole = { token: fresh.setup, organisation: 'First', currency: 'CNY', time_zone: 'Asia/Shanghai', name: 'First', email: 'first@example.com', password: 'long enough for one' };
                const setUp = (more) => fresh.send('POST', '/api/v1/setup', { headers: { 'Content-Type': 'application/json', Origin: `http://${fresh.host}:${fresh.port}` }, body: JSON.stringify({ ...whole, ...more }) });
                const before = await fresh.ledgerHead();
                for (const [more, status] of [[{ token: '' }, 403], [{ token: null }, 403], [{ token: [fresh.setup] }, 403], [{ token: fresh.setup.slice(0, -1) }, 403], [{ token: `${fresh.setup}A` }, 403], [{ password: 'short' }, 422], [{ password: 'x'.repeat(300) }, 422], [{ email: 'nobody' }, 422], [{ currency: 'XYZ' }, 422], [{ time_zone: '../../etc/localtime' }, 422], [{ name: '\u0000' }, 422], [{ organisation: '' }, 422]])
                    assert.equal((await setUp(more)).status, status, JSON.stringify(more).slice(0, 60));
                assert.equal(await fresh.ledgerHead(), before);
                const both = await Promise.all([setUp({}), setUp({ email: 'second@example.com' })]);
                assert.deepEqual(both.map(({ status }) => status).sort(), [200, 404]);
                assert.equal((await setUp({ email: 'third@example.com' })).body.code, 'setup_closed');
                const [first] = ['first@example.com', 'second@example.com'].filter((_, i) => both[i].status === 200);
                assert.equal((await fresh.call(first, 'GET', '/members?count=exact')).body.count, 1);
            } finally {
                await fresh.close();
            }
        },
        'doors: nobody fills the disk: a file of who may not enter is refused before its first byte': async () => {
            const before = waiting();
            for (const path of ['/api/v1/imports/files?name=a.csv', `/api/v1/attachments?name=a.txt&object=deal&id=${f.ids.deal}`])
                for (const who of [undefined, 'sd_AAAA', 'x']) {
                    const [first] = answersIn(await upload(path, who, ['Content-Length: 40000000'], 'a'.repeat(100_000)));
                    assert.deepEqual([first.status, /"code":"(\w+)"/.exec(first.text)?.[1]], [401, 'not_signed_in'], `${path} ${who}`);
                    const [second] = answersIn(await upload(path, who, ['Transfer-Encoding: chunked'], `186a0\r\n${'a'.repeat(100_000)}\r\n`));
                    assert.equal(second.status, 401, `${path} ${who}, in chunks`);
                    const [third] = answersIn(await upload(path, who, ['Content-Length: 40000000', 'Expect: 100-continue'], ''));
                    assert.equal(third.status, 401, `${path} ${who}, asked before`);
                }
            assert.deepEqual(waiting(), before);
        },
        'doors: keys, sessions, cursors and ids of another house open nothing in this one': async () => {
            const theirs = await House.open(f.binary, at, { password: f.password });
            try {
                const token = theirs.token(f.admin);
                assert.equal((await theirs.call(f.admin, 'GET', '/session')).status, 200);
                const record = (await theirs.call(f.admin, 'POST', '/accounts', { name: 'Neighbour' })).body;
                for (const { name } of [{ name: 'Two' }, { name: 'Three' }]) await theirs.call(f.admin, 'POST', '/accounts', { name });
                const { next } = (await theirs.call(f.admin, 'GET', '/accounts?limit=1')).body;
                const signIn = await theirs.send('POST', '/api/v1/session', { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email: f.admin, password: f.password }) });
                assert.equal(signIn.status, 200);
                assert.equal((await f.house.send('GET', '/api/v1/accounts', { headers: { Authorization: `Bearer ${token}` } })).status, 401);
                assert.equal((await f.house.send('GET', '/api/v1/accounts', { headers: { Cookie: signIn.headers['set-cookie'][0].split(';')[0] } })).status, 401);
                assert.equal((await f.house.call(f.admin, 'GET', `/accounts?limit=1&after=${encodeURIComponent(next)}`)).body.code, 'cursor_stale');
                const before = await theirs.ledgerHead();
                for (const [method, path, json] of [['GET', `/accounts/${record.id}`], ['GET', `/accounts/${record.id}/history`], ['PATCH', `/accounts/${record.id}`, { name: 'A' }], ['DELETE', `/accounts/${record.id}`]])
                    assert.equal((await f.house.call(f.admin, method, path, json, { 'If-Match': '"1"' })).status, 404, `${method} ${path}`);
                assert.equal((await f.house.call(f.admin, 'POST', '/deals', { name: 'A', account: record.id })).body.errors[0].code, 'unknown_reference');
                assert.equal(await theirs.ledgerHead(), before);
            } finally {
                await theirs.close();
            }
        },
    };
};
