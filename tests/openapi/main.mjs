// tests/openapi/run <binary> – the served description: it passes Redocly's linter, tells each caller only what that caller may know,
// and every GET it documents answers as its schema says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from '@redocly/ajv/dist/2020.js';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { fixture } from '../rest/fixture.mjs';

const [binary] = process.argv.slice(2);
if (!binary) {
    console.error('tests/openapi/run <binary>');
    process.exit(2);
}

let passed = 0, failed = 0;
async function test(name, check) {
    const wrong = await Promise.resolve().then(check).catch((error) => error.stack);
    if (wrong) console.log(`failed   ${name}\n     ${wrong}`);
    if (wrong) ++failed;
    else ++passed;
}

const config = await createConfig(readFileSync(join(import.meta.dirname, 'redocly.yaml'), 'utf8'));
async function lint(text) {
    const problems = await lintFromString({ source: text, absoluteRef: '/openapi.json', config });
    const errors = problems.filter((one) => one.severity === 'error');
    return errors.slice(0, 10).map((one) => `${one.ruleId}: ${one.message} at ${one.location[0]?.pointer}`).join('\n     ') || null;
}

const custom = {
    object: 'x_boat', custom: true, plural: 'x_boats', label: { zh: '船', en: 'Boat' }, plural_label: { zh: '船', en: 'Boats' },
    fields: [{ name: 'name', type: 'text', label: { zh: '名称', en: 'Name' }, required: true }, { name: 'x_length', type: 'number', label: { zh: '长度', en: 'Length' } }],
};

function schemaCheck(document) {
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema(document, 'openapi');
    return (path, value) => {
        const place = ['paths', path, 'get', 'responses', '200', 'content', 'application/json', 'schema'].map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'));
        const validate = ajv.compile({ $ref: `openapi#/${place.map(encodeURIComponent).join('/')}` });
        return validate(value) ? null : ajv.errorsText(validate.errors).slice(0, 500);
    };
}

// One id of each object, so that /deals/{id} can be asked for.
async function idsOf(f, document) {
    const ids = new Map();
    for (const path of Object.keys(document.paths)) {
        const list = /^\/api\/v1\/([a-z_]+)\/\{id\}$/.exec(path)?.[1];
        if (list) ids.set(list, (await f.house.call(f.admin, 'GET', `/${list}?limit=1`)).body?.data?.[0]?.id);
    }
    const token = f.house.token(f.admin);
    const file = await f.house.send('POST', '/api/v1/imports/files?name=a.csv', { headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' }, body: 'name\nA\n' });
    return ids.set('imports/files', file.body.file);
}

// What a question needs besides the id it is asked of; null: there is nothing to ask, as of a record that keeps no history.
async function neededBy(f, path, place) {
    if (path.endsWith('/compare')) {
        const versions = (await f.house.call(f.admin, 'GET', `${place.replace('/compare', '/history').replace('/api/v1', '')}`)).body.data;
        return versions.length === 0 ? null : `?from=${versions.at(-1).seq}&to=${versions[0].seq}`;
    }
    if (path.endsWith('/jobs/{id}/file')) return null;    // the job at hand, an erasure, made none
    return path.endsWith('/words') ? '?column=name' : '';
}

// What only a browser's session may ask.
const ownDoor = new Set(['/api/v1/sessions', '/api/v1/tokens', '/api/v1/session/second_factor', '/api/v1/session/identities', '/api/v1/session/sign_ins']);

async function testAnswers(f, document) {
    const conforms = schemaCheck(document);
    const ids = await idsOf(f, document);
    const token = f.house.token(f.admin);
    for (const [path, { get }] of Object.entries(document.paths)) {
        const content = get?.responses['200']?.content;
        const list = /^\/api\/v1\/([a-z_/]+)\/\{id\}/.exec(path)?.[1];
        if (!content || path.endsWith('/changes') || (list && !ids.get(list)) || /\{(?!id\})/.test(path)) continue;
        const place = path.replace('{id}', ids.get(list));
        const needed = await neededBy(f, path, place);
        if (needed === null) continue;
        await test(`GET ${path} answers as its schema says`, async () => {
            const headers = ownDoor.has(path) ? { Cookie: f.cookie } : { Authorization: `Bearer ${token}` };
            const answer = await f.house.send('GET', place + needed, { headers });
            if (answer.status !== 200) return `${answer.status} ${answer.text.slice(0, 300)}`;
            const type = answer.headers['content-type'].split(';')[0];
            if (!content[type]) return `it is ${type}`;
            return type === 'application/json' ? conforms(path, answer.body) : null;
        });
    }
}

// What a POST answers with is among the statuses the document names for it.
async function testStatuses(f, document) {
    const raw = (path, body) => f.house.send('POST', `/api/v1${path}`, { headers: { Authorization: `Bearer ${f.house.token(f.admin)}`, 'Content-Type': 'application/octet-stream' }, body });
    const ask = (path, body) => f.house.call(f.admin, 'POST', path, body);
    for (const [documented, status, answer] of [
        ['/deals', 201, ask('/deals', { name: 'Documented' })],
        ['/deals', 207, ask('/deals?partial=true', [{ name: 'One of many' }])],
        ['/deals/bulk', 200, ask('/deals/bulk', { filter: 'name = "nobody"', change: { next_step: 'x' }, dry_run: true })],
        ['/deals/export', 202, ask('/deals/export', { format: 'csv' })],
        ['/query', 200, ask('/query', { from: 'deals', measures: { n: 'count()' } })],
        ['/imports/files', 201, raw('/imports/files?name=a.csv', 'name\nA\n')],
        ['/attachments', 201, raw(`/attachments?object=deal&id=${f.ids.deal}&name=a.txt`, 'text')],
    ])
        await test(`POST ${documented} answers ${status}, as it says`, async () => {
            const { status: answered, text } = await answer;
            if (answered !== status) return `it answers ${answered} ${text?.slice(0, 200)}`;
            const told = Object.keys(document.paths[`/api/v1${documented}`].post.responses);
            return told.includes(String(status)) ? null : `it says ${told}`;
        });
    await test('what an upload must name is told', () => {
        const names = document.paths['/api/v1/attachments'].post.parameters.filter((one) => one.in === 'query' && one.required).map((one) => one.name);
        return names.join() === 'object,id,name' ? null : names.join();
    });
}

// A field of a built-in object that comes while the server runs, seen by the rep until his role hides it.
async function testCustomField(f, documentFor) {
    const field = { name: 'x_margin', type: 'share', label: { zh: '毛利率', en: 'Margin' } };
    const told = async (email) => JSON.stringify((await documentFor(email)).body.components.schemas).includes('x_margin');
    await test('a custom field is told at once to whoever may see it, and to nobody else', async () => {
        const before = await told(f.rep);
        const defined = await f.house.call(f.admin, 'POST', '/definitions', { object: 'deal', fields: [field] });
        if (before || defined.status !== 200) return defined.text;
        const { Deal, DealInput } = (await documentFor(f.rep)).body.components.schemas;
        if (Deal.properties.x_margin?.maximum !== 1 || !DealInput.properties.x_margin) return JSON.stringify(Deal.properties.x_margin);
        return (await told()) ? 'nobody is told' : null;
    });
    await test('a custom field that is hidden is told no longer', async () => {
        const [role] = (await f.house.call(f.admin, 'GET', `/roles?filter=${encodeURIComponent('key = "rep"')}`)).body.data;
        const rights = JSON.parse(role.rights);
        const hidden = { ...rights, objects: { ...rights.objects, deal: { ...rights.objects['*'], fields: { x_margin: 'hidden' } } } };
        const set = (value) => f.house.call(f.admin, 'PATCH', `/roles/${role.id}`, { rights: JSON.stringify(value) }, { 'If-Match': '*' });
        await set(hidden);
        const [rep, admin] = [await told(f.rep), await told(f.admin)];
        await set(rights);
        return rep || !admin ? `the rep ${rep}, the administrator ${admin}` : null;
    });
}

const f = await fixture(binary);
try {
    const defined = await f.house.call(f.admin, 'POST', '/definitions', custom);
    const documentFor = (email) => f.house.send('GET', '/openapi.json', { headers: email ? { Authorization: `Bearer ${f.house.token(email)}` } : {} });
    const [anonymous, admin, rep] = [await documentFor(), await documentFor(f.admin), await documentFor(f.rep)];
    await test('a custom object is defined', () => (defined.status === 200 ? null : defined.text));
    await test('nobody is told of custom objects', () => (/x_boat|x_length/.test(anonymous.text) ? 'x_boat is told' : null));
    await test('everybody is told of the built-in ones', () => ('/api/v1/deals' in anonymous.body.paths ? null : 'deals are not told'));
    await test('an administrator is told of custom objects', () => ('/api/v1/x_boats' in admin.body.paths ? null : 'x_boats are not told'));
    await test('a rep is not told of what a rep may not read', () => ('/api/v1/roles' in rep.body.paths ? 'roles are told' : null));
    await testCustomField(f, documentFor);
    await test('it passes the linter as nobody sees it', () => lint(anonymous.text));
    await test('it passes the linter as an administrator sees it', () => lint(admin.text));
    await test('it passes the linter as a rep sees it', () => lint(rep.text));
    await test('the linter does find errors', async () => (await lint(anonymous.text.replaceAll('"operationId"', '"operationld"')) ? null : 'it found none'));
    await testAnswers(f, admin.body);
    await testStatuses(f, admin.body);
} finally {
    await f.house.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
