// glossary – every object, field, verb and measure name stands in docs/glossary.md: 中文 | English | `code name`.
import { floorOf, isCpp, isTest } from '../tree.mjs';

const book = 'docs/glossary.md';

// Files whose `.name = "…"` are business names: the rooms, and definition tables elsewhere.
const defines = (file) => isCpp(file) && !isTest(file) && (floorOf(file.path) === 'sales' || /(_object|measures|\/definition)\.(h|cpp)$/.test(file.path));

export function glossaryRows(text) {
    return text.split('\n').flatMap((line, i) => {
        if (!line.startsWith('|') || /^\|[\s|:-]+\|$/.test(line)) return [];
        const cells = line.split('|').slice(1, -1).map((cell) => cell.trim());
        const names = [...(cells[2] ?? '').matchAll(/`([a-z0-9_]+)`/g)].map((m) => m[1]);
        return names.length > 0 ? [{ line: i + 1, zh: cells[0], en: cells[1], names }] : [];
    });
}

export default {
    name: 'glossary',
    check: ({ files, find }) => {
        const rows = glossaryRows(find(book)?.text ?? '');
        const known = new Set(rows.flatMap((row) => row.names));
        const holes = rows.filter((row) => !row.zh || !row.en).map((row) => ({ path: book, line: row.line, word: row.names[0], what: `\`${row.names[0]}\` lacks a language`,
            cure: 'fill both columns: 中文 first, English complete' }));
        const missing = files.filter(defines).flatMap((file) => file.lines.flatMap((line, i) =>
            [...line.matchAll(/\.name = "([^"]+)"/g)].filter((m) => !known.has(m[1])).map((m) => ({ path: file.path, line: i + 1, word: m[1],
                what: `the name "${m[1]}" is not in the glossary`, cure: `use the glossary's word for it, or add a row to ${book}: | 中文 | English | \`${m[1]}\` |` }))));
        return [...holes, ...missing];
    },
};
