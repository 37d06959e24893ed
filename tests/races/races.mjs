// Many who write the same things at the same moment. What each was told must add up to what is there: no change is lost, none counts twice,
// and no two who are right alone are wrong together (lost update and write skew). `doors`: the servers they write through, one or more.
import assert from 'node:assert/strict';

const clients = 8, admin = 'admin@example.com';

// xorshift; the seed is printed, so that a run can be had again as far as a race can.
function random(seed) {
    let state = seed;
    return (below) => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (state >>> 0) % below;
    };
}

export function races(doors, seed) {
    const door = (i) => doors[i % doors.length];
    const pick = random(seed);
    const call = (i, method, path, json, headers) => door(i).call(admin, method, path, json, headers);
    const must = async (status, i, method, path, json, headers) => {
        const answer = await call(i, method, path, json, headers);
        assert.equal(answer.status, status, `${method} ${path}: ${answer.text.slice(0, 300)}`);
        return answer.body;
    };
    const make = async (plural, json) => (await must(201, 0, 'POST', `/${plural}`, json)).id;
    // Each client in turn through its own door, all at once.
    const all = (count, work) => Promise.all(Array.from({ length: count }, (_, i) => work(i)));
    const read = async (i, path) => {
        const answer = await call(i, 'GET', path);
        assert.equal(answer.status, 200, answer.text);
        return { record: answer.body, etag: answer.headers.etag };
    };
    const sentBy = (answers) => {
        const counts = {};
        for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
        return counts;
    };

    return {
        'lost update: of many who add to one amount every accepted addition is there, once, and the history tells each': async () => {
            const deal = await make('deals', { name: '并发', amount: '0' });
            const wanted = 12;
            let refused = 0;
            await all(clients, async (i) => {
                for (let added = 0; added < wanted; ) {
                    const { record, etag } = await read(i, `/deals/${deal}`);
                    const answer = await call(i, 'PATCH', `/deals/${deal}`, { amount: String(Number(record.amount.amount ?? record.amount) + 1) }, { 'If-Match': etag });
                    if (answer.status === 200) ++added;
                    else ++refused, assert.equal(answer.status, 412, answer.text);
                }
            });
            assert.ok(refused > 0, 'nobody met anybody');
            const { record } = await read(0, `/deals/${deal}`);
            assert.equal(Number(record.amount.amount ?? record.amount), clients * wanted);
            const seen = [];
            for (let before = ''; ;) {
                const { data, next } = await must(200, 0, 'GET', `/deals/${deal}/history?field=amount&limit=200${before && `&before=${before}`}`);
                seen.push(...data);
                if (!next) break;
                before = next;
            }
            const amounts = seen.map(({ changes }) => changes.find(({ field }) => field === 'amount')).reverse();
            const number = (value) => Number(value?.amount ?? value);
            assert.deepEqual(amounts.slice(1).map((change) => [number(change.old), number(change.new)]), Array.from({ length: clients * wanted }, (_, i) => [i, i + 1]));
        },

        'write skew: of two administrators who disable each other one is left, every time': async () => {
            const ids = [];
            for (const name of ['甲', '乙']) ids.push(await make('members', { name, email: `skew-${name.charCodeAt(0)}-${seed}@example.com`, roles: ['admin'] }));
            const emails = await Promise.all(ids.map(async (id) => (await read(0, `/members/${id}`)).record.email));
            const { record: self } = await read(0, '/session').then(({ record }) => ({ record: record.member }));
            for (const email of emails) door(0).token(email);
            for (let round = 0; round < 6; ++round) {
                // Only these two are left with the right: the founder steps down by the hand of one of them.
                await until(async () => (await all(doors.length, (i) => door(i).call(emails[0], 'GET', '/members?limit=1'))).every(({ status }) => status === 200));
                await until(async () => (await all(doors.length, (i) => door(i).call(emails[1], 'GET', '/members?limit=1'))).every(({ status }) => status === 200));
                const down = await door(0).call(emails[0], 'PATCH', `/members/${self.id}`, { active: false }, { 'If-Match': '*' });
                assert.equal(down.status, 200, down.text);
                const how = pick(2) ? { active: false } : { roles: ['rep'] };
                const answers = await Promise.all([0, 1].map((i) => door(i).call(emails[i], 'PATCH', `/members/${ids[1 - i]}`, how, { 'If-Match': '*' })));
                const done = answers.filter(({ status }) => status === 200).length;
                assert.equal(done, 1, `${JSON.stringify(how)}: ${answers.map(({ status, text }) => `${status} ${text.slice(0, 120)}`)}`);
                const left = answers[0].status === 200 ? 0 : 1;
                for (const [id, change] of [[self.id, { active: true }], [ids[1 - left], { active: true, roles: ['admin'] }]]) {
                    const back = await door(left).call(emails[left], 'PATCH', `/members/${id}`, change, { 'If-Match': '*' });
                    assert.equal(back.status, 200, back.text);
                }
                await until(async () => (await all(doors.length, (i) => call(i, 'GET', '/members?limit=1'))).every(({ status }) => status === 200));
            }
        },

        'a key that must differ is given once, however many ask for it at the same moment': async () => {
            for (let round = 0; round < 4; ++round) {
                const code = `RACE-${seed}-${round}`;
                const answers = await all(clients * 2, (i) => call(i, 'POST', '/accounts', { name: `同号 ${i}`, code: pick(2) ? code : code.toLowerCase() }));
                const counts = sentBy(answers);
                assert.equal(counts[201], 1, JSON.stringify(counts));
                assert.equal(Object.keys(counts).length, 2, JSON.stringify(counts));
                const { count } = await must(200, 0, 'GET', `/accounts?limit=1&count=exact&filter=${encodeURIComponent(`code in ("${code}", "${code.toLowerCase()}")`)}`);
                assert.equal(count, 1);
            }
        },

        'a request that is sent many times under one key happens once, and all hear of the same record': async () => {
            const before = (await must(200, 0, 'GET', '/accounts?limit=1&count=exact')).count;
            for (let round = 0; round < 4; ++round) {
                const answers = await all(clients, (i) => call(i, 'POST', '/accounts', { name: `只有一个 ${round}` }, { 'Idempotency-Key': `race-${seed}-${round}` }));
                assert.deepEqual(sentBy(answers), { 201: clients });
                assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1);
            }
            assert.equal((await must(200, 0, 'GET', '/accounts?limit=1&count=exact')).count, before + 4);
        },

        'a deal is decided once: of those who win, lose and move it at the same moment the first is right, and passages and outcome agree': async () => {
            for (let round = 0; round < 8; ++round) {
                const deal = await make('deals', { name: `定局 ${round}`, amount: '1000' });
                const { etag } = await read(0, `/deals/${deal}`);
                const deeds = [['win', {}], ['lose', { reason: 'price' }], ['win', {}], ['lose', { reason: 'price' }]].sort(() => pick(3) - 1);
                const answers = await Promise.all(deeds.map(([verb, body], i) => call(i, 'POST', `/deals/${deal}/actions/${verb}`, body, { 'If-Match': etag })));
                const right = deeds.filter((_, i) => answers[i].status === 200);
                assert.equal(right.length, 1, answers.map(({ status, text }) => `${status} ${text.slice(0, 160)}`).join('\n'));
                const { record } = await read(0, `/deals/${deal}`);
                assert.equal(record.outcome, right[0][0] === 'win' ? 'won' : 'lost');
            }
        },

        'totals, groups and lists say the same after a storm of records that are made, moved, deleted and brought back': async () => {
            const name = `风暴 ${seed}`;
            const mine = await all(clients, () => make('deals', { name, amount: '10' }));
            await all(clients, async (i) => {
                for (let turn = 0; turn < 15; ++turn) {
                    const id = mine[pick(clients)], kind = pick(5);
                    if (kind === 0) await call(i, 'POST', '/deals', { name, amount: String(1 + pick(90)) });
                    else if (kind === 1) await call(i, 'PATCH', `/deals/${id}`, { amount: String(pick(1_000)) }, { 'If-Match': '*' });
                    else if (kind === 2) await call(i, 'DELETE', `/deals/${id}`, undefined, { 'If-Match': '*' });
                    else if (kind === 3) await call(i, 'POST', `/deals/${id}/actions/restore`, {});
                    else await call(i, 'POST', `/deals/${id}/actions/advance`, {});
                }
            });
            const filter = `name = "${name}"`;
            const list = await must(200, 0, 'GET', `/deals?limit=500&count=exact&filter=${encodeURIComponent(filter)}`);
            const sum = list.data.reduce((total, { amount }) => total + Number(amount?.amount ?? amount ?? 0), 0);
            for (let i = 0; i < doors.length; ++i) {
                const rows = (await must(200, i, 'POST', '/query', { from: 'deals', where: filter, group: ['stage'], measures: { n: 'count()', value: 'sum(amount)' } })).rows;
                assert.equal(rows.reduce((total, { n }) => total + Number(n), 0), list.count);
                assert.equal(rows.reduce((total, { value }) => total + Number(value?.amount ?? value ?? 0), 0), sum);
                const whole = (await must(200, i, 'POST', '/query', { from: 'deals', group: ['stage', 'owner'], measures: { n: 'count()' } })).rows;
                assert.equal(whole.reduce((total, { n }) => total + Number(n), 0), (await must(200, i, 'GET', '/deals?limit=1&count=exact')).count);
            }
        },
    };
}

// What another server will have heard within a moment.
async function until(so) {
    for (const since = performance.now(); !(await so()); await new Promise(setImmediate)) assert.ok(performance.now() - since < 5_000, 'a server never hears of it');
}
