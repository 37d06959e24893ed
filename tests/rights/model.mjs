// The slow model: what the words of docs/laws.md and docs/adr/0012 say, over sets and lists, of facts as an administrator reads them. It shares
// nothing with the program but those words.
//
// facts: {members: [{id, email, manager, team, roles}], roles: {key: {objects, classes}}, groups and territories: {id: {parent, members, level}}, rules,
// shares, records}
// A right of a role is none, own, team or all for reading, changing and deleting; a field is hidden, masked, read or edit.
const levels = ['none', 'own', 'team', 'all'];
const fieldLevels = ['hidden', 'masked', 'read', 'edit'];
const highest = (order, words) => order[Math.max(0, ...words.map((word) => order.indexOf(word)))];

const classOf = { 'lead.mobile': 'personal' };
// Where an object is seen through another.
export const through = { account: [], deal: [], lead: [], contact: ['account'], activity: ['account', 'contact', 'lead', 'deal'] };

export class Model {
    // `leave_out`: a clause that this model does not know, to prove that its absence is noticed.
    constructor(facts, leave_out = '') {
        Object.assign(this, facts);
        this.leave_out = leave_out;
        this.byId = new Map(facts.records.map((record) => [record.id, record]));
        this.below = new Map(facts.members.map(({ id }) => [id, this.#everyoneBelow(id)]));
    }

    #everyoneBelow(leader) {
        const found = new Set([leader]);
        for (let grew = true; grew;) {
            grew = false;
            for (const { id, manager } of this.members)
                if (manager && found.has(manager) && !found.has(id)) {
                    found.add(id);
                    grew = true;
                }
        }
        return found;
    }

    // read, edit or delete, by all roles together.
    level(member, object, action) {
        return highest(levels, member.roles.map((key) => (this.roles[key].objects[object] ?? this.roles[key].objects['*'])[action] ?? 'none'));
    }

    // A role that may do nothing with an object shows nothing of it, and of a class of fields no more than it says; several roles show what the best of them does.
    field(member, object, field) {
        const some = (role) => Object.values(role.objects[object] ?? role.objects['*']).some((right) => levels.indexOf(right) > 0);
        const shown = (role) => !some(role) ? 0 : Math.min(...[role.objects[object]?.fields?.[field], this.leave_out === 'classes' ? undefined : role.classes?.[classOf[`${object}.${field}`]]].map((level) => fieldLevels.indexOf(level ?? 'edit')));
        return fieldLevels[Math.max(0, ...member.roles.map((key) => shown(this.roles[key])))];
    }

    #covers(member, level, owner) {
        if (level === 'all') return true;
        if (level === 'own') return owner === member.id;
        return level === 'team' && (this.leave_out === 'team' ? owner === member.id : this.below.get(member.id).has(owner));
    }

    // Members of what is within a group are members of it.
    #inGroup(id, group) {
        return Object.entries(this.groups).some(([one, { members }]) => members.includes(id) && this.#within(this.groups, one, group, this.leave_out === 'nested groups'));
    }

    #within(tree, node, top, flat) {
        for (let at = node; at; at = flat ? null : tree[at].parent) if (at === top) return true;
        return false;
    }

    #lies(member, record) {
        if (!record.territory || this.leave_out === 'territories') return 0;
        const inCharge = Object.entries(this.territories).some(([id, { members }]) => members.includes(member.id) && this.#within(this.territories, record.territory, id, false));
        return inCharge ? (this.territories[record.territory].level === 'edit' ? 2 : 1) : 0;
    }

    #hasRole(id, role) {
        return this.members.find((member) => member.id === id).roles.includes(role);
    }

    #isMeant(member, rule) {
        switch (rule.audience) {
            case 'everyone': return true;
            case 'group': return this.#inGroup(member.id, rule.to_group);
            case 'role_and_below': return this.members.some(({ id }) => this.below.get(id).has(member.id) && this.#hasRole(id, rule.to_role));
            case 'role': return member.roles.includes(rule.to_role);
            default: return member.team === rule.to_team;
        }
    }

    #concerns(member, rule, record) {
        return rule.active && rule.object === record.object && this.#isMeant(member, rule);
    }

    #meets(rule, record) {
        return record[rule.field] !== null && record[rule.field] >= rule.least;
    }

    // Of a rule: does it open the record to this member?
    #opens(member, rule, record) {
        if (!['read', 'edit'].includes(rule.level) || !this.#concerns(member, rule, record)) return false;
        if (rule.basis === 'all') return true;
        if (rule.basis === 'by_parent') return false;
        if (rule.basis === 'owners') return this.#inGroup(record.owner, rule.from_group);
        const reads = this.leave_out === 'hidden criteria' || fieldLevels.indexOf(this.field(member, record.object, rule.field)) >= fieldLevels.indexOf('read');
        return reads && this.#meets(rule, record);
    }

    // Whatever lets him see it otherwise.
    #withheld(member, record) {
        return this.leave_out !== 'restrictions' && this.rules.some((rule) => rule.level === 'only' && this.#concerns(member, rule, record) && !this.#meets(rule, record));
    }

    // By a rule, or by hand: then for everybody.
    locked(member, record) {
        if (record.locked && this.leave_out !== 'locks by hand') return true;
        return this.leave_out !== 'locks' && this.rules.some((rule) => rule.level === 'lock' && this.#concerns(member, rule, record) && this.#meets(rule, record));
    }

    // To lock and unlock takes the named right, and what ownership and roles let one edit.
    locks(member, record) {
        const named = member.roles.some((key) => (this.roles[key].objects[record.object] ?? this.roles[key].objects['*']).verbs?.includes('lock'));
        return named && this.handsOver(member, record);
    }

    // 0 nothing, 1 to read, 2 to edit: by what is shared alone.
    #given(member, record) {
        let best = this.#lies(member, record);
        if (this.leave_out !== 'rules')
            for (const rule of this.rules) if (this.#opens(member, rule, record)) best = Math.max(best, rule.level === 'edit' ? 2 : 1);
        if (this.leave_out !== 'shares')
            for (const share of this.shares) {
                if (share.record !== record.id || share.over) continue;
                const persons = this.leave_out === 'climbing' ? new Set([member.id]) : this.below.get(member.id);
                if (persons.has(share.to) || (this.groups[share.to] && this.#inGroup(member.id, share.to))) best = Math.max(best, share.level === 'edit' ? 2 : 1);
            }
        return best;
    }

    #seenByItself(member, record) {
        const level = this.level(member, record.object, 'read');
        return level !== 'none' && (this.#covers(member, level, record.owner) || this.#given(member, record) > 0);
    }

    reads(member, record) {
        if (this.level(member, record.object, 'read') === 'none' || this.#withheld(member, record)) return false;
        if (this.#seenByItself(member, record)) return true;
        if (this.leave_out === 'parents') return false;
        return through[record.object].some((field) => {
            const parent = this.byId.get(record[field]);
            return parent !== undefined && this.#seenByItself(member, parent) && !this.#withheld(member, parent);
        });
    }

    #editsByItself(member, record) {
        const level = this.level(member, record.object, 'edit');
        return this.#covers(member, level, record.owner) || (level !== 'none' && this.#given(member, record) === 2);
    }

    // What belongs to a record that he may edit by itself, where a rule says so.
    #editsByParent(member, record) {
        if (this.leave_out === 'by parent' || this.level(member, record.object, 'edit') === 'none') return false;
        if (!this.rules.some((rule) => rule.basis === 'by_parent' && rule.level === 'edit' && this.#concerns(member, rule, record))) return false;
        return through[record.object].some((field) => {
            const parent = this.byId.get(record[field]);
            return parent !== undefined && this.#seenByItself(member, parent) && !this.#withheld(member, parent) && !this.locked(member, parent) && this.#editsByItself(member, parent);
        });
    }

    edits(member, record) {
        return this.reads(member, record) && (this.#editsByItself(member, record) || this.#editsByParent(member, record));
    }

    // To hand over takes what ownership and roles let one edit; what is shared is not given on.
    handsOver(member, record) {
        return this.reads(member, record) && this.#covers(member, this.level(member, record.object, 'edit'), record.owner);
    }

    // To delete is also what it takes to share.
    deletes(member, record) {
        return !this.locked(member, record) && this.reads(member, record) && this.#covers(member, this.level(member, record.object, 'delete'), record.owner);
    }
}
