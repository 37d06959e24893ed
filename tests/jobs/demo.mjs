// Demo data in and out while the server runs; the last test kills it in the midst.
import assert from 'node:assert/strict';

export const demo = (f) => {
    const call = (who, method, ask, json) => f.house.call(who, method, ask, json);
    const watched = async (id, until) => {
        for (;;) {
            const { body } = await call(f.admin, 'GET', `/jobs/${id}`);
            if (until(body)) return body;
        }
    };
    const ended = (id) => watched(id, (job) => !['waiting', 'running'].includes(job.state));
    const begun = (id) => watched(id, (job) => job.progress.done > 0);
    const run = async (method) => {
        const answer = await call(f.admin, method, '/demo');
        assert.equal(answer.status, 202, answer.text);
        return answer.body.job;
    };
    const count = async (plural) => (await call(f.admin, 'GET', `/${plural}?limit=1&count=exact`)).body.count;
    const stand = async () => Object.fromEntries(await Promise.all(['members', 'accounts', 'contacts', 'leads', 'deals', 'activities', 'products', 'teams'].map(async (one) => [one, await count(one)])));
    let before;

    return {
        'demo data are an administrator\'s matter, and there once': async () => {
            before = await stand();
            for (const [method, status] of [['GET', 403], ['POST', 403], ['DELETE', 403]]) assert.equal((await call(f.rep, method, '/demo')).status, status);
            assert.deepEqual((await call(f.admin, 'GET', '/demo')).body, { present: false });
            assert.equal((await call(f.admin, 'DELETE', '/demo')).body.code, 'demo_absent');
            const done = await ended(await run('POST'));
            assert.equal(done.state, 'done', JSON.stringify(done));
            assert.equal(done.progress.done, done.progress.total);
            assert.deepEqual((await call(f.admin, 'GET', '/demo')).body, { present: true });
            assert.equal(await count('deals'), before.deals + 5_000);
            assert.equal(await count('accounts'), before.accounts + 2_000);
            assert.equal((await call(f.admin, 'POST', '/demo')).body.code, 'demo_present');
            assert.equal((await call(f.admin, 'POST', `/jobs/${done.id}/actions/undo`)).body.code, 'nothing_to_undo');
            assert.equal((await call(f.admin, 'GET', '/notifications')).body.unread, 0);
        },
        'removed, only what others made is left': async () => {
            await call(f.admin, 'POST', '/accounts', { name: '真实客户' });
            const done = await ended(await run('DELETE'));
            assert.equal(done.state, 'done', JSON.stringify(done));
            assert.deepEqual(await stand(), { ...before, accounts: before.accounts + 1 });
            assert.equal((await call(f.admin, 'GET', '/demo')).body.present, false);
        },
        'cancelled on the way, what is there is removed like the whole': async () => {
            const job = await run('POST');
            await begun(job);
            await call(f.admin, 'POST', `/jobs/${job}/actions/cancel`);
            assert.equal((await ended(job)).state, 'cancelled');
            assert.equal((await call(f.admin, 'GET', '/demo')).body.present, true);
            assert.equal((await ended(await run('DELETE'))).state, 'done');
            assert.equal(await count('deals'), before.deals);
        },
        'killed on the way, it begins again and is there once': async () => {
            const job = await run('POST');
            await begun(job);
            await f.house.kill();
            await f.house.reopen();
            assert.equal((await ended(job)).state, 'done');
            assert.equal(await count('deals'), before.deals + 5_000);
        },
    };
};
