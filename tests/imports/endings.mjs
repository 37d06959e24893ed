// Imports that end before their end: cancelled, or their process killed. Large enough that each is met in the middle.
import assert from 'node:assert/strict';
import { accounts, csv } from './world.mjs';

const rows = 60_000;
const bad = (i) => i % 1_000 === 500;

// Rows without a key: one written twice would be there twice.
const file = csv(['Name', 'Phone', 'Tier'], ...Array.from({ length: rows }, (_, i) => [`Row ${i}`, `0512-${i}`, bad(i) ? 'Z' : 'A']));
const plan = accounts({ Name: 'name', Phone: 'phone', Tier: 'tier' }, { key: [] });
const refusedRows = Array.from({ length: rows }, (_, i) => i).filter(bad);

export const endings = (w) => {
    const whole = () => assert.match(w.house.command(['check']), /0 findings/);
    return {
        'cancelled in the middle, whole chunks stay and are taken back': async () => {
            const before = await w.count(w.admin, 'accounts');
            const id = await w.start(w.clerk, plan, { 'a.csv': file });
            await w.seen(w.clerk, id, (job) => job.progress.done > 0);
            assert.equal((await w.call(w.clerk, 'POST', `/imports/${id}/undo`)).body.code, 'import_in_progress');
            await w.must(200, w.clerk, 'POST', `/jobs/${id}/actions/cancel`);
            const job = await w.ended(w.clerk, id);
            const past = await w.must(200, w.clerk, 'GET', `/imports/${id}`);
            assert.deepEqual([job.state, past.state], ['cancelled', 'cancelled']);
            assert.ok(job.progress.done < rows && job.progress.done % 1_000 === 0, `whole chunks: ${job.progress.done}`);
            assert.deepEqual([past.counts.created + past.counts.refused, past.progress.done], [job.progress.done, job.progress.done]);
            assert.equal(await w.count(w.admin, 'accounts'), before + past.counts.created);
            assert.equal(past.counts.refused, refusedRows.filter((i) => i < job.progress.done).length);
            const undone = await w.undone(w.clerk, id);
            assert.deepEqual([undone.removed, undone.kept], [past.counts.created, 0]);
            assert.equal(await w.count(w.admin, 'accounts'), before);
            assert.equal((await w.call(w.clerk, 'POST', `/jobs/${id}/actions/cancel`)).body.code, 'job_ended');
        },
        'a cancelled trial leaves nothing': async () => {
            const before = [await w.house.ledgerHead(), await w.count(w.admin, 'accounts')];
            const id = await w.start(w.clerk, plan, { 'a.csv': file }, true);
            await w.seen(w.clerk, id, (job) => job.progress.done > 0);
            await w.must(200, w.clerk, 'POST', `/jobs/${id}/actions/cancel`);
            assert.equal((await w.ended(w.clerk, id)).state, 'cancelled');
            assert.deepEqual([await w.house.ledgerHead(), await w.count(w.admin, 'accounts')], before);
        },
        'killed again and again, it goes on by itself and ends with each row once': async () => {
            const before = await w.count(w.admin, 'accounts');
            const id = await w.start(w.clerk, plan, { 'a.csv': file });
            let done = 0;
            for (const from of [0.02, 0.2, 0.5, 0.8]) {
                const job = await w.seen(w.clerk, id, ({ progress }) => progress.done >= from * rows);
                assert.equal(job.state, 'running', 'it ended before it was killed');
                await w.house.kill();
                await w.house.reopen();
                const after = await w.job(w.clerk, id);
                assert.ok(after.progress.done >= job.progress.done && job.progress.done > done, `${done} … ${job.progress.done} killed ${after.progress.done}`);
                done = job.progress.done;
            }
            const job = await w.ended(w.clerk, id);
            assert.equal(job.state, 'done', JSON.stringify(job.problem));
            const made = rows - refusedRows.length;
            assert.deepEqual(job.result.counts, { created: made, updated: 0, skipped: 0, refused: refusedRows.length });
            assert.deepEqual(job.progress, { done: rows, total: rows });
            assert.equal(await w.count(w.admin, 'accounts'), before + made);
            const twice = await w.must(200, w.admin, 'POST', '/query', { from: 'accounts', where: 'phone is not null', group: ['name'], measures: { n: 'count()' }, having: 'n > 1', limit: 10 });
            assert.deepEqual(twice.rows.filter(({ name }) => name.startsWith('Row ')), []);
            const lines = (await w.errors(w.clerk, id)).text.trim().split('\r\n').slice(1).map((line) => line.split(','));
            assert.deepEqual(lines.map(([, row, , name]) => [row, name]), refusedRows.map((i) => [String(i + 2), `Row ${i}`]));
            whole();
            w.made = { id, made, before };
        },
        'a bulk change cancelled in the middle keeps whole chunks and is taken back': async () => {
            const ask = { filter: 'name starts_with "Row "', change: { tier: 'C' } };
            const { job: id } = await w.must(202, w.clerk, 'POST', '/accounts/bulk', ask);
            await w.seen(w.clerk, id, (job) => job.progress.done > 0);
            assert.equal((await w.call(w.clerk, 'POST', `/jobs/${id}/actions/undo`)).body.code, 'job_unended');
            await w.must(200, w.clerk, 'POST', `/jobs/${id}/actions/cancel`);
            const job = await w.ended(w.clerk, id);
            assert.equal(job.state, 'cancelled');
            assert.ok(job.progress.done < w.made.made && job.progress.done % 500 === 0, `whole chunks: ${job.progress.done}`);
            assert.equal(await w.count(w.clerk, 'accounts', 'name starts_with "Row " and tier = "C"'), job.progress.done);
            assert.ok(job.undo_until, 'what was done can be taken back');
            const undone = await w.ended(w.clerk, (await w.must(202, w.clerk, 'POST', `/jobs/${id}/actions/undo`)).job);
            assert.deepEqual([undone.state, undone.result.restored, undone.result.kept], ['done', job.progress.done, 0]);
            assert.equal(await w.count(w.clerk, 'accounts', 'name starts_with "Row " and tier = "C"'), 0);
        },
        'an undo that is killed goes on by itself and removes exactly what the import made': async () => {
            const { id, made, before } = w.made;
            const { job } = await w.must(202, w.clerk, 'POST', `/imports/${id}/undo`);
            await w.seen(w.clerk, job, ({ progress }) => progress.done > 0);
            await w.house.kill();
            await w.house.reopen();
            const undone = await w.ended(w.clerk, job);
            assert.equal(undone.state, 'done', JSON.stringify(undone.problem));
            assert.deepEqual([undone.result.removed, undone.result.restored, undone.result.kept], [made, 0, 0]);
            assert.equal(await w.count(w.admin, 'accounts'), before);
            whole();
        },
    };
};
