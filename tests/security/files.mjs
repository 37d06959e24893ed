// Files that come in and go out: a name is no path, content is no page, and whatever a file points to is left alone.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { paths } from './corpus.mjs';
import { row, sheet, workbookOf } from './evil_zip.mjs';

const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export const files = (f) => {
    const bytes = (who, method, path, body) => f.house.send(method, `/api/v1${path}`, { headers: { Authorization: `Bearer ${f.house.token(who)}`, 'Content-Type': 'application/octet-stream', 'Content-Length': body.length }, body });
    const attach = (name, body) => bytes(f.rep, 'POST', `/attachments?${new URLSearchParams({ name, object: 'deal', id: f.ids.deal })}`, Buffer.from(body));
    const upload = (name, body) => bytes(f.admin, 'POST', `/imports/files?${new URLSearchParams({ name })}`, Buffer.from(body));
    const onDisk = () => readdirSync(dirname(f.house.data), { recursive: true }).filter((name) => statSync(join(dirname(f.house.data), name), { throwIfNoEntry: false })?.isFile());

    return {
        'files: no name is a path: what comes lies under a hash or a number, and nothing else changes on the disk': async () => {
            const before = new Set(onDisk());
            for (const [i, name] of paths.entries()) {
                const attached = await attach(name, `attached ${i}`), uploaded = await upload(name, `name\nA${i}\n`);
                assert.ok([201, 422].includes(attached.status), `${name}: ${attached.status} ${attached.text}`);
                assert.ok([201, 422].includes(uploaded.status), `${name}: ${uploaded.status} ${uploaded.text}`);
                for (const told of [attached.body.file_name, uploaded.body.name]) if (told !== undefined) assert.doesNotMatch(told, /[/\\\u0000-\u001f]/, name);
                if (attached.status === 201) assert.equal((await f.house.call(f.rep, 'GET', `/attachments/${attached.body.id}/content`)).text, `attached ${i}`);
            }
            const added = onDisk().filter((name) => !before.has(name)).map((name) => name.replaceAll('\\', '/'));
            assert.ok(added.length >= paths.length);
            for (const name of added) assert.match(name, /\/files\/(kept\/[0-9a-f]{2}\/[0-9a-f]{62}|imports\/\d+(\.\w+)?)$|-(wal|shm)$/, name);
            for (const name of ['/tmp/x', '/etc/passwd.csv']) assert.ok(!existsSync(name));
        },
        'files: no id of a file or a job is a path': async () => {
            for (const id of ['..', '../1', '..%2f1', '%2e%2e', '.', '1/../1', '1%00', '1.refused', '-1', '0', '9'.repeat(30), '1e3', '%d9%a1', 'main.db', '~', '*'])
                for (const path of [`/jobs/${id}/file`, `/attachments/${id}/content`, `/imports/files/${id}/words?column=a`, `/imports/${id}`, `/imports/${id}/errors`]) {
                    const answer = await f.house.call(f.admin, 'GET', path);
                    assert.ok([400, 404, 422].includes(answer.status), `${path}: ${answer.status} ${answer.text.slice(0, 100)}`);
                    assert.doesNotMatch(answer.text, /SQLite format|root:x/);
                }
            for (const file of ['../1', '/etc/passwd', '1.refused', { $ne: 1 }, ['1'], 1, null]) {
                for (const answer of [await f.house.call(f.admin, 'POST', '/imports/draft', { files: [file] }), await f.house.call(f.admin, 'POST', '/imports', { plan: 'name: A\nobjects:\n  - file: a.csv\n    object: account\n    columns:\n      name: {field: name}\n', files: { 'a.csv': file } })])
                    assert.ok([404, 422].includes(answer.status), `${JSON.stringify(file)}: ${answer.status} ${answer.text.slice(0, 100)}`);
            }
        },
        'files: whatever a file pretends to be, it comes back as no page and runs nowhere': async () => {
            const script = '<script>window.top.canary=1</script>';
            const shapes = {
                'page.html': script, 'page.htm': script, 'page.HTML': script, 'page.html.': script, 'page.xhtml': `<html xmlns="http://www.w3.org/1999/xhtml">${script}</html>`, 'x.svg': `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`, 'x.svgz': script, 'x.xml': `<?xml-stylesheet href="javascript:alert(1)"?><a/>`, 'x.xsl': script, 'x.mht': script, 'x.swf': 'FWS\x09', 'x.js': 'alert(1)', 'x.css': '*{}', 'x.php': '<?php system($_GET[0]);',
                'x.pHaR': '<?PHP', 'x.jsp': '<% %>', 'x.txt': script, 'x.csv': script, 'x.eml': `Content-Type: text/html\n\n${script}`, 'x': script, 'x.pdf': script, 'x.png': script, 'x.gif': script, 'x.wasm': '\0asm', 'x.htaccess': 'AddType text/html .txt', 'x.url': '[InternetShortcut]', 'x.hta': script, 'x.pdf.html': script, 'x.html;.png': script, 'x.html\u0000.png': script, 'x.html%00.png': script,
            };
            const polyglots = { 'p.gif': Buffer.concat([Buffer.from('GIF89a/*'), Buffer.from(`*/=1;${script}`)]), 'p.pdf': Buffer.from(`%PDF-1.7\n${script}\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>`), 'p.html': Buffer.concat([picture, Buffer.from(script)]), 'p.jpg': Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(script)]), 'late.pdf': Buffer.from(`${' '.repeat(1_000)}%PDF-1.7 ${script}`), 'p.webp': Buffer.from(`RIFF\0\0\0\0WEBP${script}`) };
            const shown = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'];
            for (const [name, body] of [...Object.entries(shapes), ...Object.entries(polyglots)]) {
                const made = await attach(name, body);
                if ([400, 422].includes(made.status)) continue;
                assert.equal(made.status, 201, `${name}: ${made.text}`);
                const back = await f.house.call(f.rep, 'GET', `/attachments/${made.body.id}/content`), type = back.headers['content-type'];
                assert.doesNotMatch(type, /html|xml|svg|script|css|flash|wasm|multipart|mht/i, name);
                assert.equal(back.headers['content-disposition'].startsWith('inline;'), shown.includes(type), `${name}: ${type}`);
                if (typeof body === 'string') assert.ok(back.headers['content-disposition'].startsWith('attachment;'), name);
                assert.equal(back.headers['content-security-policy'], "sandbox; default-src 'none'; frame-ancestors 'none'", name);
                assert.equal(back.headers['x-content-type-options'], 'nosniff', name);
                assert.match(back.headers['cache-control'], /no-store|private/, name);
                assert.deepEqual(back.bytes, Buffer.from(body), name);
            }
        },
        'files: a part of a file is all of it or nothing: no range reads another\'s bytes': async () => {
            const made = await attach('ranged.txt', '0123456789');
            for (const range of ['bytes=0-3', 'bytes=-5', 'bytes=5-100', 'bytes=9-1', `bytes=${'0-,'.repeat(200)}0-`, 'bytes=0-99999999999999999999']) {
                const answer = await f.house.call(f.rep, 'GET', `/attachments/${made.body.id}/content`, undefined, { Range: range });
                assert.deepEqual([answer.status, answer.text], [200, '0123456789'], range);
            }
        },
        'files: a workbook points to nothing: no entity, link, query or picture of it is fetched': async () => {
            const directory = mkdtempSync(join(tmpdir(), 'shangdao-canary-')), canary = join(directory, 'secret.txt');
            writeFileSync(canary, 'canary-of-the-disk');
            const heard = [];
            const listener = http.createServer((request, response) => {
                heard.push(request.url);
                response.end('canary-of-the-net');
            });
            await new Promise((done) => listener.listen(0, '127.0.0.1', done));
            const url = `http://127.0.0.1:${listener.address().port}`;
            try {
                const unread = ['[Content_Types].xml', 'xl/sharedStrings.xml'];   // of these two, nothing here asks
                const kinds = [`<!DOCTYPE a [<!ENTITY x SYSTEM "file://${canary}">]>`, `<!DOCTYPE a [<!ENTITY x SYSTEM "${url}/entity">]>`, `<!DOCTYPE a SYSTEM "${url}/dtd">`, `<!DOCTYPE a [<!ENTITY % p SYSTEM "${url}/parameter"> %p;]>`, '<!DOCTYPE a [<!ENTITY x "y">]>'];
                const spelled = (text) => [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]), Buffer.from(`\ufeff${text}`), Buffer.from(`<?xml version="1.0" encoding="UTF-7"?>${text.replaceAll('<', '+ADw-').replaceAll('>', '+AD4-')}`), Buffer.from(`<?xml version="1.0" encoding="IBM037"?>${text}`)];
                for (const kind of kinds)
                    for (const part of ['xl/worksheets/sheet1.xml', 'xl/workbook.xml', '[Content_Types].xml', '_rels/.rels', 'xl/_rels/workbook.xml.rels', 'xl/sharedStrings.xml'])
                        for (const body of spelled(`${kind}${sheet(row('&x;'))}`)) {
                            const answer = await upload('evil.xlsx', workbookOf(sheet(row('name')), { [part]: body }));
                            assert.ok(answer.status === 422 || (answer.status === 201 && unread.includes(part)), `${part} ${kind}: ${answer.status} ${answer.text.slice(0, 200)}`);
                            assert.doesNotMatch(answer.text, /canary-of/);
                        }
                const rels = (kind, target) => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}" TargetMode="External"/></Relationships>`;
                const reaching = `<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row r="2"><c r="A2"><f>WEBSERVICE("${url}/formula")</f><v>1</v></c></row><row r="3"><c r="A3" t="str"><f>HYPERLINK("${url}/link","x")</f><v>x</v></c></row>`;
                for (const kind of ['image', 'hyperlink', 'externalLinkPath', 'oleObject', 'attachedTemplate', 'connections', 'queryTable']) {
                    const more = { 'xl/worksheets/_rels/sheet1.xml.rels': rels(kind, `${url}/${kind}`), 'xl/connections.xml': `<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1" type="5"><webPr url="${url}/web"/></connection></connections>` };
                    const answer = await upload('reaching.xlsx', workbookOf(sheet(reaching), more));
                    assert.equal(answer.status, 201, `${kind}: ${answer.text}`);
                }
                const outside = await upload('outside.xlsx', workbookOf(sheet(row('name')), { 'xl/_rels/workbook.xml.rels': rels('worksheet', `file://${canary}`).replace('r9', 'r1') }));
                assert.ok([201, 415, 422].includes(outside.status) && !/canary-of/.test(outside.text), outside.text);
                assert.deepEqual(heard, []);
            } finally {
                listener.close();
                rmSync(directory, { recursive: true, force: true });
            }
        },
    };
};
