// ZIP files as no program writes them: sizes that lie, names that climb, entries that lie on one another.
import { crc32, deflateRawSync } from 'node:zlib';

// [{name, bytes, method: 0|8, packed, size, packedSize, made, attributes, times}]: `packed` is what lies there; sizes and flags may lie; `times`
// entries in the directory share one body.
export function zipped(entries) {
    const locals = [], places = [];
    let at = 0, count = 0;
    for (const { name, bytes = Buffer.alloc(0), method = 8, size = bytes.length, attributes = 0, made = 20, times = 1, ...given } of entries) {
        const title = Buffer.isBuffer(name) ? name : Buffer.from(name), packed = given.packed ?? (method === 8 ? deflateRawSync(bytes) : bytes);
        const facts = Buffer.alloc(26);
        facts.writeUInt16LE(20, 0);
        facts.writeUInt16LE(0x800, 2);
        facts.writeUInt16LE(method, 4);
        facts.writeUInt32LE(crc32(bytes) >>> 0, 10);
        facts.writeUInt32LE(given.packedSize ?? packed.length, 14);
        facts.writeUInt32LE(size >>> 0, 18);
        facts.writeUInt16LE(title.length, 22);
        locals.push(Buffer.from('PK\x03\x04', 'latin1'), facts, title, packed);
        for (let i = 0; i < times; ++i) {
            const other = times > 1 ? Buffer.from(`${title}${i || ''}`) : title;
            const said = Buffer.from(facts);
            said.writeUInt16LE(other.length, 22);
            const place = Buffer.alloc(14);
            place.writeUInt32LE(attributes >>> 0, 6);
            place.writeUInt32LE(at, 10);
            const version = Buffer.alloc(2);
            version.writeUInt16LE(made, 0);
            places.push(Buffer.from('PK\x01\x02', 'latin1'), version, said, place, other);
            ++count;
        }
        at += 30 + title.length + packed.length;
    }
    const list = Buffer.concat(places), end = Buffer.alloc(22);
    end.write('PK\x05\x06', 'latin1');
    for (const i of [8, 10]) end.writeUInt16LE(Math.min(count, 0xffff), i);
    end.writeUInt32LE(list.length, 12);
    end.writeUInt32LE(at, 16);
    return Buffer.concat([...locals, list, end]);
}

const office = 'http://schemas.openxmlformats.org';
const parts = {
    '[Content_Types].xml': `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
};
export const sheet = (rows, before = '') => `${before}<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;
export const row = (text, r = 1) => `<row r="${r}"><c r="A${r}" t="inlineStr"><is><t>${text}</t></is></c></row>`;

// A workbook of the given sheet, or of none; `replaced` puts other texts or bytes in the place of parts, `more` adds entries as they are.
export function workbookOf(sheetText, replaced = {}, more = []) {
    const all = { ...parts, ...(sheetText && { 'xl/worksheets/sheet1.xml': sheetText }), ...replaced };
    return zipped([...Object.entries(all).map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) })), ...more]);
}
