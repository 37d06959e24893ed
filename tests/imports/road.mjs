// The road of every import: the file is brought, a plan drafted, tried, run, and its refused rows come back.
import assert from 'node:assert/strict';
import { rowsOf, workbook } from '../served/workbook.mjs';
import { accounts, csv } from './world.mjs';

const chinese = /[\u4e00-\u9fff]/;
const heading = ['客户名称', '客户编号', '电话', '客户分级'];
const rows = [
    ['华兴机械', 'R1', '0512-66001230', 'A 级'],
    ['宏达科技', 'R2', '0512-66001231', 'B 级'],
    ['宏达科技', 'R2', '0512-66001299', 'C 级'],
    ['', 'R3', '0512-66001232', 'A 级'],
    ['苏大仪器', 'R4', '0512-66001233', '特级'],
    ['=1+1', 'R5', '', '特级'],
    ['吴江纺织', 'R6', '', ''],
];
const told = { created: 3, updated: 0, skipped: 1, refused: 3 };

export const road = (w) => {
    const all = async () => [await w.house.ledgerHead(), await w.count(w.admin, 'accounts')];
    // Trial and run of the same, which must tell the same; the trial leaves nothing.
    const both = async (who, plan, files) => {
        const before = await all();
        const trial = await w.imported(who, plan, files, true);
        assert.deepEqual(await all(), before);
        assert.deepEqual([trial.dry_run, trial.import], [true, undefined]);
        const { import: id, ...real } = await w.imported(who, plan, files);
        assert.deepEqual({ ...real, dry_run: true }, trial);
        return { ...real, id };
    };
    return {
        'as a browser does it: file, draft, trial, run, result': async () => {
            const file = await w.uploaded(w.clerk, '客户.csv', csv(heading, ...rows));
            assert.deepEqual([file.name, file.kind, file.encoding, file.delimiter], ['客户.csv', 'csv', 'UTF-8', ',']);
            assert.deepEqual([file.sheets[0].rows, file.sheets[0].columns, file.sheets[0].sample], [7, heading, rows.slice(0, 5)]);
            const draft = await w.must(200, w.clerk, 'POST', '/imports/draft', { files: [file.file] });
            assert.deepEqual([draft.files[0].file, draft.files[0].object], [file.file, 'account']);
            assert.deepEqual(draft.files[0].columns.map(({ column, field }) => [column, field]), [['客户名称', 'name'], ['客户编号', 'code'], ['电话', 'phone'], ['客户分级', 'tier']]);

            const before = [...(await all()), w.files()];
            const run = async (dry_run) => w.ended(w.clerk, (await w.must(202, w.clerk, 'POST', '/imports', { plan: draft.plan, files: { '客户.csv': file.file }, dry_run })).job);
            const trial = await run(true);
            assert.deepEqual([trial.kind, trial.state, trial.progress], ['import', 'done', { done: 7, total: 7 }]);
            assert.deepEqual(trial.result.counts, told);
            assert.deepEqual(trial.result.problems.map(({ file: name, row, column, field, code }) => [name, row, column, field, code]),
                [['客户.csv', 5, '客户名称', 'name', 'required'], ['客户.csv', 6, '客户分级', 'tier', 'unknown_choice'], ['客户.csv', 7, '客户分级', 'tier', 'unknown_choice']]);
            assert.ok(trial.result.problems.every(({ say }) => chinese.test(say)), JSON.stringify(trial.result.problems));
            assert.equal(trial.result.refused_rows, 3);
            assert.deepEqual(await all(), before.slice(0, 2), 'a trial leaves no event and no record');

            const real = await run(false);
            const { import: id, ...result } = real.result;
            assert.deepEqual([real.state, real.progress, id], ['done', { done: 7, total: 7 }, real.id]);
            assert.deepEqual({ ...result, dry_run: true }, trial.result);
            assert.equal(await w.count(w.clerk, 'accounts'), 3);
            const made = await w.one(w.clerk, 'accounts', 'code = "R2"');
            assert.deepEqual([made.name, made.phone, made.tier], ['宏达科技', '0512-66001231', 'B']);

            const past = await w.must(200, w.clerk, 'GET', `/imports/${id}`);
            assert.deepEqual([past.state, past.progress, past.counts, past.refused_rows, past.by.name], ['done', { done: 7, total: 7 }, told, 3, 'Li Lei']);
            assert.equal(past.problems.length, 3);
            const { data } = await w.must(200, w.clerk, 'GET', '/imports');
            assert.deepEqual(data.map((one) => [one.id, one.dry_run]), [[id, false], [trial.id, true]]);
        },
        'the refused rows come back as they were, with the reason, as text and as a workbook, in the language of the reader': async () => {
            const { id, refused_rows } = await both(w.other, accounts({ 客户名称: 'name', 客户编号: 'code', 电话: 'phone', 客户分级: 'tier' }), { 'a.csv': csv(heading, ...rows.map(([name, code, ...rest]) => [name, code.replace('R', 'E'), ...rest])) });
            assert.equal(refused_rows, 3);
            const text = await w.errors(w.other, id);
            assert.equal(text.status, 200);
            assert.match(text.headers['content-type'], /^text\/csv\b/);
            assert.match(text.headers['content-disposition'], /^attachment; filename="refused-\d+\.csv"$/);
            assert.equal(text.headers['x-content-type-options'], 'nosniff');
            const [head, ...lines] = text.text.replace(/^\uFEFF/, '').trim().split('\r\n').map((line) => line.split(','));
            assert.deepEqual(head, ['File', 'Row', 'Reason', ...heading]);
            assert.deepEqual(lines.map(([name, row, , ...cells]) => [name, row, ...cells]), [
                ['a.csv', '5', '', 'E3', '0512-66001232', 'A 级'], ['a.csv', '6', '苏大仪器', 'E4', '0512-66001233', '特级'], ['a.csv', '7', "'=1+1", 'E5', '', '特级']]);
            assert.ok(lines.every(([, , reason]) => reason.length > 10), JSON.stringify(lines));

            const book = await w.errors(w.other, id, { format: 'xlsx', language: 'zh' });
            assert.equal(book.status, 200, book.text);
            assert.match(book.headers['content-type'], /spreadsheetml/);
            assert.match(book.headers['content-disposition'], /^attachment; filename="refused-\d+\.xlsx"$/);
            const [title, ...cells] = rowsOf(book.bytes);
            assert.deepEqual(title, ['文件', '行', '原因', ...heading]);
            assert.deepEqual(cells.map(([, row, , ...rest]) => [row, ...rest.map((one) => one ?? '')]), [['5', '', 'E3', '0512-66001232', 'A 级'], ['6', '苏大仪器', 'E4', '0512-66001233', '特级'], ['7', '=1+1', 'E5', '', '特级']]);
            assert.ok(cells.every(([, , reason]) => chinese.test(reason)), JSON.stringify(cells));
            assert.deepEqual(w.files().filter((name) => /refused-/.test(name)), [], 'what was made for the reader is gone');
        },
        'a workbook goes the same road, and mended rows are imported from the file of refused ones': async () => {
            const book = workbook([['Name', 'Code', 'Tier'], ['Book 1', 'W1', 'A'], ['Book 2', 'W2', 'Z']]);
            const file = await w.uploaded(w.clerk, 'a.xlsx', book);
            assert.deepEqual([file.kind, file.sheets[0].name, file.sheets[0].rows], ['xlsx', 'Sheet1', 2]);
            const plan = accounts({ Name: 'name', Code: 'code', Tier: 'tier' }, { file: 'a.xlsx' });
            const { id, counts } = await both(w.clerk, plan, { 'a.xlsx': book });
            assert.deepEqual(counts, { created: 1, updated: 0, skipped: 0, refused: 1 });
            const mended = rowsOf((await w.errors(w.clerk, id, { format: 'xlsx' })).bytes).map((row) => row.map((cell) => (cell === 'Z' ? 'B' : cell)));
            assert.deepEqual((await both(w.clerk, plan, { 'a.xlsx': workbook(mended) })).counts, { created: 1, updated: 0, skipped: 0, refused: 0 });
            assert.deepEqual([(await w.one(w.clerk, 'accounts', 'code = "W2"')).tier], ['B']);
        },
        'a record that is there is left alone, takes the values, or takes what it lacks': async () => {
            for (const [policy, counts, name, phone] of [
                ['skip', { created: 1, updated: 0, skipped: 2, refused: 0 }, 'Old', null],
                ['update', { created: 1, updated: 1, skipped: 1, refused: 0 }, 'New', '555'],
                ['merge', { created: 1, updated: 1, skipped: 1, refused: 0 }, 'Old', '555'],
            ]) {
                const code = `P-${policy}`;
                await w.make('policy', '/accounts', { name: 'Old', code, remarks: 'kept' }, w.clerk);
                const result = await both(w.clerk, accounts({ Name: 'name', Code: 'code', Phone: 'phone' }, { policy }), { 'a.csv': csv(['Name', 'Code', 'Phone'], ['New', code, '555'], ['New', code, ''], ['Fresh', `${code}-2`, '']) });
                assert.deepEqual(result.counts, counts, policy);
                const now = await w.one(w.clerk, 'accounts', `code = "${code}"`);
                assert.deepEqual([now.name, now.phone ?? null, now.remarks], [name, phone, 'kept'], policy);
            }
        },
        'several files that refer to each other, longer than a chunk, are tried as they are run': async () => {
            const lines = Array.from({ length: 2_300 }, (_, i) => [`Firm ${i}`, `F${i}`, i % 500 === 499 ? 'Z' : 'A']);
            lines.push(['Firm again', 'F3', 'B'], ['Nobody', '', 'A']);
            const people = Array.from({ length: 1_200 }, (_, i) => [`Person ${i}`, i % 400 === 7 ? 'F9999' : `F${i}`]);
            const plan = `${accounts({ Name: 'name', Code: 'code', Tier: 'tier' }, { policy: 'update' })}  - file: b.csv\n    object: contact\n    key: [name]\n    columns:\n      Name: {field: name}\n      Firm: {field: account}\n`;
            const result = await both(w.clerk, plan, { 'a.csv': csv(['Name', 'Code', 'Tier'], ...lines), 'b.csv': csv(['Name', 'Firm'], ...people) });
            assert.deepEqual(result.objects, [{ created: 2_297, updated: 1, skipped: 0, refused: 4, object: 'account' }, { created: 1_195, updated: 0, skipped: 0, refused: 5, object: 'contact' }]);
            assert.equal(await w.count(w.clerk, 'contacts', 'account.code starts_with "F"'), 1_195);
        },
        'the same key starts the same import once': async () => {
            const { file } = await w.uploaded(w.clerk, 'a.csv', csv(['Name', 'Code'], ['Once', 'O1']));
            const ask = { plan: accounts({ Name: 'name', Code: 'code' }, { key: [] }), files: { 'a.csv': file } };
            const once = await w.must(202, w.clerk, 'POST', '/imports', ask, { 'Idempotency-Key': 'import-1' });
            const again = await w.must(202, w.clerk, 'POST', '/imports', ask, { 'Idempotency-Key': 'import-1' });
            assert.equal(again.job, once.job);
            await w.ended(w.clerk, once.job);
            assert.equal(await w.count(w.clerk, 'accounts', 'name = "Once"'), 1);
        },
    };
};
