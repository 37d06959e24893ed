// A forgotten password: who asks learns nothing, and who holds the mailbox gets in – no further than a password leads.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { another, base, inTown, linkIn, password, tokenIn } from './town.mjs';

const cookieOf = (answer) => answer.headers['set-cookie'][0].split(';')[0];

// What an authenticator shows (RFC 6238).
function codeOf(key, at) {
    const bits = [...key].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
    const hash = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((eight) => Number.parseInt(eight, 2)))).update(counter).digest();
    return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

export const reset = (binary) => ({
    'a known and an unknown address get the same answer, and only the known one gets a mail': () => inTown(binary, async (town) => {
        await town.settled({ name: '李雷', email: 'lilei@example.cn' });
        const left = await town.settled({ name: 'Left', email: 'left@example.cn' });
        await town.change(left, { active: false });
        await town.member({ name: 'Never invited', email: 'never@example.cn' });
        const told = async (email) => {
            const { status, headers, text } = await town.post('/session/reset', { email });
            return { status, text, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(date|x-request-id)$/.test(name))) };
        };
        const unknown = await told('nobody@example.cn');
        assert.deepEqual([unknown.status, unknown.text], [202, '{}']);
        for (const email of ['left@example.cn', 'never@example.cn', '*@example.cn', "' OR 1=1 --@x", 'lilei@example.cn ', ' LILEI@EXAMPLE.CN', 'ｌｉｌｅｉ@example.cn']) assert.deepEqual(await told(email), unknown, email);
        const mails = await town.office.take(3);
        await town.until(0);
        assert.deepEqual([...mails, ...town.office.mails].map(({ to }) => to), [['lilei@example.cn'], ['lilei@example.cn'], ['lilei@example.cn']]);
        assert.equal(mails[0].headers.find(([name]) => name === 'subject')[1], '重设您在“示例公司”的密码');
        assert.match(linkIn(mails[0]), new RegExp(`^${base}/welcome#[\\w-]{43}$`));
    }),
    'a reset sets the password, ends every session and every other link, and leaves the second factor': () => inTown(binary, async (town) => {
        await town.settled({ name: '李雷', email: 'lilei@example.cn' });
        const at = Date.parse('2026-03-02T01:00:00Z');
        const first = await town.signIn('lilei@example.cn'), headers = { Cookie: cookieOf(first), 'X-CSRF-Token': first.body.csrf };
        const begun = await town.post('/session/second_factor', { password }, headers);
        const confirmed = await town.house.send('PUT', '/api/v1/session/second_factor', { headers: { ...headers, Origin: town.origin, 'Content-Type': 'application/json' }, body: JSON.stringify({ code: codeOf(begun.body.key, at) }) });
        assert.equal(confirmed.status, 200, confirmed.text);
        for (let i = 0; i < 2; ++i) assert.equal((await town.post('/session/reset', { email: 'lilei@example.cn' })).status, 202);
        const [one, two] = await town.office.take(2);
        assert.equal((await town.post('/invitation', { token: tokenIn(one) })).body.kind, 'reset');
        assert.equal((await town.post('/invitation', { token: tokenIn(two), password: 'short' })).status, 422);
        assert.equal((await town.post('/invitation', { token: tokenIn(two), password: another })).status, 200);
        assert.equal((await town.house.send('GET', '/api/v1/session', { headers: { Cookie: headers.Cookie } })).status, 401, 'the session before');
        for (const mail of [one, two]) assert.equal((await town.post('/invitation', { token: tokenIn(mail), password })).body.code, 'invitation_refused');
        town.later(2);
        assert.equal((await town.signIn('lilei@example.cn')).body.code, 'sign_in_refused', 'the old password');
        assert.equal((await town.signIn('lilei@example.cn', another)).body.code, 'code_required');
        assert.equal((await town.signIn('lilei@example.cn', another, codeOf(begun.body.key, at + 120_000))).status, 200);
    }),
    'a link ends after an hour, with another address of the member, with another password, and with the member': () => inTown(binary, async (town) => {
        const id = await town.settled({ name: '李雷', email: 'lilei@example.cn' });
        const link = async (email) => {
            town.later(60);
            assert.equal((await town.post('/session/reset', { email })).status, 202);
            return tokenIn((await town.office.take())[0]);
        };
        const opens = async (token) => (await town.post('/invitation', { token })).status;
        const late = await link('lilei@example.cn');
        town.later(59);
        assert.equal(await opens(late), 200);
        town.later(1);
        assert.equal(await opens(late), 403);
        const old = await link('lilei@example.cn');
        await town.change(id, { email: 'lei@example.cn' });
        assert.equal(await opens(old), 403, 'whoever reads the old mailbox');
        const known = await link('lei@example.cn');
        town.house.command(['user', 'password', '--email', 'lei@example.cn', '--password-stdin'], another);
        assert.equal(await opens(known), 403, 'another password');
        const last = await link('lei@example.cn');
        await town.change(id, { active: false });
        assert.equal(await opens(last), 403, 'disabled');
        assert.equal((await town.post('/invitation', { token: last, password })).status, 403);
    }),
    'three an hour for an account, ten for an address, alike for whoever does not exist': () => inTown(binary, async (town) => {
        await town.settled({ name: '李雷', email: 'lilei@example.cn' });
        const ask = async (email) => (await town.post('/session/reset', { email })).status;
        for (const email of ['lilei@example.cn', 'nobody@example.cn'])
            assert.deepEqual([await ask(email), await ask(email.toUpperCase()), await ask(email), await ask(email)], [202, 202, 202, 429], email);
        assert.deepEqual([await ask('a@example.cn'), await ask('b@example.cn'), await ask('c@example.cn')], [202, 202, 429]);
        await town.office.take(3);
        town.later(60);
        assert.equal(await ask('lilei@example.cn'), 202);
        await town.office.take();
    }),
    'what is no address is refused before anything is written': () => inTown(binary, async (town) => {
        for (const [body, code] of [[{}, 'required'], [{ email: null }, 'required'], [{ email: 7 }, 'invalid_value'], [{ email: ['a@b.cn'] }, 'invalid_value'], [{ email: 'nobody' }, 'invalid_value'], [{ email: 'a@b.cn\r\nBcc: c@d.cn' }, 'invalid_value'], [{ email: 'a@b.cn\u0000' }, 'invalid_value'], [{ email: `${'a'.repeat(300)}@b.cn` }, 'invalid_value']]) {
            const answer = await town.post('/session/reset', body);
            assert.deepEqual([answer.status, answer.body.errors[0].code], [422, code], JSON.stringify(body).slice(0, 60));
        }
        assert.equal(await town.waiting(), 0);
    }),
    'no file of the house and no event holds a link that was mailed': () => inTown(binary, async (town) => {
        const id = await town.settled({ name: '李雷', email: 'lilei@example.cn' });
        await town.post('/session/reset', { email: 'lilei@example.cn' });
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        const tokens = (await town.office.take(2)).map(tokenIn);
        await town.until(0);
        const files = readdirSync(town.house.data, { recursive: true }).map((name) => join(town.house.data, name)).filter((name) => statSync(name).isFile());
        assert.ok(files.length > 2);
        for (const file of files) for (const token of tokens) assert.ok(!readFileSync(file, 'latin1').includes(token), file);
        const history = await town.house.call(town.admin, 'GET', `/members/${id}/history`);
        for (const token of tokens) assert.ok(!history.text.includes(token) && !town.house.log.includes(token));
    }),
});
