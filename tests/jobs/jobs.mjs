// Bulk changes and exports over REST, and the jobs they become.
import assert from 'node:assert/strict';

export const jobs = (f) => {
    const call = (who, method, ask, json, headers) => f.house.call(who, method, ask, json, headers);
    const ended = async (who, id) => {
        for (;;) {
            const { body } = await call(who, 'GET', `/jobs/${id}`);
            if (!['waiting', 'running'].includes(body.state)) return body;
        }
    };
    const run = async (who, plural, verb, json) => {
        const begun = await call(who, 'POST', `/${plural}/${verb}`, json);
        assert.equal(begun.status, 202, begun.text);
        assert.equal(begun.headers.location, `/api/v1/jobs/${begun.body.job}`);
        return ended(who, begun.body.job);
    };
    const file = async (who, job) => f.house.send('GET', `/api/v1/jobs/${job}/file`, { headers: { Authorization: `Bearer ${f.house.token(who)}` } });
    const seen = async (who, filter) => (await call(who, 'GET', `/deals?${new URLSearchParams({ filter, limit: 1, count: 'exact' })}`)).body.count;

    return {
        'a trial counts and changes nothing, the job does what the trial said, the undo puts it back': async () => {
            const ask = { filter: 'outcome = "open" and not (id in locked())', change: { deal_type: 'renewal' } };
            const before = await f.house.ledgerHead();
            const trial = await call(f.rep, 'POST', '/deals/bulk', { ...ask, dry_run: true });
            assert.equal(trial.status, 200, trial.text);
            assert.equal(await f.house.ledgerHead(), before);
            const open = await seen(f.rep, ask.filter);
            assert.deepEqual(trial.body, { matched: open, would_change: open, refused: [] });
            const done = await run(f.rep, 'deals', 'bulk', ask);
            assert.deepEqual([done.state, done.result], ['done', { matched: open, changed: open, refused: [], undo: true }]);
            assert.equal(await seen(f.rep, 'deal_type = "renewal"'), open);
            assert.equal((await call(f.other, 'POST', `/jobs/${done.id}/actions/undo`)).status, 404);
            const undo = await call(f.rep, 'POST', `/jobs/${done.id}/actions/undo`);
            assert.equal(undo.status, 202, undo.text);
            const undone = await ended(f.rep, undo.body.job);
            assert.deepEqual([undone.state, undone.result.restored, undone.result.kept], ['done', open, 0]);
            assert.equal(await seen(f.rep, 'deal_type = "renewal"'), 0);
            assert.equal((await call(f.rep, 'POST', `/jobs/${done.id}/actions/undo`)).body.code, 'already_undone');
        },
        'what one may not see is not there for many either, and the reasons are said in the language of the reader': async () => {
            const ask = { ids: [f.ids.theirs, f.ids.won], verb: { name: 'advance' } };
            const trial = await call(f.rep, 'POST', '/deals/bulk', { ...ask, dry_run: true });
            assert.deepEqual(trial.body.refused.map(({ code, count }) => [code, count]).sort(), [['not_found', 1], ['record_closed', 1]]);
            assert.match(trial.body.refused[0].say, /[\u4e00-\u9fff]/);
            const done = await run(f.rep, 'deals', 'bulk', ask);
            assert.equal(done.result.changed, 0);
            assert.ok(done.result.refused.every((one) => one.say));
        },
        'an export holds the rows of its owner and goes to nobody else': async () => {
            const mine = await seen(f.rep, '');
            const done = await run(f.rep, 'deals', 'export', { format: 'csv', fields: ['name', 'amount'] });
            assert.equal(done.result.rows, mine);
            const made = await file(f.rep, done.id);
            assert.equal(made.status, 200);
            assert.equal(made.text.trim().split('\n').length, mine + 1);
            assert.ok(!made.text.includes('Five'));
            assert.match(made.headers['content-disposition'], /^attachment; filename="[-_.0-9a-z]+csv"; filename\*=UTF-8''%E5/);
            assert.equal(made.headers['x-content-type-options'], 'nosniff');
            assert.match(made.headers['content-security-policy'], /^sandbox;/);
            for (const who of [f.other, f.admin]) assert.equal((await file(who, done.id)).status, 404);
            const workbook = await run(f.rep, 'deals', 'export', { format: 'xlsx', filter: 'outcome = "won"' });
            assert.equal((await file(f.rep, workbook.id)).text.slice(0, 2), 'PK');
        },
        'jobs are listed page by page, one\'s own; an administrator sees all': async () => {
            const all = [];
            for (let after = ''; ;) {
                const { body } = await call(f.rep, 'GET', `/jobs?limit=2${after}`);
                all.push(...body.data.map((job) => job.id));
                if (body.next === null) break;
                after = `&after=${body.next}`;
            }
            assert.ok(all.length >= 5);
            assert.equal(new Set(all).size, all.length);
            assert.deepEqual(all, (await call(f.rep, 'GET', '/jobs?limit=200')).body.data.map((job) => job.id));
            const exports = (await call(f.rep, 'GET', '/jobs?kind=export&state=done')).body.data;
            assert.equal(exports.length, 2);
            assert.deepEqual((await call(f.other, 'GET', '/jobs')).body, { data: [], next: null });
            const everybodys = (await call(f.admin, 'GET', '/jobs?limit=200')).body.data.map((job) => job.id);
            assert.ok(all.every((id) => everybodys.includes(id)) && everybodys.length > all.length);
            assert.equal((await call(f.other, 'GET', `/jobs/${all[0]}`)).status, 404);
            assert.equal((await call(f.other, 'POST', `/jobs/${all[0]}/actions/cancel`)).status, 404);
            assert.equal((await call(f.rep, 'POST', `/jobs/${all[0]}/actions/cancel`)).body.code, 'job_ended');
            assert.equal((await call(f.rep, 'GET', '/jobs?state=don')).body.code, 'unknown_choice');
            assert.equal((await call(f.rep, 'GET', '/jobs?after=x')).body.code, 'cursor_stale');
            assert.equal((await call(f.rep, 'GET', '/jobs?limit=0')).body.code, 'invalid_value');
        },
        'a file is gone after its day': async () => {
            const { id } = (await call(f.rep, 'GET', '/jobs?kind=export&limit=1')).body.data[0];
            assert.equal((await file(f.rep, id)).status, 200);
            f.house.setTime('2026-03-03T02:00:00Z');
            const gone = await file(f.rep, id);
            assert.deepEqual([gone.status, gone.body.code], [410, 'gone']);
        },
    };
};
