// Asks and remembers: every answer of a watched member is kept whole, so that at the end no byte of it may hold a secret of others.
import http from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { unpacked } from '../served/zip.mjs';

const jobTimeout = 60_000;

export class Asker {
    #house;
    #token;
    #about = '';
    kept = [];
    notified = [];

    constructor(house, email) {
        this.#house = house;
        this.#token = house.token(email);
    }

    #keep(asked, { status, headers, text, bytes }) {
        this.kept.push({ asked: this.#about + asked, said: `${status} ${JSON.stringify(headers)} ${text}`, bytes });
    }

    async send(method, path, { headers = {}, body } = {}) {
        const all = { Authorization: `Bearer ${this.#token}`, ...headers };
        if (body !== undefined) all['Content-Length'] = Buffer.byteLength(body);
        const answer = await this.#house.send(method, path, { headers: all, body });
        this.#keep(`${method} ${decodeURIComponent(path)} ${body ?? ''}`, answer);
        return answer;
    }

    ask(method, path, json, headers = {}) {
        const body = json === undefined ? undefined : JSON.stringify(json);
        return this.send(method, path.startsWith('/openapi') ? path : `/api/v1${path}`, { headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers }, body });
    }

    // Follows the job of a 202 to its end → the answer of GET /jobs/{id}.
    async finished(started) {
        if (started.status !== 202) return started;
        for (const until = Date.now() + jobTimeout; Date.now() < until; await wait(20)) {
            const job = await this.ask('GET', `/jobs/${started.body.job}`);
            if (!['waiting', 'running'].includes(job.body?.state)) return job;
        }
        throw new Error('the job did not end');
    }

    // The file of an export: its text, or the texts of its parts.
    async exported(plural, request) {
        const job = await this.finished(await this.ask('POST', `/${plural}/export`, request));
        if (job.body?.state !== 'done') return { status: job.status, text: job.text };
        const file = await this.ask('GET', `/jobs/${job.body.id}/file`);
        if (request.format !== 'xlsx') return file;
        const text = unpacked(file.bytes);
        this.kept.push({ asked: `${plural} ${JSON.stringify(request)}`, said: text });
        return { status: file.status, headers: {}, text };
    }

    async imported(plan, files, dry = true) {
        const ids = {};
        this.#about = `${plan} ${Object.values(files).join(' ')} `;
        try {
            for (const [name, text] of Object.entries(files)) {
                const sent = await this.upload(name, text);
                if (sent.status !== 201) return sent;
                ids[name] = sent.body.file;
            }
            return await this.finished(await this.ask('POST', '/imports', { plan, files: ids, dry_run: dry }));
        } finally {
            this.#about = '';
        }
    }

    upload(name, text) {
        return this.send('POST', `/api/v1/imports/files?name=${name}`, { headers: { 'Content-Type': 'application/octet-stream' }, body: text });
    }

    // The stream of changes from `last` on: while `during` runs and until an event of the record `marker` → the changes told. What it told
    // of notifications lies in `notified`: a day's news comes when the server finds the time.
    async heard(last, during, marker) {
        const headers = { Authorization: `Bearer ${this.#token}`, ...(last !== undefined && { 'Last-Event-ID': String(last) }) };
        let text = '', end;
        const done = new Promise((resolve, reject) => {
            end = resolve;
            setTimeout(() => reject(new Error(`no event of the marker: ${text.slice(-500)}`)), 10_000).unref();
        });
        const request = http.request({ host: this.#house.host, port: this.#house.port, path: '/api/v1/changes', agent: false, headers });
        const opened = new Promise((resolve) => request.on('response', (response) => {
            resolve();
            response.on('data', (part) => {
                text += part;
                if (text.includes(`"${marker}"`) && text.endsWith('\n\n')) end();
            });
            response.on('error', () => {});
        }));
        request.end();
        await opened;
        await during();
        await done;
        request.destroy();
        this.kept.push({ asked: 'GET /changes', said: text });
        const told = [...text.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, event, data]) => ({ event, ...JSON.parse(data) }));
        this.notified.push(...told.filter(({ event }) => event === 'notification').map(({ id }) => id));
        return told.filter(({ event }) => event !== 'notification');
    }
}
