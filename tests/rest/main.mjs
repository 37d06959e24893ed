// tests/rest/run <binary> – bad requests, each sent in both languages. Each must be refused as its row says, in the form every problem
// has, and must change nothing: neither the ledger nor the number of records of any object.
import { callers } from './callers.mjs';
import { everything, fixture } from './fixture.mjs';
import { reads } from './reads.mjs';
import { writes } from './writes.mjs';

const [binary] = process.argv.slice(2);
if (!binary) {
    console.error('tests/rest/run <binary>');
    process.exit(2);
}

const chinese = /[\u4e00-\u9fff]/;

function send(f, [, who, method, path, { json, raw, headers = {} }], language) {
    const all = { ...(language && { 'Accept-Language': language }), ...(who !== 'nobody' && { Authorization: `Bearer ${f.house.token(f[who])}` }), ...headers };
    const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
    if (body !== undefined) Object.assign(all, { 'Content-Length': Buffer.byteLength(body) }, all['Content-Type'] ? {} : { 'Content-Type': 'application/json' });
    return f.house.send(method, `/api/v1${path}`, { headers: all, body });
}

// What is wrong with an answer, or null.
function fault({ status, headers, body }, [, , , , , wantedStatus, code, field, { near, inChinese } = {}], english) {
    if (status !== wantedStatus || body?.code !== code) return `expected ${wantedStatus} ${code}, got ${status} ${JSON.stringify(body)}`;
    if (!/^application\/problem\+json\b/.test(headers['content-type'])) return `it is ${headers['content-type']}, no problem+json`;
    if (body.status !== status || !body.type || !body.errors?.length) return `the form is not that of a problem: ${JSON.stringify(body)}`;
    const one = body.errors.find((error) => error.code === code && (field === undefined || error.field === field));
    if (!one) return `no error ${code} of ${field}: ${JSON.stringify(body.errors)}`;
    if (near && one.args.nearest !== near) return `it should offer "${near}": ${JSON.stringify(one)}`;
    if (one.field && one.pointer !== `/${one.field.replace(/[.[]+/g, '/').replaceAll(']', '').replace(/^\//, '')}`) return `the pointer is ${one.pointer}`;
    for (const sentence of [body.title, ...body.errors.map((error) => error.say)]) {
        if (!sentence || chinese.test(sentence) === (english && !inChinese)) return `not a sentence of ${english ? 'English' : 'Chinese'}: "${sentence}"`;
        if (/[{}]|""|“”|\[\D/.test(sentence)) return `a blank was left open: "${sentence}"`;
    }
    return null;
}

async function check(f, row) {
    for (const language of [undefined, 'en-GB,en;q=0.8']) {
        const wrong = fault(await send(f, row, language), row, language !== undefined);
        if (wrong) return wrong;
    }
    const now = await everything(f);
    if (now === f.before) return null;
    const change = `something changed: ${f.before} → ${now}`;
    f.before = now;
    return change;
}

const f = await fixture(binary);
let passed = 0, failed = 0;
try {
    f.before = await everything(f);
    for (const row of [...writes(f), ...reads(f), ...callers(f)]) {
        const wrong = await check(f, row).catch((error) => error.message);
        if (wrong) console.log(`failed   ${row[0]}\n     ${row[2]} ${row[3].slice(0, 120)}: ${wrong.slice(0, 700)}`);
        if (wrong) ++failed;
        else ++passed;
    }
} finally {
    await f.house.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || passed < 80 ? 1 : 0;
