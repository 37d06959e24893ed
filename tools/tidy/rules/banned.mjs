// banned – what this house does not call, and what it calls instead.
import { isCpp, isTest, lineAt } from '../tree.mjs';

const calls = [
    { word: 'std::regex', pattern: /\bstd::(?:w)?(?:regex|smatch|cmatch)\b/g, cure: 're2 for patterns of users, a few lines of hand-written parsing else' },
    { word: 'std::format', pattern: /\bstd::format\b/g, cure: 'fmt::format' },
    { word: 'new', pattern: /(?<!operator )\bnew\s+(?:\([^)]*\)\s*)?[A-Za-z_:]/g, cure: 'std::make_unique, std::make_shared, or a value' },
    { word: 'delete', pattern: /(?<!=\s*)(?<!operator )\bdelete\b(?:\s*\[\])?\s+[A-Za-z_(*]/g, cure: 'let the owner be a unique_ptr or a value' },
    { word: 'sprintf', pattern: /\bv?sprintf\s*\(/g, cure: 'fmt::format' },
    { word: 'strcpy', pattern: /\b(?:strcpy|strcat|strtok|gets)\s*\(/g, cure: 'std::string, std::string_view' },
    { word: 'system', pattern: /(?<![\w.>:])(?:std::|::)?system\s*\(\s*[^)\s]/g, cure: 'no shell is ever called; use a library' },
    { word: 'popen', pattern: /\bpopen\s*\(/g, cure: 'no shell is ever called; use a library' },
    { word: 'rand', pattern: /(?<![\w.>:])(?:std::)?s?rand\s*\(/g, cure: 'a seeded std::mt19937_64 whose seed is printed; secrets come from libsodium' },
];
const inTests = [
    { word: 'sleep', pattern: /\b(?:sleep_for|sleep_until|usleep|nanosleep)\s*\(/g, cure: 'wait on the condition itself, or move a ManualClock' },
    { word: 'skipped test', pattern: /\bGTEST_SKIP\b|\bDISABLED_/g, cure: 'make it run, or delete it' },
];
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME'].join('|')})\\b`);

function codeFindings(file) {
    const rules = isTest(file) ? [...calls, ...inTests] : calls;
    return rules.flatMap(({ word, pattern, cure }) => [...file.code.matchAll(pattern)].map((m) => ({ path: file.path, line: lineAt(file.code, m.index), word, what: `"${m[0].trim()}"`, cure })));
}

const prose = (file) => !/\.(csv|json|svg)$/.test(file.path);

export default {
    name: 'banned',
    check: ({ files }) => [
        ...files.filter(isCpp).flatMap(codeFindings),
        ...files.filter(prose).flatMap((file) => file.lines.flatMap((line, i) => {
            const m = unfinished.exec(line);
            return m ? [{ path: file.path, line: i + 1, word: m[1], what: `"${m[1]}"`, cure: 'finish it now or leave it out; plans live outside the tree' }] : [];
        })),
    ],
};
