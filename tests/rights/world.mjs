// A random organisation, made through the API as its administrator would, and then read back: the facts that the model judges by.
import { adminEmail, House } from '../served/house.mjs';
import { through } from './model.mjs';

export const at = '2026-03-02T01:00:00Z';
const objects = Object.keys(through);

// Small and repeatable (mulberry32).
export function dice(seed) {
    let state = seed >>> 0;
    const next = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
    return { below: (n) => Math.floor(next() * n), one: (list) => list[Math.floor(next() * list.length)], often: (share) => next() < share };
}

export class World {
    static async open(binary, seed) {
        const world = new World();
        world.house = await House.open(binary, at);
        try {
            await world.#furnish(dice(seed));
        } catch (error) {
            await world.house.close();
            throw error;
        }
        return world;
    }

    async done(method, path, json, headers) {
        const answer = await this.house.call(adminEmail, method, path, json, headers);
        if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 400)} for ${JSON.stringify(json)?.slice(0, 300)}`);
        return answer.body;
    }

    async #furnish(random) {
        this.facts = { roles: {}, members: [], groups: {}, territories: {}, rules: [], shares: [], records: [] };
        await this.#roles(random);
        await this.#members(random);
        await this.#territories(random);
        await this.#records(random);
        await this.#sharing(random);
    }

    async #roles(random) {
        for (let i = 0; i < 4; ++i) {
            const right = () => {
                const read = random.one(['none', 'own', 'own', 'team', 'team', 'all']);
                const up_to = ['none', 'own', 'team', 'all'].slice(0, 1 + ['none', 'own', 'team', 'all'].indexOf(read));
                return { read, edit: random.one(up_to), delete: random.one(up_to), ...(random.often(0.5) ? { verbs: ['lock'] } : {}) };
            };
            const all = { read: 'all' };
            const rights = { '*': right(), member: all, team: all, product: all };
            for (const object of objects) if (random.often(0.6)) rights[object] = right();
            for (const [object, field] of [['deal', 'amount'], ['account', 'annual_revenue'], ['lead', 'mobile']])
                if (random.often(0.35)) rights[object] = { ...(rights[object] ?? rights['*']), fields: { [field]: random.one(['hidden', 'masked', 'read']) } };
            const key = `r${i}`;
            const role = { objects: rights, ...(random.often(0.3) ? { classes: { personal: random.one(['hidden', 'masked', 'read']) } } : {}) };
            await this.done('POST', '/roles', { name: key, key, rights: JSON.stringify(role) });
            this.facts.roles[key] = role;
        }
    }

    async #members(random) {
        const teams = [];
        for (const name of ['North', 'South']) teams.push((await this.done('POST', '/teams', { name })).id);
        for (let i = 0; i < 12; ++i) {
            const member = { email: `m${i}@example.com`, roles: [`r${random.below(4)}`, ...(random.often(0.2) ? [`r${random.below(4)}`] : [])] };
            member.roles = [...new Set(member.roles)];
            member.manager = i > 0 && random.often(0.7) ? random.one(this.facts.members).id : null;
            member.team = random.often(0.6) ? random.one(teams) : null;
            const { email, roles, manager, team } = member;
            member.id = (await this.done('POST', '/members', { name: `m${i}`, email, roles, ...(manager ? { manager } : {}), ...(team ? { team } : {}) })).id;
            this.facts.members.push(member);
        }
        this.teams = teams;
    }

    // A tree of nodes, each with a few of the members.
    async #tree(random, path, rows, node, count, more, share) {
        const tree = {};
        for (let i = 0; i < count; ++i) {
            const parent = random.often(0.5) ? (random.one(Object.keys(tree)) ?? null) : null;
            const extra = more();
            const { id } = await this.done('POST', path, { name: `n${i}`, ...(parent ? { parent } : {}), ...extra });
            tree[id] = { parent, ...extra, members: this.facts.members.filter(() => random.often(share)).map((member) => member.id) };
            for (const member of tree[id].members) await this.done('POST', rows, { [node]: id, member });
        }
        return tree;
    }

    async #territories(random) {
        this.facts.territories = await this.#tree(random, '/territories', '/territory_members', 'territory', random.below(4), () => ({ level: random.one(['read', 'edit']) }), 0.12);
    }

    // Made as the administrator for their owners; what they came to be is read back.
    async #records(random) {
        const ids = {};
        const owner = () => random.one(this.facts.members).id;
        const make = async (object, plural, count, fields) => {
            const { data } = await this.done('POST', `/${plural}`, Array.from({ length: count }, (_, i) => fields(i)));
            ids[object] = data.map(({ id }) => id);
        };
        const maybe = (field, list, share) => (list.length > 0 && random.often(share) ? { [field]: random.one(list) } : {});
        const somewhere = () => maybe('territory', Object.keys(this.facts.territories), 0.4);
        await make('account', 'accounts', 14, (i) => ({ name: `海客${i}`, owner: owner(), ...somewhere(), ...(random.often(0.8) ? { annual_revenue: `${1 + random.below(1000)}` } : {}) }));
        await make('contact', 'contacts', 14, (i) => ({ name: `海人${i}`, owner: owner(), ...maybe('account', ids.account, 0.8) }));
        await make('lead', 'leads', 14, (i) => ({ name: `海线${i}`, owner: owner(), ...somewhere(), mobile: `1370003${String(1000 + i)}` }));
        await make('deal', 'deals', 20, (i) => ({ name: `海商${i}`, owner: owner(), ...somewhere(), ...maybe('account', ids.account, 0.7), ...(random.often(0.8) ? { amount: `${1 + random.below(1000)}` } : {}) }));
        await make('activity', 'activities', 20, (i) => ({ subject: `海动${i}`, kind: 'visit', owner: owner(), ...random.one([maybe('account', ids.account, 1), maybe('deal', ids.deal, 1), maybe('lead', ids.lead, 1), maybe('contact', ids.contact, 1)]) }));
        for (const [object, plural] of [['account', 'accounts'], ['contact', 'contacts'], ['lead', 'leads'], ['deal', 'deals'], ['activity', 'activities']]) {
            const { data } = await this.done('GET', `/${plural}?limit=1000`);
            for (const row of data) {
                const record = { object, plural, id: row.id, owner: row.owner.id };
                for (const field of [...through[object], 'territory']) record[field] = row[field]?.id ?? null;
                for (const field of ['amount', 'annual_revenue']) if (field in row) record[field] = row[field] === null ? null : Number(row[field].amount ?? row[field]);
                this.facts.records.push(record);
            }
        }
    }

    async #sharing(random) {
        const { members, records, rules, shares } = this.facts;
        const groups = (this.facts.groups = await this.#tree(random, '/member_groups', '/memberships', 'member_group', 3, () => ({}), 0.3));
        const group = () => random.one(Object.keys(groups));
        // Before the rules: what they restrict or lock, the administrator shares no more either.
        for (let i = random.below(25); i > 0; --i) {
            const record = random.one(records), to = random.often(0.3) ? group() : random.one(members).id;
            const share = { record: record.id, to, level: random.one(['read', 'edit']), over: random.often(0.2) };
            await this.done('PUT', `/${record.plural}/${record.id}/shares/${to}`, { level: share.level, until: share.over ? '2026-03-02T02:00:00Z' : null });
            const before = shares.findIndex((one) => one.record === share.record && one.to === to);
            if (before >= 0) shares.splice(before, 1);
            shares.push(share);
        }
        for (const record of records) {
            record.locked = random.often(0.12);
            if (record.locked) await this.done('POST', `/${record.plural}/${record.id}/actions/lock`, { reason: 'r' });
        }
        for (let i = random.below(8); i > 0; --i) {
            // Half of them about what has conditions: else eight organisations would hardly have a restriction that bites.
            const object = random.one(random.often(0.5) ? ['deal', 'account'] : objects), field = { deal: 'amount', account: 'annual_revenue' }[object];
            const rule = { object, level: random.one(['read', 'edit']), active: random.often(0.8), audience: random.one(['everyone', 'group', 'role', 'role_and_below', 'team']) };
            if (field && random.often(0.45)) rule.level = random.one(['only', 'lock']);
            const opens = ['read', 'edit'].includes(rule.level);
            const told = { name: `s${i}`, ...rule };
            if (field && (!opens || random.often(0.5))) {
                Object.assign(rule, { basis: 'criteria', field, least: 1 + random.below(1000) });
                Object.assign(told, { basis: 'criteria', criteria: `${field} >= ${rule.least}` });
            } else if (through[object].length > 0 && random.often(0.5)) {
                rule.basis = told.basis = 'by_parent';
            } else if (random.often(0.15)) {
                rule.basis = told.basis = 'all';
            } else {
                rule.basis = told.basis = 'owners';
                rule.from_group = told.from_group = group();
            }
            if (rule.audience === 'group') rule.to_group = told.to_group = group();
            if (rule.audience.startsWith('role')) rule.to_role = told.to_role = `r${random.below(4)}`;
            if (rule.audience === 'team') rule.to_team = told.to_team = random.one(this.teams);
            await this.done('POST', '/sharing_rules', told);
            rules.push(rule);
        }
        this.house.setTime('2026-03-02T03:00:00Z');   // some of the shares have ended
    }
}
