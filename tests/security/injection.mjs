// What a user writes is data in every position: no word of it becomes a name, a statement, a path or a cell's formula, at once or later.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsOf } from '../served/workbook.mjs';
import { formulas, sql, texts } from './corpus.mjs';

// Of a name that nobody gave nothing is said but that it is unknown; a value is compared and not found.
const harmless = 'qzxnobody';
const slowest = 2_000;
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const cellsOf = (csv) => [...csv.replace(/^\ufeff/, '').matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(([, inQuotes, plain]) => inQuotes?.replaceAll('""', '"') ?? plain);

export const injection = (f) => {
    const { deal, account } = f.ids;
    const as = (method, path, json, headers) => f.house.call(f.rep, method, path, json, headers);
    const list = (words, plural = 'deals') => as('GET', `/${plural}?${new URLSearchParams(words)}`);
    const query = (json) => as('POST', '/query', { from: 'deals', ...json });
    const counted = { measures: { n: 'count()' } };
    async function finished(started) {
        if (started.status !== 202) return started;
        let job;
        do job = await as('GET', `/jobs/${started.body.job}`);
        while (['waiting', 'running'].includes(job.body.state));
        return job.body.state === 'done' ? job : { ...job, status: 422 };
    }
    // Where a name stands: each of them is refused.
    const names = {
        sort: (x) => list({ sort: x }), 'sort, falling': (x) => list({ sort: `-${x}` }), 'a second sort': (x) => list({ sort: `name,${x}` }), fields: (x) => list({ fields: x }), 'fields of a reference': (x) => list({ fields: `account.${x}` }), 'a filter whole': (x) => list({ filter: x }),
        'a field of a filter': (x) => list({ filter: `${x} is null` }), 'a function of a filter': (x) => list({ filter: `${x}(name) = "a"` }), 'a unit of a filter': (x) => list({ filter: `amount > 1 ${x}` }), after: (x) => list({ after: x }), limit: (x) => list({ limit: x }), at: (x) => list({ at: x }), count: (x) => list({ count: x }), deleted: (x) => list({ deleted: x }),
        'a parameter': (x) => list({ [x]: '1' }), 'an object': (x) => as('GET', `/${encodeURIComponent(x)}`), 'an id': (x) => as('GET', `/deals/${encodeURIComponent(x)}`), 'a verb': (x) => as('POST', `/deals/${deal}/actions/${encodeURIComponent(x)}`, {}), 'the board\'s process': (x) => list({ process: x }, 'deals/board'), 'a field\'s history': (x) => list({ field: x }, `deals/${deal}/history`),
        'versions compared': (x) => list({ from: x, to: '1' }, `deals/${deal}/compare`), 'objects of a search': (x) => list({ q: 'a', objects: x }, 'search'), 'a timeline\'s place': (x) => list({ after: x }, `deals/${deal}/timeline`), 'the funnel\'s owner': (x) => list({ owner: x }, 'analysis/funnel'), 'the funnel\'s beginning': (x) => list({ from: x }, 'analysis/funnel'), 'the kind of a job': (x) => list({ mine: x }, 'jobs'),
        'query: from': (x) => as('POST', '/query', { from: x, ...counted }), 'query: select': (x) => query({ select: [x] }), 'query: a formula': (x) => query({ select: [{ as: 'a', of: x }] }), 'query: group': (x) => query({ group: [x], ...counted }), 'query: group of a formula': (x) => query({ group: [{ as: 'a', of: `month(${x})` }], ...counted }),
        'query: a measure': (x) => query({ measures: { n: x } }), 'query: what is summed': (x) => query({ measures: { n: `sum(${x})` } }), 'query: a measure with a passport': (x) => query({ measures: { n: `@${x}` } }), 'query: where': (x) => query({ where: x, ...counted }), 'query: having': (x) => query({ group: ['stage'], ...counted, having: x }), 'query: order': (x) => query({ select: ['name'], order: [x] }), 'query: limit': (x) => query({ select: ['name'], limit: x }),
        'query: a word': (x) => query({ ...counted, [x]: 1 }), 'a formula checked': (x) => as('POST', '/formula/check', { object: 'deal', formula: x }), 'an object of a formula': (x) => as('POST', '/formula/check', { object: x, formula: 'true' }), 'a field of a record': (x) => as('POST', '/accounts', { name: 'A', [x]: 'a' }), 'a field changed': (x) => as('PATCH', `/accounts/${account}`, { [x]: 'a' }, { 'If-Match': '"1"' }),
        'a version': (x) => as('PATCH', `/accounts/${account}`, { name: 'A' }, { 'If-Match': encodeURIComponent(x) }), 'a choice': (x) => as('POST', '/deals', { name: 'A', deal_type: x }), 'a reference': (x) => as('POST', '/deals', { name: 'A', account: x }), 'a date': (x) => as('POST', '/deals', { name: 'A', expected_on: x }), 'money': (x) => as('POST', '/deals', { name: 'A', amount: x }), 'a currency': (x) => as('POST', '/deals', { name: 'A', amount: { amount: '1', currency: x } }),
        'bulk: ids': (x) => as('POST', '/accounts/bulk', { ids: [x], change: { tier: 'A' }, dry_run: true }).then(unmoved), 'bulk: filter': (x) => as('POST', '/accounts/bulk', { filter: x, change: { tier: 'A' }, dry_run: true }), 'bulk: a field': (x) => as('POST', '/accounts/bulk', { ids: [account], change: { [x]: 'A' }, dry_run: true }), 'bulk: a verb': (x) => as('POST', '/accounts/bulk', { ids: [account], verb: { name: x }, dry_run: true }),
        'export: columns': async (x) => finished(await as('POST', '/deals/export', { format: 'csv', fields: [x] })), 'export: sort': async (x) => finished(await as('POST', '/deals/export', { format: 'csv', sort: x })), 'export: format': (x) => as('POST', '/deals/export', { format: x }), 'a share\'s level': (x) => as('PUT', `/deals/${deal}/shares/${f.ids.other}`, { level: x }), 'a preference\'s value': (x) => as('PATCH', '/session/preferences', { theme: x }),
    };
    // An id that is none of an id's form, or of no record, moves nothing.
    const unmoved = (answer) => (answer.status === 200 && answer.body.would_change === 0 ? { ...answer, status: 422 } : answer);
    // Where a value stands: nothing is found that would not be found by nobody's name.
    const values = {
        'a text of a filter': (x) => list({ filter: `name = ${quoted(x)}`, count: 'exact' }), 'a part of a text': (x) => list({ filter: `name contains ${quoted(x)}`, count: 'exact' }), 'a list of texts': (x) => list({ filter: `name in (${quoted(x)}, "b")`, count: 'exact' }), 'a text beyond a reference': (x) => list({ filter: `account.name = ${quoted(x)}`, count: 'exact' }), 'a text of a query': (x) => query({ where: `name = ${quoted(x)}`, ...counted }),
        'a condition of a count': (x) => query({ measures: { n: `count(name = ${quoted(x)})` } }), 'children': (x) => list({ filter: `count(deals, name = ${quoted(x)}) > 0`, count: 'exact' }, 'accounts'), 'bulk: ids of texts': (x) => as('POST', '/accounts/bulk', { filter: `name = ${quoted(x)}`, change: { tier: 'A' }, dry_run: true }), 'likely twins': (x) => as('POST', '/accounts/duplicates', { name: x }),
    };
    const shapeOf = ({ status, body }) => JSON.stringify([status, body?.code ?? (body?.rows ? body.rows.map(({ n }) => n) : [body?.data?.length, body?.count, body?.matched])]);

    return {
        [`injection: none of ${sql.length} payloads is a name, in any of ${Object.keys(names).length} positions`]: async () => {
            const before = await f.house.ledgerHead();
            for (const [where, ask] of Object.entries(names))
                for (const payload of sql) {
                    const began = performance.now(), answer = await ask(payload);
                    // An empty text, a number and a label are formulas of their own.
                    const mayBeValue = /formula|select|group|order|filter|where|having|measure|summed/.test(where) && answer.status === 200 && /^('[^']*'|-?\d[\w.]*|`[^`]*`)$/.test(payload);
                    assert.ok((answer.status >= 400 && answer.status < 500) || mayBeValue, `${where}: ${payload}: ${answer.status} ${answer.text.slice(0, 300)}`);
                    assert.doesNotMatch(answer.text, /no such (table|column)|near "[^"]*": syntax|SQL logic error|unrecognized token/, `${where}: ${payload}`);
                    assert.ok(performance.now() - began < slowest, `${where}: ${payload} took ${Math.round(performance.now() - began)} ms`);
                }
            assert.equal(await f.house.ledgerHead(), before);
        },
        [`injection: ${sql.length} payloads as values find what nobody's name finds`]: async () => {
            for (const [where, ask] of Object.entries(values)) {
                const nothing = shapeOf(await ask(harmless));
                assert.match(nothing, /^\[200/, `${where}: ${nothing}`);
                for (const payload of sql) {
                    const began = performance.now(), answer = await ask(payload);
                    // A line break is no text of one line.
                    if (!/\n/.test(payload)) assert.equal(shapeOf(answer), nothing, `${where}: ${payload}: ${answer.text.slice(0, 300)}`);
                    assert.ok(performance.now() - began < slowest, `${where}: ${payload}`);
                }
            }
        },
        'injection: what was kept is data when it is used later: names, choices, views, plans, groups': async () => {
            const admin = (method, path, json, headers) => f.house.call(f.admin, method, path, json, headers);
            for (const [i, payload] of sql.entries()) {
                const text = payload.trim().replace(/\n/g, ' ');
                const made = await admin('POST', '/accounts', { name: text, remarks: payload, website: payload.slice(0, 100), tags: undefined });
                assert.ok([201, 422].includes(made.status), `${payload}: ${made.text}`);
                if (made.status === 201) {
                    assert.equal((await admin('GET', `/accounts/${made.body.id}`)).body.name, text.normalize('NFC'), payload);
                    const found = await admin('GET', `/accounts?${new URLSearchParams({ filter: `name = ${quoted(text)}`, count: 'exact' })}`);
                    assert.ok(found.body.count >= 1 && found.body.data.every(({ name }) => name === text.normalize('NFC')), `${payload}: ${found.text.slice(0, 300)}`);
                }
                for (const words of [{ filter: payload }, { sort: payload }, { columns: payload }, { filter: `name = ${quoted(payload)}` }]) {
                    const view = await admin('POST', '/views', { name: text, object: 'account', shared: 'me', ...words });
                    if (view.status === 422) continue;
                    assert.equal(view.status, 201, view.text);
                    const { filter, sort } = view.body;
                    const used = await admin('GET', `/accounts?${new URLSearchParams({ ...(filter && { filter }), ...(sort && { sort }) })}`);
                    assert.ok(used.status < 500, `${payload}: ${used.text}`);
                }
                if (i % 8 === 0) {
                    const field = { name: `x_kept_${i}`, type: 'choice', label: { zh: text, en: text }, help: { zh: text, en: text }, choices: [{ key: text.replaceAll('|', '/') || 'k', label: { zh: text, en: text } }] };
                    const defined = await admin('POST', '/definitions', { object: 'account', fields: [field] });
                    assert.equal(defined.status, 200, `${payload}: ${defined.text}`);
                    assert.equal((await admin('POST', '/accounts', { name: 'Chosen', [field.name]: field.choices[0].key })).status, 201);
                    const grouped = await admin('POST', '/query', { from: 'accounts', group: [field.name], measures: { n: 'count()' } });
                    const row = grouped.body.rows.find((one) => one[field.name] === field.choices[0].key);
                    assert.equal((await admin('GET', `/accounts?${new URLSearchParams({ filter: row.open, count: 'exact' })}`)).body.count, row.n, row.open);
                    for (const bad of [{ ...field, name: payload }, { ...field, choices: [{ key: `a|${payload}`, label: { zh: 'a', en: 'a' } }] }, { ...field, type: payload }, { ...field, target: payload, type: 'reference' }, { ...field, required_when: payload }, { ...field, shown_when: payload }]) {
                        const answer = await admin('POST', '/definitions', { object: 'account', fields: [{ ...bad, name: bad.name === field.name ? `x_bad_${i}` : bad.name }] });
                        assert.ok(answer.status === 422 || answer.status === 400, `${JSON.stringify(bad).slice(0, 200)}: ${answer.status} ${answer.text.slice(0, 200)}`);
                    }
                    for (const object of [{ object: payload, custom: true, plural: 'x_things' }, { object: 'x_thing', custom: true, plural: payload }]) {
                        const answer = await admin('POST', '/definitions', { label: { zh: 'a', en: 'a' }, plural_label: { zh: 'a', en: 'a' }, fields: [{ name: 'name', type: 'text', label: { zh: 'a', en: 'a' }, required: true }], ...object });
                        assert.ok(answer.status === 422 || answer.status === 400, `${JSON.stringify(object)}: ${answer.status} ${answer.text.slice(0, 200)}`);
                    }
                }
            }
            const described = await admin('GET', '/describe');
            assert.ok(!described.body.objects.some(({ name }) => name === 'x_thing'));
            f.house.command(['check']);
        },
        'injection: a search finds by what its words are': async () => {
            const made = (await as('POST', '/accounts', { name: 'Needle Works', remarks: 'haystack' })).body;
            for (const q of [...sql, '"', '""', 'needle"', '"needle', 'needle*', 'needle NEAR works', 'needle AND works', 'needle OR nobody', 'NOT needle', 'name:needle', '{name}:needle', '^needle', '-needle', '(needle', 'needle)', '+needle', 'needle^2', '\u0001', '*', ' ', '%', '_', 'a'.repeat(5_000), '机'.repeat(1_000)]) {
                const began = performance.now();
                for (const answer of [await list({ q }, 'search'), await list({ q }, 'accounts')]) assert.ok(answer.status === 200 || answer.status === 422 || answer.status === 400, `${q.slice(0, 40)}: ${answer.status} ${answer.text.slice(0, 200)}`);
                assert.ok(performance.now() - began < slowest, `${q.slice(0, 40)} took ${Math.round(performance.now() - began)} ms`);
            }
            assert.equal((await list({ q: 'needle' }, 'search')).body.data[0].id, made.id);
            for (const q of ['%', '_', '*']) assert.deepEqual((await list({ q }, 'accounts')).body.data ?? [], [], `${q} stands for nothing else`);
        },
        'texts: hard ones are given back as they came, or refused as a whole': async () => {
            for (const [what, text] of Object.entries(texts)) {
                const made = await as('POST', '/accounts', { name: `x${text}y`, remarks: `x\n${text}` });
                if (made.status === 422) continue;
                assert.equal(made.status, 201, `${what}: ${made.text}`);
                const back = (await as('GET', `/accounts/${made.body.id}`)).body;
                assert.deepEqual([back.name, back.remarks], [`x${text}y`.normalize('NFC'), `x\n${text}`.normalize('NFC')], what);
                const found = await list({ filter: `name = ${quoted(`x${text}y`)}`, count: 'exact' }, 'accounts');
                assert.equal(found.body.count, 1, `${what}: ${found.text}`);
            }
        },
        'texts: halves of characters and bytes that are none are refused before anything is read of them': async () => {
            const before = await f.house.ledgerHead();
            const head = { Authorization: `Bearer ${f.house.token(f.rep)}`, 'Content-Type': 'application/json' };
            const raw = (bytes) => f.house.send('POST', '/api/v1/accounts', { headers: { ...head, 'Content-Length': bytes.length }, body: bytes });
            for (const bytes of ['\xc0\xaf', '\xe0\x80\xaf', '\xf0\x80\x80\xaf', '\xed\xa0\x80', '\xed\xbf\xbf', '\xf4\x90\x80\x80', '\xfe', '\xff', '\x80', '\xc3', '\xe4\xbd'].map((one) => Buffer.from(`{"name":"a${one}b"}`, 'latin1'))) assert.equal((await raw(bytes)).status, 400, bytes.toString('hex'));
            for (const escape of ['\\ud800', '\\udc00', '\\udbff\\ud800', '\\ud83d', '\\u0000', '\\x41', '\\u12', '\\ud800\\u0041']) assert.ok([400, 422].includes((await raw(Buffer.from(`{"name":"a${escape}b"}`))).status), escape);
            for (const q of ['%c0%af', '%ed%a0%80', '%f4%90%80%80', '%ff', '%80']) assert.equal((await f.house.send('GET', `/api/v1/accounts?q=${q}`, { headers: head })).status, 400, q);
            assert.equal(await f.house.ledgerHead(), before);
        },
        'formulas: no cell of an export calculates, as text or as a workbook, opened by an office program': async () => {
            const mark = 'Cellmark', headings = ['=2+3', '@SUM(1,2)', '+9+9'];
            const defined = await f.house.call(f.admin, 'POST', '/definitions', { object: 'contact', fields: headings.map((label, i) => ({ name: `x_head_${i}`, type: 'text', label: { zh: label, en: label } })) });
            assert.equal(defined.status, 200, defined.text);
            for (const text of formulas) {
                const made = await as('POST', '/contacts', { name: text.trim().replace(/[\n\t]/g, ' '), department: mark, remarks: text, x_head_0: text.trim().replace(/[\n\t]/g, ' ') });
                assert.equal(made.status, 201, made.text);
            }
            const fields = ['name', 'remarks', 'x_head_0', 'x_head_1', 'x_head_2'];
            const directory = mkdtempSync(join(tmpdir(), 'shangdao-cells-'));
            try {
                for (const format of ['csv', 'xlsx']) {
                    const job = await finished(await as('POST', '/contacts/export', { format, fields, filter: `department = "${mark}"` }));
                    assert.equal(job.status, 200, job.text);
                    const file = await as('GET', `/jobs/${job.body.id}/file`);
                    assert.match(file.headers['content-disposition'], /^attachment;/);
                    writeFileSync(join(directory, `cells.${format}`), file.bytes);
                    if (format === 'xlsx') assert.deepEqual(rowsOf(file.bytes).slice(1).map(([name]) => name).sort(), formulas.map((text) => text.trim().replace(/[\n\t]/g, ' ')).sort(), 'a workbook holds the words as they are');
                    else assert.deepEqual(cellsOf(file.text).filter((cell) => /^[=+@\t\r＝＋－＠]|^-(?![\d.]+$)/.test(cell)), []);
                    // Flat XML says of each cell what it is.
                    execFileSync('soffice', ['--headless', `-env:UserInstallation=file://${directory}/profile`, '--convert-to', 'fods', '--outdir', directory, join(directory, `cells.${format}`)], { stdio: 'ignore', timeout: 60_000 });
                    const opened = readFileSync(join(directory, 'cells.fods'), 'utf8');
                    assert.match(opened, new RegExp('HYPERLINK'));
                    assert.doesNotMatch(opened, /table:formula=/, format);
                }
            } finally {
                rmSync(directory, { recursive: true, force: true });
            }
        },
    };
};
