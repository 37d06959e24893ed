// Bad requests around imports. The columns are those of tests/served/refusals.mjs.
import assert from 'node:assert/strict';
import { password, accounts, csv } from './world.mjs';

const bytes = { 'Content-Type': 'application/octet-stream' };
const tooLarge = String((200 << 20) + 1);

// [MS-CFB]: the sectors are of 512 bytes, the directory is in the second and names a stream "Workbook".
const oldWorkbook = Buffer.alloc(2048);
oldWorkbook.write('d0cf11e0a1b11ae1', 'hex');
oldWorkbook[30] = 9;
oldWorkbook[48] = 1;
oldWorkbook.write('Workbook', 1152, 'utf16le');

// A browser's session of the administrator, who may import.
async function signedIn(w) {
    const origin = `http://${w.house.host}:${w.house.port}`;
    const answer = await w.house.send('POST', '/api/v1/session', { headers: { 'Content-Type': 'application/json', Origin: origin }, body: JSON.stringify({ email: w.admin, password }) });
    assert.equal(answer.status, 200, answer.text);
    return { origin, cookie: answer.headers['set-cookie'][0].split(';')[0], csrf: answer.body.csrf };
}

export async function refusals(w) {
    const { origin, cookie, csrf } = await signedIn(w);
    const good = accounts({ Name: 'name', Code: 'code' });
    const rows = csv(['Name', 'Code'], ['A', 'X1']);
    const { file } = await w.uploaded(w.clerk, 'a.csv', rows);
    const theirs = (await w.uploaded(w.other, 'a.csv', rows)).file;
    const theirPlan = await w.make('theirPlan', '/import_plans', { name: 'Theirs', plan: good }, w.other);
    const empty = (await w.uploaded(w.clerk, 'a.csv', 'Name,Code\n')).file;
    const done = await w.imported(w.clerk, good, { 'a.csv': csv(['Name', 'Code'], ['', 'X1']) });
    const past = done.import;
    await w.make('product', '/products', { name: 'Lathe', code: 'CNC-100' });

    const bring = (name, raw, headers = {}) => ['clerk', 'POST', `/imports/files${name === null ? '' : `?name=${encodeURIComponent(name)}`}`, { raw, headers: { ...bytes, ...headers } }];
    const start = (plan, files = { 'a.csv': file }, more = {}) => ['clerk', 'POST', '/imports', { json: { plan, files, ...more } }];
    const columns = (text, more = {}) => accounts(text, more);
    const scoped = (...scopes) => ({ Authorization: `Bearer ${w.house.token(w.clerk, scopes)}` });
    const session = (more) => ({ json: { plan: good, files: { 'a.csv': file } }, headers: { Cookie: cookie, ...more } });
    const doors = [['POST', '/imports/files?name=a.csv', { raw: rows, headers: bytes }], ['POST', '/imports/draft', { json: { files: [file] } }], ['GET', `/imports/files/${file}/words?column=Code`, {}], ['POST', '/imports', { json: { plan: good, files: { 'a.csv': file } } }],
        ['GET', '/imports', {}], ['GET', `/imports/${past}`, {}], ['GET', `/imports/${past}/errors`, {}], ['POST', `/imports/${past}/undo`, {}]];
    return [
        ...doors.map((door) => [`nobody: ${door[0]} ${door[1]}`, 'nobody', ...door, 401, 'not_signed_in']),
        ...doors.map((door) => [`one who may not import: ${door[0]} ${door[1]}`, 'rep', ...door, 403, 'forbidden']),
        ['a token to read that imports', 'nobody', 'POST', '/imports', { json: { plan: good, files: { 'a.csv': file } }, headers: scoped('read') }, 403, 'forbidden'],
        ['a token to read and write that brings a file', 'nobody', 'POST', '/imports/files?name=a.csv', { raw: rows, headers: { ...bytes, ...scoped('read', 'write') } }, 403, 'forbidden'],
        ['a session without CSRF token', 'nobody', 'POST', '/imports', session({ Origin: origin }), 403, 'csrf_refused'],
        ['a session from another site', 'nobody', 'POST', '/imports', session({ Origin: 'http://evil.example', 'X-CSRF-Token': csrf }), 403, 'csrf_refused'],
        ['a session without Origin', 'nobody', 'POST', '/imports', session({ 'X-CSRF-Token': csrf }), 403, 'csrf_refused'],
        ['a file from another site', 'nobody', 'POST', '/imports/files?name=a.csv', { raw: rows, headers: { ...bytes, Cookie: cookie, Origin: 'http://evil.example', 'X-CSRF-Token': csrf } }, 403, 'csrf_refused'],
        ['an undo from another site', 'nobody', 'POST', `/imports/${past}/undo`, { headers: { Cookie: cookie, Origin: 'http://evil.example', 'X-CSRF-Token': csrf } }, 403, 'csrf_refused'],

        ['a file without bytes', ...bring('a.csv', ''), 422, 'file_empty', 'body'],
        ['a file without name', ...bring(null, rows), 422, 'required', 'name'],
        ['a file of blank name', ...bring('  ', rows), 422, 'required', 'name'],
        ['a name that climbs', ...bring('../../a.csv', rows), 422, 'invalid_value', 'name'],
        ['a name too long', ...bring(`${'x'.repeat(300)}.csv`, rows), 422, 'invalid_value', 'name'],
        ['a name of control characters', ...bring('a\u0007.csv', rows), 422, 'invalid_value', 'name'],
        ['a parameter nobody knows', 'clerk', 'POST', '/imports/files?name=a.csv&sheet=1', { raw: rows, headers: bytes }, 400, 'unknown_parameter', 'sheet'],
        ['a file over what a member may bring', 'clerk', 'POST', '/imports/files?name=a.csv', { raw: Buffer.alloc(Number(tooLarge), 'a,b\n'), headers: bytes }, 413, 'too_large'],
        ['a file over what anybody may bring', 'admin', 'POST', '/imports/files?name=a.csv', { headers: { ...bytes, 'Content-Length': String((1 << 30) + 1) } }, 413, 'too_large'],
        ['bytes that are no table', ...bring('a.csv', Buffer.from([0, 1, 2, 3, 0, 0, 5])), 415, 'file_format_unknown'],
        ['a NUL in a late row', ...bring('a.csv', `Name,Code\n${'A,1\n'.repeat(5_000)}A\u0000,2\n`), 422, 'nul_byte'],
        ['a quote that never ends', ...bring('a.csv', 'Name,Code\n"A,1\n'), 422, 'csv_unterminated_quote'],
        ['a web page', ...bring('a.xls', '<html><table><tr><td>A</td></tr></table></html>'), 415, 'html_is_no_sheet'],
        ['an old workbook', ...bring('a.xls', oldWorkbook), 415, 'xls_old'],
        ['half a workbook', ...bring('a.xlsx', Buffer.from('PK\x03\x04 and no more', 'latin1')), 422, 'file_damaged'],
        ['a PDF', ...bring('a.pdf', '%PDF-1.7\n'), 415, 'pdf_is_no_sheet'],

        ['a draft of nothing', 'clerk', 'POST', '/imports/draft', { json: { files: [] } }, 422, 'invalid_value', 'files'],
        ['a draft without files', 'clerk', 'POST', '/imports/draft', { json: {} }, 422, 'required', 'files'],
        ['a draft of what is no list', 'clerk', 'POST', '/imports/draft', { json: { files: file } }, 422, 'invalid_value', 'files'],
        ['a draft of a file nobody brought', 'clerk', 'POST', '/imports/draft', { json: { files: ['1'] } }, 422, 'unknown_file', 'files'],
        ['a draft of the file of another', 'clerk', 'POST', '/imports/draft', { json: { files: [theirs] } }, 422, 'unknown_file', 'files'],
        ['a draft of a path', 'clerk', 'POST', '/imports/draft', { json: { files: ['../../store.db'] } }, 422, 'unknown_file', 'files'],
        ['a draft of 21 files', 'clerk', 'POST', '/imports/draft', { json: { files: Array(21).fill(file) } }, 422, 'invalid_value', 'files'],

        ['a draft by a plan that is not there', 'clerk', 'POST', '/imports/draft', { json: { files: [file], plan: '1' } }, 404, 'not_found'],
        ['a draft by the plan of another', 'clerk', 'POST', '/imports/draft', { json: { files: [file], plan: theirPlan } }, 404, 'not_found'],
        ['a draft by a number', 'clerk', 'POST', '/imports/draft', { json: { files: [file], plan: 5 } }, 422, 'invalid_value', 'plan'],
        ['a draft by a text that is no plan', 'clerk', 'POST', '/imports/draft', { json: { files: [file], plan: 'objects: 5' } }, 422, 'required'],
        ['a draft with a word too many', 'clerk', 'POST', '/imports/draft', { json: { files: [file], plans: true } }, 400, 'unknown_parameter', 'plans'],
        ['a saved plan that is none', 'clerk', 'POST', '/import_plans', { json: { name: 'A', plan: 'objects: 5' } }, 422, 'required'],
        ['a saved plan without name', 'clerk', 'POST', '/import_plans', { json: { plan: good } }, 422, 'required', 'name'],
        ['a saved plan of another, read', 'clerk', 'GET', `/import_plans/${theirPlan}`, {}, 404, 'not_found'],
        ['a saved plan of another, removed', 'clerk', 'DELETE', `/import_plans/${theirPlan}`, { headers: { 'If-Match': '"1"' } }, 404, 'not_found'],
        ['words of no column', 'clerk', 'GET', `/imports/files/${file}/words`, {}, 422, 'required', 'column'],
        ['words of a column the file has not', 'clerk', 'GET', `/imports/files/${file}/words?column=Cod`, {}, 422, 'unknown_column', 'column'],
        ['words of a sheet the file has not', 'clerk', 'GET', `/imports/files/${file}/words?column=Code&sheet=2`, {}, 422, 'unknown_sheet', 'sheet'],
        ['words in an encoding nobody knows', 'clerk', 'GET', `/imports/files/${file}/words?column=Code&encoding=klingon`, {}, 422, 'unknown_encoding'],
        ['words with a parameter nobody knows', 'clerk', 'GET', `/imports/files/${file}/words?column=Code&most=9`, {}, 400, 'unknown_parameter', 'most'],
        ['words of the file of another', 'clerk', 'GET', `/imports/files/${theirs}/words?column=Code`, {}, 404, 'not_found'],
        ['words of a file nobody brought', 'clerk', 'GET', '/imports/files/1/words?column=Code', {}, 404, 'not_found'],

        ['no JSON', 'clerk', 'POST', '/imports', { raw: 'plan: x' }, 400, 'json_invalid'],
        ['a plan sent as YAML', 'clerk', 'POST', '/imports', { raw: good, headers: { 'Content-Type': 'application/yaml' } }, 415, 'media_type_unsupported'],
        ['a plan sent as a form', 'clerk', 'POST', '/imports', { raw: 'plan=x', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 415, 'media_type_unsupported'],
        ['a list for a request', 'clerk', 'POST', '/imports', { json: [] }, 422, 'invalid_value'],
        ['a request without plan', 'clerk', 'POST', '/imports', { json: { files: { 'a.csv': file } } }, 422, 'required', 'plan'],
        ['a request without files', 'clerk', 'POST', '/imports', { json: { plan: good } }, 422, 'required', 'files'],
        ['a word too many', ...start(good, undefined, { dryrun: true }), 400, 'unknown_parameter', 'dryrun'],
        ['a trial that is perhaps one', ...start(good, undefined, { dry_run: 'yes' }), 422, 'invalid_value', 'dry_run'],
        ['a file nobody brought', ...start(good, { 'a.csv': '1' }), 422, 'unknown_file'],
        ['the file of another', ...start(good, { 'a.csv': theirs }), 422, 'unknown_file'],
        ['a path for a file', ...start(good, { 'a.csv': '/etc/passwd' }), 422, 'unknown_file'],
        ['a file the plan does not name', ...start(good, { 'b.csv': file }), 422, 'unknown_file', 'objects[0].file'],
        ['a plan over the limit', ...start(`# ${'x'.repeat(3 << 20)}`), 413, 'too_large'],

        ['a plan of nothing', ...start(''), 422, 'required'],
        ['a plan that is no YAML', ...start('objects: [{file: a.csv'), 422, 'plan_syntax'],
        ['a plan without objects', ...start('name: A'), 422, 'required'],
        ['a plan with a word nobody knows', ...start(good.replace('on_duplicate', 'on_dupliate')), 422, 'unknown_word', undefined, { near: 'on_duplicate' }],
        ['a policy nobody knows', ...start(columns({ Name: 'name', Code: 'code' }, { policy: 'replace' })), 422, 'invalid_value', 'objects[0].on_duplicate'],
        ['an object nobody knows', ...start(good.replace('object: account', 'object: acount')), 422, 'unknown_object', 'objects[0].object', { near: 'account' }],
        ['an object one may not know', ...start(good.replace('object: account', 'object: role')), 422, 'unknown_object'],
        ['an object of the machinery', ...start(good.replace('object: account', 'object: job')), 422, 'unknown_object'],
        ['a field nobody knows', ...start(columns({ Name: 'nmae', Code: 'code' })), 422, 'unknown_field', 'objects[0].columns.Name', { near: 'name' }],
        ['a field one may not know', ...start(columns({ Name: 'name', Code: 'annual_revenue' }, { key: [] })), 422, 'unknown_field', 'objects[0].columns.Code'],
        ['a field of the system', ...start(columns({ Name: 'name', Code: 'created_at' }, { key: [] })), 422, 'read_only_field', 'objects[0].columns.Code'],
        ['a column the file has not', ...start(columns({ Name: 'name', Cod: 'code' })), 422, 'unknown_column', 'objects[0].columns.Cod', { near: 'Code' }],
        ['two columns into one field', ...start(columns({ Name: 'name', Code: 'name' }, { key: [] })), 422, 'twice'],
        ['a key that is not read', ...start(columns({ Name: 'name' })), 422, 'key_not_read'],
        ['a key nobody knows', ...start(columns({ Name: 'name', Code: 'code' }, { key: ['cod'] })), 422, 'unknown_field'],
        ['an object one may not make', ...start(good.replace('object: account', 'object: member')), 403, 'forbidden'],
        ['choices added without the right', ...start(columns({ Name: 'name', Code: { field: 'tier', missing: 'add' } }, { key: [] })), 403, 'forbidden', 'objects[0].columns.Code.missing'],
        ['choices added to a text', ...start(columns({ Name: { field: 'name', missing: 'add' } }, { key: [] })), 422, 'invalid_value', 'objects[0].columns.Name.missing'],
        ['a cure nobody knows', ...start(columns({ Name: { field: 'name', missing: 'guess' } }, { key: [] })), 422, 'invalid_value', 'objects[0].columns.Name.missing'],
        ['history without the right', ...start(columns({ Name: 'name', Code: 'code' }, { more: '    history: true\n' })), 403, 'forbidden'],

        ['an import that never was', 'clerk', 'GET', '/imports/1', {}, 404, 'not_found'],
        ['an import whose number is none', 'clerk', 'GET', '/imports/first', {}, 404, 'not_found'],
        ['a job that is no import', 'clerk', 'GET', '/imports/2/errors', {}, 404, 'not_found'],
        ['refused rows in a format nobody writes', 'clerk', 'GET', `/imports/${past}/errors?format=pdf`, {}, 422, 'invalid_value', 'format'],
        ['refused rows with a parameter nobody knows', 'clerk', 'GET', `/imports/${past}/errors?as=csv`, {}, 400, 'unknown_parameter', 'as'],
        ['past imports without limit', 'clerk', 'GET', '/imports?limit=0', {}, 422, 'invalid_value', 'limit'],
        ['past imports beyond the limit', 'clerk', 'GET', '/imports?limit=1000', {}, 422, 'invalid_value', 'limit'],
        ['past imports after no place', 'clerk', 'GET', '/imports?after=x', {}, 400, 'cursor_stale', 'after'],
        ['an undo of nothing', 'clerk', 'POST', `/imports/${past}/undo`, {}, 409, 'nothing_to_undo'],
        ['an undo of no import', 'clerk', 'POST', '/imports/1/undo', {}, 404, 'not_found'],
        ['a cancelling of what has ended', 'clerk', 'POST', `/jobs/${past}/actions/cancel`, {}, 409, 'job_ended'],
        ['another method', 'clerk', 'PUT', `/imports/${past}`, {}, 405, 'method_not_allowed'],
    ];
}
