// When the mail server is away, refuses or asks for more, and when ours ends in between.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostOffice } from './post_office.mjs';
import { inTown, mailing, tokenIn } from './town.mjs';

// A directory with a certificate for 127.0.0.1 and 0.0.0.0, vouched for by itself, and the password of the mail user.
async function withTls(work) {
    const directory = mkdtempSync(join(tmpdir(), 'shangdao-mail-'));
    const [certificate, key, secret] = ['certificate.pem', 'key.pem', 'secret'].map((name) => join(directory, name));
    try {
        execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=mail.test', '-addext', 'subjectAltName=IP:127.0.0.1,IP:0.0.0.0'], { stdio: 'pipe' });
        writeFileSync(secret, 's3cret-of-mail\n');
        await work({ certificate, key, secret });
    } finally {
        rmSync(directory, { recursive: true });
    }
}

const unread = async (town, who) => (await town.house.call(who, 'GET', '/notifications?unread=true')).body.data;

export const sending = (binary) => ({
    'a mail server that is away costs time: the letter is tried again, ever more seldom, and arrives once': () => inTown(binary, async (town) => {
        await town.office.be('later');
        const id = await town.member({ name: 'Guest', email: 'guest@example.cn' });
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        await town.office.turned(1);
        for (const [i, minutes] of [1, 5, 15, 60, 60].entries()) {
            await town.until(1);
            town.later(minutes);
            await town.office.turned(i + 2);
        }
        assert.equal(town.office.turnedAway, 6);
        await town.office.be('accept');
        town.later(60);
        const [mail, ...more] = await town.office.take();
        await town.until(0);
        assert.deepEqual([more, town.office.mails], [[], []]);
        assert.equal((await town.post('/invitation', { token: tokenIn(mail) })).status, 200);
        assert.deepEqual(await unread(town, town.admin), []);
    }),
    'a letter that cannot be sent for three days is given up, and administrators are told': () => inTown(binary, async (town) => {
        await town.office.be('later');
        const id = await town.member({ name: 'Guest', email: 'guest@example.cn' });
        await town.member({ name: 'Rep', email: 'rep@example.cn' });
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        await town.office.turned(1);
        await town.until(1);
        town.later(3 * 24 * 60);
        await town.until(0);
        const [told, ...more] = await unread(town, town.admin);
        assert.deepEqual([more, told.reason, told.object, told.record.name], [[], 'mail_failed', 'member', 'Guest']);
        assert.deepEqual(await unread(town, 'rep@example.cn'), []);
    }),
    'a mailbox that does not exist is not tried again, and administrators are told at once': () => inTown(binary, async (town) => {
        await town.office.be('never');
        const id = await town.member({ name: 'Guest', email: 'guest@example.cn' });
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        await town.until(0);
        assert.deepEqual((await unread(town, town.admin)).map(({ reason }) => reason), ['mail_failed']);
        await town.change(id, { email: '李雷@example.cn' });
        await town.office.be('accept');
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        await town.until(0);
        assert.deepEqual([(await unread(town, town.admin)).length, town.office.mails], [2, []], 'an address that no mail goes to');
    }),
    'whoever has left meanwhile gets nothing': () => inTown(binary, async (town) => {
        await town.office.be('later');
        const id = await town.member({ name: 'Guest', email: 'guest@example.cn' });
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        await town.office.turned(1);
        await town.change(id, { active: false });
        await town.office.be('accept');
        town.later(2);
        await town.until(0);
        assert.deepEqual([town.office.mails, await unread(town, town.admin)], [[], []]);
    }),
    'a server that is killed between queueing and sending sends once when it is back': () => inTown(binary, async (town) => {
        await town.office.be('later');
        const id = await town.member({ name: 'Guest', email: 'guest@example.cn' });
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        await town.office.turned(1);
        await town.house.kill();
        await town.office.be('accept');
        await town.house.reopen();
        assert.equal(await town.waiting(), 1);
        town.later(10);
        const [mail, ...more] = await town.office.take();
        await town.until(0);
        assert.deepEqual([more, town.office.mails, mail.to], [[], [], ['guest@example.cn']]);
        assert.equal((await town.post('/invitation', { token: tokenIn(mail) })).status, 200);
    }),
    'beyond this machine nothing is said in the clear: without STARTTLS the letter waits': () => inTown(binary, async (town) => {
        const id = await town.member({ name: 'Guest', email: 'guest@example.cn' });
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        await town.until(1);
        const trial = await town.house.beside(['mail', 'test', '--to', 'a@example.cn', ...mailing(town.office.port, { host: '0.0.0.0' })]).ended;
        assert.equal(trial.code, 1);
        assert.match(trial.error, /could not be sent/);
        assert.deepEqual([town.office.mails, town.office.turnedAway], [[], undefined]);
    }, { office: { host: '0.0.0.0' }, serve: (office) => mailing(office.port, { host: '0.0.0.0' }) }),
    'with STARTTLS the server shows a certificate that is vouched for, and we sign in': () => withTls(async ({ certificate, key, secret }) => {
        const office = await PostOffice.open({ host: '0.0.0.0', tls: { certificate, key } });
        try {
            const settings = mailing(office.port, { host: '0.0.0.0', user: 'crm' });
            await inTown(binary, async (town) => {
                const id = await town.member({ name: 'Guest', email: 'guest@example.cn' });
                await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
                const [mail] = await office.take();
                assert.deepEqual([mail.tls, mail.signed_in, mail.to], [true, true, ['guest@example.cn']]);
                const unknown = await town.house.beside(['mail', 'test', '--to', 'a@example.cn', ...settings, '--smtp-password-file', secret]).ended;
                assert.deepEqual([unknown.code, office.mails], [1, []], 'a certificate that nobody vouches for');
                const good = await town.house.beside(['mail', 'test', '--to', 'a@example.cn', ...settings, '--smtp-password-file', secret, '--trust', certificate]).ended;
                assert.deepEqual([good.code, good.error], [0, '']);
                assert.deepEqual((await office.take())[0].to, ['a@example.cn']);
                writeFileSync(secret, 'wrong\n');
                const wrong = await town.house.beside(['mail', 'test', '--to', 'a@example.cn', ...settings, '--smtp-password-file', secret, '--trust', certificate]).ended;
                assert.equal(wrong.code, 1);
                assert.doesNotMatch(wrong.error + wrong.out, /s3cret|wrong/);
            }, { serve: () => [...settings, '--smtp-password-file', secret, '--trust', certificate] });
        } finally {
            await office.close();
        }
    }),
    'settings that cannot work are refused before anything begins, all at once': () => inTown(binary, async (town) => {
        const trial = async (words) => (await town.house.beside(['mail', 'test', '--to', 'a@example.cn', ...words]).ended);
        for (const [words, said] of [
            [[], /--smtp/],
            [['--smtp', 'smtp://h', '--mail-from', 'a@b.cn'], /--base-url/],
            [['--smtp', 'http://h', '--mail-from', 'nobody', '--base-url', 'https://h/path'], /--mail-from/],
            [['--smtp', 'smtp://u:p@h', '--mail-from', 'a@b.cn', '--base-url', 'https://h'], /--smtp must/],
            [['--smtp', 'smtp://u@h', '--mail-from', 'a@b.cn', '--base-url', 'https://h'], /--smtp-password-file/],
            [['--smtp', 'smtp://u@h', '--mail-from', 'a@b.cn', '--base-url', 'https://h', '--smtp-password-file', '/dev/null'], /No secret can be read/],
            [['--smtp', 'smtp://h', '--mail-from', 'a@b.cn', '--base-url', 'ftp://h'], /--base-url must/],
            [['--smtp', 'smtp://h', '--mail-from', 'a@b.cn', '--base-url', 'https://u@h'], /--base-url must/],
            [['--smtp', 'smtp://h', '--mail-from', 'a@b.cn', '--base-url', 'https://h/#x'], /--base-url must/],
        ]) {
            const { code, error } = await trial(words);
            assert.equal(code, 1, words.join(' '));
            assert.match(error, said, words.join(' '));
        }
        const all = await trial(['--smtp', 'http://h', '--mail-from', 'nobody', '--base-url', 'https://h/path']);
        assert.equal(all.error.trim().split('\n').length, 3, all.error);
    }),
});
