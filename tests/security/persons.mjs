// Somebody asks that what we know of him goes: fifty marks are planted wherever something can be known of a person, and then none is left – in no
// answer and, in a file of ours, not a byte on the disk.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unpacked } from '../served/zip.mjs';

const inFile = !process.env.SHANGDAO_TEST_CLUSTER;
const label = (zh, en) => ({ zh, en });

export const persons = (f) => {
    let marks = 0, asked = 0;
    // Lower case and without its first letter in a common beginning, as the text index writes words.
    const mark = () => `canary${String.fromCharCode(97 + (++marks % 26))}${marks}zq`;
    const make = async (path, json, headers) => {
        const answer = await f.house.call(f.rep, 'POST', path, json, headers);
        assert.ok(answer.status < 300, `${path}: ${answer.status} ${answer.text}`);
        return answer.body;
    };
    const change = async (path, json) => {
        const answer = await f.house.call(f.rep, 'PATCH', path, json, { 'If-Match': '*', 'Idempotency-Key': `change-${++asked}` });
        assert.equal(answer.status, 200, answer.text);
    };
    const attach = (to, id, body) =>
        f.house.send('POST', `/api/v1/attachments?${new URLSearchParams({ name: `${mark()}.txt`, object: to, id })}`, { headers: { Authorization: `Bearer ${f.house.token(f.rep)}`, 'Content-Type': 'application/octet-stream', 'Content-Length': Buffer.byteLength(body) }, body });
    const ended = async (job) => {
        for (;;) {
            const { body } = await f.house.call(f.admin, 'GET', `/jobs/${job}`);
            if (!['waiting', 'running'].includes(body.state)) return body;
        }
    };
    const erase = async (path, reason = 'asked for it by letter') => {
        const begun = await f.house.call(f.admin, 'POST', `${path}/erase`, { reason });
        assert.equal(begun.status, 202, begun.text);
        const job = await ended(begun.body.job);
        assert.equal(job.state, 'done', JSON.stringify(job));
        return job.result;
    };
    const filesWith = (text) =>
        readdirSync(f.house.data, { recursive: true })
            .map((name) => join(f.house.data, name))
            .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() && readFileSync(path).includes(text));

    async function plant() {
        const said = await f.house.call(f.admin, 'POST', '/definitions', { object: 'contact', fields: [{ name: 'x_nick', type: 'text', label: label('昵称', 'Nick'), searched: true }, { name: 'x_born', type: 'date', label: label('农历生日', 'Born') }] });
        assert.ok(said.status < 300, said.text);
        const account = (await make('/accounts', { name: 'Steel Works' })).id;
        const lead = await make('/leads', { name: mark(), company: mark(), mobile: '13700039876', email: `${mark()}@example.com`, wechat: mark(), need: mark(), job_title: mark(), channel_detail: mark(), utm_source: mark() }, { 'Idempotency-Key': 'the-lead' });
        await make('/notes', { subject: mark(), body: mark(), lead: lead.id });
        await change(`/leads/${lead.id}`, { next_step: mark(), department: mark() });
        const converted = await f.house.call(f.rep, 'POST', `/leads/${lead.id}/actions/convert`, { account, deal_name: 'A lathe' }, { 'Idempotency-Key': 'the-conversion' });
        assert.equal(converted.status, 200, converted.text);
        const contact = (await f.house.call(f.rep, 'GET', `/leads/${lead.id}`)).body.converted_contact.id;
        await change(`/contacts/${contact}`, { name: mark(), job_title: mark(), department: mark(), mobile: '13700031234', phone: '051288889999', email: `${mark()}@example.com`, wechat: mark(), birthday: '1971-03-09', remarks: mark(), code: mark(), x_nick: mark(), x_born: '1971-02-13', address: { country: 'CN', region: '310115', detail: mark() } });
        await change(`/contacts/${contact}`, { remarks: mark(), x_nick: mark() });
        const activity = (await make('/activities', { subject: mark(), kind: 'visit', contact, account, body: mark(), next_step: mark(), place: mark() }, { 'Idempotency-Key': 'the-call' })).id;
        await make(`/activities/${activity}/actions/complete`, { outcome: 'interested', body: mark() }, { 'Idempotency-Key': 'the-end' });
        await make('/notes', { body: mark(), contact }, { 'Idempotency-Key': 'the-note' });
        const inBin = (await make('/notes', { body: mark(), contact })).id;
        assert.equal((await f.house.call(f.rep, 'DELETE', `/notes/${inBin}`, undefined, { 'If-Match': '*' })).status, 204);
        await make('/notes', { subject: mark(), body: mark(), activity });
        for (const [to, id] of [['contact', contact], ['lead', lead.id], ['activity', activity]]) assert.equal((await attach(to, id, `${mark()}\n`.repeat(10))).status, 201);
        await make(`/contacts/${contact}/actions/hand_over`, { owner: f.ids.other, reason: mark() });
        const back = await f.house.call(f.other, 'POST', `/contacts/${contact}/actions/hand_over`, { owner: f.ids.rep, reason: mark() });
        assert.ok(back.status < 300, back.text);
        await make('/consents', { purpose: 'marketing', text_version: 'Notice 2026-03', contact, evidence: mark() });
        const locked = await f.house.call(f.admin, 'POST', `/contacts/${contact}/actions/lock`, { reason: mark() });
        assert.equal(locked.status, 200, locked.text);
        const uploaded = await f.house.send('POST', `/api/v1/imports/files?${new URLSearchParams({ name: 'people.csv' })}`, { headers: { Authorization: `Bearer ${f.house.token(f.admin)}`, 'Content-Type': 'application/octet-stream' }, body: `name\n${mark()}\n` });
        assert.equal(uploaded.status, 201, uploaded.text);
        const lastMark = marks;
        const made = await f.house.call(f.admin, 'POST', '/contacts/export', { format: 'csv' });
        assert.equal((await ended(made.body.job)).state, 'done');
        return { contact, lead: lead.id, activity, account, uploaded: lastMark };
    }

    return {
        'persons: an export holds every mark; of somebody who is erased no byte is left, the chain is whole and numbers are what they were': async () => {
            const planted = await plant();
            assert.ok(marks >= 35, `${marks} marks`);
            const taken = await f.house.call(f.admin, 'POST', `/contacts/${planted.contact}/person_export`);
            assert.equal(taken.status, 202, taken.text);
            const exported = await ended(taken.body.job);
            assert.equal(exported.state, 'done', JSON.stringify(exported));
            assert.match(exported.result.name, /\.zip$/);
            const held = unpacked((await f.house.call(f.admin, 'GET', `/jobs/${taken.body.job}/file`)).bytes);
            for (let n = 1; n <= marks; ++n) if (n !== planted.uploaded) assert.ok(held.includes(`${n}zq`), `mark ${n} is not in the export`);
            for (const word of ['13700039876', '13700031234', '1971-03-09', 'handed_over', '"consent"']) assert.ok(held.includes(word), `${word} is not in the export`);
            const deals = async () => (await f.house.call(f.admin, 'POST', '/query', { from: 'deals', measures: { n: 'count()' } })).body.rows;
            const before = await deals();
            const result = await erase(`/contacts/${planted.contact}`);
            assert.equal(result.clean, true);
            assert.ok(result.records >= 10 && result.files >= 5, JSON.stringify(result));
            for (const path of [`/contacts/${planted.contact}`, `/leads/${planted.lead}`, `/activities/${planted.activity}`, `/contacts/${planted.contact}/timeline`, `/contacts/${planted.contact}/history`, `/leads/${planted.lead}/history`, '/search?q=canary', '/notes', '/attachments', '/activities', '/bin?object=note', '/jobs']) {
                const answer = await f.house.call(f.admin, 'GET', path);
                assert.doesNotMatch(answer.text, /canary[a-z]\d|13700031234|13700039876/, path);
            }
            const { body: contact } = await f.house.call(f.admin, 'GET', `/contacts/${planted.contact}`);
            assert.equal(contact.name, `已抹除 / Erased ${planted.contact}`);
            assert.ok(contact.erased_at);
            const { body: consents } = await f.house.call(f.admin, 'GET', `/consents?filter=${encodeURIComponent(`contact = "${planted.contact}"`)}`);
            assert.deepEqual(consents.data.map((one) => [one.purpose, one.text_version, one.evidence ?? null]), [['marketing', 'Notice 2026-03', null]]);
            assert.deepEqual(await deals(), before);
            if (inFile) for (const word of ['3700031234', '3700039876', '51288889999']) assert.deepEqual(filesWith(word), [], word);
            if (inFile) for (let n = 1; n <= marks; ++n) assert.deepEqual(filesWith(`${n}zq`), [], `mark ${n}`);
            for (const words of [['audit', 'verify'], ['check']]) {
                const said = await f.house.beside([...words, '--data', f.house.data]).ended;
                assert.equal(said.code, 0, `${words.join(' ')}: ${said.out}${said.error}`);
            }
        },
        'persons: what was asked for somebody, and why, goes with him': async () => {
            const { body: process } = await f.house.call(f.admin, 'POST', '/processes', { name: 'Strict leads', key: 'strict_leads', runs_on: 'lead', active: true });
            const stages = [{ key: 'found', name: 'Found', exit: [{ field: 'company' }] }, { key: 'met', name: 'Met' }];
            const published = await f.house.call(f.admin, 'POST', `/processes/${process.id}/actions/publish`, { document: JSON.stringify({ stages }) });
            assert.ok(published.status < 300, published.text);
            const { id } = await make('/leads', { name: 'Third Person', process: process.id });
            const asked = await f.house.call(f.rep, 'POST', `/leads/${id}/approvals`, { verb: 'advance', reason: 'thirdcanary said so' });
            assert.equal(asked.status, 201, asked.text);
            await erase(`/leads/${id}`);
            assert.equal((await f.house.call(f.admin, 'GET', `/approvals/${asked.body.id}`)).status, 404);
            if (inFile) assert.deepEqual(filesWith('thirdcanary'), []);
        },
        'persons: who is erased is not written about, erased by nobody without the right, and the server starts as ever': async () => {
            const contact = (await make('/contacts', { name: 'Second Person' })).id;
            const refused = await f.house.call(f.rep, 'POST', `/contacts/${contact}/erase`, { reason: 'mine' });
            assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden']);
            await erase(`/contacts/${contact}`);
            const written = await f.house.call(f.rep, 'PATCH', `/contacts/${contact}`, { name: 'Again' }, { 'If-Match': '*' });
            assert.deepEqual([written.status, written.body.code], [409, 'record_erased']);
        },
    };
};
