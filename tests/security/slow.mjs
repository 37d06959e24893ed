// Clients that take their time: to say what they want, to send it, or to hear the answer. They are cut in theirs, and the others hardly
// notice. Nothing here waits for a clock: each attack ends when the server ends it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { installed } from './tools.mjs';

const seconds_max = 75;
const descriptors = (pid) => readdirSync(`/proc/${pid}/fd`).length;
const resident_mib = (pid) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

export const slow = (f) => {
    const { pid } = f.house;
    // A client that says `first` and then a byte of `rest` each half second; resolves with what it heard when it is cut.
    const dripping = (first, rest) => new Promise((resolve) => {
        const socket = connect(f.house.port, f.house.host);
        let heard = '', timer;
        socket.on('connect', () => {
            socket.write(first);
            timer = setInterval(() => socket.write(rest), 500);
        });
        socket.on('data', (part) => { heard += part; });
        socket.on('end', () => socket.destroy());
        socket.on('error', () => {});
        socket.on('close', () => {
            clearInterval(timer);
            resolve(heard);
        });
    });
    // One that asks and does not listen. What the other side ended is only seen by who reads: after `patience_ms` it reads to the end.
    const deaf = (request, patience_ms) => new Promise((resolve) => {
        const socket = connect(f.house.port, f.house.host);
        let bytes = 0;
        socket.on('connect', () => {
            socket.write(request);
            socket.pause();
            setTimeout(() => socket.resume(), patience_ms);
        });
        socket.on('data', (part) => { bytes += part.length; });
        socket.on('error', () => {});
        socket.on('close', () => resolve(bytes));
    });
    // Somebody who works meanwhile, until `over`: how long each answer took, in ms.
    async function working(over) {
        const took = [];
        let isOver = false;
        over.finally(() => { isOver = true; });
        const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
        while (!isOver) {
            const began = performance.now();
            await new Promise((done, failed) => {
                http.get({ host: f.house.host, port: f.house.port, path: '/api/v1/deals?limit=5', agent, headers: { Authorization: `Bearer ${f.house.token(f.rep)}` } }, (response) => {
                    response.resume();
                    response.on('end', () => (response.statusCode === 200 ? done() : failed(new Error(`answered ${response.statusCode}`))));
                }).on('error', failed);
            });
            took.push(performance.now() - began);
            await new Promise((later) => setTimeout(later, 20));   // a person, not a load of its own
        }
        agent.destroy();
        return took.sort((a, b) => a - b);
    }
    async function borne(clients, wanted) {
        const before = [descriptors(pid), resident_mib(pid)], began = performance.now();
        const attack = Promise.all(clients.map((one) => one()));
        const [heard, took] = await Promise.all([attack, working(attack)]);
        assert.ok(performance.now() - began < seconds_max * 1000, `the last was cut after ${Math.round((performance.now() - began) / 1000)} s`);
        heard.forEach((one, i) => wanted(one, i));
        const late = took[Math.floor(took.length * 0.99)];
        // A machine that builds beside it is slow by itself: what must not be is that somebody waits for an attacker.
        assert.ok(late < 1_000, `of ${took.length} answers the slowest hundredth took ${Math.round(late)} ms`);
        assert.ok(resident_mib(pid) - before[1] < 200, `${Math.round(resident_mib(pid) - before[1])} MiB more`);
        await f.house.send('GET', '/healthz');
        assert.ok(descriptors(pid) <= before[0] + 8, `${descriptors(pid)} descriptors, ${before[0]} before`);
    }
    const head = (line) => `${line}\r\nHost: ${f.house.host}\r\n`;
    const many = (count, make) => Array.from({ length: count }, (_, i) => () => make(i));

    return {
        'slow: 400 clients that drip a head, a body or chunks, of whom nobody is known, are told so and cut': () => borne([
            ...many(160, () => dripping(`${head('GET /api/v1/deals HTTP/1.1')}X-Slow: `, 'a')),
            ...many(80, () => dripping(`${head('POST /api/v1/session HTTP/1.1')}Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n{`, ' ')),
            ...many(80, () => dripping(`${head('POST /api/v1/session HTTP/1.1')}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n')),
            ...many(80, () => dripping('G', '')),
        ], (heard) => assert.match(heard, /^HTTP\/1\.1 408 /)),
        'slow: 300 strangers with a megabyte each hold no memory that a member needs': async () => {
            const sockets = [];
            const stranger = () => new Promise((resolve) => {
                const socket = connect(f.house.port, f.house.host);
                sockets.push(socket);
                let heard = '';
                socket.on('error', resolve);
                socket.on('data', (part) => {
                    heard += part;
                    resolve(heard);
                });
                socket.write(`${head('POST /api/v1/accounts HTTP/1.1')}Content-Type: application/json\r\nContent-Length: 1048576\r\n\r\n{"name":"`);
                // All of it but the end, and then nothing.
                socket.write(Buffer.alloc(1_000_000, 'a'), () => setImmediate(resolve));
            });
            try {
                await Promise.all(many(300, stranger).map((one) => one()));
                const made = await f.house.call(f.rep, 'POST', '/accounts', Array.from({ length: 300 }, (_, i) => ({ name: `Served meanwhile ${i}`, remarks: 'x'.repeat(2_000) })));
                assert.equal(made.status, 201, made.text);
            } finally {
                for (const socket of sockets) socket.destroy();
            }
        },
        'slow: 60 clients who do not listen to 16 MiB are left, and their answers with them': async () => {
            const bytes = Buffer.alloc(16 << 20, 'a');
            const path = `/api/v1/attachments?name=large.txt&object=deal&id=${f.ids.deal}`;
            const made = await f.house.send('POST', path, { headers: { Authorization: `Bearer ${f.house.token(f.rep)}`, 'Content-Type': 'application/octet-stream' }, body: bytes });
            assert.equal(made.status, 201, made.text);
            const request = `${head(`GET /api/v1/attachments/${made.body.id}/content HTTP/1.1`)}Authorization: Bearer ${f.house.token(f.rep)}\r\n\r\n`;
            await borne(many(60, () => deaf(request, 45_000)), (got) => assert.ok(got < bytes.length, `all ${got} bytes came`));
        },
        ...(installed('slowhttptest') && {
            'slow: slowhttptest finds the service there, in heads, bodies and ranges': async () => {
                const url = `http://${f.house.host}:${f.house.port}/api/v1/session`;
                for (const mode of [['-H'], ['-B', '-t', 'POST'], ['-R']]) {
                    const { stdout } = await promisify(execFile)('slowhttptest', ['-c', '300', ...mode, '-i', '2', '-r', '300', '-l', '6', '-p', '3', '-u', url], { encoding: 'latin1' });
                    // eslint-disable-next-line no-control-regex
                    const plain = stdout.replace(/\x1b\[[0-9;]*m/g, '');
                    assert.match(plain, /service available:\s+YES/, mode.join(' '));
                    assert.doesNotMatch(plain, /service available:\s+NO/, mode.join(' '));
                }
            },
        }),
    };
};
