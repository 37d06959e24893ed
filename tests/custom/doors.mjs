// Whoever is put out hears no more: each stream of changes ends with the session, the token or the member it was opened by, and the others
// go on.
import assert from 'node:assert/strict';
import http from 'node:http';

const patience = 10_000;
const first = 'the first password', second = 'the second password';

class Line {
    constructor(house, headers) {
        this.request = http.request({ host: house.host, port: house.port, path: '/api/v1/changes', agent: false, headers });
        this.isOpen = true;
        this.ended = new Promise((resolve) => this.request.on('response', (response) => {
            response.resume();
            response.on('close', () => { this.isOpen = false; resolve(); });
        }));
        this.opened = new Promise((resolve, reject) => {
            this.request.on('response', ({ statusCode }) => (statusCode === 200 ? resolve() : reject(new Error(`the stream answers ${statusCode}`))));
            this.request.on('error', reject);
        });
        this.request.end();
    }
    over() {
        let timer;
        const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('the stream goes on')), patience); });
        return Promise.race([this.ended, late]).finally(() => clearTimeout(timer));
    }
}

export async function testDoors({ test, house, ask, admin, at }) {
    const email = 'doors@example.com';
    const { id } = await ask(admin, 'POST', '/members', { name: '门外', email, roles: ['rep'] });
    house.command(['user', 'password', '--email', email, '--password-stdin'], first);
    const signIn = async (password) => {
        const answer = await house.send('POST', '/api/v1/session', { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email, password }) });
        assert.equal(answer.status, 200, answer.text);
        return answer.headers['set-cookie'][0].split(';')[0];
    };
    const bearer = (token) => ({ Authorization: `Bearer ${token}` });
    const token = (name, days) => house.command(['token', 'create', '--user', email, '--name', name, '--days', String(days)]).trim();
    const open = async (headers) => {
        const line = new Line(house, headers);
        await line.opened;
        return line;
    };
    const status = async (headers) => (await house.send('GET', '/api/v1/deals', { headers })).status;
    const others = await open(bearer(house.token(admin)));

    await test('a password set by a one-time link ends the other sessions and what they listen to', async () => {
        const cookies = [await signIn(first), await signIn(first)];
        const lines = [await open({ Cookie: cookies[0] }), await open({ Cookie: cookies[1] })];
        const { path } = await ask(admin, 'POST', `/members/${id}/invitation`, {});
        const taken = await house.send('POST', '/api/v1/invitation', { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token: path.split('#')[1], password: second }) });
        assert.equal(taken.status, 200, taken.text);
        await Promise.all(lines.map((line) => line.over()));
        assert.deepEqual(await Promise.all(cookies.map((cookie) => status({ Cookie: cookie }))), [401, 401]);
    });
    await test('a password set by the data\'s owner does so too', async () => {
        const cookie = await signIn(second);
        const line = await open({ Cookie: cookie });
        house.command(['user', 'password', '--email', email, '--password-stdin'], first);
        await line.over();
        assert.equal(await status({ Cookie: cookie }), 401);
    });
    await test('a session that was signed out hears no more; another of the same member does', async () => {
        const [gone, stays] = [await signIn(first), await signIn(first)];
        const [line, kept] = [await open({ Cookie: gone }), await open({ Cookie: stays })];
        const { csrf } = (await house.send('GET', '/api/v1/session', { headers: { Cookie: gone } })).body;
        const out = await house.send('DELETE', '/api/v1/session', { headers: { Cookie: gone, Origin: `http://${house.host}:${house.port}`, 'X-CSRF-Token': csrf } });
        assert.equal(out.status, 204, out.text);
        await line.over();
        assert.equal(kept.isOpen, true);
    });
    await test('a token that is revoked or expires hears no more', async () => {
        const [revoked, brief, long] = [token('revoked', 30), token('brief', 1), token('long', 30)];
        const [a, b, c] = [await open(bearer(revoked)), await open(bearer(brief)), await open(bearer(long))];
        house.command(['token', 'revoke', '--user', email, '--name', 'revoked']);
        await a.over();
        assert.deepEqual(await Promise.all([revoked, brief, long].map((one) => status(bearer(one)))), [401, 200, 200]);
        house.setTime(new Date(Date.parse(at) + 25 * 3600_000));
        await b.over();
        assert.equal(await status(bearer(brief)), 401);
        assert.equal(c.isOpen, true);
    });
    await test('a member who is disabled hears no more, by whatever door', async () => {
        const lines = [await open({ Cookie: await signIn(first) }), await open(bearer(token('any', 30)))];
        await ask(admin, 'PATCH', `/members/${id}`, { active: false }, { 'If-Match': '*' });
        await Promise.all(lines.map((line) => line.over()));
    });
    await test('nobody else was cut', () => {
        assert.equal(others.isOpen, true);
        others.request.destroy();
    });
}
