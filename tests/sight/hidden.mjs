// One hidden field in every position: it answers as a name nobody ever gave, and its values are in no answer.
import { positions } from './positions.mjs';
import { unlike } from './unseen.mjs';
import { admin, hiddenFields, others, secretAmount, secretMobile, secretPhone } from './world.mjs';

// A refusal as it reads without the name asked for and without the nearest word, which may differ.
function impersonal({ status, body, text }, name) {
    if (!body?.errors) return `${status} ${text}`.replaceAll(name, '*').replace(/，是否为“\w+”？|"nearest":"\w+",/g, '').replace(/^(200 {"id":)"\d+"/, '$1"#"');
    const errors = body.errors.map(({ code, field, pointer, args }) => {
        const { nearest, ...rest } = args;
        return { code, field, pointer, args: rest, nearest: nearest === undefined ? undefined : 'another' };
    });
    return `${status} ${body.code} ${JSON.stringify(errors)}`.replaceAll(name, '*').replaceAll(',"nearest":"another"', '');
}

const nearestOf = (body) => body?.errors?.map(({ args }) => args?.nearest).filter(Boolean) ?? [];

async function testPositions(test, { ids }, asker) {
    for (const hidden of hiddenFields)
        for (const [name, send] of positions(hidden, ids))
            await test(`hidden ${hidden.object}.${hidden.field}: ${name}`, async () => {
                const unknown = 'z'.repeat(hidden.field.length);
                const [one, other] = [await send(asker, hidden.field), await send(asker, unknown)];
                if (one.status < 400 && !/"refused":\[\{/.test(one.text) && !/"state":"failed"/.test(one.text)) return `it was accepted: ${one.text.slice(0, 300)}`;
                if (nearestOf(other.body).includes(hidden.field)) return `it is offered: ${other.text}`;
                return unlike(impersonal(one, hidden.field), impersonal(other, unknown));
            });
}

// Nothing that was told has the field as a key of the object's records.
function names(value, field, place = '') {
    if (Array.isArray(value)) return value.flatMap((one, i) => names(one, field, `${place}/${i}`));
    if (value === null || typeof value !== 'object') return value === field ? [place] : [];
    return Object.entries(value).flatMap(([key, inner]) => (key === field && place !== '' && !isMoney(value) ? [`${place}/${key}`] : []).concat(names(inner, field, `${place}/${key}`)));
}
const isMoney = (value) => 'currency' in value;

async function testTelling(test, large, asker) {
    const { ids } = large;
    const told = async (path) => (await asker.ask('GET', path)).body;
    for (const { object, field } of hiddenFields) {
        const plural = `${object}s`;
        await test(`hidden ${object}.${field}: describe`, async () => {
            const definition = (await told('/describe')).objects.find(({ name }) => name === object);
            return names(definition, field, object).join('\n     ') || null;
        });
        await test(`hidden ${object}.${field}: openapi.json`, async () => {
            const { components } = await told('/openapi.json');
            const schemas = Object.entries(components.schemas).filter(([name]) => name.toLowerCase().replaceAll('_', '').startsWith(object));
            if (schemas.length === 0) return `no schema of ${object}: ${Object.keys(components.schemas)}`;
            return schemas.flatMap(([name, schema]) => names(schema, field, name)).join('\n     ') || null;
        });
        await test(`hidden ${object}.${field}: a timeline`, async () => {
            const { data } = await told(`/${plural}/${ids[`${object}0`]}/timeline?limit=200`);
            return names(data.filter((one) => one.object === object), field, 'timeline').join('\n     ') || null;
        });
        await test(`hidden ${object}.${field}: its history and a comparison`, async () => {
            const path = `/${plural}/${ids[`${object}0`]}`;
            const { data } = await told(`${path}/history?limit=200`);
            const compared = await told(`${path}/compare?from=${data.at(-1).seq}&to=${data[0].seq}`);
            const unknown = 'z'.repeat(field.length);
            const [one, other] = [await asker.ask('GET', `${path}/history?field=${field}`), await asker.ask('GET', `${path}/history?field=${unknown}`)];
            return [...names(data, field, 'history'), ...names(compared, field, 'compare')].join('\n     ') || unlike(impersonal(one, field), impersonal(other, unknown));
        });
        for (const [name, path] of [['a record', `/${plural}/${ids[`${object}0`]}`], ['a list', `/${plural}?limit=1000`], ['the bin', `/${plural}?deleted=only`]])
            await test(`hidden ${object}.${field}: ${name}`, async () => names(await told(path), field, name).join('\n     ') || null);
        await test(`hidden ${object}.${field}: the current record of a refused change`, async () => {
            const answer = await asker.ask('PATCH', `/${plural}/${ids[`${object}0`]}`, { name: 'X' }, { 'If-Match': '"99"' });
            return answer.status === 412 ? names(answer.body, field, '412').join('\n     ') || null : answer.text;
        });
        for (const format of ['csv', 'xlsx'])
            await test(`hidden ${object}.${field}: an export as ${format}`, async () => {
                const { status, text } = await asker.exported(plural, { format });
                const label = (await large.house.call(admin, 'GET', '/describe')).body.objects.find(({ name }) => name === object).fields.find(({ name }) => name === field).label;
                if (status !== 200) return text.slice(0, 300);
                const cells = new Set(text.split(/[,"<>\r\n]+/));
                return cells.has(field) || cells.has(label.zh) || cells.has(label.en) ? `it has the column: ${text.slice(0, 300)}` : null;
            });
    }
    await test('hidden deal.amount: the way of a deal', async () => names(await told(`/deals/${ids.deal_50}/process`), 'amount', 'process').join('\n     ') || null);
    await test('hidden deal.amount: the board', async () => names(await told('/deals/board'), 'amount', 'board').concat(names(await told('/deals/board'), 'weighted_amount', 'board')).join('\n     ') || null);
    await test('hidden deal.amount: the funnel', async () => {
        const found = JSON.stringify(await told('/analysis/funnel')).match(/"(value|amount_now)":(?!null)[^,]*/g);
        return found ? found.slice(0, 3).join(' ') : null;
    });
    await test('hidden deal.amount: a gate', async () => {
        const { id } = await large.done(admin, 'POST', '/deals', { name: 'Gate', account: ids.account0 });
        for (const verb of ['advance', 'advance', 'advance', 'advance', 'win']) {
            const answer = await asker.ask('POST', `/deals/${id}/actions/${verb}`, {});
            const found = names(answer.body, 'amount', `${verb} ${answer.status}`);
            if (found.length) return `${found.join(' ')}: ${answer.text}`;
        }
        return null;
    });
}

// A view that filters, sorts or groups by a hidden field is not there in any way of asking; one that only shows it is there without it.
async function testViews(test, large, asker) {
    const make = async (name, view) => (await large.done(admin, 'POST', '/views', { name, object: 'deal', shared: 'all', ...view })).id;
    const views = {
        filters: await make('Qzv filters', { filter: 'amount > 98765', columns: 'name,amount' }),
        sorts: await make('Qzv sorts', { sort: '-amount' }),
        groups: await make('Qzv groups', { settings: '{"group":"amount"}' }),
        reaches: await make('Qzv reaches', { filter: 'account.phone = "1"' }),
        unknown: await make('Qzv unknown', { filter: 'zzzzzz > 98765' }),
    };
    const plain = await make('Qzv plain', { filter: 'stage = "identify"', columns: 'name,amount,account.phone', settings: '{"widths":{"amount":99}}' });
    const nobody = '7777777777777777777';
    const told = async (method, path, json, headers) => ((answer) => `${answer.status} ${answer.text}`)(await asker.ask(method, path, json, headers));
    const without = (text, id) => text.replaceAll(id, '#');
    for (const [name, id] of Object.entries(views)) {
        for (const [way, method, path, json, headers] of [
            ['by its id', 'GET', ''],
            ['its history', 'GET', '/history'],
            ['its timeline', 'GET', '/timeline'],
            ['its versions', 'GET', '/compare?from=1&to=2'],
            ['a change', 'PATCH', '', { name: 'X' }, { 'If-Match': '"1"' }],
            ['a deletion', 'DELETE', '', undefined, { 'If-Match': '"1"' }],
            ['a hand-over', 'POST', '/actions/hand_over', { owner: large.ids.boss }],
            ['a follow', 'POST', '/follow', {}],
        ])
            await test(`hidden: a view that ${name} by it, ${way}`, async () => unlike(without(await told(method, `/views/${id}${path}`, json, headers), id), without(await told(method, `/views/${nobody}${path}`, json, headers), nobody)));
        for (const [way, method, path, json] of [
            ['in the list', 'GET', '/views?limit=1000&count=exact'],
            ['in the list by name', 'GET', `/views?count=exact&filter=${encodeURIComponent(`name = "Qzv ${name}"`)}`],
            ['in the bin', 'GET', '/views?deleted=only'],
            ['among rows', 'POST', '/query', { from: 'views', select: ['name', 'filter', 'sort'], where: 'name starts_with "Qzv"' }],
            ['among groups', 'POST', '/query', { from: 'views', group: ['filter', 'name'], measures: { n: 'count()' } }],
            ['in search', 'GET', `/search?q=Qzv%20${name}`],
        ])
            await test(`hidden: a view that ${name} by it, ${way}`, async () => {
                const text = await told(method, path, json);
                return text.includes(id) || text.includes(`Qzv ${name}`) ? text.slice(0, 400) : null;
            });
    }
    await test('hidden: views are counted without those', async () => {
        const { count, data } = (await asker.ask('GET', `/views?count=exact&filter=${encodeURIComponent('name starts_with "Qzv"')}`)).body;
        const { rows } = (await asker.ask('POST', '/query', { from: 'views', where: 'name starts_with "Qzv"', measures: { n: 'count()' } })).body;
        return unlike(`${count} ${data.length} ${rows[0].n}`, '1 1 1');
    });
    await test('hidden: all views are counted as they are listed', async () => {
        const { count, data } = (await asker.ask('GET', '/views?limit=1000&count=exact')).body;
        return unlike(`${count}`, `${data.length}`);
    });
    await test('hidden: a view is shown without its column', async () => {
        const one = (await asker.ask('GET', `/views/${plain}`)).body;
        const [listed] = (await asker.ask('GET', `/views?filter=${encodeURIComponent('name = "Qzv plain"')}&fields=columns,settings`)).body.data;
        return unlike(JSON.stringify([one.columns, one.settings, listed.columns, listed.settings]), '["name","{\\"widths\\":{}}","name","{\\"widths\\":{}}"]');
    });
    for (const path of ['/history', '/timeline'])
        await test(`hidden: a view's ${path.slice(1)} is told without its column`, async () => {
            const text = await told('GET', `/views/${plain}${path}`);
            return text.startsWith('200') && !/amount|phone/.test(text) ? null : text.slice(0, 400);
        });
    for (const format of ['csv', 'xlsx'])
        await test(`hidden: views exported as ${format}`, async () => {
            const { status, text } = await asker.exported('views', { format });
            return status === 200 && text.includes('Qzv plain') && !/amount|phone|98765|Qzv filters/.test(text) ? null : text.slice(0, 400);
        });
    for (const [way, method, path, json] of [
        ['a filter', 'GET', `/views?filter=${encodeURIComponent('columns contains "amount"')}`],
        ['a sort', 'GET', '/views?sort=columns'],
        ['a row', 'POST', '/query', { from: 'views', select: ['columns'] }],
        ['a group', 'POST', '/query', { from: 'views', group: ['settings'], measures: { n: 'count()' } }],
        ['a bulk change', 'POST', '/views/bulk', { filter: 'columns contains "amount"', change: { name: 'X' }, dry_run: true }],
    ])
        await test(`hidden: columns of views are not asked for by ${way}`, async () => {
            const answer = await asker.ask(method, path, json);
            return answer.status === 422 || answer.status === 403 ? null : answer.text.slice(0, 300);
        });
    await test('hidden: the stream of changes keeps silent about such a view', async () => {
        const events = await asker.heard(undefined, async () => {
            await large.change(admin, `/views/${views.filters}`, { sort: '-amount' });
            await large.change(admin, `/views/${plain}`, { sort: 'name' });
        }, plain);
        return unlike(events.map(({ id }) => id).join(' '), plain);
    });
    await test('hidden: what a view was before is told as far as it may be', async () => {
        await large.change(admin, `/views/${views.filters}`, { filter: 'stage = "needs"', sort: 'name' });
        const text = (await told('GET', `/views/${views.filters}`)) + (await told('GET', `/views/${views.filters}/history`)) + (await told('GET', `/views/${views.filters}/timeline`));
        return text.startsWith('200') && !/amount|98765/.test(text) ? null : text.slice(0, 600);
    });
    await test('hidden: the organisation\'s own views', async () => {
        const view = (key, more) => ({ key, label: `Qzv ${key}`, ...more });
        const list = [view('x_filters', { filter: 'amount > 98765' }), view('x_sorts', { sort: '-amount' }), view('x_groups', { group: 'amount' }), view('x_shows', { columns: ['name', 'amount', 'account.phone'] })];
        await large.done(admin, 'POST', '/definitions', { object: 'deal', views: { list, opens: [{ role: '', view: 'x_filters' }] } });
        const deal = (await asker.ask('GET', '/describe')).body.objects.find(({ name }) => name === 'deal');
        const own = deal.views.filter(({ key }) => key.startsWith('x_'));
        const wrong = unlike(JSON.stringify([own.map(({ key, columns }) => [key, columns]), deal.opens]), '[[["x_shows",["name"]]],""]');
        await large.done(admin, 'POST', '/definitions', { object: 'deal', views: { list: [], opens: [] } });
        return wrong;
    });
}

// By its value nothing is found; and what is found by another word is not pushed out of a short answer.
async function testSearch(test, large, asker) {
    const found = async (path, q) => (await asker.ask('GET', `${path}${encodeURIComponent(q)}`)).text;
    for (const [object, values] of [['account', ['0512-66001230', '66001230', secretPhone(5)]], ['contact', ['13800138000', '8000', secretMobile(5)]], ['lead', ['13700030000']]])
        for (const value of values) {
            const unused = value.replaceAll(/\d/g, '6').replace(/^6+/, (digits) => '6'.repeat(digits.length));
            for (const path of ['/search?q=', `/search?objects=${object}&limit=1&q=`, `/${object}s?count=exact&q=`])
                await test(`hidden ${object}: ${path}${value}`, async () => unlike(await found(path, value), await found(path, unused)));
            await test(`hidden ${object}: search of ${value} in a bulk change`, async () => {
                const tried = (q) => asker.ask('POST', `/${object}s/bulk`, { q, change: { source: 'referral' }, dry_run: true });
                return unlike((await tried(value)).text, (await tried(unused)).text);
            });
        }
    await test('hidden account.phone: what matches by it displaces nothing', async () => {
        const make = (name, phone) => large.done(admin, 'POST', '/accounts', { name, phone });
        for (let i = 0; i < 4; ++i) await make(`早 ${i}`, `4400770${i}`);
        const { id } = await make('工程 4400770', '1');
        for (let i = 4; i < 8; ++i) await make(`晚 ${i}`, `4400770${i}`);
        const text = await found('/search?limit=1&q=', '4400770');
        return text.includes(id) ? null : text;
    });
    for (const [plural, json] of [['accounts', { name: '某某 4711 公司' }], ['contacts', { name: '某某' }]])
        await test(`hidden: twins of ${plural} by name alone`, async () => {
            const { text } = await asker.ask('POST', `/${plural}/duplicates`, json);
            return /same_phone/.test(text) ? text : null;
        });
}

async function testStream(test, large, asker) {
    const { ids } = large;
    await test('hidden deal.amount: the stream of changes', async () => {
        const events = await asker.heard(undefined, async () => {
            await large.change(admin, `/deals/${ids.deal_60}`, { amount: '4242424' });
            await large.change(admin, `/deals/${ids.deal_61}`, { amount: '4242425', next_step: 'x' });
            await large.change(admin, `/accounts/${ids.account_61}`, { phone: '42424260000', annual_revenue: '4242427' });
            await large.change(admin, `/contacts/${ids.contact_61}`, { job_title: 'x' });
        }, ids.contact_61);
        const said = events.map(({ id, fields }) => `${id} ${fields}`).join('; ');
        return unlike(said, `${ids.deal_61} next_step; ${ids.contact_61} job_title`);
    });
    await test('hidden: the stream from its beginning', async () => {
        const events = await asker.heard(0, async () => {}, ids.contact_61);
        const wrong = events.filter(({ object, fields }) => hiddenFields.some((hidden) => hidden.object === object && fields.includes(hidden.field)));
        return wrong.length ? JSON.stringify(wrong.slice(0, 3)) : null;
    });
    await test('hidden deal.amount: a timeline keeps silent about a change of it', async () => {
        const { data } = (await asker.ask('GET', `/deals/${ids.deal_60}/timeline`)).body;
        return data.some(({ verb }) => verb === 'changed') ? JSON.stringify(data[0]) : null;
    });
}

export async function testHidden(test, large, asker, betrayal) {
    await testPositions(test, large, asker);
    await testTelling(test, large, asker);
    await testViews(test, large, asker);
    await testSearch(test, large, asker);
    await testStream(test, large, asker);
    for (const plural of ['accounts', 'contacts', 'leads', 'deals', 'activities', 'passages', 'members', 'views']) await asker.ask('GET', `/${plural}?limit=1000`);
    const values = ['6600123', '1380013800', '1370003000', '0917-666', '4242424', '4242425', '42424260', '4242427'];
    for (let i = 0; i < others; ++i) values.push(secretPhone(i), secretMobile(i), secretAmount(i).slice(0, 8));
    await test(`no byte of ${asker.kept.length} answers holds a hidden value`, () => betrayal(asker.kept, values));
}
