// codes – every code a refusal carries has its row in the one table of problems, so nobody ever reads a bare code.
import { isCpp, isTest } from '../tree.mjs';

const table = 'src/serve/problem_table.cpp';
const carried = /(?:\brefuse\(|\bProblem\{(?:\.code = )?|\bproblems?_?\.push_back\(\{|\bproblem\(|\brefusal\(|\bproblem_response\()"([a-z][a-z0-9_]*)"/g;
const row = /^\s*\{"([a-z][a-z0-9_]*)",\s*\d{3},/;

export default {
    name: 'codes',
    check: ({ files, find }) => {
        const known = new Set((find(table)?.lines ?? []).flatMap((line) => row.exec(line)?.[1] ?? []));
        const seen = new Set();
        return files.filter((f) => isCpp(f) && !isTest(f) && f.path.startsWith('src/')).flatMap((file) => file.lines.flatMap((line, i) =>
            [...line.replace(/^\s*\/\/.*/, '').matchAll(carried)].filter((m) => !known.has(m[1]) && !seen.has(m[1]) && seen.add(m[1])).map((m) => ({
                path: file.path, line: i + 1, word: m[1], what: `the code "${m[1]}" has no sentence`, cure: `use the code that is there for it, or add its row to ${table} in both languages` }))));
    },
};
