// heads – a file begins by saying what it is for. A .cpp beside its own header leaves that to the header; tests speak by their sentences.
import { isCpp, isTest } from '../tree.mjs';

const says = (file) => /^\/\/\s*\S+/.test(file.lines[0]) && file.lines[0].length >= 20;

export default {
    name: 'heads',
    check: ({ files, paths }) => files.filter((f) => isCpp(f) && !isTest(f)).filter((f) => !(f.kind === '.cpp' && paths.has(f.path.replace(/\.cpp$/, '.h')))).filter((f) => !says(f))
        .map((file) => ({ path: file.path, line: 1, word: 'head', what: 'no head comment', cure: 'begin with "// Name – what this file is for, why so, what always holds."' })),
};
