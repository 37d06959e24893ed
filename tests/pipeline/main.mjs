// The public-domain pipeline of tests/data/maven_crm by the commands people type: init, token, dry run, import, serve, query,
// export, check. Its totals are told four times – by the query, the funnel, an exported workbook that LibreOffice reads, and SQL
// on the file – and must agree to the unit. A dry run tells what the real run does.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binary = resolve(process.argv[2]);
const house = new URL('../..', import.meta.url).pathname;
const home = mkdtempSync(join(tmpdir(), 'shangdao-pipeline-'));
const data = join(home, 'D');
const admin = 'admin@example.com', rep = 'rep@example.com';
const known = { deals: 8800, won: 4238, lost: 2473, open: 2089, value: '10005534.00' };
const created = { team: 3, member: 41, product: 7, account: 85, deal: 8800 };

let passed = 0, failed = 0, server;
const seen = {};

function shangdao(words, input) {
    const ran = spawnSync(binary, words, { cwd: house, input, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    return { code: ran.status, out: ran.stdout, error: ran.stderr };
}

function must(words, input) {
    const ran = shangdao(words, input);
    assert.equal(ran.code, 0, `shangdao ${words.join(' ')}: ${ran.error}${ran.out}`);
    return ran.out;
}

async function test(name, work) {
    try {
        await work();
        passed += 1;
        console.log(`ok     ${name}`);
    } catch (error) {
        failed += 1;
        console.log(`FAILED ${name}\n    ${String(error.message).split('\n').slice(0, 12).join('\n    ')}`);
    }
}

async function ask(token, path, body) {
    const answer = await fetch(`${server.url}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: body && JSON.stringify(body),
    });
    assert.equal(answer.ok, true, `${path}: ${answer.status}`);
    return answer.json();
}

function serve() {
    const child = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
    return new Promise((found, lost) => {
        let said = '';
        child.on('exit', (code) => lost(new Error(`the server ended with ${code}: ${said}`)));
        child.stdout.on('data', (chunk) => {
            said += chunk;
            const match = /listening on (http:\/\/[\d.:]+)/.exec(said);
            if (match) found({ url: match[1], child });
        });
    });
}

const importing = ['import', '--data', data, '--user', admin, '--plan', 'tests/plans/maven_crm.yaml', '--from', 'tests/data/maven_crm'];
const counts = (text) => Object.fromEntries([...text.matchAll(/^(\w+): created (\d+), updated (\d+), skipped (\d+), refused (\d+)$/gm)].map(([, object, ...n]) => [object, n.map(Number)]));
const sql = (text) => execFileSync('sqlite3', [join(data, 'orgs/main/data.sqlite'), text], { encoding: 'utf8' }).trim();

try {
    await test('an organisation is made and a token printed alone', () => {
        must(['init', '--data', data, '--org', '示例公司', '--currency', 'CNY', '--time-zone', 'Asia/Shanghai', '--admin', admin, '--password-stdin'], 'correct horse battery staple\n');
        seen.token = must(['token', 'create', '--data', data, '--user', admin, '--name', 'check']);
        assert.match(seen.token, /^\S+\n$/);
        seen.token = seen.token.trim();
    });
    await test('a dry run tells what would happen and writes nothing', () => {
        seen.dry = counts(must([...importing, '--dry-run']));
        for (const [object, n] of Object.entries(created)) assert.equal(seen.dry[object]?.[0], n, object);
        assert.equal(sql('SELECT count(*) FROM o_deal'), '0');
    });
    await test('the import does exactly that', () => assert.deepEqual(counts(must(importing)), seen.dry));
    await test('the same import again changes nothing', () => {
        const before = sql('SELECT count(*), sum(version) FROM o_deal');
        const again = counts(must(importing));
        for (const [object, [made, , , refused]] of Object.entries(again)) assert.deepEqual([object, made, refused], [object, 0, 0]);
        assert.equal(sql('SELECT count(*), sum(version) FROM o_deal'), before);
    });
    await test('a rep is added and the server is ready', async () => {
        must(['user', 'add', '--data', data, '--email', rep, '--name', '销售一', '--role', 'rep', '--password-stdin'], 'another long passphrase\n');
        seen.rep = must(['token', 'create', '--data', data, '--user', rep, '--name', 'check']).trim();
        server = await serve();
        assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
    });
    await test('the admin counts every deal, the rep none', async () => {
        assert.equal((await ask(seen.token, '/api/v1/deals?limit=1&count=exact')).count, known.deals);
        assert.equal((await ask(seen.rep, '/api/v1/deals?limit=1&count=exact')).count, 0);
    });
    await test('the query', async () => {
        const answer = await ask(seen.token, '/api/v1/query', { from: 'deals', group: ['outcome'], measures: { n: 'count()', value: 'sum(amount)' } });
        const rows = Object.fromEntries(answer.rows.map((row) => { const of = Array.isArray(row) ? row : [row.outcome, row.n, row.value]; return [of[0], of.slice(1)]; }));
        assert.equal(Number(rows.won[0]), known.won);
        assert.equal(Number(rows.lost[0]), known.lost);
        assert.equal(Number(rows.open[0]), known.open);
        assert.equal(rows.won[1].amount ?? rows.won[1], known.value);
    });
    await test('the funnel', async () => {
        const funnel = await ask(seen.token, '/api/v1/analysis/funnel');
        assert.deepEqual([funnel.won.n, funnel.lost.n, funnel.open.n], [known.won, known.lost, known.open]);
        assert.equal(funnel.won.value.amount, known.value);
        assert.equal(funnel.stages.reduce((sum, stage) => sum + stage.open_now, 0), known.open);
    });
    await test('SQL on the file', () => {
        assert.equal(sql("SELECT count(*), printf('%.2f', sum(amount_base) / 100.0) FROM o_deal WHERE outcome = 'won' AND deleted_at IS NULL"), `${known.won}|${known.value}`);
        assert.equal(sql("SELECT count(*) FROM o_deal WHERE outcome = 'lost'"), String(known.lost));
        assert.equal(sql('SELECT count(*) FROM o_deal WHERE outcome = \'open\' AND account IS NULL'), '1425');
        assert.equal(sql("SELECT count(*) FROM o_deal WHERE outcome = 'lost' AND loss_reason <> 'unknown_imported'"), '0');
        assert.equal(sql("SELECT count(*) FROM o_deal WHERE opened_on IS NULL AND closed_on IS NULL"), '500');
    });
    await test('a workbook exported and read by LibreOffice', () => {
        must(['export', '--data', data, '--user', admin, '--object', 'deals', '--format', 'xlsx', '--output', join(home, 'deals.xlsx')]);
        execFileSync('soffice', [`-env:UserInstallation=file://${home}/office`, '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76,1', '--outdir', home, join(home, 'deals.xlsx')], { stdio: 'ignore' });
        const [heading, ...rows] = readFileSync(join(home, 'deals.csv'), 'utf8').replace(/^\uFEFF/, '').trim().split('\n').map(cells);
        assert.equal(rows.length, known.deals);
        const at = (name) => { const found = heading.indexOf(name); assert.notEqual(found, -1, `${name} in ${heading}`); return found; };
        const won = rows.filter((row) => row[at('结果')] === '赢单');
        assert.equal(won.length, known.won);
        assert.equal(won.reduce((sum, row) => sum + Math.round(Number(row[at('金额')].replaceAll(/[, A-Z]/g, '')) * 100), 0), Math.round(Number(known.value) * 100));
    });
    await test('the API describes itself, built-ins only without a token', async () => {
        const described = await (await fetch(`${server.url}/openapi.json`)).json();
        assert.match(described.openapi, /^3\.1/);
        assert.ok(described.paths['/api/v1/deals'] ?? described.paths['/api/v1/{plural}']);
    });
    await test('store, references and chain are whole, beside the running server', () => assert.match(must(['check', '--data', data]), /0 findings/));
    await test('a graceful stop, and whole again', async () => {
        const code = await new Promise((done) => { server.child.removeAllListeners('exit'); server.child.on('exit', done); server.child.kill('SIGTERM'); });
        server = undefined;
        assert.equal(code, 0);
        assert.match(must(['check', '--data', data]), /0 findings/);
    });
} finally {
    server?.child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

// One line of the CSV that LibreOffice writes; no cell of ours holds a line break.
function cells(line) {
    return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}
