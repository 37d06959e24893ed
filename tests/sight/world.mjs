// Two organisations alike but for the 97: both hold what the rep may see – three accounts, contacts, deals, leads and what hangs on
// them, and one account beyond, the customer of a deal of his; the large one holds 97 records more of each kind, of somebody else.
// What the rep is told must be the same in both.
import { adminEmail, House } from '../served/house.mjs';

export const at = '2026-03-02T01:00:00Z';
export const [rep, other, boss, clerk, warden, steward, spare] = ['lilei', 'chenming', 'hanmei', 'zhaoyun', 'qinqiong', 'weichi', 'xiaoqiao'].map((name) => `${name}@example.com`);
export const admin = adminEmail;
export const others = 97;

const hidden = { account: ['phone', 'annual_revenue'], contact: ['mobile'], lead: ['mobile'], deal: ['amount'] };
export const hiddenFields = Object.entries(hidden).flatMap(([object, fields]) => fields.map((field) => ({ object, field })));

// A word that stands nowhere but in one record of somebody else.
export const mark = (i) => `Qzx${String(i).padStart(3, '0')}w`;
export const secretPhone = (i) => `0917-88${String(i).padStart(3, '0')}314`;
export const secretMobile = (i) => `1977731${String(i).padStart(4, '0')}`;
export const secretAmount = (i) => `73${String(i).padStart(3, '0')}191.37`;

class Furnishing {
    ids = {};
    constructor(house) {
        this.house = house;
    }

    async done(as, method, path, json, headers) {
        const answer = await this.house.call(as, method, path, json, headers);
        if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 600)} for ${JSON.stringify(json)?.slice(0, 300)}`);
        return answer.body;
    }
    async make(name, as, plural, json) {
        this.ids[name] = (await this.done(as, 'POST', `/${plural}`, json)).id;
        return this.ids[name];
    }
    // A file at a record: its name and its content are told to whoever sees the record.
    async attach(name, as, object, id, text) {
        const path = `/api/v1/attachments?name=${text}.txt&object=${object}&id=${id}`;
        const answer = await this.house.send('POST', path, { headers: { Authorization: `Bearer ${this.house.token(as)}`, 'Content-Type': 'application/octet-stream' }, body: text });
        if (answer.status !== 201) throw new Error(`${path}: ${answer.text}`);
        this.ids[name] = answer.body.id;
    }
    async change(as, path, json) {
        const { headers } = await this.house.call(admin, 'GET', path);
        return this.done(as, 'PATCH', path, json, { 'If-Match': headers.etag });
    }

    async people() {
        const fields = (object) => Object.fromEntries(hidden[object].map((field) => [field, 'hidden']));
        const whole = { create: true, read: 'all', edit: 'all', delete: 'all', export: 'all', bulk: 'all' };
        const objects = Object.fromEntries(Object.keys(hidden).map((object) => [object, { ...whole, fields: fields(object) }]));
        objects.passage = { ...whole, };   // what a deal's amount was then is hidden with the deal's amount
        await this.make('clerks', admin, 'roles', { name: 'Clerk', key: 'clerk', rights: JSON.stringify({ general: ['import', 'export'], objects: { '*': whole, ...objects } }) });
        await this.make('boss', admin, 'members', { name: 'Han Mei', email: boss, roles: ['manager'] });
        await this.make('rep', admin, 'members', { name: 'Li Lei', email: rep, roles: ['rep'], manager: this.ids.boss });
        await this.make('other', admin, 'members', { name: 'Chen Ming', email: other, roles: ['rep'] });
        await this.make('clerk', admin, 'members', { name: 'Zhao Yun', email: clerk, roles: ['clerk'] });
        // Administrators of less: one does not see the hidden fields, the other only his own records.
        await this.make('wardens', admin, 'roles', { name: 'Warden', key: 'warden', rights: JSON.stringify({ general: ['admin'], objects: { '*': whole, ...objects } }) });
        await this.make('stewards', admin, 'roles', { name: 'Steward', key: 'steward', rights: JSON.stringify({ general: ['admin'], objects: { '*': { create: true, read: 'own', edit: 'own' }, member: whole, role: whole } }) });
        await this.make('warden', admin, 'members', { name: 'Qin Qiong', email: warden, roles: ['warden'] });
        await this.make('steward', admin, 'members', { name: 'Wei Chi', email: steward, roles: ['steward'] });
        await this.make('spare', admin, 'members', { name: 'Xiao Qiao', email: spare, roles: ['rep'] });
        this.ids.admin = (await this.done(admin, 'GET', '/session')).member.id;
        await this.make('product', admin, 'products', { name: 'Lathe', code: 'CNC-100' });
    }

    async three() {
        const { ids } = this;
        await this.make('beyond', other, 'accounts', { name: 'Beyond Holding', phone: '0917-66600999', remarks: 'Qzx999w' });
        const names = ['华星机械', 'Huaxing Tools', '宏达科技'];
        for (const i of [0, 1, 2]) {
            await this.make(`account${i}`, rep, 'accounts', { name: names[i], phone: `0512-6600123${i}`, email: `a${i}@mine.example`, annual_revenue: `${i + 1}000000`, tier: 'A', website: `https://mine${i}.example` });
            await this.make(`contact${i}`, rep, 'contacts', { name: `周敏${i}`, account: ids[`account${i}`], mobile: `1380013800${i}`, email: `c${i}@mine.example` });
            await this.make(`deal${i}`, rep, 'deals', { name: `车床改造${i}`, account: ids[`account${i}`], amount: `${i + 1}000`, product: ids.product, opened_on: '2026-02-01' });
            await this.make(`lead${i}`, rep, 'leads', { name: `钱进${i}`, company: `苏达${i}`, mobile: `1370003000${i}` });
            await this.make(`activity${i}`, rep, 'activities', { subject: `拜访${i}`, kind: 'visit', deal: ids[`deal${i}`] });
            await this.make(`note${i}`, rep, 'notes', { subject: `记录${i}`, body: '…', account: ids[`account${i}`] });
            await this.make(`view${i}`, rep, 'views', { name: `视图${i}`, object: 'deal', filter: 'stage = "identify"', sort: 'name', shared: 'me' });
            await this.make(`preference${i}`, rep, 'preferences', { name: ['theme', 'density', 'default_view.deal'][i], value: ['light', 'compact', 'all'][i] });
        }
        await this.change(admin, `/deals/${ids.deal2}`, { account: ids.beyond });
        await this.done(rep, 'POST', `/deals/${ids.deal0}/actions/win`, { amount: '1500', closed_on: '2026-03-01' });
        await this.done(rep, 'POST', `/deals/${ids.deal1}/actions/lose`, { loss_reason: 'price', note: '太贵' });
        await this.done(rep, 'PUT', `/deals/${ids.deal1}/follow`);
        await this.attach('attachment0', rep, 'account', ids.account0, 'mine');
        await this.make('gone', rep, 'accounts', { name: '已删除' });
        await this.done(rep, 'DELETE', `/accounts/${ids.gone}`, undefined, { 'If-Match': '"1"' });
        await this.lend();
    }

    // Some of the three are no longer the rep's but shared with him: one by itself, one by a rule over owners, one by a condition.
    async lend() {
        const { ids } = this;
        for (const [plural, id] of [['deals', ids.deal1], ['leads', ids.lead0], ['accounts', ids.account1]]) await this.done(admin, 'POST', `/${plural}/${id}/actions/hand_over`, { owner: ids.spare });
        await this.done(admin, 'PUT', `/deals/${ids.deal1}/shares/${ids.rep}`, { level: 'edit' });
        await this.make('lenders', admin, 'member_groups', { name: 'Lenders' });
        await this.make('lending', admin, 'memberships', { member_group: ids.lenders, member: ids.spare });
        await this.make('takers', admin, 'member_groups', { name: 'Takers' });
        await this.make('taking', admin, 'memberships', { member_group: ids.takers, member: ids.rep });
        await this.make('owner_rule', admin, 'sharing_rules', { name: 'What lenders own', object: 'lead', basis: 'owners', from_group: ids.lenders, audience: 'group', to_group: ids.takers, level: 'edit' });
        await this.make('criteria_rule', admin, 'sharing_rules', { name: 'One site', object: 'account', basis: 'criteria', criteria: 'website = "https://mine1.example"', audience: 'group', to_group: ids.takers, level: 'edit' });
    }

    async many(kind, plural, record, as = other) {
        const { data } = await this.done(as, 'POST', `/${plural}`, Array.from({ length: others }, (_, i) => record(i)));
        data.forEach(({ id }, i) => { this.ids[`${kind}_${i}`] = id; });
    }

    // Twins of the three among them: the same name, the same telephone, the same firm.
    async ninetySeven() {
        const { ids } = this;
        const theirs = (i, kind) => ids[`${kind}_${i}`];
        await this.many('account', 'accounts', (i) => ({ name: i % 8 === 0 ? '华星机械' : i % 8 === 1 ? `Huaxing Tools ${mark(i)}` : `华星 ${mark(i)}`, phone: i === 2 ? '0512-66001230' : secretPhone(i), code: `code-${mark(i)}`,
            email: `${mark(i)}@secret.example`, tier: 'A', annual_revenue: secretAmount(i), remarks: `${mark(i)} 秘密`, website: i === 3 ? 'https://mine0.example' : `https://${mark(i)}.example` }));
        await this.many('contact', 'contacts', (i) => ({ name: i % 8 === 0 ? '周敏0' : `周敏 ${mark(i)}`, mobile: i === 2 ? '13800138000' : secretMobile(i), account: theirs(i, 'account'), wechat: mark(i) }));
        await this.many('deal', 'deals', (i) => ({ name: i % 8 === 0 ? '车床改造0' : `车床改造 ${mark(i)}`, account: i < 4 ? ids.account0 : theirs(i, 'account'), contact: theirs(i, 'contact'), amount: secretAmount(i), product: ids.product,
            remarks: mark(i), owner: ids.other, opened_on: '2026-02-01' }), admin);
        await this.many('lead', 'leads', (i) => ({ name: i % 8 === 0 ? '钱进0' : `钱进 ${mark(i)}`, company: `苏达 ${mark(i)}`, mobile: secretMobile(i), need: mark(i) }));
        // An activity shows at its deal's account, to whoever sees that: none hangs on the first deals, which are at an account of the rep.
        await this.many('activity', 'activities', (i) => ({ subject: `拜访 ${mark(i)}`, kind: 'visit', deal: theirs(Math.max(i, 4), 'deal'), body: mark(i), owner: ids.other }), admin);
        await this.many('note', 'notes', (i) => ({ subject: `记录 ${mark(i)}`, body: mark(i), account: theirs(i, 'account') }));
        await this.many('view', 'views', (i) => ({ name: `视图 ${mark(i)}`, object: 'deal', filter: `name = "${mark(i)}"`, shared: 'me' }));
        await this.many('preference', 'preferences', (i) => ({ name: i === 0 ? 'theme' : i === 1 ? 'density' : mark(i), value: i === 0 ? 'dark' : i === 1 ? 'comfortable' : mark(i) }));
        for (const i of [5, 6]) await this.attach(`attachment_${i}`, other, 'account', theirs(i, 'account'), mark(i));
        for (const i of [10, 11, 12]) await this.done(other, 'POST', `/deals/${theirs(i, 'deal')}/actions/win`, { closed_on: '2026-03-01' });
        for (const i of [13, 14]) await this.done(other, 'POST', `/deals/${theirs(i, 'deal')}/actions/lose`, { loss_reason: 'price', note: mark(i) });
        await this.change(other, `/deals/${theirs(20, 'deal')}`, { next_step: mark(20) });
        // One that the rep followed while it was his.
        await this.make('deal_97', rep, 'deals', { name: mark(97) });
        await this.done(rep, 'PUT', `/deals/${ids.deal_97}/follow`);
        await this.done(admin, 'POST', `/deals/${ids.deal_97}/actions/hand_over`, { owner: ids.other });
        await this.change(other, `/deals/${ids.deal_97}`, { next_step: mark(97) });
        await this.done(other, 'DELETE', `/accounts/${theirs(96, 'account')}`, undefined, { 'If-Match': '"1"' });
    }
}

export async function organisation(binary, large) {
    const house = await House.open(binary, at);
    try {
        const furnishing = new Furnishing(house);
        await furnishing.people();
        await furnishing.three();
        if (large) await furnishing.ninetySeven();
        return furnishing;
    } catch (error) {
        await house.close();
        throw error;
    }
}
