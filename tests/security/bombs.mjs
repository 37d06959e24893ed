// Little that would become much: each is refused or borne in a moment, and the server still answers others meanwhile.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { row, sheet, workbookOf } from './evil_zip.mjs';

// A second on a calm machine; what this finds takes minutes.
const longest = 8_000;
const megabyte = 1 << 20;

export const bombs = (f) => {
    const headers = (who, type) => ({ Authorization: `Bearer ${f.house.token(who)}`, 'Content-Type': type });
    const upload = (name, body) => f.house.send('POST', `/api/v1/imports/files?name=${name}`, { headers: { ...headers(f.admin, 'application/octet-stream'), 'Content-Length': body.length }, body });
    const raw = (path, text) => f.house.send('POST', `/api/v1${path}`, { headers: { ...headers(f.admin, 'application/json'), 'Content-Length': Buffer.byteLength(text) }, body: text });
    // The server's memory at its highest so far, and now, in MiB.
    const memory = (which) => Number(new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${f.house.pid}/status`, 'utf8'))[1]) / 1024;
    async function borne(what, send, statuses) {
        const began = performance.now();
        const [answer] = await Promise.all([send(), f.house.send('GET', '/healthz')]);
        const took = performance.now() - began;
        assert.ok(statuses.includes(answer.status), `${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
        assert.ok(took < longest, `${what} took ${Math.round(took)} ms`);
        return answer;
    }
    const nested = (open, close, depth, inside = '1') => open.repeat(depth) + inside + close.repeat(depth);

    return {
        'bombs: a workbook that inflates to gigabytes, lies about it, or lies on itself is refused in a moment and in little memory': async () => {
            const zeros = deflateRawSync(Buffer.alloc(64 * megabyte, 0x20), { level: 9 });
            const one = sheet(row('name'));
            const rows = Buffer.from(`${one.slice(0, -'</sheetData></worksheet>'.length)}${' '.repeat(8 * megabyte)}</sheetData></worksheet>`);
            const holding = (more) => workbookOf(undefined, {}, [{ name: 'xl/worksheets/sheet1.xml', ...more }]);
            const cases = {
                'one of 64 MiB said to be small': holding({ packed: zeros, size: 1_000 }),
                'one of 64 MiB said to be 4 GiB': holding({ packed: zeros, size: 0xfffffffe }),
                'blanks between rows': holding({ bytes: rows }),
                '40,000 entries': workbookOf(one, {}, [{ name: 'xl/media/a', bytes: Buffer.from('a'), times: 40_000 }]),
                'a hundred entries of one body': workbookOf(one, {}, [{ name: 'xl/worksheets/b.xml', packed: zeros, size: 64 * megabyte, bytes: Buffer.alloc(0), times: 100 }]),
                'a row at the end of counting': workbookOf(sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row r="1000000000"><c r="A1000000000"><v>1</v></c></row>')),
                'a column at the end of counting': workbookOf(sheet('<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>')),
                'a text that says it is the billionth shared one': workbookOf(sheet('<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>')),
                'a text that says it is below the first': workbookOf(sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')),
                'elements ten thousand deep': workbookOf(sheet(`<row r="1">${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</row>`)),
                'an attribute of four megabytes': workbookOf(sheet(`<row r="1" x="${'y'.repeat(4 * megabyte)}"/>`)),
                'ten thousand attributes': workbookOf(sheet(`<row r="1" ${Array.from({ length: 10_000 }, (_, i) => `x${i}="y"`).join(' ')}/>`)),
                'a name that climbs': workbookOf(one, {}, [{ name: '../../../../tmp/shangdao-climbed', bytes: Buffer.from('a') }]),
                'a name from the root': workbookOf(one, {}, [{ name: '/tmp/shangdao-climbed', bytes: Buffer.from('a') }]),
                'a name with a NUL': workbookOf(one, {}, [{ name: 'xl/a\0b', bytes: Buffer.from('a') }]),
                'a link': workbookOf(one, {}, [{ name: 'xl/link', bytes: Buffer.from('/etc/passwd'), attributes: 0xa1ff0000, made: 0x0314 }]),
                'a part twice': workbookOf(one, {}, [{ name: 'xl/worksheets/sheet1.xml', bytes: Buffer.from(sheet(row('other'))) }]),
                'a file cut in the middle': workbookOf(one).subarray(0, 700),
                'nothing but an end': Buffer.from('PK\x05\x06' + '\0'.repeat(18), 'latin1'),
                'a directory beyond the file': Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.from('PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\x7f\xff\xff\xff\x7f\0\0', 'latin1')]),
                'a method nobody knows': holding({ packed: Buffer.from(one), method: 97, size: one.length }),
            };
            const before = memory('VmRSS');
            for (const [what, body] of Object.entries(cases)) await borne(what, () => upload('bomb.xlsx', Buffer.from(body)), [201, 413, 415, 422]);
            for (const what of ['one of 64 MiB said to be small', 'one of 64 MiB said to be 4 GiB', '40,000 entries', 'a row at the end of counting', 'a column at the end of counting', 'a text that says it is the billionth shared one', 'nothing but an end', 'a directory beyond the file', 'a file cut in the middle'])
                assert.notEqual((await upload('bomb.xlsx', Buffer.from(cases[what]))).status, 201, what);
            assert.ok(memory('VmHWM') - before < 256, `${memory('VmHWM') - before} MiB more`);
        },
        'bombs: JSON of any depth, breadth and number is refused or read in a moment': async () => {
            const cases = {
                'lists in lists': [`{"name":${nested('[', ']', 400_000)}}`, [400]], 'objects in objects': [`{"name":${nested('{"a":', '}', 150_000)}}`, [400]], 'lists never closed': ['['.repeat(900_000), [400]], 'a number of 500,000 digits': [`{"name":"A","employees":${'9'.repeat(500_000)}}`, [400, 422]], 'an exponent beyond all': ['{"name":"A","employees":1e999999999}', [400, 422]],
                '100,000 keys': [`{${Array.from({ length: 80_000 }, (_, i) => `"k${i}":1`).join(',')}}`, [422, 413]], 'keys that are long': [`{"${'k'.repeat(1_000_000)}":1}`, [422]], 'a text of a megabyte': [`{"name":"${'x'.repeat(1_000_000)}"}`, [422]], 'escapes by the hundred thousand': [`{"name":"${'\\u0041'.repeat(150_000)}"}`, [422]],
                'ten megabytes': [`{"name":"${'x'.repeat(10 * megabyte)}"}`, [413]], 'a thousand and one records': [JSON.stringify(Array.from({ length: 1_001 }, () => ({ name: 'A' }))), [422]], 'blanks': [`${' '.repeat(1_000_000)}{}`, [422]], 'empty lists by the hundred thousand': [`[${Array(300_000).fill('[]').join(',')}]`, [422]],
            };
            const before = await f.house.ledgerHead();
            for (const [what, [text, statuses]] of Object.entries(cases)) await borne(what, () => raw('/accounts', text), statuses);
            for (const path of ['/query', '/formula/check', '/definitions', '/accounts/bulk', '/imports/draft', '/imports', '/session', '/invitation', '/deals/form'])
                await borne(`lists in lists at ${path}`, () => raw(path, nested('[', ']', 400_000)), [400, 401, 403, 413]);
            await borne('rights in rights', () => raw('/roles', JSON.stringify({ name: 'Deep', key: 'deep', rights: nested('{"objects":', '}', 50_000) })), [422]);
            assert.equal(await f.house.ledgerHead(), before);
        },
        'bombs: a formula is bounded in size, depth and work, wherever one may stand': async () => {
            const cases = {
                'brackets': nested('(', ')', 200_000, 'amount') + ' > 1', 'not not not': `${'not '.repeat(200_000)}true`, 'minus minus': `amount > ${'-'.repeat(200_000)}1`, 'functions in functions': `${nested('coalesce(', ', 1)', 50_000, 'amount')} > 1`, 'ifs in ifs': `${nested('if(true, ', ', 1)', 50_000, '1')} > 0`, 'a long or': Array.from({ length: 20_000 }, (_, i) => `name = "${i}"`).join(' or '),
                'a long list': `name in (${Array.from({ length: 100_000 }, (_, i) => `"${i}"`).join(',')})`, 'a path without end': `${'account.'.repeat(50_000)}name = "a"`, 'parents of parents': `${'parent_account.'.repeat(2_000)}name = "a"`, 'a text of a megabyte': `name = "${'x'.repeat(900_000)}"`, 'a text never closed': `name = "${'x'.repeat(900_000)}`, 'an unknown word of a megabyte': 'x'.repeat(900_000), 'digits': `amount > ${'9'.repeat(500_000)}`,
                'children of children': `${nested('count(deals, ', ' > 0) > 0', 500, 'amount > 1')}`, 'blanks': `${' '.repeat(900_000)}true`, 'a comma without end': `min(${'amount,'.repeat(100_000)}amount) > 1`, 'plus without end': `${'amount + '.repeat(50_000)}amount > 1`, 'contains in contains': `name contains "${'a'.repeat(100_000)}"`,
            };
            for (const [what, formula] of Object.entries(cases)) {
                await borne(what, () => raw('/formula/check', JSON.stringify({ object: 'deal', formula })), [200, 413, 422]);
                await borne(`${what} in a query`, () => raw('/query', JSON.stringify({ from: 'deals', where: formula, measures: { n: 'count()' } })), [200, 413, 422]);
                await borne(`${what} in a measure`, () => raw('/query', JSON.stringify({ from: 'deals', measures: { n: `count(${formula})` } })), [200, 413, 422]);
            }
            const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`m${i}`, 'sum(amount)']));
            await borne('5,000 measures', () => raw('/query', JSON.stringify({ from: 'deals', measures: many })), [200, 422]);
            await borne('5,000 groups', () => raw('/query', JSON.stringify({ from: 'deals', group: Array.from({ length: 5_000 }, (_, i) => ({ as: `g${i}`, of: 'stage' })), measures: { n: 'count()' } })), [200, 422]);
            await borne('5,000 columns', () => raw('/query', JSON.stringify({ from: 'deals', select: Array.from({ length: 5_000 }, (_, i) => ({ as: `c${i}`, of: 'name' })) })), [200, 422]);
        },
        'bombs: a plan of an import does not unfold': async () => {
            const { body: { file } } = await upload('bomb.csv', Buffer.from('name\nA\n'));
            const laughs = (end) => `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghijklm'.split('').map((letter, i) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefghijkl'[i]}`).join(', ')}]`).join('\n')}\n${end}`;
            const plain = 'objects:\n  - file: bomb.csv\n    object: account\n    columns:\n      name: {field: name}\n';
            const cases = {
                'laughs by the billion': `${laughs('name: A')}\n${plain}`, 'laughs in a value': `name: A\nobjects:\n  - file: bomb.csv\n    object: account\n    columns:\n      name: {field: name, values: {x: &a [y, y]}}\n    empty: ${'[*a, '.repeat(20)}z${']'.repeat(20)}\n`, 'laughs where columns stand': laughs('name: A\nobjects: *m\n'), 'an anchor of itself': `name: A\nobjects: &a\n  - *a\n`, 'lists in lists': `name: A\nobjects: ${nested('[', ']', 100_000)}`,
                'maps in maps': `name: A\nobjects: ${nested('{a: ', '}', 50_000)}`, 'dashes': `name: A\nobjects: ${'- '.repeat(100_000)}x`, 'blocks in blocks': Array.from({ length: 1_500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'a merge of itself': `name: &a\n  <<: *a\n${plain}`, 'tags': `name: !!python/object/apply:os.system ["id"]\n${plain}`, 'documents': `---\nname: A\n${plain}---\n${plain}`.repeat(200), 'a long line': `name: ${'x'.repeat(900_000)}\n${plain}`, 'quotes never closed': `name: "${'x'.repeat(900_000)}`, 'a megabyte of colons': ':'.repeat(900_000), 'question marks': '? '.repeat(100_000),
            };
            for (const [what, plan] of Object.entries(cases)) {
                await borne(what, () => raw('/imports', JSON.stringify({ plan, files: { 'bomb.csv': file }, dry_run: true })), [400, 413, 422, ...(/tags|documents|long line/.test(what) ? [202] : [])]);
                await borne(`${what}, saved`, () => raw('/import_plans', JSON.stringify({ name: what, plan, shared: 'me' })), [201, 413, 422]);
            }
        },
        'bombs: a table of one row, of one cell or of no end of columns is refused or read in a moment': async () => {
            const cases = { 'a quote never closed': `name\n"${'x'.repeat(4 * megabyte)}`, 'a line without end': 'x'.repeat(4 * megabyte), 'commas': ','.repeat(megabyte), 'quotes': '"'.repeat(megabyte), 'empty lines': 'name\n' + '\n'.repeat(megabyte), 'NULs': `name\n${'\0'.repeat(megabyte)}`, 'UTF-7': 'name\n+ADw-script+AD4-\n', 'half of UTF-16': Buffer.from('\ufeffname\n', 'utf16le').subarray(0, 15), 'a mark of UTF-32': Buffer.from('fffe0000', 'hex') };
            for (const [what, text] of Object.entries(cases)) await borne(what, () => upload('table.csv', Buffer.from(text)), [201, 413, 415, 422]);
        },
    };
};
