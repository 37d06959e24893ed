// What every answer carries, whose Host and Origin are believed, and what a cookie allows.
import assert from 'node:assert/strict';
import { answersIn, talk } from './raw.mjs';

const policy = {
    'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self'", 'connect-src': "'self'", 'frame-ancestors': "'none'", 'base-uri': "'none'", 'form-action': "'self'", 'require-trusted-types-for': "'script'",
};

export const headers = (f) => {
    const signedIn = (more = {}) => ({ Cookie: f.cookie, Origin: f.origin, 'X-CSRF-Token': f.csrf, 'Content-Type': 'application/json', ...more });
    const post = (more, body = JSON.stringify({ name: 'Forged' })) => f.house.send('POST', '/api/v1/accounts', { headers: { ...signedIn(more), 'Content-Length': Buffer.byteLength(body) }, body });
    const paths = ['/', '/deals', '/sign-in', '/nothing.js', '/api/v1/deals', '/api/v1/session', '/api/v1/nothing', '/healthz', '/openapi.json', '/metrics'];
    return {
        'headers: a strict policy, no sniffing, no framing and no other origin, on every answer': async () => {
            for (const method of ['GET', 'POST'])
                for (const path of paths) {
                    const { headers } = await f.house.send(method, path, { headers: { Authorization: `Bearer ${f.house.token(f.rep)}` } });
                    const said = Object.fromEntries(headers['content-security-policy'].split(';').map((one) => one.trim().split(/ (.*)/s)));
                    for (const [name, value] of Object.entries(policy)) assert.equal(said[name], value, `${method} ${path}: ${name}`);
                    assert.doesNotMatch(headers['content-security-policy'], /unsafe-|\*|http:|data: *;? *script/);
                    assert.equal(headers['x-content-type-options'], 'nosniff', path);
                    assert.equal(headers['cross-origin-resource-policy'], 'same-origin', path);
                    assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path);
                    assert.equal(headers['referrer-policy'], 'same-origin', path);
                    for (const name of Object.keys(headers)) assert.doesNotMatch(name, /^access-control-|^server$|^x-powered-by$/, path);
                }
        },
        'headers: what holds data is kept by no cache': async () => {
            const { body } = await f.house.call(f.rep, 'GET', '/accounts?limit=1');
            for (const path of ['/session', '/describe', '/deals', `/accounts/${body.data[0].id}`, `/accounts/${body.data[0].id}/timeline`, '/search?q=hua', '/notifications', '/jobs', '/nothing', '/session/preferences', '/analysis/funnel'])
                assert.match((await f.house.call(f.rep, 'GET', path)).headers['cache-control'], /no-store/, path);
            for (const path of ['/openapi.json', '/metrics']) assert.match((await f.house.send('GET', path)).headers['cache-control'], /no-store/, path);
        },
        'headers: a preflight of another origin is given nothing': async () => {
            for (const path of ['/api/v1/deals', '/api/v1/session']) {
                const answer = await f.house.send('OPTIONS', path, { headers: { Origin: 'http://evil.example', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-csrf-token' } });
                assert.equal(answer.status, 405);
                assert.ok(!Object.keys(answer.headers).some((name) => name.startsWith('access-control')));
            }
        },
        'headers: no answer repeats a Host or a forwarded one, in any spelling': async () => {
            const evil = 'evil.example';
            const spellings = [{ Host: evil }, { Host: `${evil}:${f.house.port}` }, { 'X-Forwarded-Host': evil }, { Forwarded: `host=${evil};proto=https` }, { 'X-Host': evil }, { 'X-Original-URL': `//${evil}/` }, { 'X-Rewrite-URL': `/${evil}` },
                { 'X-Forwarded-Server': evil }, { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': evil }, { 'X-Forwarded-Port': '1', 'X-Forwarded-Host': evil }, { 'X-Forwarded-Prefix': `//${evil}` }];
            for (const spelling of spellings)
                for (const [method, path] of [['GET', '/'], ['GET', '/openapi.json'], ['GET', '/api/v1/session'], ['GET', '/api/v1/nothing'], ['POST', `/api/v1/members/${f.ids.other}/invitation`], ['POST', '/api/v1/accounts']]) {
                    const body = JSON.stringify(path.endsWith('accounts') ? { name: 'Hosted' } : {});
                    const answer = await f.house.send(method, path, { headers: { Authorization: `Bearer ${f.house.token(f.admin)}`, ...(method === 'POST' && { 'Content-Type': 'application/json' }), ...spelling }, body: method === 'POST' ? body : undefined });
                    assert.ok(!`${JSON.stringify(answer.headers)} ${answer.text}`.includes(evil), `${method} ${path} ${JSON.stringify(spelling)}`);
                    if (answer.headers.location) assert.match(answer.headers.location, /^\/api\/v1\//);
                    if (path.endsWith('invitation')) assert.match(answer.body.path, /^\/welcome#[\w-]+$/);
                }
        },
        'headers: an address from a proxy nobody trusts frees no knocker': async () => {
            const knock = (i) => f.house.send('POST', '/api/v1/session', { headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': `10.0.0.${i}`, Forwarded: `for=10.0.0.${i}` }, body: JSON.stringify({ email: `n${i}@example.com`, password: 'wrong wrong' }) });
            const said = [];
            for (let i = 0; i < 30; ++i) said.push((await knock(i)).status);
            assert.ok(said.includes(429), said.join(' '));
        },
        'cookies: the session is for this host alone, unread by scripts, and sent by no other site': async () => {
            f.house.setTime(new Date(Date.parse('2026-03-02T01:10:00Z')));
            const answer = await f.house.send('POST', '/api/v1/session', { headers: { 'Content-Type': 'application/json', Origin: f.origin }, body: JSON.stringify({ email: f.admin, password: f.password }) });
            assert.equal(answer.status, 200, answer.text);
            const [cookie] = answer.headers['set-cookie'], flags = cookie.split('; ').slice(1);
            assert.equal(answer.headers['set-cookie'].length, 1);
            assert.match(cookie, /^sid=[\w-]{43};/);
            assert.deepEqual(flags.filter((one) => !one.startsWith('Max-Age')).sort(), ['HttpOnly', 'Path=/', 'SameSite=Lax']);
            assert.ok(!answer.text.includes(cookie.slice(4, 47)), 'the answer does not tell the session');
        },
        'cookies: planted twice, none is taken': async () => {
            for (const both of [`${f.cookie}; sid=AAAA`, `sid=AAAA; ${f.cookie}`, `${f.cookie}; ${f.cookie}`])
                assert.equal((await f.house.send('GET', '/api/v1/deals', { headers: { Cookie: both } })).status, 401, both);
            assert.equal((await f.house.send('GET', '/api/v1/deals', { headers: { Cookie: f.cookie } })).status, 200);
        },
        'cross-site: a write by cookie needs this origin and its token, whatever stands for them': async () => {
            const { port } = f.house, before = await f.house.ledgerHead();
            const origins = ['http://evil.example', 'null', '', `https://127.0.0.1:${port}`, `http://127.0.0.1:${port}.evil.example`, `http://127.0.0.1:${port + 1}`, 'http://127.0.0.1', `http://localhost:${port}`, `http://127.0.0.1:${port}/`, `http://127.0.0.1:${port}@evil.example`, `http://127.1:${port}`, `http://[::1]:${port}`,
                `HTTP://127.0.0.1:${port}\t.evil.example`, `http://evil.example/?http://127.0.0.1:${port}`, 'file://', 'chrome-extension://abc', `http://127.0.0.1:${port} http://evil.example`, '*'];
            for (const Origin of origins) {
                const answer = await post({ Origin });
                assert.equal(answer.status, 403, `Origin ${Origin}: ${answer.text}`);
                assert.equal(answer.body.code, 'csrf_refused');
            }
            for (const site of ['cross-site', 'same-site', 'none', 'Same-Origin', '', 'same-origin, cross-site']) assert.equal((await post({ 'Sec-Fetch-Site': site })).status, 403, `Sec-Fetch-Site ${site}`);
            for (const token of [undefined, '', 'AAAA', f.csrf.slice(0, -1), `${f.csrf} `.repeat(2), f.csrf.toUpperCase(), `${f.csrf},${f.csrf}`, 'null', 'undefined']) {
                const more = signedIn({ 'X-CSRF-Token': token });
                if (token === undefined) delete more['X-CSRF-Token'];
                const answer = await f.house.send('POST', '/api/v1/accounts', { headers: more, body: '{"name":"Forged"}' });
                assert.equal(answer.status, 403, `token ${token}`);
            }
            assert.equal((await f.house.send('POST', `/api/v1/accounts?csrf=${f.csrf}`, { headers: { Cookie: f.cookie, Origin: f.origin, 'Content-Type': 'application/json' }, body: JSON.stringify({ name: 'Forged', csrf: f.csrf }) })).status, 403);
            assert.equal(await f.house.ledgerHead(), before);
            assert.equal((await post({})).status, 201, 'the one right way');
        },
        'cross-site: the token of another session opens nothing': async () => {
            f.house.setTime(new Date(Date.parse('2026-03-02T01:20:00Z')));
            const again = await f.house.send('POST', '/api/v1/session', { headers: { 'Content-Type': 'application/json', Origin: f.origin }, body: JSON.stringify({ email: f.admin, password: f.password }) });
            assert.notEqual(again.body.csrf, f.csrf);
            assert.equal((await post({ 'X-CSRF-Token': again.body.csrf })).status, 403);
        },
        'cross-site: what a form of another page can send is refused before anything else is read': async () => {
            const before = await f.house.ledgerHead();
            for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'text/plain; charset=application/json', 'application/jsonx', 'text/json', '; application/json'])
                assert.equal((await post({ 'Content-Type': type })).status, 415, type);
            for (const origin of ['http://evil.example', 'null']) {
                const signIn = await f.house.send('POST', '/api/v1/session', { headers: { Origin: origin, 'Content-Type': 'application/json' }, body: JSON.stringify({ email: f.admin, password: f.password }) });
                assert.deepEqual([signIn.status, signIn.headers['set-cookie']], [403, undefined], 'no session is planted from elsewhere');
                for (const path of [`/api/v1/attachments?name=a.txt&object=deal&id=${f.ids.deal}`, '/api/v1/imports/files?name=a.csv'])
                    assert.equal((await f.house.send('POST', path, { headers: { Cookie: f.cookie, Origin: origin, 'X-CSRF-Token': f.csrf, 'Content-Type': 'application/octet-stream' }, body: 'a\n' })).status, 403, path);
            }
            assert.equal(await f.house.ledgerHead(), before);
        },
        'cross-site: writes of every kind ask for the token': async () => {
            const before = await f.house.ledgerHead(), { deal, account, other } = f.ids;
            const writes = [['PATCH', `/accounts/${account}`, { name: 'A' }], ['DELETE', `/accounts/${account}`], ['POST', `/deals/${deal}/actions/win`, {}], ['POST', '/accounts/bulk', { ids: [account], change: { tier: 'A' } }], ['POST', '/deals/export', { format: 'csv' }],
                ['PUT', `/deals/${deal}/follow`], ['DELETE', `/deals/${deal}/follow`], ['PUT', `/deals/${deal}/shares/${other}`, { level: 'edit' }], ['POST', '/notifications/actions/read', {}], ['POST', '/definitions', { object: 'deal' }], ['PATCH', '/organisation', { name: 'A' }],
                ['POST', `/members/${other}/invitation`, {}], ['POST', `/members/${other}/sight`, {}], ['POST', '/imports', {}], ['POST', '/demo', {}], ['DELETE', '/demo'], ['PATCH', '/session', { language: 'en' }], ['DELETE', '/session'], ['POST', '/query', { from: 'deals' }], ['POST', '/formula/check', {}]];
            for (const [method, path, json] of writes)
                for (const more of [{ Origin: f.origin }, { 'X-CSRF-Token': f.csrf }, { Origin: 'http://evil.example', 'X-CSRF-Token': f.csrf }]) {
                    const answer = await f.house.send(method, `/api/v1${path}`, { headers: { Cookie: f.cookie, 'If-Match': '"1"', 'Content-Type': 'application/json', ...more }, body: json && JSON.stringify(json) });
                    assert.deepEqual([answer.status, answer.body?.code], [403, 'csrf_refused'], `${method} ${path}`);
                }
            assert.equal(await f.house.ledgerHead(), before);
            assert.equal((await f.house.send('GET', '/api/v1/session', { headers: { Cookie: f.cookie } })).status, 200);
        },
        'headers: what came in a name comes out in no header of its own': async () => {
            const names = ['a\r\nX-Planted: 1.txt', 'a%0d%0aX-Planted: 1.txt', 'a\nSet-Cookie: sid=1.txt', '"; filename="evil.html', "a'; filename*=UTF-8''evil.html", 'a\u2028b.txt', '\u202egnp.exe', 'ａ\uff0f..\uff0fb.txt', '😀'.repeat(60) + '.txt', 'a;b=c.txt', 'a\\"b.txt'];
            for (const name of names) {
                const target = `/api/v1/attachments?${new URLSearchParams({ name, object: 'deal', id: f.ids.deal })}`;
                const made = await f.house.send('POST', target, { headers: { Authorization: `Bearer ${f.house.token(f.rep)}`, 'Content-Type': 'application/octet-stream' }, body: 'x' });
                assert.equal(made.status, 201, `${name}: ${made.text}`);
                assert.doesNotMatch(made.body.file_name, /[\r\n"/\\\u202e\u2028\u0000-\u001f]/);
                const [answer] = answersIn(await talk(f.house, `GET /api/v1/attachments/${made.body.id}/content HTTP/1.1\r\nHost: ${f.house.host}\r\nAuthorization: Bearer ${f.house.token(f.rep)}\r\nConnection: close\r\n\r\n`));
                assert.equal(answer.status, 200);
                assert.match(answer.text, /^content-disposition: attachment; filename="[\w.-]*"; filename\*=UTF-8''[\w.%-]*\r$/im, answer.text);
                assert.doesNotMatch(answer.text, /^(x-planted|set-cookie):/im);
            }
        },
    };
};
