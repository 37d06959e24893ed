// Whoever sees 3 of 100: asked in every way, he hears of three; a record he may not see answers like one that never was.
import { reads } from './reads.mjs';
import { admin, mark, other, others } from './world.mjs';

// An answer without what differs from one organisation to the next: ids, the ledger's numbers, seals.
export function plain({ status, headers = {}, text }, ids, { etag = true } = {}) {
    const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
    const told = text.replace(/"(epoch|seq|cause)":"\d+"/g, '"$1":"#"').replace(/"next":"[^"]+"/g, '"next":"#"').replace(/"incident":"[^"]+"/g, '"incident":"#"')
        .replace(/(?<!\d)\d{15,}(?!\d)/g, (id) => names.get(id) ?? '<id>');
    return `${status} ${headers['content-type'] ?? ''} ${etag ? headers.etag ?? '' : ''} ${told}`;
}

export const unlike = (got, wanted) => {
    if (got === wanted) return null;
    let at = 0;
    while (got[at] === wanted[at]) ++at;
    return `…${got.slice(Math.max(0, at - 80), at + 200)}\n     should be: …${wanted.slice(Math.max(0, at - 80), at + 200)}`;
};

// Requests that name one record; it is one that is not seen, and then one that never was.
const naming = (own) => {
    const verb = (name, plural, action, json) => [name, plural, 'POST', (id) => `/${plural}/${id}/actions/${action}`, () => json];
    const put = (name, target, plural, json) => [name, target, 'POST', () => `/${plural}`, json];
    const act = (name, target, path, json) => [name, target, 'POST', () => path, json];
    const each = ['accounts', 'contacts', 'deals', 'leads', 'activities', 'notes', 'views', 'attachments', 'preferences'];
    return [
        ...each.flatMap((plural) => [
            [`reading of ${plural}`, plural, 'GET', (id) => `/${plural}/${id}`],
            [`timeline of ${plural}`, plural, 'GET', (id) => `/${plural}/${id}/timeline`],
            [`history of ${plural}`, plural, 'GET', (id) => `/${plural}/${id}/history`],
            [`comparison of ${plural}`, plural, 'GET', (id) => `/${plural}/${id}/compare?from=1&to=2`],
            [`process of ${plural}`, plural, 'GET', (id) => `/${plural}/${id}/process`],
            [`change of ${plural}`, plural, 'PATCH', (id) => `/${plural}/${id}`, () => ({}), { 'If-Match': '"1"' }],
            [`change of an old version of ${plural}`, plural, 'PATCH', (id) => `/${plural}/${id}`, () => ({}), { 'If-Match': '"99"' }],
            [`change of ${plural} without a version`, plural, 'PATCH', (id) => `/${plural}/${id}`, () => ({})],
            [`deletion of ${plural}`, plural, 'DELETE', (id) => `/${plural}/${id}`, undefined, { 'If-Match': '"1"' }],
            [`deletion of an old version of ${plural}`, plural, 'DELETE', (id) => `/${plural}/${id}`, undefined, { 'If-Match': '"99"' }],
            [`following of ${plural}`, plural, 'PUT', (id) => `/${plural}/${id}/follow`],
            [`no longer following of ${plural}`, plural, 'DELETE', (id) => `/${plural}/${id}/follow`],
            [`why one sees ${plural}`, plural, 'GET', (id) => `/${plural}/${id}/why`],
            [`lock of ${plural}`, plural, 'GET', (id) => `/${plural}/${id}/lock`],
            verb(`locking of ${plural}`, plural, 'lock', { reason: 'x' }), verb(`unlocking of ${plural}`, plural, 'unlock', { reason: 'x' }),
            [`shares of ${plural}`, plural, 'GET', (id) => `/${plural}/${id}/shares`],
            [`sharing of ${plural}`, plural, 'PUT', (id) => `/${plural}/${id}/shares/${own.rep}`, () => ({ level: 'read' })],
            [`reveal of ${plural}`, plural, 'POST', (id) => `/${plural}/${id}/reveal`, () => ({ field: 'owner' })],
            [`no longer sharing of ${plural}`, plural, 'DELETE', (id) => `/${plural}/${id}/shares/${own.rep}`],
            verb(`restoring of ${plural}`, plural, 'restore'), verb(`hand-over of ${plural}`, plural, 'hand_over', { owner: own.rep }),
            [`bulk of ${plural}, tried`, plural, 'POST', () => `/${plural}/bulk`, (id) => ({ ids: [id], verb: { name: 'delete' }, dry_run: true })],
            [`change for each of ${plural}, tried`, plural, 'POST', () => `/${plural}/bulk`, (id) => ({ each: { [id]: {} }, dry_run: true })],
            [`${plural} by id from its first row`, plural, 'GET', (id) => `/${plural}?at=0&filter=${encodeURIComponent(`id = "${id}"`)}`],
            [`${plural} by id`, plural, 'GET', (id) => `/${plural}?count=exact&filter=${encodeURIComponent(`id = "${id}"`)}`],
            [`number of ${plural} by id`, plural, 'POST', () => '/query', (id) => ({ from: plural, where: `id = "${id}"`, measures: { n: 'count()' } })],
        ]),
        verb('advance', 'deals', 'advance'), verb('a step back', 'deals', 'step_back', { reason: 'x' }), verb('win', 'deals', 'win'), verb('loss', 'deals', 'lose', { loss_reason: 'price' }), verb('reopening', 'deals', 'reopen', { reason: 'x' }),
        verb('a verb nobody knows', 'deals', 'fly'), verb('a verb with a wrong argument', 'deals', 'win', { wings: 2 }),
        verb('conversion', 'leads', 'convert', { account_name: 'New', deal_name: 'New' }), verb('disqualification', 'leads', 'disqualify', { reason: 'no_need' }), verb('completion', 'activities', 'complete', {}),
        put('a deal for an unseen account', 'accounts', 'deals', (id) => ({ name: 'X', account: id })), put('a deal with an unseen contact', 'contacts', 'deals', (id) => ({ name: 'X', contact: id, decision_maker: id })),
        put('a contact of an unseen account', 'accounts', 'contacts', (id) => ({ name: 'X', account: id })), put('an account below an unseen one', 'accounts', 'accounts', (id) => ({ name: 'X', parent_account: id })),
        put('an activity at an unseen deal', 'deals', 'activities', (id) => ({ subject: 'X', kind: 'call', deal: id })), put('an activity at an unseen lead', 'leads', 'activities', (id) => ({ subject: 'X', kind: 'call', lead: id })),
        put('a note at an unseen account', 'accounts', 'notes', (id) => ({ subject: 'X', body: 'X', account: id })), put('a note at an unseen activity', 'activities', 'notes', (id) => ({ subject: 'X', body: 'X', activity: id })),
        put('an array that refers to the unseen', 'accounts', 'deals', (id) => [{ name: 'X' }, { name: 'Y', account: id }]),
        put('parts that refer to the unseen', 'accounts', 'deals?partial=true', (id) => [{ name: 'X', account: id }]),
        put('duplicates with an unseen account', 'accounts', 'contacts/duplicates', (id) => ({ name: 'X', account: id })),
        ['a deal changed to an unseen account', 'accounts', 'PATCH', () => `/deals/${own.deal2}`, (id) => ({ account: id }), { 'If-Match': '"2"' }],
        ['a contact changed to an unseen account', 'accounts', 'PATCH', () => `/contacts/${own.contact2}`, (id) => ({ account: id }), { 'If-Match': '"1"' }],
        act('conversion to an unseen account', 'accounts', `/leads/${own.lead2}/actions/convert`, (id) => ({ account: id, deal_name: 'X' })),
        act('conversion to an unseen contact', 'contacts', `/leads/${own.lead2}/actions/convert`, (id) => ({ account_name: 'X', contact: id, deal_name: 'X' })),
        act('bulk with an unseen reference, tried', 'accounts', '/deals/bulk', (id) => ({ filter: 'amount > 0', change: { account: id }, dry_run: true })),
        act('bulk of own and unseen, tried', 'deals', '/deals/bulk', (id) => ({ ids: [own.deal0, id], change: { source: 'referral' }, dry_run: true })),
        act('a change for each of own and unseen, tried', 'deals', '/deals/bulk', (id) => ({ each: { [own.deal0]: { source: 'referral' }, [id]: { source: 'referral' } }, dry_run: true })),
        act('a change for each with an unseen reference, tried', 'accounts', '/deals/bulk', (id) => ({ each: { [own.deal2]: { account: id } }, dry_run: true })),
        ['deals of an unseen account', 'accounts', 'GET', (id) => `/deals?count=exact&filter=${encodeURIComponent(`account = "${id}"`)}`],
        ['deals of an unseen contact', 'contacts', 'GET', (id) => `/deals?count=exact&filter=${encodeURIComponent(`contact = "${id}"`)}`],
        ['the content of an unseen attachment', 'attachments', 'GET', (id) => `/attachments/${id}/content`],
        ['an attachment at an unseen account', 'accounts', 'POST', (id) => `/attachments?name=a.txt&object=account&id=${id}`, () => 'x'],
        ['a job of another', 'jobs', 'GET', (id) => `/jobs/${id}`], ['the file of another\'s job', 'jobs', 'GET', (id) => `/jobs/${id}/file`], ['the end of another\'s job', 'jobs', 'POST', (id) => `/jobs/${id}/actions/cancel`],
        ['an import of another', 'jobs', 'GET', (id) => `/imports/${id}`], ['refused rows of another', 'jobs', 'GET', (id) => `/imports/${id}/errors`], ['the undoing of another\'s import', 'jobs', 'POST', (id) => `/imports/${id}/undo`],
    ];
};

const never = (id) => String(BigInt(id) - 90_000_000_000n);

export async function testNaming(test, large, asker, unseen) {
    for (const [name, target, method, path, json, headers] of naming(large.ids))
        await test(`like one that never was: ${name}`, async () => {
            const id = unseen[target];
            const answers = [];
            for (const one of [id, never(id)]) answers.push(plain(await asker.ask(method, path(one), json?.(one), headers), { named: one }));
            if (/^20\d .*"data":\[\{"id"/.test(answers[0])) return `it is told: ${answers[0].slice(0, 300)}`;
            return unlike(answers[0], answers[1]);
        });
}

export async function testReads(test, large, small, askers) {
    const rows = [reads(large.ids), reads(small.ids)];
    for (const [i, row] of rows[0].entries())
        await test(`3 of 100, ${askers.name}: ${row[0]}`, async () => {
            const answers = [await askers.large.ask(...row.slice(1)), await askers.small.ask(...rows[1][i].slice(1))];
            if (answers[1].status >= 500) return `${answers[1].status} ${answers[1].text}`;
            return unlike(plain(answers[0], large.ids), plain(answers[1], small.ids));
        });
}

export async function testFiles(test, large, small, askers) {
    for (const format of ['csv', 'xlsx'])
        for (const plural of ['accounts', 'deals', 'contacts', 'leads', 'passages'])
            await test(`3 of 100, ${askers.name}: export of ${plural} as ${format}`, async () => {
                const request = { format, sort: 'created_at', ...(plural === 'deals' && { fields: ['name', 'amount', 'account', 'account.phone', 'contact'] }) };
                const told = [];
                for (const [who, { ids }] of [[askers.large, large], [askers.small, small]]) told.push(plain(await who.exported(plural, request), ids).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, ''));
                return told[1].startsWith('200') ? unlike(told[0], told[1]) : told[1].slice(0, 500);
            });
}

// A place in a list that somebody walked to who sees more is no place of one's own list.
export async function testPlaces(test, large, members) {
    const far = '/notes?at=1095&limit=5&sort=created_at';
    const { data } = await large.done(other, 'POST', '/notes', Array.from({ length: 1000 }, (_, i) => ({ subject: mark(1000 + i), body: '…' })));
    const walked = (await large.house.call(admin, 'GET', far)).body.data;
    await test('the administrator enters a list of a thousand at its end', () => (walked.at(-1)?.id === data.at(-1).id ? null : JSON.stringify(walked).slice(0, 300)));
    for (const { name, large: asker } of members)
        await test(`3 of 1,000, ${name}: a list entered where another had walked to`, async () => {
            const answer = await asker.ask('GET', far);
            return unlike(`${answer.status} ${answer.text}`, '200 {"data":[],"next":null,"at":1095}');
        });
}

// Events of the ledger as a stream: live while everybody works, and once more from the beginning.
export async function testStream(test, large, { name, large: asker }, own) {
    const { ids } = large;
    const visible = new Set(own.map((one) => ids[one]));
    const shared = new Set((await asker.ask('GET', '/describe')).body.objects.filter(({ owned }) => !owned).map((object) => object.name));
    const stray = (events) => events.filter(({ id, object }) => id && !visible.has(id) && !shared.has(object) && object !== 'job');
    const work = async () => {
        for (const i of [30, 31]) await large.change(admin, `/deals/${ids[`deal_${i}`]}`, { next_step: `${name} ${mark(i)}` });
        await large.done(admin, 'POST', `/deals/${ids.deal_32}/actions/lose`, { loss_reason: 'price', note: mark(32) }).catch(() => {});
        await large.change(admin, `/accounts/${ids.account_33}`, { short_name: `${name} ${mark(33)}` });
        await large.change(admin, `/notes/${ids.note2}`, { body: `heard by ${name}` });
    };
    await test(`${name}: the stream of changes, live`, async () => {
        const events = await asker.heard(undefined, work, ids.note2);
        const wrong = stray(events);
        if (wrong.length) return JSON.stringify(wrong.slice(0, 3));
        return events.length === 1 ? null : `${events.length} events: ${JSON.stringify(events)}`;
    });
    await test(`${name}: the stream of changes, resumed from its beginning`, async () => {
        const events = await asker.heard(0, async () => {}, ids.note2);
        const wrong = stray(events);
        if (!events.some(({ id }) => id === ids.deal0)) return 'own events are missing';
        return wrong.length ? `${wrong.length} events: ${JSON.stringify(wrong.slice(0, 3))}` : null;
    });
    await test(`${name}: the stream told of their own notifications alone`, async () => {
        const mine = new Set((await asker.ask('GET', '/notifications?limit=200')).body.data.map(({ id }) => id));
        const others = asker.notified.filter((id) => !mine.has(id));
        return others.length ? `not theirs: ${others}` : null;
    });
}

export async function testBulk(test, large, asker) {
    await test('3 of 100: a bulk change reaches no other record', async () => {
        const job = await asker.finished(await asker.ask('POST', '/deals/bulk', { filter: 'amount > 0', change: { source: 'referral' } }));
        if (job.body?.result?.changed !== 3) return job.text;
        const { count } = await countOf(large, 'deals', 'source = "referral"');
        return count === 3 ? null : `${count} were changed`;
    });
    await test('3 of 100: a bulk change by ids reaches no other record', async () => {
        const ids = Array.from({ length: others }, (_, i) => large.ids[`account_${i}`]);
        const job = await asker.finished(await asker.ask('POST', '/accounts/bulk', { ids: [large.ids.account0, ...ids], change: { tier: 'C' } }));
        if (job.body?.result?.changed !== 1) return job.text;
        const { count } = await countOf(large, 'accounts', 'tier = "C"');
        return count === 1 ? null : `${count} were changed`;
    });
    await test('3 of 100: changes for each reach no other record', async () => {
        const ids = Array.from({ length: others }, (_, i) => large.ids[`account_${i}`]);
        const job = await asker.finished(await asker.ask('POST', '/accounts/bulk', { each: Object.fromEntries([large.ids.account1, ...ids].map((id) => [id, { short_name: 'each' }])) }));
        if (job.body?.result?.changed !== 1) return job.text;
        const { count } = await countOf(large, 'accounts', 'short_name = "each"');
        return count === 1 ? null : `${count} were changed`;
    });
    await test('3 of 100: what one prefers is told to nobody else', async () => {
        const before = (await large.house.call(other, 'GET', '/session/preferences')).text;
        const answer = await asker.ask('PATCH', '/session/preferences', { theme: 'system', density: 'standard' });
        if (answer.status !== 200 || answer.body.theme !== 'system') return answer.text;
        return unlike((await large.house.call(other, 'GET', '/session/preferences')).text, before);
    });
    await test('3 of 100: a conversion takes no account of another by its name', async () => {
        const theirs = new Set(Object.entries(large.ids).flatMap(([name, id]) => (name.startsWith('account_') ? [id] : [])));
        const answer = await asker.ask('POST', `/leads/${large.ids.lead1}/actions/convert`, { account_name: `华星 ${mark(5)}`, deal_name: 'X' });
        return answer.status === 200 && !theirs.has(answer.body.converted_account.id) ? null : answer.text;
    });
    await test('an Idempotency-Key another used gives nothing of his', async () => {
        const [json, headers] = [{ name: mark(500) }, { 'Idempotency-Key': 'of-another' }];
        const theirs = await large.house.call(admin, 'POST', '/accounts', json, headers);
        const mine = await asker.ask('POST', '/accounts', json, headers);
        return mine.status === 201 && mine.body.id !== theirs.body.id ? null : mine.text;
    });
}

async function countOf(world, plural, filter) {
    return (await world.house.call(admin, 'GET', `/${plural}?limit=1&count=exact&filter=${encodeURIComponent(filter)}`)).body;
}

