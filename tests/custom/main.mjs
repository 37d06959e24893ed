// What an organisation adds while the server runs is equal to what is built in: every question below is asked of a custom field
// of deals and of a custom object.
import assert from 'node:assert/strict';
import { House } from '../served/house.mjs';
import { testDoors } from './doors.mjs';

const [binary] = process.argv.slice(2);
if (!binary) {
    console.error('tests/custom/run <binary>');
    process.exit(2);
}

const admin = 'admin@example.com', rep = 'rep@example.com';
const label = (zh, en) => ({ zh, en });
const fieldsOfDeals = {
    object: 'deal',
    fields: [
        { name: 'x_machines', type: 'number', label: label('台数', 'Machines'), ordered: true },
        { name: 'x_deposit', type: 'money', label: label('定金', 'Deposit'), ordered: true },
        { name: 'x_serial', type: 'text', label: label('序列号', 'Serial'), unique: true, searched: true },
        { name: 'x_trade', type: 'choice', label: label('贸易方式', 'Trade'), choices: [{ key: 'fob', label: label('离岸', 'FOB') }, { key: 'cif', label: label('到岸', 'CIF') }] },
        { name: 'x_partner', type: 'reference', target: 'account', label: label('合作伙伴', 'Partner') },
        { name: 'x_shipped_on', type: 'date', label: label('发货日期', 'Shipped on') },
    ],
};
const object = {
    object: 'x_warranty', custom: true, plural: 'x_warranties', label: label('质保单', 'Warranty'), plural_label: label('质保单', 'Warranties'), icon: 'shield',
    fields: [
        { name: 'name', type: 'text', label: label('名称', 'Name'), required: true },
        { name: 'x_deal', type: 'reference', target: 'deal', label: label('商机', 'Deal') },
        { name: 'x_months', type: 'number', label: label('月数', 'Months') },
    ],
};

let passed = 0, failed = 0;
const house = await House.open(binary, '2026-03-02T09:00:00+08:00');
house.command(['user', 'add', '--email', rep, '--name', '李雷', '--role', 'rep']);

async function test(name, work) {
    try {
        await work();
        passed += 1;
    } catch (error) {
        failed += 1;
        console.log(`failed   ${name}\n     ${String(error.message).split('\n').slice(0, 10).join('\n     ')}`);
    }
}

async function ask(who, method, path, json, headers) {
    const answer = await house.call(who, method, path, json, headers);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer.body;
}
const refusal = async (who, method, path, json) => (await house.call(who, method, path, json)).body.code;
const list = async (filter, sort, who = admin) => (await ask(who, 'GET', `/deals?${new URLSearchParams({ fields: 'name', ...(filter && { filter }), ...(sort && { sort }) })}`)).data.map((deal) => deal.name);

async function ended(job) {
    for (;;) {
        const told = await ask(admin, 'GET', `/jobs/${job}`);
        if (!['waiting', 'running'].includes(told.state)) return told;
    }
}

try {
    const account = await ask(admin, 'POST', '/accounts', { name: '华兴机械' });
    const before = (await ask(admin, 'GET', '/describe')).epoch;
    await test('fields are added to an object with records', async () => {
        await ask(admin, 'POST', '/deals', { name: '旧商机' });
        await ask(admin, 'POST', '/definitions', fieldsOfDeals);
        assert.notEqual((await ask(admin, 'GET', '/describe')).epoch, before);
    });
    await test('an object is added', () => ask(admin, 'POST', '/definitions', object));
    await test('both are described like built-in ones, to a rep too', async () => {
        const { objects } = await ask(rep, 'GET', '/describe');
        const field = (of, name) => objects.find((one) => one.name === of)?.fields.find((one) => one.name === name);
        assert.deepEqual([field('deal', 'x_machines').type, field('deal', 'x_machines').custom, field('deal', 'x_machines').sortable], ['number', true, true]);
        assert.deepEqual(field('deal', 'x_trade').choices.map((choice) => choice.key), ['fob', 'cif']);
    });
    const deals = [];
    for (const [i, trade] of [[3, 'fob'], [1, 'cif'], [2, 'fob']]) {
        deals.push(await ask(admin, 'POST', '/deals', {
            name: `商机${i}`, amount: '100.00', x_machines: i, x_deposit: `${i * 10}.50`, x_serial: `SN-${i}`, x_trade: trade, x_partner: account.id, x_shipped_on: `2026-04-0${i}`,
        }));
    }
    await test('a record carries them in their wire shapes', () => {
        assert.deepEqual(
            [deals[0].x_machines, deals[0].x_deposit, deals[0].x_serial, deals[0].x_trade, deals[0].x_partner, deals[0].x_shipped_on],
            [3, { amount: '30.50', currency: 'CNY' }, 'SN-3', 'fob', { id: account.id, name: '华兴机械' }, '2026-04-03'],
        );
    });
    await test('they are changed, and the history tells it', async () => {
        await ask(admin, 'PATCH', `/deals/${deals[0].id}`, { x_machines: 9 }, { 'If-Match': '*' });
        const { data } = await ask(admin, 'GET', `/deals/${deals[0].id}/timeline`);
        assert.ok(data.some((event) => event.changes?.some((change) => change.field === 'x_machines' && change.new === 9)), JSON.stringify(data).slice(0, 400));
    });
    await test('a list filters, sorts and pages by them', async () => {
        assert.deepEqual(await list('x_machines >= 2', '-x_machines'), ['商机3', '商机2']);
        assert.deepEqual(await list('x_trade = "fob" and x_partner.name contains "华兴"', 'x_deposit'), ['商机2', '商机3']);
        assert.deepEqual(await list('x_shipped_on is null'), ['旧商机']);
        const first = await ask(admin, 'GET', '/deals?sort=x_deposit&limit=2&fields=name');
        const second = await ask(admin, 'GET', `/deals?sort=x_deposit&limit=2&fields=name,x_partner.name&after=${encodeURIComponent(first.next)}`);
        assert.deepEqual([...first.data, ...second.data].map((deal) => deal.name), ['商机1', '商机2', '商机3', '旧商机']);
        assert.equal(second.data[0]['x_partner.name'], '华兴机械');
    });
    await test('a query groups and sums by them', async () => {
        const { rows } = await ask(admin, 'POST', '/query', { from: 'deals', where: 'x_trade is not null', group: ['x_trade'], measures: { n: 'count()', deposit: 'sum(x_deposit)', most: 'max(x_machines)' } });
        assert.deepEqual(rows.map((row) => [row.x_trade, row.n, row.deposit.amount, row.most]), [['fob', 2, '51.00', 9], ['cif', 1, '10.50', 1]]);
    });
    await test('search finds by them', async () => {
        const { data } = await ask(admin, 'GET', '/search?q=SN-2');
        assert.deepEqual(data.map((hit) => hit.name), ['商机2']);
    });
    await test('a unique one is unique', async () => assert.equal(await refusal(admin, 'POST', '/deals', { name: '又一个', x_serial: 'sn-1' }), 'duplicate_key'));
    await test('a wrong value is refused by its name', async () => {
        assert.equal(await refusal(admin, 'POST', '/deals', { name: '错', x_trade: 'exw' }), 'unknown_choice');
        assert.equal(await refusal(admin, 'POST', '/deals', { name: '错', x_machines: 'many' }), 'invalid_value');
        assert.equal((await house.call(admin, 'GET', '/deals?filter=x_machine%20%3E%201')).body.errors[0].args.nearest, 'x_machines');
    });
    await test('bulk changes them, and takes it back', async () => {
        const { job } = await ask(admin, 'POST', '/deals/bulk', { filter: 'x_trade = "fob"', change: { x_trade: 'cif' } });
        assert.equal((await ended(job)).result.changed, 2);
        assert.equal((await list('x_trade = "cif"')).length, 3);
        const back = await ask(admin, 'POST', `/jobs/${job}/actions/undo`, {});
        await ended(back.job);
        assert.equal((await list('x_trade = "cif"')).length, 1);
    });
    await test('an import writes them, mapped by their labels', async () => {
        const csv = '商机名称,台数,序列号,贸易方式,合作伙伴\n导入商机,7,SN-7,到岸,华兴机械\n';
        const upload = await house.send('POST', '/api/v1/imports/files?name=deals.csv', { headers: { Authorization: `Bearer ${house.token(admin)}`, 'Content-Type': 'application/octet-stream' }, body: Buffer.from(csv) });
        assert.equal(upload.status, 201, upload.text);
        const draft = await ask(admin, 'POST', '/imports/draft', { files: [upload.body.file] });
        const { job } = await ask(admin, 'POST', '/imports', { plan: draft.plan, files: { 'deals.csv': upload.body.file } });
        const told = await ended(job);
        assert.equal(told.result?.counts.created, 1, JSON.stringify(told).slice(0, 500));
        assert.deepEqual(await list('x_machines = 7 and x_trade = "cif" and x_partner.name = "华兴机械"'), ['导入商机']);
    });
    await test('an export has their columns', async () => {
        const { job } = await ask(admin, 'POST', '/deals/export', { format: 'csv', filter: 'x_machines = 7' });
        await ended(job);
        const file = await house.call(admin, 'GET', `/jobs/${job}/file`);
        assert.match(file.text, /台数/);
        assert.match(file.text, /SN-7/);
    });
    await test('a custom object is read, written and listed on its own path', async () => {
        const made = await ask(admin, 'POST', '/x_warranties', { name: '质保一', x_deal: deals[0].id, x_months: 24 });
        assert.equal(made.x_deal.name, '商机3');
        await ask(admin, 'PATCH', `/x_warranties/${made.id}`, { x_months: 36 }, { 'If-Match': '"1"' });
        const { data, count } = await ask(admin, 'GET', '/x_warranties?filter=x_months%20%3E%2030&fields=name,x_deal.amount&count=exact');
        assert.deepEqual([count, data[0]['x_deal.amount'].amount], [1, '100.00']);
        const { rows } = await ask(admin, 'POST', '/query', { from: 'x_warranties', group: ['x_deal.stage'], measures: { months: 'sum(x_months)' } });
        assert.equal(rows[0].months, 36);
    });
    await test('it has a bin, a history and a twin of its rights', async () => {
        const [one] = (await ask(admin, 'GET', '/x_warranties')).data;
        assert.equal((await house.call(admin, 'DELETE', `/x_warranties/${one.id}`, undefined, { 'If-Match': '*' })).status, 204);
        assert.equal((await ask(admin, 'GET', '/x_warranties?count=exact')).count, 0);
        await ask(admin, 'POST', `/x_warranties/${one.id}/actions/restore`, {});
        assert.ok((await ask(admin, 'GET', `/x_warranties/${one.id}/timeline`)).data.length >= 4);
        assert.equal((await ask(rep, 'GET', '/x_warranties?count=exact')).count, 0);
    });
    await test('children of a deal can be counted in a rule', async () => assert.deepEqual(await list('count(x_warranties) > 0'), ['商机3']));
    await test('the definition stays after a day, and the store is whole', async () => {
        house.setTime('2026-03-03T09:00:00+08:00');
        assert.match(house.command(['check']), /0 findings/);
    });
    const overlay = async (name) => (await ask(admin, 'GET', '/definitions')).objects.find((one) => one.object === name);
    const described = async (name, who = admin) => (await ask(who, 'GET', '/describe')).objects.find((one) => one.name === name);
    const fieldOf = async (name, who = admin) => (await described('deal', who)).fields.find((one) => one.name === name);
    await test('definitions are read by administrators as they are kept', async () => {
        const deal = await overlay('deal');
        assert.deepEqual([deal.version, deal.custom, deal.overlay.fields.map((one) => one.name).slice(0, 2)], [2, false, ['x_machines', 'x_deposit']]);
        assert.deepEqual([(await overlay('account')).version, (await overlay('account')).overlay], [1, null]);
        assert.equal(await refusal(rep, 'GET', '/definitions'), 'forbidden');
        assert.equal(await refusal(rep, 'POST', '/definitions', fieldsOfDeals), 'forbidden');
    });
    const trade = (await overlay('deal')).overlay.fields.find((one) => one.name === 'x_trade');
    await test('a change made from an old version is refused, and nothing has changed', async () => {
        const stale = await house.call(admin, 'POST', '/definitions', { object: 'deal', fields: [{ ...trade, label: label('方式', 'Way') }] }, { 'If-Match': '"1"' });
        assert.deepEqual([stale.status, stale.body.code], [412, 'version_stale']);
        assert.equal((await fieldOf('x_trade')).label.en, 'Trade');
        const fresh = await house.call(admin, 'POST', '/definitions', { object: 'deal', fields: [{ ...trade, label: label('方式', 'Way') }] }, { 'If-Match': '"2"' });
        assert.deepEqual([fresh.status, fresh.headers.etag], [200, '"3"']);
        assert.equal((await fieldOf('x_trade', rep)).label.en, 'Way');
    });
    await test('choices are put in order, renamed and retired; one that is no longer named is retired, for records hold it', async () => {
        await ask(admin, 'POST', '/definitions', { object: 'deal', fields: [{ ...trade, choices: [{ key: 'exw', label: label('工厂交货', 'EXW') }, { key: 'cif', label: label('成本加运费', 'CIF') }] }] });
        const { choices } = await fieldOf('x_trade');
        assert.deepEqual(choices.map((one) => [one.key, one.active]), [['exw', true], ['cif', true], ['fob', false]]);
        assert.equal(choices[1].label.zh, '成本加运费');
        assert.equal(await refusal(admin, 'POST', '/deals', { name: '错', x_trade: 'fob' }), 'retired_choice');
        assert.ok((await list('x_trade = "fob"')).length > 0);
        assert.deepEqual(await list('x_trade is not null', 'x_trade').then((names) => names.length), 4);
    });
    await test('a retired field is on no screen, in no draft and written by nobody, and is read as ever', async () => {
        const [deposit] = (await overlay('deal')).overlay.fields.filter((one) => one.name === 'x_deposit');
        await ask(admin, 'POST', '/definitions', { object: 'deal', fields: [{ ...deposit, required: true, retired: true }] });
        const field = await fieldOf('x_deposit', rep);
        assert.deepEqual([field.active, field.required, field.written_by], [false, false, 'system']);
        const { layout } = await described('deal');
        assert.ok(![...layout.list, ...layout.key, ...layout.sections.flatMap((one) => one.fields)].includes('x_deposit'));
        assert.equal(await refusal(admin, 'POST', '/deals', { name: '错', x_deposit: '5' }), 'read_only_field');
        assert.equal((await ask(admin, 'GET', `/deals/${deals[0].id}`)).x_deposit.amount, '30.50');
        const draft = await ask(admin, 'POST', '/imports/draft', { files: [(await house.send('POST', '/api/v1/imports/files?name=a.csv', { headers: { Authorization: `Bearer ${house.token(admin)}`, 'Content-Type': 'application/octet-stream' }, body: Buffer.from('商机名称,定金\n甲,5\n') })).body.file] });
        assert.ok(!draft.plan.includes('x_deposit'), draft.plan);
        await ask(admin, 'POST', '/definitions', { object: 'deal', fields: [deposit] });
        assert.equal((await fieldOf('x_deposit')).active, true);
    });
    await test('a built-in field is hidden, an object renamed and laid out anew, and put back', async () => {
        await ask(admin, 'POST', '/definitions', { object: 'deal', label: label('项目', 'Project'), fields: [{ name: 'budget', retired: true }], layout: { list: ['name', 'x_trade'], key: ['amount'], sections: [{ label: label('要点', 'Main'), fields: ['name', 'budget', 'x_trade'] }] } });
        const deal = await described('deal', rep);
        assert.deepEqual([deal.label.en, deal.layout.list, deal.layout.key, deal.layout.sections[0].fields], ['Project', ['name', 'x_trade'], ['amount'], ['name', 'x_trade']]);
        assert.equal(await refusal(admin, 'POST', '/definitions', { object: 'deal', fields: [{ name: 'name', retired: true }] }), 'definition_needed');
        await ask(admin, 'POST', '/definitions', { object: 'deal', label: label('商机', 'Deal'), fields: [{ name: 'budget' }], layout: { list: [], key: [], sections: [] } });
        assert.ok((await described('deal')).layout.list.includes('amount'));
    });
    await test('the views of a list are put in order, hidden, added for a role and opened first, at once and for everybody', async () => {
        const keys = async (who) => (await described('deal', who)).views.map((view) => view.key);
        const before = await keys(rep);
        const dear = { key: 'x_dear', label: label('大单', 'Dear'), filter: 'amount > 100 and x_trade = "fob"', sort: '-x_machines,name', columns: ['name', 'x_trade', 'account.name'], group: 'stage', roles: ['rep'] };
        const views = { list: [dear, { key: before[1], active: false }], opens: [{ role: 'rep', view: 'x_dear' }, { role: '', view: before[0] }] };
        await ask(admin, 'POST', '/definitions', { object: 'deal', views });
        assert.deepEqual(await keys(rep), ['x_dear', ...before.filter((_, at) => at !== 1)]);
        const { views: [told], opens } = await described('deal', rep);
        assert.deepEqual([told.filter, told.sort, told.columns, told.group, opens], [dear.filter, dear.sort, dear.columns, dear.group, 'x_dear']);
        assert.ok(!(await keys(admin)).includes('x_dear'));
        assert.equal((await described('deal')).opens, before[0]);
        const defined = (await overlay('deal')).views;
        assert.deepEqual(defined.map((view) => [view.key, view.active, view.built_in]).slice(0, 3), [['x_dear', true, false], [before[1], false, true], [before[0], true, true]]);
        // A field that is retired is no column, and filters as ever.
        await ask(admin, 'POST', '/definitions', { object: 'deal', fields: [{ ...(await overlay('deal')).overlay.fields.find((one) => one.name === 'x_trade'), retired: true }] });
        assert.deepEqual((await described('deal', rep)).views[0].columns, ['name', 'account.name']);
        await ask(admin, 'POST', '/definitions', { object: 'deal', fields: [{ ...(await overlay('deal')).overlay.fields.find((one) => one.name === 'x_trade'), retired: false }] });
        // What was before is put back as a change like any other.
        await ask(admin, 'POST', '/definitions', { object: 'deal', views: { list: [], opens: [] } });
        assert.deepEqual([await keys(rep), (await described('deal', rep)).opens, (await overlay('deal')).overlay.views], [before, '', undefined]);
    });
    await test('a custom object is retired with its records, and comes back with them', async () => {
        await ask(admin, 'POST', '/definitions', { object: 'x_warranty', custom: true, retired: true });
        assert.equal((await house.call(admin, 'GET', '/x_warranties')).status, 404);
        assert.equal(await described('x_warranty'), undefined);
        assert.equal(await refusal(admin, 'POST', '/definitions', { object: 'x_warranty', custom: true, plural: 'x_guarantees' }), 'immutable_field');
        await ask(admin, 'POST', '/definitions', { object: 'x_warranty', custom: true });
        assert.equal((await ask(admin, 'GET', '/x_warranties?count=exact')).count, 1);
    });
    const form = (who, values, id) => ask(who, 'POST', '/deals/form', { ...(id && { id }), values });
    await test('a condition makes a field required on every path, and old records are not held up by it', async () => {
        const old = await ask(admin, 'POST', '/deals', { name: '旧的大单', amount: '900000' });
        await ask(admin, 'POST', '/definitions', { object: 'deal', fields: [{ name: 'competitor', required_when: 'amount >= 500000' }, { name: 'budget', shown_when: 'amount >= 500000' }] });
        assert.equal((await described('deal', rep)).conditional, true);
        assert.equal((await described('account')).conditional, false);
        for (const [method, path, json] of [['POST', '/deals', { name: '大单', amount: '500000' }], ['PATCH', `/deals/${deals[1].id}`, { amount: '600000' }]]) {
            const answer = await house.call(admin, method, path, json, { 'If-Match': '*' });
            assert.deepEqual([answer.status, answer.body.errors?.[0].code, answer.body.errors?.[0].field], [422, 'required', 'competitor'], answer.text);
        }
        assert.equal((await ask(admin, 'GET', `/deals/${deals[1].id}`)).amount.amount, '100.00');
        // An unrelated change of what was so before passes; what is filled in cannot be emptied again.
        await ask(admin, 'PATCH', `/deals/${old.id}`, { next_step: '拜访' }, { 'If-Match': '*' });
        await ask(admin, 'PATCH', `/deals/${old.id}`, { competitor: '远大' }, { 'If-Match': '*' });
        assert.equal((await house.call(admin, 'PATCH', `/deals/${old.id}`, { competitor: null }, { 'If-Match': '*' })).body.code, 'required');
        const bulk = await ended((await ask(admin, 'POST', '/deals/bulk', { filter: 'amount = 100', change: { amount: '700000' } })).job);
        assert.deepEqual([bulk.result.changed, bulk.result.refused[0].code], [0, 'required']);
        const upload = await house.send('POST', '/api/v1/imports/files?name=big.csv', { headers: { Authorization: `Bearer ${house.token(admin)}`, 'Content-Type': 'application/octet-stream' }, body: Buffer.from('商机名称,金额,竞争对手\n大单一,800000,\n大单二,800000,远大\n') });
        const { plan } = await ask(admin, 'POST', '/imports/draft', { files: [upload.body.file] });
        const { result } = await ended((await ask(admin, 'POST', '/imports', { plan, files: { 'big.csv': upload.body.file } })).job);
        assert.deepEqual([result.counts.created, result.counts.refused, result.problems[0].code], [1, 1, 'required']);
    });
    await test('a form is told what to leave out and what to ask for, over what its reader sees', async () => {
        assert.deepEqual(await form(admin, { amount: '900000' }), { hidden: [], required: ['competitor'] });
        assert.deepEqual(await form(admin, { amount: '5', x_machines: 'half typed' }), { hidden: ['budget'], required: [] });
        assert.deepEqual(await form(rep, {}, undefined), { hidden: ['budget'], required: [] });
        assert.equal((await house.call(rep, 'POST', '/deals/form', { id: deals[0].id, values: {} })).status, 404);
        const role = (await ask(admin, 'GET', '/roles?filter=' + encodeURIComponent('key = "rep"'))).data[0];
        const rights = JSON.parse(role.rights);
        await ask(admin, 'PATCH', `/roles/${role.id}`, { rights: JSON.stringify({ ...rights, objects: { ...rights.objects, deal: { ...rights.objects['*'], fields: { amount: 'hidden' } } } }) }, { 'If-Match': '*' });
        assert.deepEqual(await form(rep, { amount: '900000' }), { hidden: [], required: [] });
        await ask(admin, 'PATCH', `/roles/${role.id}`, { rights: role.rights }, { 'If-Match': '*' });
        await ask(admin, 'POST', '/definitions', { object: 'deal', fields: [{ name: 'competitor' }, { name: 'budget' }] });
        assert.equal((await described('deal')).conditional, false);
        await ask(admin, 'POST', '/deals', { name: '大单', amount: '500000' });
    });
    await test('a scale, a target and a type stay what they are', async () => {
        const machines = (await overlay('deal')).overlay.fields.find((one) => one.name === 'x_machines');
        for (const change of [{ scale: 2 }, { type: 'text' }]) assert.equal(await refusal(admin, 'POST', '/definitions', { object: 'deal', fields: [{ ...machines, ...change }] }), 'definition_retyped');
        assert.equal((await fieldOf('x_machines')).scale, 0);
    });
    await test('the organisation gets another name, and nothing else', async () => {
        const before = (await ask(admin, 'GET', '/session')).organisation;
        await ask(admin, 'PATCH', '/organisation', { name: ' 新名称 ' });
        assert.deepEqual((await ask(rep, 'GET', '/session')).organisation, { ...before, name: '新名称' });
        await ask(admin, 'PATCH', '/organisation', { name: before.name });
    });
    await test('a member chooses the language, whatever the rights on members, and nothing else with it', async () => {
        const me = async () => (await ask(rep, 'GET', '/session')).member;
        const { id, language } = await me();
        assert.equal(language, null);
        assert.deepEqual(await ask(rep, 'PATCH', '/session', { language: 'en' }), { language: 'en' });
        assert.equal((await me()).language, 'en');
        const [told] = (await ask(admin, 'GET', `/members/${id}/history`)).data;
        assert.deepEqual(told.changes.map((change) => [change.field, change.old, change.new]), [['language', null, 'en']]);
        assert.equal(await refusal(rep, 'PATCH', '/session', { language: 'zh', roles: ['admin'] }), 'unknown_field');
        assert.deepEqual([(await me()).language, (await me()).roles], ['en', ['rep']]);
    });
    await test('an invitation opens one door once, and the one before it none', async () => {
        const { id } = await ask(admin, 'POST', '/members', { name: '新人', email: 'new@example.com', roles: ['rep'] });
        const invite = async () => (await ask(admin, 'POST', `/members/${id}/invitation`, {})).path.split('#')[1];
        const take = (token, password) => house.send('POST', '/api/v1/invitation', { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token, password }) });
        const first = await invite(), second = await invite();
        assert.equal((await take(first)).body.code, 'invitation_refused');
        assert.deepEqual((await take(second)).body, { kind: 'invitation', name: '新人', email: 'new@example.com', organisation: '示例公司' });
        assert.equal((await take(second, 'short')).body.code, 'too_short');
        assert.equal((await house.send('GET', '/api/v1/deals', { headers: { Authorization: `Bearer ${second}` } })).status, 401);
        const taken = await Promise.all(['1', '2', '3', '4'].map((one) => take(second, `long enough ${one}`)));
        assert.deepEqual(taken.map((one) => one.status).sort(), [200, 403, 403, 403]);
        assert.equal((await take(second, 'long enough 2')).body.code, 'invitation_refused');
        const third = await invite();
        await ask(admin, 'PATCH', `/members/${id}`, { active: false }, { 'If-Match': '*' });
        assert.equal((await take(third, 'long enough 3')).body.code, 'invitation_refused');
        await ask(admin, 'PATCH', `/members/${id}`, { active: true }, { 'If-Match': '*' });
        house.setTime('2026-03-12T09:00:00+08:00');
        assert.equal((await take(third, 'long enough 3')).body.code, 'invitation_refused');
    });
    await testDoors({ test, house, ask, admin, at: '2026-03-12T09:00:00+08:00' });
    await test('every change is an event, and the chain is whole', () => assert.match(house.command(['check']), /0 findings/));
    await test('what is built in is not taken away', async () => {
        assert.ok(await refusal(admin, 'POST', '/definitions', { object: 'deal', fields: [{ name: 'amount', type: 'text' }] }));
        assert.ok(await refusal(admin, 'POST', '/definitions', { object: 'deal', fields: [{ name: 'colour', type: 'text', label: label('颜色', 'Colour') }] }));
        assert.equal((await ask(admin, 'GET', '/deals?limit=1')).data.length, 1);
    });
} finally {
    await house.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
