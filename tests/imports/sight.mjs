// Who imports with less than all rights: what is another's is not there.
import assert from 'node:assert/strict';
import { accounts, csv } from './world.mjs';

const plan = accounts({ Name: 'name', Code: 'code', Phone: 'phone' }, { policy: 'update' });
const file = csv(['Name', 'Code', 'Phone'], ['Theirs', 'S1', '555'], ['Mine', 'S2', '556']);

export const sight = (w) => {
    const ask = (who, method, path, json) => w.call(who, method, path, json);
    return {
        'a key of somebody else is refused without a word about him, and his record stays as it is': async () => {
            await w.make('theirs', '/accounts', { name: 'Theirs', code: 'S1', phone: '1' }, w.other);
            const trial = await w.imported(w.clerk, plan, { 'a.csv': file }, true);
            const result = await w.imported(w.clerk, plan, { 'a.csv': file });
            assert.deepEqual([result.counts, trial.counts], [{ created: 1, updated: 0, skipped: 0, refused: 1 }, result.counts]);
            assert.deepEqual([result.problems[0].code, result.problems[0].column], ['duplicate_key', 'Code']);
            for (const told of [result, trial]) assert.ok(!JSON.stringify(told).includes(w.ids.theirs), 'the other record is named');
            assert.equal((await w.one(w.other, 'accounts', 'code = "S1"')).phone, '1');
            assert.equal((await w.one(w.clerk, 'accounts', 'code = "S2"')).phone, '556');
        },
        'imports, jobs, refused rows and files of another are not there': async () => {
            const id = await w.start(w.clerk, plan, { 'a.csv': file });
            await w.ended(w.clerk, id);
            const trial = await w.start(w.clerk, plan, { 'a.csv': file }, true);
            await w.ended(w.clerk, trial);
            for (const job of [id, trial])
                for (const [method, path] of [['GET', `/jobs/${job}`], ['GET', `/imports/${job}`], ['GET', `/imports/${job}/errors`], ['GET', `/jobs/${job}/file`], ['POST', `/imports/${job}/undo`], ['POST', `/jobs/${job}/actions/undo`], ['POST', `/jobs/${job}/actions/cancel`]]) {
                    const answer = await ask(w.other, method, path);
                    assert.deepEqual([answer.status, answer.body?.code], [404, 'not_found'], `${method} ${path}`);
                    const nowhere = await ask(w.other, method, path.replace(job, '1'));
                    assert.equal(answer.text.replaceAll(job, '1'), nowhere.text, 'what is not seen answers as what is not there');
                }
            const mine = (await w.must(200, w.clerk, 'GET', '/imports?limit=100')).data.map((one) => one.id);
            const others = (await w.must(200, w.other, 'GET', '/imports?limit=100')).data.map((one) => one.id);
            assert.ok(mine.includes(id) && !others.includes(id));
            assert.deepEqual((await w.must(200, w.other, 'GET', '/jobs?limit=200')).data.filter((one) => mine.includes(one.id)), []);
            // A file is spoken of in a body: of another's is said what is said of none.
            const { file: brought } = await w.uploaded(w.clerk, 'a.csv', file);
            for (const [path, json] of [['/imports/draft', (name) => ({ files: [name] })], ['/imports', (name) => ({ plan, files: { 'a.csv': name } })]]) {
                const [theirs, none] = [await ask(w.other, 'POST', path, json(brought)), await ask(w.other, 'POST', path, json('1'))];
                assert.deepEqual([theirs.status, theirs.body.code], [422, 'unknown_file'], path);
                assert.equal(theirs.text.replaceAll(brought, '1'), none.text);
            }
        },
        'an administrator sees that an import was, not its rows': async () => {
            const { data: [import_] } = await w.must(200, w.clerk, 'GET', '/imports?limit=1');
            assert.ok((await w.must(200, w.admin, 'GET', '/imports?limit=100')).data.some((one) => one.id === import_.id));
            assert.equal((await w.errors(w.admin, import_.id)).status, 404);
        },
        'saved plans of another are neither offered nor told; words are read as no field that one may not know': async () => {
            const { file: brought } = await w.uploaded(w.clerk, 'a.csv', csv(['Name', 'Code', 'Annual revenue'], ['A', 'X', '5']));
            const made = await w.must(201, w.other, 'POST', '/import_plans', { name: 'Other plan', plan: accounts({ Name: 'name', Code: 'code' }) });
            const draft = await w.must(200, w.clerk, 'POST', '/imports/draft', { files: [brought] });
            assert.ok(!JSON.stringify(draft.plans).includes(made.id));
            // Shared with everybody it is offered to everybody, and changed by nobody but its owner.
            await w.must(200, w.other, 'PATCH', `/import_plans/${made.id}`, { shared: 'all' }, { 'If-Match': '"1"' });
            assert.deepEqual((await w.must(200, w.clerk, 'POST', '/imports/draft', { files: [brought] })).plans, [{ id: made.id, name: 'Other plan', share: 1 }]);
            assert.equal((await w.call(w.clerk, 'PATCH', `/import_plans/${made.id}`, { name: 'Mine now' }, { 'If-Match': '"2"' })).status, 403);
            await w.must(204, w.other, 'DELETE', `/import_plans/${made.id}`, undefined, { 'If-Match': '"2"' });
            const mine = await w.must(201, w.clerk, 'POST', '/import_plans', { name: 'My plan', plan: accounts({ Name: 'name', Code: 'code' }) });
            assert.deepEqual((await w.must(200, w.clerk, 'POST', '/imports/draft', { files: [brought] })).plans, [{ id: mine.id, name: 'My plan', share: 1 }]);
            const words = (field) => w.must(200, w.clerk, 'GET', `/imports/files/${brought}/words?column=Annual%20revenue&object=account&field=${field}`);
            assert.deepEqual(await words('annual_revenue'), await words('nothing_of_the_kind'));
            assert.deepEqual((await words('employees')).words, [{ word: '5', rows: 1, value: 5 }]);
            assert.equal((await w.call(w.rep, 'GET', `/imports/files/${brought}/words?column=Name`)).status, 403);
        },
        'a draft offers no field that its reader may not know': async () => {
            const { file: brought } = await w.uploaded(w.clerk, 'a.csv', csv(['Account name', 'Annual revenue'], ['A', '5']));
            const draft = await w.call(w.clerk, 'POST', '/imports/draft', { files: [brought] });
            assert.equal(draft.body.files[0].columns[1].field, null, draft.text);
            assert.ok(!draft.text.includes('annual_revenue'), draft.text);
        },
    };
};
