// What changes who gets in and who may do what asks again who it is: a session that was left open or stolen gives nobody rights, and the budget
// bounds what it carries off.
import assert from 'node:assert/strict';

export const proofs = (f) => {
    const secret = 'a password of some length';
    const start = Date.parse('2027-03-01T01:00:00Z');
    let minutes = 0, made = 0;
    const pass = (some) => f.house.setTime(new Date(start + (minutes += some) * 60_000));
    const cookieOf = (answer) => answer.headers['set-cookie'][0].split(';')[0];

    // An administrator at a browser: → {id, email, send(method, path, body, headers), cookie}.
    async function atBrowser(roles = ['admin']) {
        const email = `proof${++made}@example.com`;
        pass(1);
        const member = (await f.house.call(f.admin, 'POST', '/members', { name: `Proof ${made}`, email, roles })).body;
        const link = (await f.house.call(f.admin, 'POST', `/members/${member.id}/invitation`, {})).body.path.split('#')[1];
        const plain = (path, body) => f.house.send('POST', `/api/v1${path}`, { headers: { 'Content-Type': 'application/json', Origin: f.origin, 'User-Agent': 'Proof/1' }, body: JSON.stringify(body) });
        assert.equal((await plain('/invitation', { token: link, password: secret })).status, 200);
        const signedIn = await plain('/session', { email, password: secret });
        assert.equal(signedIn.status, 200, signedIn.text);
        const here = { id: member.id, email, cookie: cookieOf(signedIn), csrf: signedIn.body.csrf, plain };
        here.send = (method, path, body, headers = {}) =>
            f.house.send(method, `/api/v1${path}`, { headers: { Cookie: here.cookie, Origin: f.origin, 'X-CSRF-Token': here.csrf, 'Content-Type': 'application/json', ...headers }, body: body === undefined ? undefined : JSON.stringify(body) });
        return here;
    }
    const version = async (path) => ({ 'If-Match': (await f.house.call(f.admin, 'GET', path)).headers.etag });

    const ended = async (job) => {
        for (const until = Date.now() + 20_000; !['done', 'failed'].includes((await f.house.call(f.admin, 'GET', `/jobs/${job}`)).body.state); ) assert.ok(Date.now() < until, `job ${job} ends`);
    };

    // Everything that asks: name → what is sent.
    async function asking(guest) {
        const { body: role } = await f.house.call(f.admin, 'POST', '/roles', { name: 'Few', key: `few${++made}`, rights: '{"general":["export"]}' });
        const { body: group } = await f.house.call(f.admin, 'POST', '/member_groups', { name: `Group ${++made}` });
        const { body: known } = await f.house.call(f.admin, 'POST', '/contacts', { name: `Known ${made}` });
        return {
            'a role given': async () => ['PATCH', `/members/${guest.id}`, { roles: ['admin'] }, await version(`/members/${guest.id}`)],
            'another address': async () => ['PATCH', `/members/${guest.id}`, { email: `mine${made}@example.com` }, await version(`/members/${guest.id}`)],
            'a member with a role': async () => ['POST', '/members', { name: 'Mine', email: `other${made}@example.com`, roles: ['admin'] }],
            'rights of a role': async () => ['PATCH', `/roles/${role.id}`, { rights: '{"general":["admin"]}' }, await version(`/roles/${role.id}`)],
            'a new role': async () => ['POST', '/roles', { name: 'Mine', key: `mine${made}`, rights: '{"general":["admin"]}' }],
            'a rule of sharing': async () => ['POST', '/sharing_rules', { name: 'Mine', object: 'deal', basis: 'criteria', criteria: 'amount > 900000000', audience: 'everyone', level: 'edit' }],
            'somebody in a group': async () => ['POST', '/memberships', { member_group: group.id, member: guest.id }],
            'a change of many members': async () => ['POST', '/members/bulk', { ids: [guest.id], change: { roles: ['admin'] }, dry_run: false }],
            'a link to set a password': async () => ['POST', `/members/${guest.id}/invitation`, {}],
            'a member signed out': async () => ['DELETE', `/members/${guest.id}/sessions`],
            'a second factor taken': async () => ['DELETE', `/members/${guest.id}/second_factor`],
            'codes unlocked': async () => ['DELETE', `/members/${guest.id}/code_lock`],
            'a token': async () => ['POST', '/tokens', { name: 'Mine' }],
            'all that is known of somebody': async () => ['POST', `/contacts/${known.id}/person_export`, {}],
            'somebody erased': async () => ['POST', `/contacts/${known.id}/erase`, { reason: 'asked for it' }],
            'the name of the organisation': async () => ['PATCH', '/organisation', { name: 'Mine' }],
        };
    }

    return {
        'proofs: ten minutes after the last one security is changed by nobody, and nothing changes that is refused': async () => {
            const admin = await atBrowser(), guest = await atBrowser(['rep']);
            const table = await asking(guest);
            pass(11);
            for (const [name, ask] of Object.entries(table)) {
                const before = await f.house.ledgerHead();
                const answer = await admin.send(...(await ask()));
                assert.deepEqual([answer.status, answer.body?.code], [403, 'proof_required'], name);
                assert.equal(await f.house.ledgerHead(), before, name);
            }
            assert.equal((await admin.send('PATCH', `/members/${guest.id}`, { mobile: '13800138000' }, await version(`/members/${guest.id}`))).status, 200, 'what opens nothing is asked of nobody');
        },
        'proofs: whoever gives one goes on, under another cookie, and the one before opens nothing': async () => {
            const admin = await atBrowser(), guest = await atBrowser(['rep']);
            const table = await asking(guest);
            pass(11);
            const before = admin.cookie;
            assert.equal((await admin.send('POST', '/session/proof', { password: 'not that one' })).body.code, 'password_refused');
            assert.equal((await admin.send('POST', '/tokens', { name: 'Mine' })).body.code, 'proof_required', 'a wrong one is none');
            const proved = await admin.send('POST', '/session/proof', { password: secret });
            assert.equal(proved.status, 204, proved.text);
            admin.cookie = cookieOf(proved);
            assert.notEqual(admin.cookie, before);
            assert.match(proved.headers['set-cookie'][0], /HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/);
            assert.equal((await f.house.send('GET', '/api/v1/deals', { headers: { Cookie: before } })).status, 401);
            for (const [name, ask] of Object.entries(table)) {
                const { status, body } = await admin.send(...(await ask()));
                assert.ok(status < 300, name);
                if (body?.job) await ended(body.job);
            }
            pass(11);
            assert.equal((await admin.send('POST', '/tokens', { name: 'Mine' })).body.code, 'proof_required');
        },
        'proofs: a token gives none, and changes security only with the scope to administer': async () => {
            const guest = await atBrowser(['rep']);
            const before = await f.house.ledgerHead();
            const path = `/api/v1/members/${guest.id}`;
            const headers = (scopes) => ({ Authorization: `Bearer ${f.house.token(f.admin, scopes)}`, 'Content-Type': 'application/json' });
            const give = async (scopes) => f.house.send('PATCH', path, { headers: { ...headers(scopes), ...(await version(`/members/${guest.id}`)) }, body: '{"roles":["rep","manager"]}' });
            assert.deepEqual([(await give(['read', 'write'])).body.code, await f.house.ledgerHead()], ['forbidden', before]);
            assert.equal((await f.house.send('POST', '/api/v1/session/proof', { headers: headers(['admin']), body: JSON.stringify({ password: secret }) })).body.code, 'forbidden');
            assert.equal((await give(['admin'])).status, 200);
        },
        'proofs: five guesses a minute, whoever holds the session': async () => {
            const admin = await atBrowser();
            pass(11);
            for (let i = 0; i < 5; ++i) assert.equal((await admin.send('POST', '/session/proof', { password: `guess ${i} of it` })).status, 403);
            assert.equal((await admin.send('POST', '/session/proof', { password: secret })).status, 429);
            assert.equal((await admin.send('POST', '/session/password', { password: secret, new_password: 'another of some length' })).status, 429);
        },
        'proofs: a new password puts everybody else out, keeps this session, and the old one opens nothing': async () => {
            const rep = await atBrowser(['rep']);
            const elsewhere = cookieOf(await rep.plain('/session', { email: rep.email, password: secret }));
            const changed = await rep.send('POST', '/session/password', { password: secret, new_password: 'another of some length' });
            assert.equal(changed.status, 204, changed.text);
            assert.equal((await rep.send('GET', '/deals')).status, 200);
            assert.equal((await f.house.send('GET', '/api/v1/deals', { headers: { Cookie: elsewhere } })).status, 401);
            pass(2);
            assert.equal((await rep.plain('/session', { email: rep.email, password: secret })).status, 401);
            assert.equal((await rep.plain('/session', { email: rep.email, password: 'another of some length' })).status, 200);
        },
        'proofs: a member is told who knocked at his door, and an administrator, too; nobody else is; and the ledger, whose head everybody may ask for, goes on alike for nobody known': async () => {
            const rep = await atBrowser(['rep']), other = await atBrowser(['rep']);
            await f.house.call(f.admin, 'PATCH', `/members/${other.id}`, { active: false }, await version(`/members/${other.id}`));
            for (const email of ['nobody-at-all@example.com', other.email, rep.email]) {
                const before = await f.house.ledgerHead();
                assert.equal((await rep.plain('/session', { email, password: 'not that one' })).status, 401);
                for (const until = Date.now() + 10_000; (await f.house.ledgerHead()) === before; ) assert.ok(Date.now() < until, `it is told in the ledger of ${email}`);
                assert.equal(await f.house.ledgerHead(), before + 1, email);
            }
            await f.house.call(f.admin, 'PATCH', `/members/${other.id}`, { active: true }, await version(`/members/${other.id}`));
            other.cookie = cookieOf(await other.plain('/session', { email: other.email, password: secret }));
            const mine = (await rep.send('GET', '/session/sign_ins')).body.data;
            assert.deepEqual(mine.map(({ verb, agent, network }) => [verb, agent, network]), [['sign_in_refused', 'Proof/1', '127.0.0.0/24'], ['signed_in', 'Proof/1', '127.0.0.0/24']]);
            assert.deepEqual((await f.house.call(f.admin, 'GET', `/members/${rep.id}/sign_ins`)).body.data, mine);
            assert.equal((await other.send('GET', `/members/${rep.id}/sign_ins`)).status, 403);
            const seen = await other.send('GET', `/members/${rep.id}/timeline`);
            assert.equal(seen.status, 200);
            assert.doesNotMatch(seen.text, /sign_in_refused|signed_in|Proof\/1/);
        },
        'proofs: what a session carries off in a day is bounded, and told': async () => {
            const rights = JSON.stringify({ general: ['export'], objects: { account: { create: true, read: 'own', export: 'own' } }, budgets: { export_rows: 3 } });
            await f.house.call(f.admin, 'POST', '/roles', { name: 'Bounded', key: 'bounded', rights });
            const bounded = await atBrowser(['bounded']);
            for (const name of ['One', 'Two']) assert.equal((await bounded.send('POST', '/accounts', { name })).status, 201);
            const budget = async () => (await bounded.send('GET', '/session/export_budget')).body;
            assert.deepEqual([(await budget()).limit, (await budget()).left], [3, 3]);
            assert.equal((await bounded.send('POST', '/accounts/export', { format: 'csv' })).status, 202);
            assert.equal((await budget()).left, 1);
            const before = await f.house.ledgerHead();
            const token = f.house.token(bounded.email);
            for (const headers of [{}, { Cookie: '', Authorization: `Bearer ${token}` }]) {
                const refused = await bounded.send('POST', '/accounts/export', { format: 'xlsx' }, headers);
                assert.deepEqual([refused.status, refused.body.code], [403, 'export_budget_spent'], JSON.stringify(headers));
            }
            for (const until = Date.now() + 10_000; (await bounded.send('GET', '/jobs?state=done')).body.data.length === 0; ) assert.ok(Date.now() < until, 'the export ends');
            assert.equal((await budget()).left, 1);
            assert.ok(Date.parse((await budget()).renews_at) > start + minutes * 60_000);
            pass(24 * 60);
            assert.equal((await budget()).left, 3);
            assert.ok((await f.house.ledgerHead()) >= before);
        },
    };
};
