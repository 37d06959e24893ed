// Exports of other systems as they are, with their traps: read by the plans of tests/plans, in a house of their own. The files are
// public data that stands beside the project and not in it; where they are missing, the tests say so. SHANGDAO_SHARED names the place,
// else ../shared beside the source.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { World } from './world.mjs';

const here = (path) => new URL(path, import.meta.url).pathname;
const data = join(process.env.SHANGDAO_SHARED ?? here('../../../shared'), 'data');
const plan = (name) => readFileSync(here(`../plans/${name}.yaml`), 'utf8');

// Rows of a CSV file as objects, quotes doubled within quotes.
export function rowsOf(path) {
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    const rows = [[]];
    for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
        rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
        if (end !== ',') rows.push([]);
    }
    const [head, ...body] = rows.filter((row) => row.length > 1);
    return body.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ''])));
}

async function inHouse(binary, name, currency, work) {
    const w = await World.open(binary, { currency });
    try {
        for (const overlay of JSON.parse(readFileSync(here(`../plans/${name}.definitions.json`), 'utf8'))) await w.must(200, w.admin, 'POST', '/definitions', overlay);
        await work(w);
        assert.match(w.house.command(['check']), /0 findings/);
    } finally {
        await w.house.close();
    }
}

// A trial and the run of the same, which must tell the same.
async function tried(w, text, files) {
    const trial = await w.imported(w.admin, text, files, true);
    const { import: id, ...run } = await w.imported(w.admin, text, files);
    assert.deepEqual({ ...run, dry_run: true }, trial);
    return { ...run, id };
}

const modules = ['Users', 'Products', 'Accounts', 'Contacts', 'Leads', 'Campaigns', 'Potentials', 'Calls', 'Tasks', 'Quotes', 'Invoices'];

async function zoho(w) {
    const path = (name) => join(data, 'zoho_sample', `${name}.csv`);
    const run = await tried(w, plan('zoho_sample'), Object.fromEntries(modules.map((name) => [`${name}.csv`, readFileSync(path(name))])));
    const told = Object.fromEntries(run.objects.map(({ object, ...counts }) => [object, counts]));
    const rows = Object.fromEntries(modules.map((name) => [name, rowsOf(path(name))]));
    const whole = (created, refused = 0) => ({ created, updated: 0, skipped: 0, refused });
    assert.deepEqual(told, {
        member: whole(rows.Users.length), product: whole(1_978, 22), account: whole(2_226, 3), contact: whole(rows.Contacts.length), lead: whole(rows.Leads.length), x_campaign: whole(rows.Campaigns.length),
        deal: whole(rows.Potentials.length), activity: whole(rows.Calls.length + rows.Tasks.length), x_quote: whole(rows.Quotes.length), x_invoice: whole(rows.Invoices.length),
    }, JSON.stringify(run.columns));
    assert.deepEqual(run.columns.map(({ file, column, code, rows: count }) => [file, column, code, count]), [['Products.csv', 'Product Name', 'duplicate_key', 22], ['Accounts.csv', 'Account Name', 'required', 3]]);
    const sum = (list, column) => list.reduce((total, row) => total + Math.round(Number(row[column].replace(/[$,]/g, '') || 0) * 100), 0) / 100;
    const query = async (from, where, measure) => (await w.must(200, w.admin, 'POST', '/query', { from, where, group: [], measures: { n: 'count()', v: measure } })).rows[0];
    for (const [outcome, stage] of [['won', 'Closed Won'], ['lost', 'Closed Lost']]) {
        const these = rows.Potentials.filter((row) => row.Stage === stage);
        const { n, v } = await query('deals', `outcome = "${outcome}"`, 'sum(amount)');
        assert.deepEqual([n, Number(v.amount)], [these.length, sum(these, 'Amount')], outcome);
    }
    assert.equal(Number((await query('x_quotes', '', 'sum(x_total)')).v.amount), sum(rows.Quotes, 'Grand Total'));
    assert.equal(Number((await query('x_invoices', '', 'sum(x_total)')).v.amount), sum(rows.Invoices, 'Grand Total'));
    const thousands = rows.Campaigns.reduce((total, row) => total + Math.round(Number(row['Expected Revenue'].replace(/[$,K]/g, '')) * 100_000), 0) / 100;
    assert.equal(Number((await query('x_campaigns', '', 'sum(x_expected)')).v.amount), thousands, '$342.09K is 342,090');
    assert.equal((await query('leads', 'outcome = "converted"', 'count()')).n, rows.Leads.filter((row) => row.CONVERTED === 'Yes').length);
    assert.ok(run.new_choices.some(({ object, field, words }) => object === 'lead' && field === 'channel' && words.includes('Public Relations')), JSON.stringify(run.new_choices));
    // Once more: what has a number is known again.
    const again = await w.imported(w.admin, plan('zoho_sample').replace(/ {2}# No number of its own[\s\S]*?set: \{kind: task\}\n/, ''), Object.fromEntries(modules.map((name) => [`${name}.csv`, readFileSync(path(name))])));
    assert.deepEqual([again.counts.created, again.counts.updated, again.new_choices], [0, 0, []], JSON.stringify(again.objects));
}

async function xeducation(w) {
    const path = (name) => join(data, 'xeducation_leads', name);
    const leads = rowsOf(path('Leads.csv'));
    const run = await tried(w, plan('xeducation_leads'), { 'Leads.csv': readFileSync(path('Leads.csv')) });
    assert.deepEqual(run.counts, { created: leads.length, updated: 0, skipped: 0, refused: 0 }, JSON.stringify(run.columns));
    const count = (filter) => w.count(w.admin, 'leads', filter);
    for (const [filter, is] of [
        ['outcome = "converted"', (row) => row.Converted === '1'],
        ['x_city = null', (row) => ['', 'Select'].includes(row.City)],
        ['x_specialization = null', (row) => ['', 'Select'].includes(row.Specialization)],
        ['channel = "search"', (row) => /^(google|bing|organic search)$/i.test(row['Lead Source'])],
        ['x_total_visits > 10', (row) => Number(row.TotalVisits) > 10],
    ])
        assert.equal(await count(filter), leads.filter(is).length, filter);
    assert.ok(run.new_choices.every(({ words }) => !words.some((word) => /^select$/i.test(word))), JSON.stringify(run.new_choices));

    // The same leads as a workbook that is called .csv: what it is tells its content, and what plan reads it, its headings.
    const saved = await w.must(201, w.admin, 'POST', '/import_plans', { name: 'X Education', plan: plan('xeducation_leads'), shared: 'team' });
    const book = await w.uploaded(w.admin, 'Leads_is_really_xlsx.csv', readFileSync(path('Leads_is_really_xlsx.csv')));
    assert.deepEqual([book.kind, book.sheets[0].rows], ['xlsx', leads.length]);
    const offered = await w.must(200, w.admin, 'POST', '/imports/draft', { files: [book.file] });
    assert.deepEqual(offered.plans, [{ id: saved.id, name: 'X Education', share: 1 }]);
    const fitted = await w.must(200, w.admin, 'POST', '/imports/draft', { files: [book.file], plan: saved.id });
    assert.match(fitted.plan, /file: Leads_is_really_xlsx\.csv/);
    const { job } = await w.must(202, w.admin, 'POST', '/imports', { plan: fitted.plan, files: { 'Leads_is_really_xlsx.csv': book.file } });
    const { result } = await w.ended(w.admin, job);
    assert.deepEqual([result.counts.created, result.counts.refused, result.counts.skipped + result.counts.updated], [0, 0, leads.length], JSON.stringify(result.columns));
}

export const realFiles = (binary) => {
    const test = (name, currency, work) => async () => {
        if (existsSync(join(data, name))) await inHouse(binary, name, currency, work);
        else console.log(`not read ${name}: there is no ${data}`);
    };
    return {
        'the eleven modules of another system come in by one plan, tried as they are run': test('zoho_sample', 'USD', zoho),
        'leads whose form says Select for nothing, and the same in a workbook called .csv': test('xeducation_leads', 'CNY', xeducation),
    };
};
