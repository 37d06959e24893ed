// Forms of one request that two servers in a row could read as two: each is refused once, the connection ends, and what was hidden behind it
// is never carried out. Every vector hides a request that would make an account, so a smuggled one would be seen in the ledger.
import assert from 'node:assert/strict';
import { answersIn, talk } from './raw.mjs';

const line = (...lines) => `${lines.join('\r\n')}\r\n`;

// `name`: of the account that the hidden request would make; `marked`: fields of that request.
export const vectorsOf = (f, name = 'Smuggled', ...marked) => {
    const host = `${f.house.host}:${f.house.port}`;
    const bearer = `Authorization: Bearer ${f.house.token(f.rep)}`;
    const body = JSON.stringify({ name });
    const hidden = line('POST /api/v1/accounts HTTP/1.1', `Host: ${host}`, bearer, 'Content-Type: application/json', ...marked, `Content-Length: ${body.length}`, '') + body;
    const head = (...more) => line('POST /api/v1/accounts/form HTTP/1.1', `Host: ${host}`, bearer, 'Content-Type: application/json', ...more);
    const get = (target, ...more) => line(`GET ${target} HTTP/1.1`, `Host: ${host}`, bearer, ...more, '');
    const chunked = head('Transfer-Encoding: chunked', '');
    const json = '{"values":{}}', size = json.length.toString(16);
    const good = `${size}\r\n${json}\r\n0\r\n\r\n`;

    const vectors = {
        'length and coding': head('Content-Length: 5', 'Transfer-Encoding: chunked', '') + `0\r\n\r\n${hidden}`,
        'coding and length': head('Transfer-Encoding: chunked', `Content-Length: ${hidden.length + 5}`, '') + `0\r\n\r\n${hidden}`,
        'two lengths': head('Content-Length: 0', `Content-Length: ${hidden.length}`, '') + hidden,
        'two equal lengths': head('Content-Length: 0', 'Content-Length: 0', '') + hidden,
        'lengths in a list': head('Content-Length: 0, 0', '') + hidden,
        'a length with a plus': head('Content-Length: +0', '') + hidden,
        'a length in hexadecimal': head('Content-Length: 0x0', '') + hidden,
        'a length with an underscore': head('Content-Length: 0_0', '') + hidden,
        'a length with a Unicode digit': head('Content-Length: \xb2', '') + hidden,
        'a length below zero': head('Content-Length: -1', '') + hidden,
        'a length beyond counting': head(`Content-Length: ${'9'.repeat(30)}`, '') + hidden,
        'a coding with a blank before the colon': head('Transfer-Encoding : chunked', 'Content-Length: 0', '') + hidden,
        'a coding behind a tab': head('Transfer-Encoding:\tchunked', 'Content-Length: 3', '') + `0\r\n\r\n${hidden}`,
        'a coding with a vertical tab': head('Transfer-Encoding: \x0bchunked', '') + `0\r\n\r\n${hidden}`,
        'a coding in a folded line': head('Transfer-Encoding:', ' chunked', '') + `0\r\n\r\n${hidden}`,
        'a coding behind a bare CR': head('X: a\rTransfer-Encoding: chunked', '') + `0\r\n\r\n${hidden}`,
        'a coding behind a bare LF': head('X: a\nTransfer-Encoding: chunked', '') + `0\r\n\r\n${hidden}`,
        'a coding behind a NUL': head('X: a\0', 'Transfer-Encoding: chunked', '') + `0\r\n\r\n${hidden}`,
        'a coding that is none': head('Transfer-Encoding: identity', '') + hidden,
        'a coding in a list': head('Transfer-Encoding: gzip, chunked', '') + `0\r\n\r\n${hidden}`,
        'a coding twice': head('Transfer-Encoding: chunked', 'Transfer-Encoding: identity', '') + `0\r\n\r\n${hidden}`,
        'a coding in quotes': head('Transfer-Encoding: "chunked"', '') + `0\r\n\r\n${hidden}`,
        'a coding misspelt': head('Transfer-Encoding: xchunked', '') + hidden,
        'a coding of HTTP/1.0': chunked.replace('HTTP/1.1', 'HTTP/1.0') + good + hidden,
        'a folded field': head('X: a', ' b', 'Content-Length: 0', '') + hidden,
        'a field before which a blank stands': head(' Content-Length: 0', '') + hidden,
        'a field name with a blank': head('Content Length: 0', '') + hidden,
        'a field name with a bracket': head('Content-Length[]: 0', '') + hidden,
        'a field without a name': head(': 0', '') + hidden,
        'a field without a colon': head('Content-Length 0', '') + hidden,
        'a line that ends in a bare LF': head('Content-Length: 0', '').replace('Content-Type: application/json\r\n', 'Content-Type: application/json\n') + hidden,
        'a head that ends in bare LFs': head('Content-Length: 0').slice(0, -2) + `\n\n${hidden}`,
        'a chunk extension': `${chunked}${size};a=b\r\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk extension with a bare LF': `${chunked}${size};\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk line with a bare LF': `${chunked}${size}\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk that ends in a bare LF': `${chunked}${size}\r\n${json}\n0\r\n\r\n${hidden}`,
        'a chunk that ends in nothing': `${chunked}${size}\r\n${json}0\r\n\r\n${hidden}`,
        'a last chunk that ends in bare LFs': `${chunked}${size}\r\n${json}\r\n0\n\n${hidden}`,
        'a chunk size with a sign': `${chunked}+${size}\r\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk size below zero': `${chunked}-1\r\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk size with 0x': `${chunked}0x${size}\r\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk size with a blank before': `${chunked} ${size}\r\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk size with a blank behind': `${chunked}${size} \r\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk size that wraps at 64 bits': `${chunked}1000000000000000${size}\r\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk size that wraps at 32 bits': `${chunked}10000000${size}\r\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk size of zeros': `${chunked}${'0'.repeat(500)}${size}\r\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk without size': `${chunked}\r\n${json}\r\n0\r\n\r\n${hidden}`,
        'a chunk longer than it says': `${chunked}1\r\n${json}\r\n0\r\n\r\n${hidden}`,
        'a trailer': `${chunked}${size}\r\n${json}\r\n0\r\nX: a\r\n\r\n${hidden}`,
        'a trailer with a length': `${chunked}${size}\r\n${json}\r\n0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
        'two hosts': get('/api/v1/deals', 'Host: evil.example') + hidden,
        'two equal hosts': get('/api/v1/deals', `Host: ${host}`) + hidden,
        'a host with a path': line('GET /api/v1/deals HTTP/1.1', `Host: ${host}/api`, bearer, '') + hidden,
        'a host with a user': line('GET /api/v1/deals HTTP/1.1', `Host: admin@${host}`, bearer, '') + hidden,
        'hosts in a list': line('GET /api/v1/deals HTTP/1.1', `Host: ${host}, evil.example`, bearer, '') + hidden,
        'no host': line('GET /api/v1/deals HTTP/1.1', bearer, '') + hidden,
        'an empty host': line('GET /api/v1/deals HTTP/1.1', 'Host:', bearer, '') + hidden,
        'an absolute address of another host': get('http://evil.example/api/v1/deals') + hidden,
        'an absolute address of another port': get(`http://${f.house.host}:1/api/v1/deals`) + hidden,
        'an absolute address with a user': get(`http://a@${host}/api/v1/deals`) + hidden,
        'an address of another scheme': get(`gopher://${host}/api/v1/deals`) + hidden,
        'an authority for an address': get(host) + hidden,
        'two Authorizations': get('/api/v1/deals', bearer) + hidden,
        'two origins': head('Origin: http://a', 'Origin: http://b', 'Content-Length: 0', '') + hidden,
        'HTTP/0.9': `GET /api/v1/deals\r\n${hidden}`,
        'HTTP/1.2': get('/api/v1/deals').replace('HTTP/1.1', 'HTTP/1.2') + hidden,
        'HTTP/2 in the line': get('/api/v1/deals').replace('HTTP/1.1', 'HTTP/2.0') + hidden,
        'the preface of HTTP/2': `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`,
        'two blanks in the line': get('/api/v1/deals').replace('GET ', 'GET  ') + hidden,
        'a tab in the line': get('/api/v1/deals').replace('GET ', 'GET\t') + hidden,
        'a blank behind the version': get('/api/v1/deals').replace('HTTP/1.1', 'HTTP/1.1 ') + hidden,
        'an empty line before': `\r\n${get('/api/v1/deals')}${hidden}`,
        'CONNECT': `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n${hidden}`,
        'TRACE': line('TRACE / HTTP/1.1', `Host: ${host}`, '') + hidden,
        'a method in small letters': get('/api/v1/deals').replace('GET', 'get') + hidden,
        'a method nobody knows': get('/api/v1/deals').replace('GET', 'DEBUG') + hidden,
        'an expectation nobody meets': head('Expect: 200-maybe', `Content-Length: ${hidden.length}`, '') + hidden,
        'an upgrade in the dark': get('/api/v1/deals').replace('GET', 'get').replace(/\r\n\r\n$/, '\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n') + hidden,
        'TLS on a plain port': `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03${hidden}`,
    };
    return { vectors, hidden, get, chunked, good };
};

export const wire = (f) => {
    const { vectors, hidden, get, chunked, good } = vectorsOf(f);

    // Whole requests in a row are answered in their order, and nothing that is left over is answered.
    const closing = (request) => request.replace(/\r\n\r\n/, '\r\nConnection: close\r\n\r\n');
    const proofs = {};
    for (const [name, bytes] of Object.entries(vectors))
        proofs[`wire: ${name} is refused once and ends the connection`] = async () => {
            const before = await f.house.ledgerHead();
            const answers = answersIn(await talk(f.house, bytes));
            assert.equal(answers.length, 1, JSON.stringify(answers.map(({ text }) => text.slice(0, 200))));
            assert.ok(answers[0].status >= 400 && answers[0].status <= 501 && answers[0].status !== 500, answers[0].text.slice(0, 300));
            assert.match(answers[0].text, /^connection: close\r$/im);
            assert.equal(await f.house.ledgerHead(), before);
        };
    return {
        ...proofs,
        'wire: requests in a row are answered in order, and after the last nothing is read': async () => {
            const said = await talk(f.house, get('/version') + get('/api/v1/deals/1') + chunked + good + closing(get('/healthz')) + hidden);
            assert.deepEqual(answersIn(said).map(({ status }) => status), [200, 404, 200, 200]);
        },
        'wire: HEAD is GET without a body, and what follows it is still whole': async () => {
            const answers = answersIn(await talk(f.house, get('/version').replace('GET', 'HEAD') + closing(get('/healthz'))));
            assert.deepEqual(answers.map(({ status }) => status), [200, 200]);
            assert.match(answers[0].text, /\r\n\r\n$/);
        },
        'wire: HEAD and GET change nothing wherever a change can be asked for': async () => {
            const before = await f.house.ledgerHead();
            for (const path of [`/deals/${f.ids.deal}/actions/win`, `/deals/${f.ids.deal}/actions/hand_over?owner=${f.ids.other}`, '/accounts/bulk', '/accounts/export', '/imports/draft', '/notifications/actions/read', `/deals/${f.ids.deal}/follow`])
                for (const method of ['GET', 'HEAD', 'OPTIONS']) {
                    const { status } = await f.house.call(f.rep, method, path);
                    assert.ok([403, 404, 405].includes(status), `${method} ${path}: ${status}`);
                }
            assert.equal(await f.house.ledgerHead(), before);
        },
        'wire: no header or parameter turns one method into another': async () => {
            const before = await f.house.ledgerHead(), path = `/accounts/${f.ids.second}`;
            for (const more of [{ 'X-HTTP-Method-Override': 'DELETE' }, { 'X-HTTP-Method': 'DELETE' }, { 'X-Method-Override': 'DELETE' }]) {
                assert.equal((await f.house.call(f.rep, 'GET', path, undefined, { ...more, 'If-Match': '"1"' })).status, 200);
                assert.equal((await f.house.call(f.rep, 'POST', path, {}, { ...more, 'If-Match': '"1"' })).status, 405);
            }
            for (const word of ['_method', 'method', '_METHOD']) await f.house.call(f.rep, 'GET', `${path}?${word}=DELETE`, undefined, { 'If-Match': '"1"' });
            assert.equal(await f.house.ledgerHead(), before);
        },
        'wire: one path has one spelling': async () => {
            const own = `/api/v1/accounts/${f.ids.account}`;
            const spellings = [`/${own}`, `//api//v1/accounts/${f.ids.account}`, `/./api/v1/accounts/${f.ids.account}`, `/x/..${own}`, `/api/v1/x/../accounts/${f.ids.account}`, `/%2e${own}`, `/x/%2e%2e${own}`, `/x/%2E%2e${own}`,
                own.replace('/api/', '/api%2f'), own.replace('/v1/', '\\v1\\'), own.replace('/v1/', '%5cv1%5c'), own.replace('accounts', 'accounts%00'), own.replace('accounts', '%c1%a1ccounts'), own.replace('accounts', '%e0%81%a1ccounts'),
                own.replace('accounts', 'accounts%0a'), `${own}#x`, `${own}%`, `${own}%2`, own.replace('/v1', '/v1/%00/..')];
            for (const path of spellings)
                assert.equal(answersIn(await talk(f.house, closing(get(path))))[0].status, 400, path);
            for (const path of [own.replace('accounts', 'Accounts'), own.replace('accounts', 'accounts;x'), `${own};jsessionid=1`, `${own}/`, own.replace('accounts', '%61ccounts%20')])
                assert.equal(answersIn(await talk(f.house, closing(get(path))))[0].status, 404, path);
            assert.doesNotMatch(await talk(f.house, closing(get(own.replace('api', 'API')))), /Huaxing/, 'no record, whatever the application says to a path of its own');
            assert.match(await talk(f.house, closing(get(own.replace('accounts', '%61ccounts')))), /Huaxing/);
        },
        'wire: a head over its limit, fields by the thousand and a long name are refused': async () => {
            for (const more of ['X: ' + 'a'.repeat(20_000), ...[Array.from({ length: 5_000 }, (_, i) => `X${i}: 1`).join('\r\n')], `${'X'.repeat(20_000)}: 1`]) {
                const answers = answersIn(await talk(f.house, get('/healthz', more)));
                assert.deepEqual(answers.map(({ status }) => status), [431]);
            }
        },
    };
};
