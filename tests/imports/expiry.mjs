// The time in which an import can be taken back. The clock is moved: these come last.
import assert from 'node:assert/strict';
import { check } from '../served/refusals.mjs';
import { accounts, at, csv } from './world.mjs';

const day = 86_400_000;

export const expiry = (w) => ({
    'an import can be taken back for seven days; after that the answer says so and nothing changes': async () => {
        const plan = accounts({ Name: 'name', Code: 'code' });
        const make = async (code) => (await w.imported(w.clerk, plan, { 'a.csv': csv(['Name', 'Code'], ['Late', code]) })).import;
        const [early, late] = [await make('L1'), await make('L2')];
        const ends = Date.parse(at) + 7 * day;
        const until = async (id) => [(await w.job(w.clerk, id)).undo_until, (await w.must(200, w.clerk, 'GET', `/imports/${id}`)).undo_until, (await w.must(200, w.clerk, 'GET', '/imports?limit=100')).data.find((one) => one.id === id).undo_until];
        for (const told of await until(early)) assert.equal(Date.parse(told), ends);
        w.house.setTime(ends);
        assert.equal((await w.undone(w.clerk, early)).removed, 1);
        w.house.setTime(ends + 1_000);
        assert.deepEqual(await until(late), [null, null, null]);
        w.before = await w.everything();
        for (const path of [`/imports/${late}/undo`, `/jobs/${late}/actions/undo`])
            assert.equal(await check(w, ['a late undo', 'clerk', 'POST', path, {}, 409, 'undo_expired', 'import'], () => w.everything()), null);
        const { body } = await w.call(w.clerk, 'POST', `/imports/${late}/undo`);
        assert.match(body.title, /7 天.*2026-03-09/);
        assert.equal((await w.call(w.clerk, 'POST', `/imports/${early}/undo`)).body.code, 'already_undone');
        assert.equal(await w.count(w.clerk, 'accounts', 'code = "L2"'), 1);
    },
});
