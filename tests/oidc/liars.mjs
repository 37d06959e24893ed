// A provider that lies: whatever it signs, leaves unsigned or points to, nobody gets in but by what it truly said of this attempt.
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import http from 'node:http';
import { adminEmail, House } from '../served/house.mjs';
import { base, Browser } from './browser.mjs';

const password = 'correct horse battery staple';
const encoded = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function keyOf(kid, type = 'rsa') {
    const pair = type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return { kid, type, ...pair, jwk: { ...pair.publicKey.export({ format: 'jwk' }), kid, use: 'sig' } };
}

function signed(key, claims, header = {}) {
    const text = `${encoded({ alg: key.type === 'rsa' ? 'RS256' : 'ES256', kid: key.kid, ...header })}.${encoded(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

class Liar {
    hits = [];
    document = {};          // what is told otherwise than it is
    answers = new Map();    // path → (request, response)
    keys = [keyOf('first')];

    static async open() {
        const liar = new Liar();
        liar.server = http.createServer((request, response) => liar.#answer(request, response));
        await new Promise((resolve) => liar.server.listen(0, '127.0.0.1', resolve));
        liar.issuer = `http://127.0.0.1:${liar.server.address().port}`;
        return liar;
    }

    // What a token says of an attempt when nobody lies.
    claims(more = {}) {
        const now = Math.floor(Date.now() / 1000);
        return { iss: this.issuer, aud: 'crm', sub: 'subject-1', iat: now, exp: now + 300, nonce: this.nonce, ...more };
    }

    #answer(request, response) {
        const { pathname } = new URL(request.url, this.issuer);
        this.hits.push(pathname);
        const json = (value) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
        const own = this.answers.get(pathname);
        if (own) return own(request, response);
        if (pathname === '/.well-known/openid-configuration')
            return json({ issuer: this.issuer, authorization_endpoint: `${this.issuer}/authorize`, token_endpoint: `${this.issuer}/token`, jwks_uri: `${this.issuer}/keys`, ...this.document });
        if (pathname === '/keys') return json({ keys: this.keys.map(({ jwk }) => jwk) });
        if (pathname === '/token') return json({ token_type: 'Bearer', access_token: 'a', id_token: this.token() });
        response.statusCode = 404;
        response.end();
    }

    token() {
        return signed(this.keys[0], this.claims());
    }

    async close() {
        this.server.closeAllConnections();
        await new Promise((resolve) => this.server.close(resolve));
    }
}

async function withLiar(binary, story) {
    const liar = await Liar.open();
    let house;
    try {
        house = await House.open(binary, new Date().toISOString(), { password, serve: ['--base-url', base, '--oidc-issuer', liar.issuer, '--oidc-client', 'crm'] });
        const { body: { member: { id } } } = await house.call(adminEmail, 'GET', '/session');
        assert.equal((await house.call(adminEmail, 'POST', `/members/${id}/identities`, { subject: 'subject-1' })).status, 201);
        await story({ house, liar });
    } finally {
        await house?.close();
        await liar.close();
    }
}

// One attempt; gives where it ends and whether somebody is in.
async function attempt(house, liar, more = {}) {
    const browser = new Browser(house);
    const asked = new URL(await browser.begin()).searchParams;
    liar.nonce = asked.get('nonce');
    const query = new URLSearchParams({ code: 'a-code', state: asked.get('state'), ...more });
    const back = await browser.open(`${base}/api/v1/session/provider?${query}`);
    return { to: back.headers.location, in: (await browser.who()).status === 200 };
}

const good = { to: '/deals', in: true }, bad = { to: '/sign-in?refused=provider_refused', in: false };

export const liars = (binary) => ({
    'a token that is true opens, by RSA and by an elliptic curve': () => withLiar(binary, async ({ house, liar }) => {
        assert.deepEqual(await attempt(house, liar), good);
        liar.keys = [keyOf('curve', 'ec')];
        assert.deepEqual(await attempt(house, liar), good, 'new keys are asked for when one is not known');
    }),
    'a token that is not for us, not of now, not of this attempt or not of this provider opens nothing': () => withLiar(binary, async ({ house, liar }) => {
        const now = Math.floor(Date.now() / 1000);
        for (const more of [{ aud: 'another' }, { aud: ['another'] }, { aud: ['crm', 'another'] }, { aud: ['crm', 'another'], azp: 'another' }, { azp: 'another' }, { exp: now - 600 }, { exp: undefined }, { iat: now + 600 }, { nbf: now + 600 }, { nonce: 'another' }, { nonce: undefined },
            { iss: 'https://evil.example' }, { iss: `${liar.issuer}/` }, { sub: '' }, { sub: undefined }, { sub: 1 }]) {
            liar.token = () => signed(liar.keys[0], liar.claims(more));
            assert.deepEqual(await attempt(house, liar), bad, JSON.stringify(more));
        }
        liar.token = () => signed(liar.keys[0], liar.claims({ sub: 'subject-2' }));
        assert.deepEqual(await attempt(house, liar), { to: '/sign-in?refused=identity_unknown', in: false });
        liar.token = () => signed(liar.keys[0], liar.claims());
        assert.deepEqual(await attempt(house, liar, { iss: 'https://evil.example' }), bad, 'an answer mixed up with another provider’s');
        assert.deepEqual(await attempt(house, liar, { iss: liar.issuer }), good);
    }),
    'a signature of nobody, of a shared secret, of another key or of a key it brings opens nothing': () => withLiar(binary, async ({ house, liar }) => {
        const stranger = keyOf('first');
        const hmac = (secret) => {
            const text = `${encoded({ alg: 'HS256', kid: 'first' })}.${encoded(liar.claims())}`;
            return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
        };
        const tokens = {
            none: () => `${encoded({ alg: 'none' })}.${encoded(liar.claims())}.`,
            'None, with the kid': () => `${encoded({ alg: 'None', kid: 'first' })}.${encoded(liar.claims())}.`,
            'the public key as a secret': () => hmac(liar.keys[0].publicKey.export({ format: 'pem', type: 'spki' })),
            'the client as a secret': () => hmac('crm'),
            stranger: () => signed(stranger, liar.claims()),
            'the key it brings': () => signed(stranger, liar.claims(), { jwk: stranger.jwk }),
            'a key it points to': () => signed(stranger, liar.claims(), { jku: `${liar.issuer}/evil`, x5u: `${liar.issuer}/evil` }),
            'what must be understood': () => signed(liar.keys[0], liar.claims(), { crit: ['b64'], b64: false }),
            nothing: () => undefined,
            'no token': () => 'a.b',
        };
        for (const [name, token] of Object.entries(tokens)) {
            liar.token = token;
            assert.deepEqual(await attempt(house, liar), bad, name);
        }
        assert.ok(!liar.hits.includes('/evil'));
    }),
    'keys are changed: the new one is asked for once, the old one opens nothing': () => withLiar(binary, async ({ house, liar }) => {
        assert.deepEqual(await attempt(house, liar), good);
        const [old] = liar.keys;
        liar.keys = [keyOf('second')];
        const before = liar.hits.filter((path) => path === '/keys').length;
        assert.deepEqual(await attempt(house, liar), good);
        assert.deepEqual(await attempt(house, liar), good);
        assert.equal(liar.hits.filter((path) => path === '/keys').length, before + 1);
        liar.token = () => signed(old, liar.claims());
        assert.deepEqual(await attempt(house, liar), bad);
    }),
    'the provider sends the server nowhere: not inside, not by a redirect, not to itself by another name': () => withLiar(binary, async ({ house, liar }) => {
        const inner = await Liar.open();
        const port = new URL(inner.issuer).port;
        try {
            const places = [inner.issuer, `http://localhost:${port}`, `https://127.0.0.1:${port}`, `http://[::1]:${port}`, `http://0x7f000001:${port}`, `http://[::ffff:127.0.0.1]:${port}`, 'https://169.254.169.254', 'https://10.0.0.1', 'file:///etc/passwd', 'gopher://127.0.0.1:1', 'ftp://127.0.0.1', ''];
            for (const place of places)
                for (const name of ['token_endpoint', 'jwks_uri']) {
                    liar.document = { [name]: place && `${place}/token` };
                    house.setTime(new Date());
                    await house.terminate();
                    await house.reopen();
                    const answer = await new Browser(house).post('/session/provider', {});
                    if (answer.status === 200) assert.deepEqual(await attempt(house, liar), { to: '/sign-in?refused=server_unreachable', in: false }, `${name} ${place}`);
                    else assert.match(answer.body.code, /^(provider_refused|server_unreachable)$/, `${name} ${place}`);
                }
            liar.document = {};
            liar.answers.set('/token', (_, response) => response.writeHead(307, { Location: `${inner.issuer}/token` }).end());
            await house.terminate();
            await house.reopen();
            assert.deepEqual(await attempt(house, liar), bad, 'a redirect');
            assert.deepEqual(inner.hits, []);
        } finally {
            await inner.close();
        }
    }),
    'what is endless, wrong or not there is said to be so, and keeps nobody else waiting': () => withLiar(binary, async ({ house, liar }) => {
        liar.answers.set('/keys', (_, response) => {
            response.setHeader('Content-Type', 'application/json');
            for (let i = 0; i < 40; ++i) response.write(' '.repeat(65_536));
            response.end('{"keys":[]}');
        });
        const begin = async () => (await new Browser(house).post('/session/provider', {})).body.code;
        assert.equal(await begin(), 'server_unreachable');
        liar.answers.set('/keys', (_, response) => response.end('<html>'));
        assert.equal(await begin(), 'provider_refused');
        liar.answers.delete('/keys');
        liar.document = { issuer: 'https://another.example' };
        assert.equal(await begin(), 'provider_refused');
        liar.document = {};
        const open = [];
        liar.answers.set('/.well-known/openid-configuration', (_, response) => open.push(response));
        const waiting = [begin(), begin()];
        assert.equal((await house.call(adminEmail, 'GET', '/accounts')).status, 200);
        assert.deepEqual(await Promise.all(waiting), ['server_unreachable', 'server_unreachable']);
        assert.equal(open.length, 2);
    }),
});
