// cpp – just enough of C++ to tell code from comments and strings. Not a parser: braces are judged by clang-format's layout.

// The text with comments, strings and characters blanked by spaces; line breaks stay, so places stay.
export function withoutCommentsAndStrings(text) {
    const blank = (s) => s.replace(/[^\n]/g, ' ');
    const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^(\s]*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Za-z_])(?:u8|[uUL])?'(?:\\.|[^'\\\n])+'/g;
    return text.replace(token, (found) => (found.startsWith('/') ? blank(found) : `${found[0]}${blank(found.slice(1, -1))}${found.at(-1)}`));
}

// Functions by layout: their opening brace stands alone on its line, and the closing brace in the same column.
export function functions(file) {
    const found = [];
    const lines = file.code.split('\n');
    for (let i = 1; i < lines.length; ++i) {
        const open = /^(\s*)\{\s*$/.exec(lines[i]);
        if (!open) continue;
        const end = lines.findIndex((line, at) => at > i && line.startsWith(`${open[1]}}`));
        if (end < 0) continue;
        found.push({ line: i, length: end - i - 1, head: file.lines[i - 1].trim() });
        if (open[1] === '') i = end;
    }
    return found;
}

// "DealStage::next_stage2" → deal, stage, next, stage; the words a reader sees in identifiers, comments and strings.
export function wordsOf(line) {
    const words = [];
    for (const run of line.matchAll(/[A-Za-z]+/g))
        for (const part of run[0].matchAll(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g)) words.push({ word: part[0].toLowerCase(), column: run.index + part.index });
    return words;
}
