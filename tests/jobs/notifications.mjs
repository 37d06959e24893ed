// What a member is told and how they want it, over REST: one's own alone.
import assert from 'node:assert/strict';

export const notifications = (f) => {
    const call = (who, method, ask, json) => f.house.call(who, method, ask, json);
    const told = async (who) => (await call(who, 'GET', '/notifications')).body.data.map((one) => `${one.reason} ${one.record?.name}`);
    const give = (owner) => call(f.admin, 'POST', '/accounts', { name: `Given to ${owner}`, owner });

    return {
        'whoever is given a record is told, and only he reads it away': async () => {
            const member = (await call(f.rep, 'GET', '/session')).body.member.id;
            const unread = async () => (await call(f.rep, 'GET', '/notifications?unread=true')).body.unread;
            const [mine, others, before] = [await told(f.rep), await told(f.other), await unread()];
            assert.equal((await give(member)).status, 201);
            assert.deepEqual(await told(f.rep), [`assigned Given to ${member}`, ...mine]);
            assert.deepEqual(await told(f.other), others);
            const { id } = (await call(f.rep, 'GET', '/notifications')).body.data[0];
            assert.equal((await call(f.other, 'POST', '/notifications/actions/read', { ids: [id] })).status, 404);
            assert.equal(await unread(), before + 1);
            assert.deepEqual((await call(f.rep, 'POST', '/notifications/actions/read', { ids: [id] })).body, { marked: 1 });
            assert.equal(await unread(), before);
        },
        'whoever follows a record is told what others change of it, together, until he no longer follows': async () => {
            const { body: account } = await call(f.rep, 'POST', '/accounts', { name: 'Followed' });
            const change = async (json) => {
                const { headers } = await call(f.rep, 'GET', `/accounts/${account.id}`);
                assert.equal((await f.house.call(f.rep, 'PATCH', `/accounts/${account.id}`, json, { 'If-Match': headers.etag })).status, 200);
            };
            const heard = async () => (await call(f.admin, 'GET', '/notifications?unread=true')).body.data.filter((one) => one.reason === 'followed').map((one) => `${one.record.name} ${one.count} ${one.fields}`);
            assert.equal((await call(f.admin, 'PUT', `/accounts/${account.id}/follow`)).status, 204);
            assert.ok((await call(f.admin, 'GET', '/session/follows')).body.data.some((one) => one.object === 'account' && one.id === account.id));
            await change({ tier: 'A' });
            await change({ phone: '0512-1', tier: 'B' });
            assert.deepEqual(await heard(), ['Followed 2 tier,phone']);
            assert.equal((await call(f.admin, 'DELETE', `/accounts/${account.id}/follow`)).status, 204);
            await change({ tier: 'C' });
            assert.deepEqual(await heard(), ['Followed 2 tier,phone']);
            await call(f.admin, 'POST', '/notifications/actions/read');
        },
        'a preference is set for who sets it, and obeyed': async () => {
            const member = (await call(f.rep, 'GET', '/session')).body.member.id;
            const set = await call(f.rep, 'PATCH', '/session/preferences', { 'notify.assigned': 'off', theme: 'dark' });
            assert.deepEqual([set.status, set.body['notify.assigned'], set.body.theme, set.body.density], [200, 'off', 'dark', 'standard']);
            assert.equal((await call(f.other, 'GET', '/session/preferences')).body.theme, 'system');
            const before = await told(f.rep);
            await give(member);
            assert.deepEqual(await told(f.rep), before);
            await call(f.rep, 'PATCH', '/session/preferences', { 'notify.assigned': 'on', theme: 'system' });
        },
        'an administrator\'s own jobs are his alone when he asks for his': async () => {
            const { job } = (await call(f.rep, 'POST', '/deals/export', { format: 'csv', fields: ['name'] })).body;
            const jobs = async (who, ask) => (await call(who, 'GET', `/jobs?limit=200${ask}`)).body.data.map((one) => one.id);
            assert.ok((await jobs(f.admin, '')).includes(job));
            assert.ok(!(await jobs(f.admin, '&mine=true')).includes(job));
            assert.ok((await jobs(f.rep, '&mine=true')).includes(job));
            assert.ok(!(await jobs(f.other, '')).includes(job));
            assert.deepEqual((await call(f.rep, 'GET', `/jobs/${job}`)).body.about, { plural: 'deals' });
        },
    };
};
