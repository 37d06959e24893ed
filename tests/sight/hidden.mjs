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
    await test('hidden deal.amount: a view that names it', async () => {
        await large.done(admin, 'POST', '/views', { name: 'Large', object: 'deal', filter: 'amount > 98765', sort: '-amount', columns: 'name,amount', shared: 'all' });
        const view = (await told('/views?limit=1000')).data.find(({ name }) => name === 'Large');
        if (!view) return null;
        const answer = await asker.ask('GET', `/deals?filter=${encodeURIComponent(view.filter ?? 'true')}`);
        return answer.status === 422 && answer.body.code === 'formula_unknown_name' ? null : answer.text.slice(0, 300);
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
    await testSearch(test, large, asker);
    await testStream(test, large, asker);
    for (const plural of ['accounts', 'contacts', 'leads', 'deals', 'activities', 'passages', 'members', 'views']) await asker.ask('GET', `/${plural}?limit=1000`);
    const values = ['6600123', '1380013800', '1370003000', '0917-666', '4242424', '4242425', '42424260', '4242427'];
    for (let i = 0; i < others; ++i) values.push(secretPhone(i), secretMobile(i), secretAmount(i).slice(0, 8));
    await test(`no byte of ${asker.kept.length} answers holds a hidden value`, () => betrayal(asker.kept, values));
}
