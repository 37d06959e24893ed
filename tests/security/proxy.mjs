// Behind haproxy, which sends the requests of many clients down the same few connections: what the two of them read differently would answer one
// client with what was meant for another. haproxy writes a line a request, so that both sides can be counted.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminEmail, House } from '../served/house.mjs';
import { answersIn, talk } from './raw.mjs';
import { vectorsOf } from './wire.mjs';

const trusted = '127.0.0.2';    // from here haproxy comes
const rep = 'lilei@example.com';

// haproxy in front of a house; its port is one that we hold before it does.
class Proxy {
    static async open(house) {
        const proxy = new Proxy();
        proxy.directory = mkdtempSync(join(tmpdir(), 'shangdao-proxy-'));
        const listener = createServer();
        await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
        Object.assign(proxy, { host: '127.0.0.1', port: listener.address().port });
        const file = join(proxy.directory, 'haproxy.cfg');
        writeFileSync(file, [
            'global', '  log stdout format raw local0',
            'defaults', '  mode http', '  log global', '  timeout connect 5s', '  timeout client 2s', '  timeout server 5s', '  timeout http-request 1s', '  timeout http-keep-alive 500ms',
            'frontend before', '  bind fd@3', '  option forwardfor', '  http-request set-header X-Forwarded-Proto http', '  http-request capture req.hdr(X-Mark) len 80', '  log-format "seen|%[capture.req.hdr(0)]|%s|%ST|%HM"', '  default_backend behind',
            'backend behind', '  http-reuse always', `  server house ${house.host}:${house.port} source ${trusted}`, '',
        ].join('\n'));
        proxy.process = spawn('haproxy', ['-db', '-f', file], { stdio: ['ignore', 'pipe', 'pipe', listener._handle.fd] });
        proxy.said = '';
        for (const stream of [proxy.process.stdout, proxy.process.stderr]) stream.on('data', (bytes) => { proxy.said += bytes; });
        proxy.ended = new Promise((resolve) => proxy.process.on('close', resolve));
        listener.close();
        return proxy;
    }

    // The requests it saw: whether it sent them on, and what came back. All of them once it is closed.
    seen() {
        return [...this.said.matchAll(/seen\|(.*)\|(.*)\|(-?\d+)\|(.*)/g)].map(([, mark, server, status, method]) => ({ mark, sent: server === 'house', status: Number(status), method }));
    }

    async close() {
        this.process.kill('SIGTERM');
        await this.ended;
        rmSync(this.directory, { recursive: true, force: true });
    }
}

// One request from an address of this machine; gives the status.
function from(localAddress, { host, port }, request) {
    return new Promise((resolve, reject) => {
        const socket = connect({ host, port, localAddress });
        let said = '';
        socket.on('data', (part) => { said += part.toString('latin1'); });
        socket.on('error', reject);
        socket.on('close', () => resolve(answersIn(said)[0]?.status));
        socket.write(request);
    });
}

async function behind(binary, prove) {
    const house = await House.open(binary, '2026-03-02T01:00:00Z', { password: 'correct horse battery staple', serve: ['--trusted-proxy', trusted] });
    try {
        await house.call(adminEmail, 'POST', '/members', { name: 'Li Lei', email: rep, roles: ['rep'] });
        const proxy = await Proxy.open(house);
        try {
            await prove(house, proxy);
        } finally {
            await proxy.close();
        }
    } finally {
        await house.close();
    }
}

export const proxy = (binary) => ({
    'proxy: behind haproxy each form of two requests is carried out as often as haproxy sent it on, and the next client gets its own answer': () => behind(binary, async (house, between) => {
        const names = Object.keys(vectorsOf({ house, rep }).vectors);
        const said = await Promise.all(names.map((name, i) => talk(between, vectorsOf({ house, rep }, `Smuggled ${i}`, `X-Mark: hidden ${i}`).vectors[name])));
        const { get } = vectorsOf({ house, rep });
        const probe = (path, i) => talk(between, get(path, `X-Mark: probe ${i}`, 'Connection: close'));
        for (let i = 0; i < 60; ++i) {
            const there = i % 2 === 0;
            assert.deepEqual(answersIn(await probe(there ? '/version' : '/api/v1/accounts/1', i)).map(({ status }) => status), [there ? 200 : 404], `probe ${i}`);
        }
        await between.close();
        const seen = between.seen();
        const { body } = await house.call(adminEmail, 'GET', '/accounts?limit=1000&fields=name');
        names.forEach((name, i) => {
            const made = body.data.filter((account) => account.name === `Smuggled ${i}`).length;
            const sent = seen.filter((one) => one.mark === `hidden ${i}` && one.sent && one.status === 201).length;
            assert.equal(made, sent, `${name}: made ${made} times, sent on ${sent} times; ${said[i].slice(0, 400)}`);
        });
        assert.equal(body.data.length, seen.filter((one) => one.mark.startsWith('hidden') && one.status === 201).length, 'nothing was made that haproxy did not send on');
        assert.ok(body.data.length > 0 && body.data.length < names.length, 'haproxy lets some pass and others not');
        const answered = said.flatMap((one) => answersIn(one)).length;
        assert.ok(answered <= seen.filter((one) => !one.mark.startsWith('probe')).length, `${answered} answers to ${seen.length} requests`);
    }),
    "proxy: a stranger says nobody else's address, and the proxy that is trusted says it for him": () => behind(binary, async (house, between) => {
        const json = JSON.stringify({ email: adminEmail, password: 'a wrong password' });
        const signIn = (agent, ...more) => [`POST /api/v1/session HTTP/1.1`, `Host: ${house.host}:${house.port}`, `Origin: http://${house.host}:${house.port}`, 'Content-Type: application/json', `Content-Length: ${json.length}`, `User-Agent: ${agent}`, 'Connection: close', ...more, '', json].join('\r\n');
        const lied = ['X-Forwarded-For: 203.0.113.7', 'X-Forwarded-Proto: https'];
        for (const [address, way, request] of [['127.1.1.1', house, signIn('direct', ...lied)], ['127.2.2.2', between, signIn('proxied')], ['127.3.3.3', between, signIn('proxied liar', ...lied)]]) {
            const before = await house.ledgerHead();
            assert.equal(await from(address, way, request), 401);
            for (const until = Date.now() + 10_000; (await house.ledgerHead()) === before; ) assert.ok(Date.now() < until, `it is told in the ledger of ${address}`);
        }
        const { id } = (await house.call(adminEmail, 'GET', '/session')).body.member;
        const knocks = (await house.call(adminEmail, 'GET', `/members/${id}/sign_ins`)).body.data;
        assert.deepEqual(Object.fromEntries(knocks.map(({ agent, network }) => [agent, network])), { direct: '127.1.1.0/24', proxied: '127.2.2.0/24', 'proxied liar': '127.3.3.0/24' });
    }),
});
