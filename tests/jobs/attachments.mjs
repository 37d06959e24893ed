// Files at records: who may bring them, who gets them back, and how they come.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../rest/fixture.mjs';

const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export const attach = (f, who, object, id, name, bytes, more = {}) => {
    const ask = new URLSearchParams({ name, object, id });
    const headers = { Authorization: `Bearer ${f.house.token(who)}`, 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length, ...more };
    return f.house.send('POST', `/api/v1/attachments?${ask}`, { headers, body: bytes });
};

export const attachments = (f) => {
    const content = (who, id) => f.house.call(who, 'GET', `/attachments/${id}/content`);
    const count = async () => {
        const { status, body } = await f.house.call(f.admin, 'GET', '/attachments?limit=1&count=exact');
        assert.equal(status, 200);
        return body.count;
    };
    return {
        'a file comes back as it was brought, to be saved under its own name': async () => {
            const bytes = Buffer.from('<script>alert(1)</script>');
            const made = await attach(f, f.rep, 'deal', f.ids.deal, '../报价 "二".html', bytes);
            assert.equal(made.status, 201, made.text);
            assert.equal(made.headers.location, `/api/v1/attachments/${made.body.id}`);
            assert.deepEqual([made.body.file_name, made.body.size_bytes, made.body.media_type, made.body.deal.id], ['报价 _二_.html', bytes.length, 'application/octet-stream', f.ids.deal]);
            const back = await content(f.rep, made.body.id);
            assert.equal(back.text, bytes.toString());
            assert.equal(back.headers['content-disposition'], `attachment; filename="_____.html"; filename*=UTF-8''${encodeURIComponent('报价 _二_.html')}`.replace('_____', '_'.repeat('报价 _二_'.length)));
            assert.equal(back.headers['x-content-type-options'], 'nosniff');
            assert.match(back.headers['content-security-policy'], /^sandbox;/);
            assert.equal(back.headers['content-type'], 'application/octet-stream');
        },
        'a picture is shown in its place, in a sandbox': async () => {
            const made = await attach(f, f.rep, 'account', f.ids.account, 'logo.txt', picture);
            const back = await content(f.rep, made.body.id);
            assert.equal(back.headers['content-type'], 'image/png');
            assert.match(back.headers['content-disposition'], /^inline; filename="logo.txt"/);
            assert.match(back.headers['content-security-policy'], /^sandbox;/);
        },
        'a file at a record one may not see is refused and leaves nothing': async () => {
            const before = [await count(), await f.house.ledgerHead()];
            for (const [who, object, id, name, bytes, status, code] of [
                [f.rep, 'deal', f.ids.theirs, 'a.txt', Buffer.from('a'), 404, 'not_found'],
                [f.rep, 'deal', '1', 'a.txt', Buffer.from('a'), 404, 'not_found'],
                [f.rep, 'account', f.ids.deleted, 'a.txt', Buffer.from('a'), 404, 'not_found'],
                [f.rep, 'dael', f.ids.deal, 'a.txt', Buffer.from('a'), 404, 'unknown_object'],
                [f.rep, 'product', f.ids.product, 'a.txt', Buffer.from('a'), 404, 'unknown_object'],
                [f.rep, 'deal', f.ids.deal, '', Buffer.from('a'), 422, 'required'],
                [f.rep, 'deal', f.ids.deal, '../..', Buffer.from('a'), 422, 'invalid_value'],
                [f.rep, 'deal', f.ids.deal, 'a.txt', Buffer.alloc(0), 422, 'file_empty'],
            ]) {
                const answer = await attach(f, who, object, id, name, bytes);
                assert.deepEqual([answer.status, answer.body?.code], [status, code], `${object} ${name}`);
            }
            assert.deepEqual([await count(), await f.house.ledgerHead()], before);
        },
        'a file of a record one may not see is not there': async () => {
            const made = await attach(f, f.other, 'deal', f.ids.theirs, 'secret.txt', Buffer.from('secret'));
            assert.equal((await content(f.rep, made.body.id)).status, 404);
            assert.equal((await content(f.other, made.body.id)).text, 'secret');
            assert.equal((await f.house.call(f.rep, 'GET', `/attachments/${made.body.id}`)).status, 404);
        },
        'who brought a file loses it with the record': async () => {
            const deal = (await f.house.call(f.rep, 'POST', '/deals', { name: 'Handed' })).body.id;
            const made = await attach(f, f.rep, 'deal', deal, 'a.txt', Buffer.from('mine once'));
            const owner = (await f.house.call(f.other, 'GET', '/session')).body.member.id;
            assert.equal((await f.house.call(f.admin, 'POST', `/deals/${deal}/actions/hand_over`, { owner })).status, 200);
            assert.equal((await content(f.rep, made.body.id)).status, 404);
            assert.equal((await content(f.other, made.body.id)).text, 'mine once');
        },
        'a deleted attachment is gone for its reader': async () => {
            const made = await attach(f, f.rep, 'deal', f.ids.deal, 'gone.txt', Buffer.from('gone'));
            const removed = await f.house.call(f.rep, 'DELETE', `/attachments/${made.body.id}`, undefined, { 'If-Match': made.headers.etag });
            assert.equal(removed.status, 204);
            assert.equal((await content(f.rep, made.body.id)).status, 404);
        },
        'a file whose row was refused, and one deleted 30 days ago, are gone from the disk when the house is kept': async () => {
            const shelf = join(f.house.data, 'orgs/main/files/kept');
            const path = (bytes) => { const hash = createHash('sha256').update(bytes).digest('hex'); return join(shelf, hash.slice(0, 2), hash.slice(2)); };
            const lie = (...texts) => texts.map((text) => existsSync(path(text)));
            const stays = await attach(f, f.rep, 'deal', f.ids.deal, 'stays.txt', Buffer.from('stays'));
            const binned = await attach(f, f.rep, 'deal', f.ids.deal, 'binned.txt', Buffer.from('binned'));
            await attach(f, f.rep, 'deal', f.ids.deal, 'young.txt', Buffer.from('young'));
            await f.house.call(f.rep, 'DELETE', `/attachments/${binned.body.id}`, undefined, { 'If-Match': binned.headers.etag });
            // The key was used for another file: the row is refused when the bytes are kept already.
            const key = { 'Idempotency-Key': 'file-2' };
            await attach(f, f.rep, 'deal', f.ids.deal, 'k.txt', Buffer.from('first'), key);
            assert.equal((await attach(f, f.rep, 'deal', f.ids.deal, 'k.txt', Buffer.from('refused'), key)).status, 422);
            assert.deepEqual(lie('stays', 'binned', 'refused', 'first', 'young'), [true, true, true, true, true]);
            const restart = async () => { await f.house.kill(); await f.house.reopen(); };
            const old = new Date(Date.now() - 25 * 3_600_000);
            for (const text of ['stays', 'binned', 'refused', 'first']) utimesSync(path(text), old, old);
            await restart();
            while (lie('refused')[0]) await f.house.ledgerHead();
            assert.deepEqual(lie('stays', 'binned', 'first', 'young'), [true, true, true, true]);
            assert.equal((await content(f.rep, stays.body.id)).text, 'stays');
            f.house.setTime('2026-04-02T02:00:00Z');
            await restart();
            while (lie('binned')[0]) await f.house.ledgerHead();
            assert.deepEqual(lie('stays', 'first', 'young'), [true, true, true]);
            assert.equal((await f.house.call(f.rep, 'POST', `/attachments/${binned.body.id}/actions/restore`)).status, 404);
            assert.match(f.house.command(['check']), /0 findings/);
            f.house.setTime(at);
        },
        'the same key brings the same file once, and another file under it is refused': async () => {
            const key = { 'Idempotency-Key': 'file-1' };
            const once = await attach(f, f.rep, 'deal', f.ids.deal, 'k.txt', Buffer.from('k'), key);
            const again = await attach(f, f.rep, 'deal', f.ids.deal, 'k.txt', Buffer.from('k'), key);
            assert.deepEqual([again.status, again.body.id], [201, once.body.id]);
            assert.equal((await attach(f, f.rep, 'deal', f.ids.deal, 'k.txt', Buffer.from('other'), key)).body.code, 'idempotency_conflict');
        },
        'a file over the limit is refused before it is read': async () => {
            const headers = { Authorization: `Bearer ${f.house.token(f.rep)}`, 'Content-Length': (50 << 20) + 1 };
            const answer = await f.house.send('POST', `/api/v1/attachments?name=a&object=deal&id=${f.ids.deal}`, { headers });
            assert.equal(answer.status, 413);
        },
    };
};
