// sizes – a file has one thought, a function fits a screen.
import { isCpp } from '../tree.mjs';
import { functions } from '../cpp.mjs';

const file_lines_max = 500;
const function_lines_max = 60;
const source = /\.(cpp|h|mjs|cjs|js|ts|tsx|css)$/;
const generated = /(\.gen\.|generated|\/gen\/)/;

export default {
    name: 'sizes',
    check: ({ files }) => files.filter((f) => (source.test(f.path) || f.path === 'dev') && !generated.test(f.path)).flatMap((file) => {
        const length = file.lines.length - 1;
        const long = length > file_lines_max ? [{ path: file.path, word: 'file', what: `${length} lines, more than ${file_lines_max}`,
            cure: 'find the noun that is missing and give it a file of its own' }] : [];
        const bodies = isCpp(file) ? functions(file).filter((f) => f.length > function_lines_max && !f.head.startsWith('TEST(')) : [];
        return [...long, ...bodies.map((f) => ({ path: file.path, line: f.line, word: 'function', what: `a function of ${f.length} lines, more than ${function_lines_max}: ${f.head}`,
            cure: 'name its steps and make them functions; decide above, loop below' }))];
    }),
};
