// Taking an import back: what it made goes, what it changed comes back, what others did since stays.
import assert from 'node:assert/strict';
import { accounts, csv } from './world.mjs';

export const undo = (w) => ({
    'what was updated gets its old values back, what was changed since is kept and named, what was made is removed': async () => {
        for (const i of [1, 2, 3]) await w.make(`u${i}`, '/accounts', { name: `Before ${i}`, code: `U${i}`, phone: `${i}`, tier: 'D' }, w.clerk);
        const before = await w.count(w.clerk, 'accounts');
        const plan = accounts({ Name: 'name', Code: 'code', Phone: 'phone', Tier: 'tier' }, { policy: 'update' });
        const result = await w.imported(w.clerk, plan, { 'a.csv': csv(['Name', 'Code', 'Phone', 'Tier'], ...[1, 2, 3, 4, 5, 6].map((i) => [`After ${i}`, `U${i}`, `555${i}`, 'A'])) });
        assert.deepEqual(result.counts, { created: 3, updated: 3, skipped: 0, refused: 0 });
        const of = (i) => w.one(w.clerk, 'accounts', `code = "U${i}"`);
        const change = async (i, json) => w.must(200, w.clerk, 'PATCH', `/accounts/${(await of(i)).id}`, json, { 'If-Match': `"${(await of(i)).version}"` });
        await change(2, { tier: 'B' });
        await change(5, { remarks: 'ours now' });
        const visited = (await of(6)).id;
        await w.make('visit', '/contacts', { name: 'Zhou', account: visited }, w.clerk);

        const undone = await w.undone(w.clerk, result.import);
        assert.deepEqual([undone.import, undone.removed, undone.restored], [result.import, 1, 3]);
        const kept = await of(5);
        assert.deepEqual(undone.kept_records.map(({ object, id, code, fields }) => [object, id, code, fields]).sort(),
            [['account', w.ids.u2, 'changed_since', ['tier']], ['account', kept.id, 'changed_since', ['remarks']], ['account', visited, 'still_referenced', []]].sort());
        assert.equal(undone.kept, undone.kept_records.length);
        assert.ok(undone.kept_records.every(({ say }) => /[\u4e00-\u9fff]/.test(say)), JSON.stringify(undone.kept_records));
        assert.deepEqual([(await of(1)).name, (await of(1)).phone, (await of(1)).tier], ['Before 1', '1', 'D']);
        assert.deepEqual([(await of(2)).name, (await of(2)).phone, (await of(2)).tier], ['Before 2', '2', 'B']);
        assert.deepEqual([kept.name, kept.remarks, (await of(6)).name], ['After 5', 'ours now', 'After 6']);
        assert.equal(await w.count(w.clerk, 'accounts'), before + 2, 'of three made, one is gone');
        const again = await w.call(w.clerk, 'POST', `/imports/${result.import}/undo`);
        assert.deepEqual([again.status, again.body.code], [409, 'already_undone']);
        const past = await w.must(200, w.clerk, 'GET', `/imports/${result.import}`);
        assert.ok(past.undo, 'a past import tells the job that took it back');
    },
    'deals that an import brought and moved on their way are taken back with their passages: the funnel is as it was': async () => {
        await w.make('stays', '/deals', { name: 'Stays', code: 'D1', amount: '100' }, w.clerk);
        await w.make('ends', '/deals', { name: 'Ends', code: 'D2' }, w.clerk);
        const funnel = async () => { const { as_of, ...told } = await w.must(200, w.clerk, 'GET', '/analysis/funnel'); return as_of && told; };
        const of = async (code) => { const { stage, outcome, win_share, stage_entered_at, remarks } = await w.one(w.clerk, 'deals', `code = "${code}"`); return { stage, outcome, win_share, stage_entered_at, remarks }; };
        const before = [await funnel(), await of('D1'), await of('D2')];
        const plan = 'name: Deals\nobjects:\n  - file: a.csv\n    object: deal\n    key: [code]\n    on_duplicate: update\n    columns:\n      Name: {field: name}\n      Code: {field: code}\n      Stage: {field: stage}\n      Result: {field: outcome}\n      Reason: {field: loss_reason}\n';
        const file = csv(['Name', 'Code', 'Stage', 'Result', 'Reason'], ['Stays', 'D1', 'first_contact', '', ''], ['Ends', 'D2', 'first_contact', 'lost', 'price'], ['New', 'D3', 'first_contact', '', ''], ['New lost', 'D4', '', 'lost', 'price']);
        const result = await w.imported(w.clerk, plan, { 'a.csv': file });
        assert.deepEqual(result.counts, { created: 2, updated: 2, skipped: 0, refused: 0 });
        assert.deepEqual([(await of('D1')).stage, (await of('D2')).outcome, (await of('D3')).stage, (await of('D4')).outcome], ['first_contact', 'lost', 'first_contact', 'lost']);
        assert.notDeepEqual(await funnel(), before[0]);
        const undone = await w.undone(w.clerk, result.import);
        assert.deepEqual([undone.removed, undone.kept], [2, 0], JSON.stringify(undone));
        assert.deepEqual([await funnel(), await of('D1'), await of('D2')], before);
    },
    'a trial and an import that wrote nothing cannot be taken back': async () => {
        const plan = accounts({ Name: 'name', Code: 'code' });
        const trial = await w.start(w.clerk, plan, { 'a.csv': csv(['Name', 'Code'], ['A', 'N1']) }, true);
        await w.ended(w.clerk, trial);
        const nothing = await w.imported(w.clerk, plan, { 'a.csv': csv(['Name', 'Code'], ['', 'N2']) });
        for (const id of [trial, nothing.import]) assert.equal((await w.call(w.clerk, 'POST', `/imports/${id}/undo`)).body.code, 'nothing_to_undo');
    },
});
