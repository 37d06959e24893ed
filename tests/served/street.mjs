// Two organisations in one server, told apart by their host names.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminEmail as admin, answerOf } from './house.mjs';

export const password = 'correct horse battery staple', acme = 'crm.acme.example', globex = 'sales.globex.example';

// Two organisations under one address, with an administrator of the same e-mail and password each.
export class Street {
    static async open(binary, { database = () => [], serve = [] } = {}) {
        const street = new Street();
        Object.assign(street, { binary, serve });
        street.directory = mkdtempSync(join(tmpdir(), 'shangdao-'));
        street.data = Object.fromEntries([acme, globex].map((host) => [host, join(street.directory, host.split('.')[1])]));
        street.tokens = {};
        for (const host of [acme, globex]) {
            street.command(host, ['init', '--org', host, '--admin', admin, '--password-stdin', ...database(host)], password);
            street.command(host, ['hosts', host]);
        }
        await street.#serve();
        for (const host of [acme, globex]) street.tokens[host] = street.command(host, ['token', 'create', '--user', admin, '--name', 'tests']).trim();
        return street;
    }

    command(host, words, input) {
        const count = words[0] === 'token' ? 2 : 1;
        return execFileSync(this.binary, [...words.slice(0, count), '--data', this.data[host], ...words.slice(count)], { input: `${input ?? ''}\n`, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, LANG: 'en' } });
    }

    #serve() {
        this.process = spawn(this.binary, ['serve', '--data', this.data[acme], '--data', this.data[globex], '--listen', '127.0.0.1:0', '--workers', '2', ...this.serve], { stdio: ['ignore', 'pipe', 'pipe'] });
        return new Promise((resolve, reject) => {
            let said = '';
            this.process.stderr.on('data', (bytes) => { said += bytes; });
            this.process.stdout.on('data', (bytes) => {
                said += bytes;
                this.port = Number(/listening on http:\/\/127\.0\.0\.1:(\d+)\n/.exec(said)?.[1]);
                this.said = said;
                if (this.port && said.includes(globex)) resolve();
            });
            this.process.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
        });
    }

    ask(host, method, path, { body, headers = {} } = {}) {
        const all = { Host: host, 'Accept-Language': 'en', ...(body === undefined || headers['Content-Type'] ? {} : { 'Content-Type': 'application/json' }), ...headers };
        return new Promise((resolve, reject) => {
            const request = http.request({ host: '127.0.0.1', port: this.port, method, path, agent: false, headers: all }, (response) => {
                const parts = [];
                response.on('data', (part) => parts.push(part));
                response.on('end', () => resolve(answerOf(response, Buffer.concat(parts))));
            });
            request.on('error', reject);
            request.end(body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body));
        });
    }

    // As the administrator of `host`, by the token made there.
    async must(status, host, method, path, options = {}) {
        const answer = await this.ask(host, method, path, { ...options, headers: { Authorization: `Bearer ${this.tokens[host]}`, ...options.headers } });
        assert.equal(answer.status, status, `${method} ${path} of ${host}: ${answer.text.slice(0, 300)}`);
        return answer;
    }

    async head(host) {
        return Number(/^shangdao_ledger_head (\d+)$/m.exec((await this.ask(host, 'GET', '/metrics')).text)[1]);
    }

    async close() {
        const gone = new Promise((done) => this.process.on('exit', done));
        this.process.kill('SIGTERM');
        const code = await gone;
        rmSync(this.directory, { recursive: true, force: true });
        return code;
    }
}
