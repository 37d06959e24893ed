// white – no trailing white space, no tab, no carriage return, one line break at the end.
const source = /\.(cpp|h|mjs|cjs|js|ts|tsx|css|html|md|txt|cmake|json|yaml|yml|story|sh|toml|sql)$|(^|\/)(dev|run)$/;
const data = /^tests\/(.*\/)?(data|golden|reference)\//;

function judge(line) {
    if (line.endsWith('\r')) return { what: 'a carriage return', cure: 'save it with line feeds' };
    if (/[ \t]$/.test(line)) return { what: 'trailing white space', cure: 'delete it' };
    if (/^ *\t/.test(line)) return { what: 'a tab', cure: 'four spaces (two in web/)' };
    return null;
}

export default {
    name: 'white',
    check: ({ files }) => files.filter((f) => source.test(f.path) && !data.test(f.path)).flatMap((file) => {
        const found = file.lines.flatMap((line, i) => { const v = judge(line); return v ? [{ path: file.path, line: i + 1, word: 'white', ...v }] : []; });
        if (file.text !== '' && !file.text.endsWith('\n')) found.push({ path: file.path, line: file.lines.length, word: 'white', what: 'no line break at the end', cure: 'add one' });
        return found;
    }),
};
