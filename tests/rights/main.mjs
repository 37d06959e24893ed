// tests/rights/run <binary> – random organisations, each member, every way to the records: the server's answer is the model's, or the first
// difference is told with its seed. A decision is one member and one record (or field) in one position.
import { Model, through } from './model.mjs';
import { World } from './world.mjs';

const [binary] = process.argv.slice(2);
if (!binary) {
    console.error('tests/rights/run <binary>');
    process.exit(2);
}
const seed = Number(process.env.SHANGDAO_SEED ?? Math.floor(Math.random() * 2 ** 31));
const worlds = Number(process.env.RIGHTS_WORLDS ?? 8);
const selfTest = process.env.RIGHTS_SELF_TEST === '1';
const clauses = ['team', 'rules', 'shares', 'climbing', 'parents', 'hidden criteria', 'restrictions', 'locks', 'locks by hand', 'by parent', 'territories', 'nested groups', 'classes'];
const sorts = { account: ['', 'name', '-name', '-annual_revenue', 'owner'], contact: ['', 'name', '-created_at'], lead: ['', '-name', 'owner'], deal: ['', 'name', 'amount', '-amount', '-owner', 'stage'], activity: ['', '-created_at'] };
const plurals = { account: 'accounts', contact: 'contacts', lead: 'leads', deal: 'deals', activity: 'activities' };
const guarded = { deal: 'amount', account: 'annual_revenue', lead: 'mobile' };

class Judge {
    decisions = 0;
    differences = [];
    constructor(world, model, name) {
        Object.assign(this, { world, model, name });
    }

    differ(member, where, got, right) {
        this.differences.push(`${this.name}, ${member.email} (${member.roles}), ${where}: ${JSON.stringify(got)}, should be ${JSON.stringify(right)}`);
    }
    same(member, where, got, right) {
        const is = [...got].sort(), should = [...right].sort();
        if (JSON.stringify(is) !== JSON.stringify(should)) this.differ(member, where, { more: is.filter((one) => !should.includes(one)), less: should.filter((one) => !is.includes(one)) }, should.length);
    }
    ask(member, method, path, json, headers) {
        return this.world.house.call(member.email, method, path, json, headers);
    }

    async judge(member) {
        for (const object of Object.keys(through)) await this.object(member, object);
        for (const [object, field] of Object.entries(guarded)) await this.field(member, object, field);
        for (const record of this.model.records) await this.record(member, record);
    }

    async object(member, object) {
        const plural = plurals[object], mine = this.model.records.filter((record) => record.object === object);
        const right = mine.filter((record) => this.model.reads(member, record)).map(({ id }) => id);
        const readable = this.model.level(member, object, 'read') !== 'none';
        const hidden = guarded[object] && ['hidden', 'masked'].includes(this.model.field(member, object, guarded[object]));
        const lists = [...sorts[object].filter((sort) => !(hidden && sort.includes(guarded[object]))).map((sort) => ({ sort })),
            { filter: 'owner is not null' }, { filter: 'not (created_at is null)', sort: '-created_at' }, { q: '海' }, { filter: `id in (${mine.map(({ id }) => `"${id}"`).join(',')})` }];
        for (const words of lists) {
            const where = `${plural} ${JSON.stringify(words).slice(0, 60)}`;
            const { status, body } = await this.ask(member, 'GET', `/${plural}?${new URLSearchParams({ limit: 1000, count: 'exact', fields: 'id', ...words })}`);
            this.decisions += mine.length;
            if (status !== (readable ? 200 : 404)) this.differ(member, where, status, readable);
            if (status !== 200) continue;
            this.same(member, where, body.data.map(({ id }) => id), right);
            if (body.count !== right.length) this.differ(member, `${where}, counted`, body.count, right.length);
        }
        if (!readable) return;
        const locked = await this.ask(member, 'GET', `/${plural}?${new URLSearchParams({ limit: 1000, fields: 'id', filter: 'id in locked()' })}`);
        this.same(member, `${plural} that are locked`, locked.body.data.map(({ id }) => id), mine.filter((record) => record.locked && right.includes(record.id)).map(({ id }) => id));
        const pages = [];
        for (let after = ''; after !== null;) {
            const { body } = await this.ask(member, 'GET', `/${plural}?${new URLSearchParams({ limit: 4, fields: 'id', sort: '-created_at', ...(after ? { after } : {}) })}`);
            pages.push(...body.data.map(({ id }) => id));
            after = body.next;
        }
        this.same(member, `${plural}, page by page`, pages, right);
        const { body } = await this.ask(member, 'POST', '/query', { from: plural, group: ['owner'], measures: { n: 'count()' } });
        const owners = new Map();
        for (const record of mine) if (right.includes(record.id)) owners.set(record.owner, (owners.get(record.owner) ?? 0) + 1);
        this.same(member, `${plural} by owner`, body.rows.map((row) => `${row.owner.id} ${row.n}`), [...owners].map(([owner, n]) => `${owner} ${n}`));
        const found = await this.ask(member, 'GET', `/search?${new URLSearchParams({ q: 'hai', limit: 200 })}`);
        this.same(member, `search for ${plural}`, found.body.data.filter((hit) => hit.object === object).map(({ id }) => id), right);
        this.decisions += 3 * mine.length;
    }

    // A hidden field is a name nobody knows, a masked one has no order, in every position.
    async field(member, object, field) {
        if (this.model.level(member, object, 'read') === 'none') return;
        const plural = plurals[object], level = this.model.field(member, object, field);
        const positions = [['filter', 'GET', `/${plural}?${new URLSearchParams({ filter: `${field} > "1"`, limit: 1 })}`], ['sort', 'GET', `/${plural}?sort=${field}&limit=1`], ['fields', 'GET', `/${plural}?fields=${field}&limit=1`],
            ['group', 'POST', '/query', { from: plural, group: [field], measures: { n: 'count()' } }], ['measure', 'POST', '/query', { from: plural, measures: { n: `max(${field})` } }], ['select', 'POST', '/query', { from: plural, select: [field], limit: 1 }]];
        for (const [position, method, path, json] of positions) {
            const { status, text, body } = await this.ask(member, method, path, json);
            this.decisions += 1;
            if (level === 'hidden') {
                // The same with its last letter lost: neither is known, and neither is told as the other's nearest.
                const lost = field.slice(0, -1);
                const unknown = await this.ask(member, method, path.replaceAll(field, lost), json && JSON.parse(JSON.stringify(json).replaceAll(field, lost)));
                if (status !== unknown.status || body.code !== unknown.body.code || unknown.text.includes(field)) this.differ(member, `${plural}.${field} in ${position}`, [status, text.slice(0, 160)], [unknown.status, unknown.text.slice(0, 160)]);
            }
            if (level === 'masked' && ['sort', 'group', 'measure'].includes(position) && status < 400) this.differ(member, `${plural}.${field}, masked, in ${position}`, status, 'a refusal');
            if (['read', 'edit'].includes(level) && ['sort', 'fields', 'group', 'select'].includes(position) && status !== 200) this.differ(member, `${plural}.${field} in ${position}`, [status, text.slice(0, 160)], 200);
        }
    }

    async record(member, record) {
        const { model } = this, path = `/${record.plural}/${record.id}`, reads = model.reads(member, record), edits = model.edits(member, record);
        for (const one of [path, `${path}/timeline`, `${path}/history`, `${path}/why`, `${path}/shares`, `${path}/lock`]) {
            const { status, body } = await this.ask(member, 'GET', one);
            this.decisions += 1;
            if ((status === 200) !== reads || (!reads && status !== 404)) this.differ(member, one, status, reads);
            if (status === 200 && one.endsWith('/lock') && (body.may !== model.locks(member, record) || (body.lock !== null) !== record.locked)) this.differ(member, one, body, [model.locks(member, record), record.locked]);
            if (status === 200 && one.endsWith('/shares') && body.may !== model.deletes(member, record)) this.differ(member, `${one}, may`, body.may, model.deletes(member, record));
        }
        const head = await this.world.house.ledgerHead();
        const changed = await this.ask(member, 'PATCH', path, {}, { 'If-Match': '*' });
        const allowed = model.locked(member, record) ? 423 : 200;
        const right = edits ? allowed : reads ? 403 : 404;
        this.decisions += 1;
        if (changed.status !== right) this.differ(member, `PATCH ${path}`, [changed.status, changed.text.slice(0, 300)], right);
        const handed = await this.ask(member, 'POST', `${path}/actions/hand_over`, { owner: record.owner });   // to whom it belongs already
        const may = model.handsOver(member, record) ? allowed : reads ? 403 : 404;
        this.decisions += 1;
        if (handed.status !== may) this.differ(member, `POST ${path}/actions/hand_over`, [handed.status, handed.text.slice(0, 200)], may);
        // What changes nothing: locking what is locked, unlocking what is not.
        const turned = await this.ask(member, 'POST', `${path}/actions/${record.locked ? 'lock' : 'unlock'}`, { reason: 'r' });
        const turns = model.locks(member, record) ? (record.locked ? 423 : 200) : reads ? 403 : 404;
        this.decisions += 1;
        if (turned.status !== turns) this.differ(member, `locking ${path}`, [turned.status, turned.text.slice(0, 200)], turns);
        if ((await this.world.house.ledgerHead()) !== head) this.differ(member, `PATCH ${path}`, 'an event', 'nothing written');
    }
}

let passed = 0, failed = 0, decisions = 0;
const started = Date.now();
const noticed = new Set();
for (let i = 0; i < worlds; ++i) {
    const world = await World.open(binary, seed + i);
    try {
        for (const leave_out of selfTest ? clauses.filter((clause) => !noticed.has(clause)) : ['']) {
            const judge = new Judge(world, new Model(world.facts, leave_out), `seed ${seed + i}`);
            for (const member of world.facts.members) {
                await judge.judge(member);
                if (selfTest && judge.differences.length > 0) break;
            }
            decisions += judge.decisions;
            if (selfTest) {
                if (judge.differences.length > 0) noticed.add(leave_out);
                continue;
            }
            // What it holds in memory of all that is what the store says.
            const checked = world.house.command(['check']);
            if (!/ 0 findings\n\d+ facts of rights held by the server, 0 differ from the store\n/.test(checked)) judge.differences.push(`seed ${seed + i}, check: ${checked}`);
            const counted = await world.house.counted('shangdao_rights_differences');
            if (counted !== 0) judge.differences.push(`seed ${seed + i}, /metrics: ${counted} differences`);
            if (judge.differences.length === 0) ++passed;
            else ++failed;
            for (const difference of judge.differences.slice(0, 10)) console.log(`failed   ${difference.slice(0, 700)}`);
        }
    } finally {
        await world.house.close();
    }
}
if (selfTest)
    for (const clause of clauses) {
        console.log(`${noticed.has(clause) ? 'passed' : 'failed'}   a model without ${clause} is found out`);
        if (noticed.has(clause)) ++passed;
        else ++failed;
    }
console.log(`seed ${seed}: ${worlds} organisations, ${decisions} decisions in ${((Date.now() - started) / 1000).toFixed(1)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
