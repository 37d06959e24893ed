// One organisation and what its people do with imports: bring a file, start by a plan, follow the job to its end.
import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { adminEmail, House } from '../served/house.mjs';

export const at = '2026-03-02T01:00:00Z';
export const password = 'correct horse battery staple';

// Two who import and see their own accounts alone, one field of them not even by name; one who may not import.
const own = { create: true, read: 'own', edit: 'own', delete: 'own', export: 'own', bulk: 'own' };
const clerkRights = { general: ['import', 'export'], objects: { '*': own, account: { ...own, fields: { annual_revenue: 'hidden' } }, member: { read: 'all' }, product: { read: 'all' }, role: {} } };

export class World {
    ids = {};
    admin = adminEmail;
    clerk = 'lilei@example.com';
    other = 'chenming@example.com';
    rep = 'zhaoyun@example.com';

    static async open(binary, { currency } = {}) {
        const world = new World();
        world.house = await House.open(binary, at, { password, currency });
        try {
            await world.make('role', '/roles', { name: 'Clerk', key: 'clerk', rights: JSON.stringify(clerkRights) });
            await world.make('clerk', '/members', { name: 'Li Lei', email: world.clerk, roles: ['clerk'] });
            await world.make('other', '/members', { name: 'Chen Ming', email: world.other, roles: ['clerk'] });
            await world.make('rep', '/members', { name: 'Zhao Yun', email: world.rep, roles: ['rep'] });
            return world;
        } catch (error) {
            await world.house.close();
            throw error;
        }
    }

    call(who, method, ask, json, headers) {
        return this.house.call(who, method, ask, json, headers);
    }

    async must(status, who, method, ask, json, headers) {
        const answer = await this.call(who, method, ask, json, headers);
        assert.equal(answer.status, status, `${method} ${ask}: ${answer.text}`);
        return answer.body;
    }

    async make(name, ask, json, who = this.admin) {
        this.ids[name] = (await this.must(201, who, 'POST', ask, json)).id;
        return this.ids[name];
    }

    upload(who, name, bytes, headers = {}) {
        const all = { Authorization: `Bearer ${this.house.token(who)}`, 'Content-Type': 'application/octet-stream', 'Content-Length': Buffer.byteLength(bytes), ...headers };
        return this.house.send('POST', `/api/v1/imports/files?name=${encodeURIComponent(name)}`, { headers: all, body: bytes });
    }

    async uploaded(who, name, bytes) {
        const answer = await this.upload(who, name, bytes);
        assert.equal(answer.status, 201, answer.text);
        return answer.body;
    }

    async start(who, plan, files, dry = false) {
        const ids = {};
        for (const [name, bytes] of Object.entries(files)) ids[name] = (await this.uploaded(who, name, bytes)).file;
        return (await this.must(202, who, 'POST', '/imports', { plan, files: ids, dry_run: dry })).job;
    }

    job(who, id) {
        return this.must(200, who, 'GET', `/jobs/${id}`);
    }

    // The job as soon as `enough` of it is done, or when it has ended. Nobody waits by the clock: each look is an answer of the server.
    async seen(who, id, enough) {
        for (let before = 0; ;) {
            const job = await this.job(who, id);
            assert.ok(job.progress.done >= before, `progress went back from ${before} to ${job.progress.done}`);
            before = job.progress.done;
            if (!['waiting', 'running'].includes(job.state) || enough(job)) return job;
        }
    }

    ended(who, id) {
        return this.seen(who, id, () => false);
    }

    // A whole import → its result.
    async imported(who, plan, files, dry = false) {
        const job = await this.ended(who, await this.start(who, plan, files, dry));
        assert.equal(job.state, 'done', JSON.stringify(job.problem));
        return job.result;
    }

    async undone(who, id) {
        const job = await this.ended(who, (await this.must(202, who, 'POST', `/imports/${id}/undo`)).job);
        assert.equal(job.state, 'done', JSON.stringify(job.problem));
        return job.result;
    }

    async count(who, plural, filter = '', more = '') {
        return (await this.must(200, who, 'GET', `/${plural}?${new URLSearchParams({ filter, limit: 1, count: 'exact' })}${more}`)).count;
    }

    async one(who, plural, filter) {
        const { data } = await this.must(200, who, 'GET', `/${plural}?${new URLSearchParams({ filter })}`);
        assert.equal(data.length, 1, `${plural} where ${filter}: ${data.length}`);
        return data[0];
    }

    errors(who, id, { format, language = 'en' } = {}) {
        const headers = { Authorization: `Bearer ${this.house.token(who)}`, 'Accept-Language': language };
        return this.house.send('GET', `/api/v1/imports/${id}/errors${format ? `?format=${format}` : ''}`, { headers });
    }

    // Every file that people brought or that imports made, with its length.
    files() {
        const found = [];
        const look = (directory) => {
            for (const entry of readdirSync(directory, { withFileTypes: true })) {
                const path = join(directory, entry.name);
                if (entry.isDirectory()) look(path);
                else if (!/\.(db|sqlite)(-wal|-shm)?$|^lock$|\.sock$/.test(entry.name)) found.push(`${path.slice(this.house.data.length)} ${statSync(path).size}`);
            }
        };
        look(this.house.data);
        return found.sort();
    }

    // All that a refusal must leave as it was.
    async everything() {
        const counts = [await this.house.ledgerHead()];
        for (const plural of ['accounts', 'contacts', 'deals', 'members']) counts.push(await this.count(this.admin, plural));
        return [...counts, ...this.files()].join('\n');
    }
}

// A plan of one file of accounts: columns as "heading: field".
export function accounts(columns, { key = ['code'], policy = 'skip', file = 'a.csv', more = '' } = {}) {
    const lines = Object.entries(columns).map(([heading, field]) => `      ${heading}: ${typeof field === 'string' ? `{field: ${field}}` : JSON.stringify(field)}`);
    return `name: Accounts\nobjects:\n  - file: ${file}\n    object: account\n${key.length ? `    key: [${key}]\n` : ''}    on_duplicate: ${policy}\n${more}    columns:\n${lines.join('\n')}\n`;
}

export const csv = (...rows) => `${rows.map((row) => (Array.isArray(row) ? row.join(',') : row)).join('\r\n')}\r\n`;
