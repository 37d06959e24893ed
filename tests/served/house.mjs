// A served organisation for tests: a data directory of its own, the real binary on a free port, a clock the test moves, and plain
// HTTP. Nothing is shared between two houses, so suites run side by side.
import { spawn, execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { addressIn, createDatabase, dropDatabase } from './cluster.mjs';

export const adminEmail = 'admin@example.com';
const startTimeout = 60_000;
const large = 1 << 16;    // bytes of a body
// The cluster (cluster.mjs) in which every house has a database of its own; without one the records are in a file.
const cluster = process.env.SHANGDAO_TEST_CLUSTER;

// A suite that is cut short leaves no server behind.
const serving = new Set();
process.on('exit', () => serving.forEach((house) => house.abandon()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

export class House {
    #binary;
    #directory;
    #process;
    #tokens = new Map();
    #database;

    // Makes the organisation and serves it; the clock stands at `at`, an ISO instant. `password` lets the administrator sign in;
    // `admin: null` leaves the first set-up to whoever has the link, which is then `setup`.
    static async open(binary, at, { password, currency = 'CNY', admin = adminEmail, serve = [], through = [] } = {}) {
        const house = new House();
        Object.assign(house, { serve, through });
        house.#binary = binary;
        house.#directory = mkdtempSync(join(tmpdir(), 'shangdao-'));
        if (cluster) {
            house.#database = basename(house.#directory).toLowerCase().replaceAll('-', '_');
            createDatabase(cluster, house.database);
        }
        house.setTime(at);
        try {
            const stdin = password ? ['--password-stdin'] : [];
            house.command(['init', '--org', '示例公司', ...(admin ? ['--admin', admin] : []), '--currency', currency, ...stdin, ...house.#db(), ...house.#clock()], password);
            await house.#serve();
        } catch (error) {
            await house.close();
            throw error;
        }
        return house;
    }

    // A second server of the same organisation, on a database that both write: the keys are copied, the files are one directory's.
    async twin() {
        const twin = new House();
        Object.assign(twin, { serve: this.serve, through: this.through });
        twin.#binary = this.#binary;
        twin.#database = this.database;
        twin.#directory = mkdtempSync(join(tmpdir(), 'shangdao-'));
        mkdirSync(join(twin.data, 'orgs', 'main'), { recursive: true });
        copyFileSync(join(this.data, 'server.json'), join(twin.data, 'server.json'));
        symlinkSync(join(this.data, 'orgs', 'main', 'files'), join(twin.data, 'orgs', 'main', 'files'));
        symlinkSync(join(this.#directory, 'clock'), join(twin.#directory, 'clock'));
        twin.#tokens = this.#tokens;
        await twin.#serve();
        return twin;
    }

    #clock = () => ['--clock-file', join(this.#directory, 'clock')];

    #db = () => (cluster ? ['--db', addressIn(cluster, this.database)] : []);
    // Its name, where the records are in one.
    get database() {
        return this.#database;
    }

    // What is on the disk: the data directory of the organisation.
    get data() {
        return join(this.#directory, 'data');
    }

    // Of the server, as the system counts it.
    get pid() {
        return this.#process.pid;
    }

    setTime(at) {
        const file = join(this.#directory, 'clock');
        writeFileSync(`${file}.next`, `${new Date(at).toISOString().replace(/\.000Z$/, 'Z')}\n`);
        renameSync(`${file}.next`, file);
    }

    // A command of the program on this data directory: in the running server once there is one. Gives what it printed.
    command(words, input) {
        const count = words[0] === 'token' || words[0] === 'user' ? 2 : 1;
        const call = [...words.slice(0, count), '--data', this.data, ...words.slice(count)];
        return execFileSync(this.#binary, call, { input: input ? `${input}\n` : '', encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
    }

    #serve() {
        const call = ['serve', '--data', this.data, '--listen', '127.0.0.1:0', '--workers', '2', ...this.serve, ...this.#clock()];
        const [program, ...words] = [...this.through, this.#binary, ...call];
        this.#process = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
        this.log = '';
        serving.add(this);
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error('the server did not say its address')), startTimeout);
            let said = '';
            this.#process.stderr.on('data', (bytes) => { this.log = (this.log + bytes).slice(-20_000); });
            this.#process.stdout.on('data', (bytes) => {
                said += bytes;
                const address = /listening on http:\/\/([\d.]+):(\d+)/.exec(said);
                this.setup = /\/setup#(\S+)\n/.exec(said)?.[1];
                if (!address) return;
                clearTimeout(timer);
                [, this.host, this.port] = [null, address[1], Number(address[2])];
                resolve();
            });
            this.#process.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${this.log}`)));
        });
    }

    // An API token of a member, made once; `scopes` make it less than the member.
    token(email, scopes = []) {
        const key = [email, ...scopes].join(' ');
        if (!this.#tokens.has(key)) {
            const words = scopes.flatMap((scope) => ['--scope', scope]);
            this.#tokens.set(key, this.command(['token', 'create', '--user', email, '--name', 'tests', '--days', '3650', ...words]).trim());
        }
        return this.#tokens.get(key);
    }

    // One request on a connection of its own → {status, headers, bytes, text, body}; `body` is the answer read as JSON where it is JSON.
    send(method, path, { headers = {}, body } = {}) {
        // A large body is asked for first: where it is refused at its head, who still writes it may never read why.
        const asks = body !== undefined && Buffer.byteLength(body) > large;
        return new Promise((resolve, reject) => {
            const request = http.request({ host: this.host, port: this.port, method, path, agent: false, headers: asks ? { ...headers, Expect: '100-continue' } : headers }, (response) => {
                const parts = [];
                response.on('data', (part) => parts.push(part));
                response.on('error', reject);
                response.on('end', () => {
                    resolve(answerOf(response, Buffer.concat(parts)));
                    if (asks) request.destroy();
                });
            });
            request.on('error', reject);
            if (asks) request.on('continue', () => request.end(body)).flushHeaders();
            else request.end(body);
        });
    }

    // As a member, with JSON; `ask` is a path below /api/v1.
    call(email, method, ask, json, headers = {}) {
        const all = { Authorization: `Bearer ${this.token(email)}`, ...headers };
        const body = json === undefined ? undefined : JSON.stringify(json);
        if (body !== undefined) Object.assign(all, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
        return this.send(method, `/api/v1${ask}`, { headers: all, body });
    }

    // The number of the ledger's last event.
    ledgerHead() {
        return this.counted('shangdao_ledger_head');
    }

    // What /metrics says of `series`, a name with its labels.
    async counted(series) {
        const { text } = await this.send('GET', '/metrics');
        return Number(text.split('\n').find((line) => line.startsWith(`${series} `)).slice(series.length + 1));
    }

    // A command beside the server, which goes on meanwhile. Gives {process, ended}: the second becomes {code, signal, out, error}.
    beside(words, { through = [] } = {}) {
        const [program, ...call] = [...through, this.#binary, ...words];
        const process = spawn(program, call, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...globalThis.process.env, LANG: 'en' } });
        const said = { out: '', error: '' };
        process.stdout.on('data', (bytes) => { said.out += bytes; });
        process.stderr.on('data', (bytes) => { said.error += bytes; });
        return { process, ended: new Promise((resolve) => process.on('close', (code, signal) => resolve({ code, signal, ...said }))) };
    }

    // Asks the server to end; gives its exit code.
    async terminate() {
        this.#process.kill('SIGTERM');
        return this.ended();
    }

    // The exit code of the server, once it has ended of its own accord.
    ended() {
        const served = this.#process;
        if (served.exitCode !== null) return Promise.resolve(served.exitCode);
        return new Promise((resolve) => served.on('exit', resolve));
    }

    // Ends the server as a power failure would, between any two instructions; what is on the disk stays.
    async kill() {
        const ended = new Promise((resolve) => this.#process.on('exit', resolve));
        this.#process.kill('SIGKILL');
        await ended;
    }

    // Serves again what was killed, on another port.
    reopen() {
        return this.#serve();
    }

    abandon() {
        this.#process?.kill('SIGKILL');
        rmSync(this.#directory, { recursive: true, force: true });
    }

    async close() {
        const served = this.#process;
        serving.delete(this);
        if (served && served.exitCode === null && served.signalCode === null) {
            const ended = new Promise((resolve) => served.on('exit', resolve));
            served.kill('SIGTERM');
            await ended;
        }
        if (cluster) dropDatabase(cluster, this.database);
        rmSync(this.#directory, { recursive: true, force: true });
    }
}

export function answerOf(response, bytes) {
    const text = bytes.toString();
    const answer = { status: response.statusCode, headers: response.headers, bytes, text, body: null };
    if (/json/.test(response.headers['content-type'] ?? '') && text !== '') answer.body = JSON.parse(text);
    return answer;
}
