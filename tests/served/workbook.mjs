// Workbooks for tests: rows of texts made into an XLSX file, and the texts of a workbook's first sheet.
import { packed, unpacked } from './zip.mjs';

const escaped = (text) => String(text).replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
const plain = (text) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name]);
const letter = (i) => String.fromCharCode(65 + i);
const office = 'http://schemas.openxmlformats.org';

export function workbook(rows) {
    const cells = (row, y) => row.map((text, x) => `<c r="${letter(x)}${y + 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`).join('');
    return packed({
        '[Content_Types].xml': `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
        '_rels/.rels': `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
        'xl/workbook.xml': `<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
        'xl/worksheets/sheet1.xml': `<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>${rows.map((row, y) => `<row r="${y + 1}">${cells(row, y)}</row>`).join('')}</sheetData></worksheet>`,
    });
}

// Rows of the first sheet of a workbook whose texts stand in their cells.
export function rowsOf(bytes) {
    const sheet = unpacked(bytes).split(/^xl\/worksheets\/sheet1\.xml$/m)[1] ?? '';
    return [...sheet.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, row = '']) => {
        const cells = [];
        for (const [, column, inside = ''] of row.matchAll(/<c r="([A-Z])\d+"[^>]*?(?:\/>|>(.*?)<\/c>)/gs)) cells[column.charCodeAt(0) - 65] = plain(/<t[^>]*>(.*?)<\/t>/s.exec(inside)?.[1] ?? /<v>(.*?)<\/v>/.exec(inside)?.[1] ?? '');
        return Array.from(cells, (cell) => cell ?? '');
    });
}
