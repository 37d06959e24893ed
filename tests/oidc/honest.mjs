// The provider of npm, an implementation that knows nothing of ours: linking, signing in, and what an attacker does with what came back.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Provider } from 'oidc-provider';
import { adminEmail, House } from '../served/house.mjs';
import { base, Browser, callback } from './browser.mjs';

const password = 'correct horse battery staple', secret = 's3cret of the client +&=%';

async function withProvider(binary, story) {
    const server = http.createServer();
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const provider = new Provider(issuer, {
        clients: [{ client_id: 'crm', client_secret: secret, redirect_uris: [callback] }],
        pkce: { required: () => true }, cookies: { keys: ['a key of tests'] },
        findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: adminEmail, email_verified: true }) }), claims: { openid: ['sub', 'email', 'email_verified'] }, conformIdTokenClaims: false,
    });
    server.on('request', provider.callback());
    const directory = mkdtempSync(join(tmpdir(), 'shangdao-oidc-')), file = join(directory, 'secret');
    writeFileSync(file, `${secret}\n`);
    let house;
    try {
        house = await House.open(binary, new Date().toISOString(), { password, serve: ['--base-url', base, '--oidc-issuer', issuer, '--oidc-client', 'crm', '--oidc-name', '统一登录', '--oidc-secret-file', file] });
        await story({ house, issuer });
    } finally {
        await house?.close();
        rmSync(directory, { recursive: true });
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    }
}

// Signs in at the provider as `login` and says yes; gives the address that the browser is sent back to.
async function walk(browser, address, login) {
    let page = await browser.open(address);
    for (let steps = 0; steps < 12; ++steps) {
        if (page.location?.startsWith(callback)) return page.location;
        if (page.location) page = await browser.open(page.location);
        else {
            const action = /action="([^"]+)"/.exec(page.text)?.[1], prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1];
            if (!action) throw new Error(`the provider says ${page.status} ${page.text.slice(0, 400)}`);
            page = await browser.open(action, { method: 'POST', form: { prompt, login, password: 'any' } });
        }
    }
    throw new Error('the provider sends the browser around in rings');
}

const member = async (house, values) => (await house.call(adminEmail, 'POST', '/members', { roles: ['rep'], ...values })).body.id;

// The administrator links himself as `subject`.
async function linked(house, subject) {
    const browser = new Browser(house);
    const csrf = await browser.signIn(adminEmail, password);
    const begun = await browser.post('/session/identities', { password }, csrf);
    assert.equal(begun.status, 200, begun.text);
    const back = await browser.open(await walk(browser, begun.body.location, subject));
    assert.deepEqual([back.status, back.headers.location], [303, '/settings/security']);
    return browser;
}

export const honest = (binary) => ({
    'a member links himself after his password, and signs in by the provider from then on': () => withProvider(binary, async ({ house, issuer }) => {
        assert.deepEqual((await house.send('GET', '/api/v1/setup')).body, { open: false, mail: false, provider: '统一登录' });
        const first = await linked(house, 'subject-1');
        const { body: { data: [identity, ...more] } } = await first.open(`${base}/api/v1/session/identities`);
        assert.deepEqual([identity.issuer, identity.subject, more], [issuer, 'subject-1', []]);

        const browser = new Browser(house);
        const address = new URL(await browser.begin('/deals?f=stage'));
        const asked = Object.fromEntries(address.searchParams);
        assert.deepEqual([asked.response_type, asked.scope, asked.client_id, asked.redirect_uri, asked.code_challenge_method], ['code', 'openid', 'crm', callback, 'S256']);
        for (const name of ['state', 'nonce', 'code_challenge']) assert.match(asked[name], /^[\w-]{43}$/, name);
        const back = await browser.open(await walk(browser, address.href, 'subject-1'));
        assert.deepEqual([back.status, back.headers.location], [303, '/deals?f=stage']);
        assert.match(back.headers['set-cookie'].find((one) => one.startsWith('sid=')), /HttpOnly; SameSite=Lax/);
        assert.equal((await browser.who()).body.member.email, adminEmail);
        assert.equal(browser.cookie(base, 'provider'), undefined);

        const events = (await house.call(adminEmail, 'GET', `/members/${(await browser.who()).body.member.id}/history`)).text;
        assert.match(events, /identity_linked/);
        const ended = await browser.open(`${base}/api/v1/session/identities/${identity.id}`, { method: 'DELETE', headers: { 'X-CSRF-Token': (await browser.who()).body.csrf } });
        assert.equal(ended.status, 204, ended.text);
        const after = new Browser(house);
        assert.equal((await after.open(await walk(after, await after.begin(), 'subject-1'))).headers.location, '/sign-in?refused=identity_unknown');
    }),
    'who is linked to no member is turned away, whatever address the provider tells': () => withProvider(binary, async ({ house }) => {
        const before = await house.ledgerHead();
        const browser = new Browser(house);
        const back = await browser.open(await walk(browser, await browser.begin(), adminEmail));
        assert.deepEqual([back.status, back.headers.location], [303, '/sign-in?refused=identity_unknown']);
        assert.equal((await browser.who()).status, 401);
        assert.equal(await house.ledgerHead(), before);
        assert.equal((await house.call(adminEmail, 'GET', '/members?count=exact')).body.count, 1);
    }),
    'an administrator links a member by his subject; one subject is one member; the disabled stay out': () => withProvider(binary, async ({ house }) => {
        const rep = await member(house, { name: 'Li Lei', email: 'lilei@example.cn' }), other = await member(house, { name: 'Han', email: 'han@example.cn' });
        const link = (who, id, subject) => house.call(who, 'POST', `/members/${id}/identities`, { subject });
        assert.equal((await link('lilei@example.cn', rep, 'subject-2')).status, 403);
        const made = await link(adminEmail, rep, 'subject-2');
        assert.equal(made.status, 201, made.text);
        assert.equal((await link(adminEmail, rep, 'subject-2')).body.id, made.body.id);
        assert.equal((await link(adminEmail, other, 'subject-2')).body.code, 'identity_taken');
        assert.equal((await link(adminEmail, rep, '')).body.code, 'required');
        assert.equal((await link(adminEmail, '1', 'subject-3')).body.code, 'not_found');
        const browser = new Browser(house);
        await browser.open(await walk(browser, await browser.begin(), 'subject-2'));
        assert.equal((await browser.who()).body.member.email, 'lilei@example.cn');
        const { headers } = await house.call(adminEmail, 'GET', `/members/${rep}`);
        await house.call(adminEmail, 'PATCH', `/members/${rep}`, { active: false }, { 'If-Match': headers.etag });
        assert.equal((await browser.who()).status, 401);
        const again = new Browser(house);
        assert.equal((await again.open(await walk(again, await again.begin(), 'subject-2'))).headers.location, '/sign-in?refused=identity_unknown');
        assert.equal((await house.call(adminEmail, 'DELETE', `/members/${rep}/identities/${made.body.id}`)).status, 204);
        assert.deepEqual((await house.call(adminEmail, 'GET', `/members/${rep}/identities`)).body.data, []);
    }),
    'what came back opens once, in the browser that asked, for what it asked': () => withProvider(binary, async ({ house }) => {
        await linked(house, 'subject-1');
        const refused = async (browser, address, why) => {
            const back = await browser.open(address);
            assert.deepEqual([back.status, back.headers.location], [303, '/sign-in?refused=provider_refused'], why);
            assert.equal((await browser.who()).status, 401, why);
        };
        const whole = new Browser(house), start = await whole.begin(), memory = whole.cookie(base, 'provider');
        const address = await walk(whole, start, 'subject-1');
        await refused(new Browser(house), address, 'another browser');
        for (const [values, why] of [[{ state: null }, 'no state'], [{ state: 'A'.repeat(43) }, 'another state'], [{ code: null }, 'no code'], [{ code: 'A'.repeat(43) }, 'another code'], [{ iss: 'https://evil.example' }, 'another issuer'], [{ iss: null }, 'no issuer, where it always comes'], [{ error: 'access_denied' }, 'an error']]) {
            const browser = new Browser(house), begun = await browser.begin();
            const own = new URL(await walk(browser, begun, 'subject-1'));
            for (const [name, value] of Object.entries(values)) value === null ? own.searchParams.delete(name) : own.searchParams.set(name, value);
            await refused(browser, own.href, why);
        }
        // A code of one attempt in another: the provider's PKCE and our nonce are of that other.
        const two = new Browser(house);
        await two.begin();
        await refused(two, address, 'the state of another attempt');
        const mixed = new Browser(house), third = new URL(await mixed.begin());
        const crossed = new URL(address);
        crossed.searchParams.set('state', third.searchParams.get('state'));
        await refused(mixed, crossed.href, 'the code of another attempt');
        // Bent memory, and memory of ten minutes ago.
        for (const bent of [`${memory.slice(0, -2)}AA`, 'AAAA', '']) {
            const browser = new Browser(house);
            browser.plant(base, 'provider', bent);
            await refused(browser, address, 'bent memory');
        }
        const good = new Browser(house);
        const first = await walk(good, await good.begin(), 'subject-1'), kept = good.cookie(base, 'provider');
        assert.equal((await good.open(first)).headers.location, '/deals');
        assert.equal((await good.who()).status, 200);
        const thief = new Browser(house);
        thief.plant(base, 'provider', kept);
        await refused(thief, first, 'replayed');
        const late = new Browser(house), lateAddress = await walk(late, await late.begin(), 'subject-1');
        house.setTime(new Date(Date.now() + 11 * 60_000));
        await refused(late, lateAddress, 'too late');
    }),
    'nobody links his own identity to another member': () => withProvider(binary, async ({ house }) => {
        const browser = new Browser(house), csrf = await browser.signIn(adminEmail, password);
        assert.equal((await browser.post('/session/identities', { password })).body.code, 'csrf_refused');
        assert.equal((await browser.post('/session/identities', { password: 'wrong' }, csrf)).body.code, 'password_refused');
        assert.equal((await house.call(adminEmail, 'POST', '/session/identities', { password })).status, 403, 'a token is no browser');
        const begun = await browser.post('/session/identities', { password }, csrf);
        const address = await walk(browser, begun.body.location, 'subject-9');
        const other = new Browser(house);
        other.plant(base, 'provider', browser.cookie(base, 'provider'));
        assert.equal((await other.open(address)).headers.location, '/sign-in?refused=provider_refused', 'nobody signed in');
        assert.deepEqual((await browser.open(`${base}/api/v1/session/identities`)).body.data, []);
    }),
    'whoever signs in is sent nowhere but into the app': () => withProvider(binary, async ({ house }) => {
        await linked(house, 'subject-1');
        for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/\r\nSet-Cookie: a=b', '', '/a b', `/${'a'.repeat(2_000)}`, 7]) {
            const browser = new Browser(house);
            const answer = await browser.post('/session/provider', { to });
            assert.equal((await browser.open(await walk(browser, answer.body.location, 'subject-1'))).headers.location, '/', String(to));
        }
    }),
});
