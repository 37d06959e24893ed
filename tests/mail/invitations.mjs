// An invitation in the mailbox, beside the link that the administrator is shown.
import assert from 'node:assert/strict';
import { answersIn, talk } from '../security/raw.mjs';
import { acme, globex, Street } from '../served/street.mjs';
import { PostOffice } from './post_office.mjs';
import { another, base, inTown, linkIn, mailing, password, tokenIn } from './town.mjs';

export const invitations = (binary) => ({
    'an invitation arrives at its recipient alone, in his language, and opens once': () => inTown(binary, async (town) => {
        const invite = async (values) => {
            const id = await town.member(values);
            const answer = await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {}, { 'Accept-Language': 'zh' });
            assert.equal(answer.status, 201, answer.text);
            assert.equal(answer.body.mailed, true);
            const [mail] = await town.office.take();
            return { id, mail, shown: answer.body.path.split('#')[1] };
        };
        const { mail, shown } = await invite({ name: '李雷', email: 'lilei@example.cn' });
        assert.deepEqual([mail.from, mail.to, mail.defects], ['crm@example.cn', ['lilei@example.cn'], []]);
        assert.deepEqual(mail.addresses, { from: [['示例公司', 'crm@example.cn']], to: [['李雷', 'lilei@example.cn']] });
        assert.deepEqual(mail.headers.map(([name]) => name).sort(), ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to']);
        assert.deepEqual(mail.parts, ['text/html', 'text/plain']);
        assert.equal(mail.headers.find(([name]) => name === 'subject')[1], '“示例公司”邀请您使用商道');
        assert.match(mail.text, /李雷，您好/);
        assert.match(linkIn(mail), new RegExp(`^${base}/welcome#[\\w-]{43}$`));
        assert.ok(mail.html.includes(`href="${linkIn(mail)}"`));
        assert.notEqual(tokenIn(mail), shown, 'a link of its own');
        const opened = await town.post('/invitation', { token: tokenIn(mail) });
        assert.deepEqual(opened.body, { name: '李雷', email: 'lilei@example.cn', organisation: '示例公司', kind: 'invitation' });
        assert.equal((await town.post('/invitation', { token: tokenIn(mail), password })).status, 200);
        assert.equal((await town.signIn('lilei@example.cn')).status, 200);
        for (const token of [tokenIn(mail), shown]) assert.equal((await town.post('/invitation', { token, password: another })).body.code, 'invitation_refused', 'the second time');

        const english = await invite({ name: 'Han Meimei', email: 'han@example.cn', language: 'en' });
        assert.match(english.mail.text, /Hello Han Meimei,/);
        assert.equal(english.mail.headers.find(([name]) => name === 'subject')[1], '示例公司 invites you to Shangdao');
        await town.until(0);
    }),
    'a new invitation ends the links before it, and a letter that waited for the same member': () => inTown(binary, async (town) => {
        const id = await town.member({ name: 'Guest', email: 'guest@example.cn' });
        await town.office.be('later');
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        await town.office.turned(1);
        await town.office.be('accept');
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        const [mail] = await town.office.take();
        await town.until(0);
        town.later(120);
        assert.equal((await town.post('/invitation', { token: tokenIn(mail) })).status, 200);
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        const [second, ...more] = await town.office.take();
        assert.deepEqual(more, []);
        assert.equal((await town.post('/invitation', { token: tokenIn(mail) })).status, 403, 'the link before');
        assert.equal((await town.post('/invitation', { token: tokenIn(second) })).status, 200);
    }),
    'the Host that a request names changes no link, in any spelling': () => inTown(binary, async (town) => {
        const id = await town.settled({ name: 'Guest', email: 'guest@example.cn' });
        const token = town.house.token(town.admin), evil = 'evil.example';
        const heads = [`Host: ${evil}`, `Host: ${evil}:443`, `Host: ${town.house.host}:${town.house.port}\r\nX-Forwarded-Host: ${evil}`, `Host: a\r\nX-Forwarded-Host: a, ${evil}`, `Host: a\r\nForwarded: host=${evil};proto=https`, `Host: a\r\nX-Host: ${evil}`,
            `Host: a\r\nX-Original-Host: ${evil}`, `Host: a\r\nX-Forwarded-Server: ${evil}`, `Host: a\r\nX-HTTP-Host-Override: ${evil}`, `Host: a\r\nX-Original-URL: https://${evil}/`, `Host: a\r\nX-Rewrite-URL: https://${evil}/`, `Host: a\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: ${evil}`,
            `Host: a\r\nX-Forwarded-Prefix: //${evil}`, `Host: a\r\nX-Forwarded-Scheme: https\r\nX-Forwarded-Port: 1`, `Host: a\r\nOrigin: http://a\r\nReferer: https://${evil}/forgot`, `Host: ${evil}#`, `Host: a@${evil}`];
        const targets = (path) => [path, `http://${evil}${path}`];
        let mailed = 0;
        const send = async (head, path, body) => {
            for (const target of targets(path)) {
                const bytes = `POST ${target} HTTP/1.1\r\n${head}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
                const [answer] = answersIn(await talk(town.house, bytes));
                if (answer.status >= 400) continue;
                assert.doesNotMatch(answer.text, /evil/);
                const [mail] = await town.office.take();
                ++mailed;
                assert.match(linkIn(mail), new RegExp(`^${base}/welcome#`), head);
                assert.doesNotMatch(mail.raw + mail.text + mail.html, /evil/, head);
            }
        };
        for (const head of heads) {
            await send(head, `/api/v1/members/${id}/invitation`, '{}');
            town.later(60);
            await send(head, '/api/v1/session/reset', '{"email":"guest@example.cn"}');
        }
        assert.ok(mailed > heads.length, `${mailed} mails`);
        const [twice] = answersIn(await talk(town.house, `POST /api/v1/session/reset HTTP/1.1\r\nHost: a\r\nHost: ${evil}\r\nContent-Type: application/json\r\nContent-Length: 28\r\n\r\n{"email":"guest@example.cn"}`));
        assert.equal(twice.status, 400);
        await town.until(0);
    }),
    'what a name holds reaches the intended recipient and nobody else, as text': () => inTown(binary, async (town) => {
        const names = ['a\r\nBcc: evil@example.com', 'a\nTo: evil@example.com', '=?UTF-8?Q?a=0D=0ABcc:_evil@example.com?=', '"a" <evil@example.com>', 'a, evil@example.com', 'a\tb', '<img src=x onerror=alert(1)>', '李雷\u2028Bcc: evil@example.com', `${'长'.repeat(150)}`, '{organisation} {link}', '=?utf-8?b?ZXZpbA==?= <evil@example.com>;', '\\"a\\r\\nBcc: evil@example.com'];
        for (const [i, name] of names.entries()) {
            const id = await town.member({ name, email: `guest${i}@example.cn` });
            const { body } = await town.house.call(town.admin, 'GET', `/members/${id}`);
            await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
            const [mail, ...more] = await town.office.take();
            assert.deepEqual([more, mail.to, mail.addresses.to.map(([, address]) => address), mail.addresses.from.map(([, address]) => address)], [[], [`guest${i}@example.cn`], [`guest${i}@example.cn`], ['crm@example.cn']], name);
            assert.deepEqual(mail.headers.map(([key]) => key).sort(), ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'], name);
            // Python 3.11 leaves the blank between two encoded words of a name, which RFC 2047 §6.2 takes away.
            assert.equal(mail.addresses.to[0][0].replace(/\s/g, ''), body.name.replace(/\s/g, ''), 'the name is read as it is');
            assert.doesNotMatch(mail.html, /<img/);
            assert.ok(mail.text.replaceAll('\r\n', '\n').includes(body.name));
        }
        const renamed = await town.house.call(town.admin, 'PATCH', '/organisation', { name: '=?UTF-8?B?eA==?= <evil@example.com>' });
        assert.equal(renamed.status, 200, renamed.text);
        const id = await town.member({ name: 'Guest', email: 'guest@example.cn' });
        await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        const [mail] = await town.office.take();
        assert.deepEqual(mail.addresses.from, [['=?UTF-8?B?eA==?= <evil@example.com>', 'crm@example.cn']]);
    }),
    'of several organisations behind one server each has links under its own name, its own address book and its own letters': async () => {
        const office = await PostOffice.open(), street = await Street.open(binary, { serve: mailing(office.port) });
        try {
            for (const [host, other] of [[acme, globex], [globex, acme]]) {
                const as = { headers: { Authorization: `Bearer ${street.tokens[host]}` } };
                const { body: { id } } = await street.ask(host, 'POST', '/api/v1/members', { ...as, body: { name: 'Guest', email: `guest@${host}`, roles: ['rep'] } });
                assert.equal((await street.ask(host, 'POST', `/api/v1/members/${id}/invitation`, { ...as, body: {} })).body.mailed, true);
                const [mail] = await office.take();
                assert.match(linkIn(mail), new RegExp(`^https://${host}/welcome#`));
                assert.deepEqual(mail.to, [`guest@${host}`]);
                assert.equal((await street.ask(other, 'POST', '/api/v1/invitation', { body: { token: tokenIn(mail) } })).status, 403);
                assert.equal((await street.ask(other, 'POST', '/api/v1/session/reset', { body: { email: `guest@${host}` } })).status, 202);
                assert.equal((await street.ask(host, 'POST', '/api/v1/invitation', { body: { token: tokenIn(mail), password } })).status, 200);
                await street.ask(host, 'POST', '/api/v1/session/reset', { body: { email: `guest@${host}` } });
                const [reset, ...more] = await office.take();
                assert.match(linkIn(reset), new RegExp(`^https://${host}/welcome#`));
                assert.deepEqual(more, []);
            }
        } finally {
            await street.close();
            await office.close();
        }
    },
    'without a mail server a link is handed over as ever, and the screens can know': () => inTown(binary, async (town) => {
        const id = await town.member({ name: 'Guest', email: 'guest@example.cn' });
        const { body } = await town.house.call(town.admin, 'POST', `/members/${id}/invitation`, {});
        assert.equal(body.mailed, false);
        assert.equal((await town.post('/invitation', { token: body.path.split('#')[1], password })).status, 200);
        assert.deepEqual((await town.house.send('GET', '/api/v1/setup')).body, { open: false, mail: false, provider: null });
        assert.deepEqual([(await town.post('/session/reset', { email: 'guest@example.cn' })).body.code, await town.waiting()], ['mail_not_set_up', 0]);
    }, { serve: () => [] }),
    'where mail is set up a stranger is told so, and of nothing else': () => inTown(binary, async (town) => {
        assert.deepEqual((await town.house.send('GET', '/api/v1/setup')).body, { open: false, mail: true, provider: null });
    }, { serve: (office) => mailing(office.port) }),
});
