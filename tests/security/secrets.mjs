// What must never be told, planted and looked for: in every answer to an administrator who may see all, in exports, the stream, the numbers,
// the log and the files of the house.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import http from 'node:http';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unpacked } from '../served/zip.mjs';

export const secrets = (f) => {
    const password = 'canary-Pa55word-of-a-guest', email = 'canary@example.com';
    const as = (method, path, json, headers) => f.house.call(f.admin, method, path, json, headers);
    let planted;
    // name → secret. What the server made is read from its own files.
    const plant = () => (planted ??= plantAll());
    async function plantAll() {
        f.house.setTime(new Date(Date.parse('2026-03-02T02:00:00Z')));
        const { body: { id } } = await as('POST', '/members', { name: 'Canary', email, roles: ['admin'] });
        const link = async () => (await as('POST', `/members/${id}/invitation`, {})).body.path.split('#')[1];
        const json = (path, body) => f.house.send('POST', `/api/v1${path}`, { headers: { 'Content-Type': 'application/json', Origin: f.origin }, body: JSON.stringify(body) });
        const taken = await link();
        assert.equal((await json('/invitation', { token: taken, password })).status, 200);
        const signedIn = await json('/session', { email, password });
        assert.equal(signedIn.status, 200, signedIn.text);
        await json('/session', { email, password: `${password}-mistyped` });
        const rows = (sql) => JSON.parse(execFileSync('sqlite3', ['-readonly', '-json', storeFile(), sql], { encoding: 'utf8' }) || '[]');
        const keys = JSON.parse(readFileSync(keyFile(), 'utf8'));
        const all = {
            id, cookie: signedIn.headers['set-cookie'][0].split(';')[0],
            said: { password, mistyped: `${password}-mistyped`, token: f.house.token(email), session: signedIn.headers['set-cookie'][0].slice(4, 47), 'taken link': taken, 'open link': await link(), 'another password': f.password, 'another token': f.house.token(f.admin), 'another session': f.cookie.slice(4) },
            made: { 'chain key': keys.chain_key, 'seal key': keys.seal_key, ...Object.fromEntries(rows('SELECT password_hash AS x FROM o_credential').map(({ x }, i) => [`password hash ${i}`, x])), ...Object.fromEntries(rows('SELECT token_hash AS x FROM o_session UNION ALL SELECT token_hash FROM o_api_token').map(({ x }, i) => [`fingerprint ${i}`, x])) },
        };
        assert.ok(Object.keys(all.made).length >= 8, Object.keys(all.made).join(' '));
        return all;
    }
    const inHouse = (test) => readdirSync(f.house.data, { recursive: true }).map((name) => join(f.house.data, name)).filter((name) => statSync(name).isFile() && test(name));
    const storeFile = () => inHouse((name) => name.endsWith('data.sqlite'))[0];
    const keyFile = () => inHouse((name) => statSync(name).size < 10_000 && readFileSync(name, 'utf8').includes('chain_key'))[0];
    const tells = (text, all, where) => {
        for (const [name, secret] of Object.entries(all)) assert.ok(!text.includes(secret), `${where} tells the ${name}`);
    };
    async function exported(plural, format) {
        let job = await as('POST', `/${plural}/export`, { format });
        if (job.status !== 202) return '';
        const { job: id } = job.body;
        do job = await as('GET', `/jobs/${id}`);
        while (['waiting', 'running'].includes(job.body.state));
        const file = await as('GET', `/jobs/${id}/file`);
        return format === 'xlsx' ? unpacked(file.bytes) : file.text;
    }

    return {
        'secrets: no answer to an administrator holds one: lists, records, histories, timelines, queries, search, descriptions': async () => {
            const { said, made, id } = await plant();
            const all = { ...said, ...made };
            const { body } = await as('GET', '/describe');
            let answers = 0;
            const look = async (method, path, json) => {
                const { text } = await as(method, path, json);
                tells(text, all, `${method} ${path}`);
                ++answers;
            };
            for (const { plural, fields } of body.objects) {
                assert.ok(!fields.some(({ name }) => /password|token|hash|csrf|secret|credential/.test(name) && name !== 'content_hash'), `${plural} describes ${fields.map(({ name }) => name)}`);
                await look('GET', `/${plural}?limit=1000&count=exact`);
                await look('GET', `/${plural}?deleted=only`);
                await look('POST', '/query', { from: plural, select: fields.map(({ name }) => name) });
                const [first] = (await as('GET', `/${plural}?limit=1`)).body.data ?? [];
                if (!first) continue;
                for (const more of ['', '/timeline', '/history', '/why', '/shares']) await look('GET', `/${plural}/${first.id}${more}`);
            }
            for (const object of ['session', 'credential', 'api_token', 'once_key', 'setting', 'job', 'definition'])
                for (const [method, path, json] of [['GET', `/${object}s`], ['GET', `/${object}s/1`], ['POST', '/query', { from: `${object}s`, select: ['id'] }], ['POST', `/${object}s/export`, { format: 'csv' }], ['POST', '/formula/check', { object, formula: 'id is not null' }], ['POST', `/${object}s/bulk`, { filter: 'true', change: {} }], ['POST', '/members/1/sight', { object }]]) await look(method, path, json);
            for (const path of [`/members/${id}`, `/members/${id}/timeline`, `/members/${id}/history`, '/session', '/describe', '/definitions', '/jobs', '/imports', '/notifications', '/search?q=canary', `/search?q=${encodeURIComponent(email)}`, '/session/preferences', '/session/follows', '/analysis/funnel']) await look('GET', path);
            for (const path of ['session.token_hash', 'credential.password_hash', 'api_token.token_hash']) {
                await look('GET', `/members?${new URLSearchParams({ fields: path })}`);
                await look('GET', `/members?${new URLSearchParams({ filter: `count(${path.split('.')[0]}s, ${path.split('.')[1]} is not null) > 0` })}`);
            }
            for (const path of ['/openapi.json', '/metrics', '/version', '/healthz', '/readyz', '/api/v1/setup', '/', '/.env', '/data.sqlite', '/server.json', '/api/v1/../server.json']) {
                const { text } = await f.house.send('GET', path);
                tells(text, all, path);
                assert.doesNotMatch(text, /SQLite format 3/);
            }
            assert.ok(answers > 150, `only ${answers} answers`);
        },
        'secrets: no export holds one, whoever takes it out': async () => {
            const { said, made } = await plant();
            const { body } = await as('GET', '/describe');
            for (const { plural, rights } of body.objects)
                for (const format of rights.export ? ['csv', 'xlsx'] : []) tells(await exported(plural, format), { ...said, ...made }, `the export of ${plural} as ${format}`);
            for (const format of ['csv', 'xlsx']) assert.ok((await exported('members', format)).includes(email), 'the member himself is in it');
        },
        'secrets: the stream of changes tells names of fields, never what is in them': async () => {
            const { said, made } = await plant();
            const word = 'canary-value-of-a-record';
            const { body } = await as('POST', '/accounts', { name: word, phone: '0512-99887766' });
            const text = await new Promise((resolve, reject) => {
                let all = '';
                const request = http.get({ host: f.house.host, port: f.house.port, path: '/api/v1/changes?after=0', agent: false, headers: { Authorization: `Bearer ${f.house.token(f.admin)}` } }, (response) => {
                    response.on('error', () => {});
                    response.on('data', (part) => {
                        all += part;
                        if (!all.includes(body.id)) return;
                        request.destroy();
                        resolve(all);
                    });
                });
                request.on('error', reject);
            });
            tells(text, { ...said, ...made, word, phone: '99887766' }, 'the stream');
        },
        'secrets: what is sent where it does not belong is repeated in no answer and no log': async () => {
            const { said } = await plant();
            const { token, session, password: word } = said, secret = { token, session, word, link: said['open link'] };
            const asked = [
                ['GET', '/api/v1/deals', { Authorization: `Basic ${token}` }], ['GET', '/api/v1/deals', { Authorization: `Bearer x${token}` }], ['GET', '/api/v1/deals', { Authorization: token }], ['GET', '/api/v1/deals', { Authorization: `Bearer ${token} ${token}` }], ['GET', '/api/v1/deals', { Cookie: `sid=${session}x` }], ['GET', '/api/v1/deals', { Cookie: `sid=${session}; sid=${session}` }],
                ['GET', `/api/v1/deals?access_token=${token}`], ['GET', `/api/v1/changes?token=${token}`], ['POST', '/api/v1/session', {}, { email: word, password: word }], ['POST', '/api/v1/session', {}, { email, password: [word] }], ['POST', '/api/v1/session', {}, `{"email":"${email}","password":"${word}`], ['POST', '/api/v1/session', {}, { [word]: 1 }], ['POST', '/api/v1/session', { 'X-CSRF-Token': token, Origin: 'http://evil.example' }, { email, password: word }],
                ['POST', '/api/v1/invitation', {}, { token: `${secret.link}x`, password: word }], ['POST', '/api/v1/invitation', {}, { token: [secret.link], password: word }], ['POST', '/api/v1/setup', {}, { token: secret.link, password: word, email: word }], ['PATCH', '/api/v1/session', { Authorization: `Bearer ${token}` }, { language: 'en', x: 1 }], ['TRACE', '/', { Authorization: `Bearer ${token}` }], ['GET', '/api/v1/deals', { Authorization: `Bearer ${token}`, 'X-Long': 'x'.repeat(20_000) }],
            ];
            for (const [method, path, headers = {}, body] of asked) {
                const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
                const answer = await f.house.send(method, path, { headers: { ...headers, ...(text !== undefined && { 'Content-Type': 'application/json' }) }, body: text });
                assert.ok(answer.status >= 400, `${method} ${path}: ${answer.status}`);
                tells(`${JSON.stringify(answer.headers)} ${answer.text}`, secret, `${method} ${path.split('?')[0]} ${JSON.stringify(headers).slice(0, 20)}`);
            }
            tells(f.house.log, { ...said, ...(await plant()).made }, 'the log');
            tells((await f.house.send('GET', '/metrics')).text, secret, 'the metrics');
        },
        'secrets: the files of the house hold none in plain, and are read by their owner alone': async () => {
            const { said } = await plant();
            for (const name of inHouse(() => true)) {
                const bytes = readFileSync(name);
                for (const [what, secret] of Object.entries(said)) assert.ok(!bytes.includes(secret), `${name} holds the ${what}`);
            }
            for (const name of [f.house.data, keyFile()]) assert.equal(statSync(name).mode & 0o077, 0, `${name} is open to others`);
        },
        'secrets: what a command prints and what the system lists of the server hold no secret but the one asked for': async () => {
            const { said, made } = await plant();
            for (const words of [['doctor'], ['check'], ['export', '--user', f.admin, '--object', 'member', '--format', 'csv', '--output', '/dev/stdout']]) {
                let text;
                try {
                    text = f.house.command(words);
                } catch (error) {
                    text = `${error.stdout} ${error.stderr}`;
                }
                tells(text, { ...said, ...made }, words.join(' '));
            }
            for (const name of ['cmdline', 'environ']) tells(readFileSync(`/proc/${f.house.pid}/${name}`, 'latin1'), { ...said, ...made }, name);
        },
    };
};
