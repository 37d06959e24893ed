// The language of docs/how-to/write-a-story.md, read into blocks. What is wrong in a file is a StoryError with its line.
import { readFileSync } from 'node:fs';

export class StoryError extends Error {
    constructor(line, message) {
        super(message);
        this.line = line;
    }
}

const cellsOf = (text) => text.trim().split(/ {2,}/);
const withoutComment = (text) => text.replace(/(^|\s)#.*$/, '').trimEnd();

// words.txt: "steps back = step_back" → a map of what is written to what is called.
export function readWords(file) {
    const rows = readFileSync(file, 'utf8').split('\n').map(withoutComment).filter(Boolean);
    return new Map(rows.map((row) => row.split('=').map((part) => part.trim())));
}

const readers = {
    story: (line, cells) => ({ kind: 'story', title: cells.slice(1).join(' ') }),
    needs: (line, cells) => ({ kind: 'needs', data: (cells[1] ?? '').replace(/^data /, '') }),
    on: (line, cells) => {
        const found = /^on (\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))? +(\S.*)$/.exec(cells.join('  '));
        if (!found) throw new StoryError(line, 'this should read: on <date> [<hh:mm>]  <member>');
        return { kind: 'on', at: atTime(found[1], found[2]), member: found[3], steps: [] };
    },
    expect: (line, cells) => ({ kind: 'expect', what: cells[0].slice('expect '.length), options: optionsOf(line, cells.slice(1)), table: [] }),
};

const optionWords = ['as', 'order', 'on', 'where', 'group', 'measures', 'having'];
function optionsOf(line, cells) {
    return Object.fromEntries(cells.map((cell) => {
        const [word, ...rest] = cell.split(' ');
        if (!optionWords.includes(word)) throw new StoryError(line, `no option "${word}": ${optionWords.join(', ')}`);
        return [word, rest.join(' ')];
    }));
}

// Stories are told in the organisation's zone, which keeps the same distance from UTC all year.
export const atTime = (date, time = '09:00') => new Date(`${date}T${time}:00+08:00`);

function endingOf(cells) {
    const last = cells.at(-1) ?? '';
    const [, kind, rest] = /^(refused|duplicates): *(.*)$/.exec(last) ?? [];
    if (!kind) return { cells };
    const names = rest.split(',').map((part) => part.trim());
    const refused = kind === 'refused' && names.map((name) => name.split(/ +/)).map((words) => ({ field: words.length > 1 ? words[0] : null, code: words.at(-1) }));
    return { cells: cells.slice(0, -1), [kind]: refused || names };
}

// → [{kind:'on', at, member, steps:[{line, cells, refused?, duplicates?, below}]} | {kind:'expect', what, options, table:[{line, cells}]} | …]
export function readStory(file) {
    const blocks = [];
    readFileSync(file, 'utf8').split('\n').forEach((raw, i) => {
        const line = i + 1;
        const text = withoutComment(raw);
        if (text === '') return;
        const indent = /^ */.exec(text)[0].length;
        const block = blocks.at(-1);
        if (indent === 0) {
            const cells = cellsOf(text);
            const reader = readers[cells[0].split(' ')[0]];
            if (!reader) throw new StoryError(line, `a block begins with ${Object.keys(readers).join(', ')}, not "${cells[0]}"`);
            blocks.push({ line, ...reader(line, cells) });
        } else if (indent === 2 && block?.kind === 'on') {
            block.steps.push({ line, below: [], ...endingOf(cellsOf(text)) });
        } else if (indent === 2 && block?.kind === 'expect') {
            block.table.push({ line, cells: text.split('|').map((cell) => cell.trim()) });
        } else if (indent === 4 && block?.steps?.length) {
            block.steps.at(-1).below.push({ line, text: text.trim() });
        } else {
            throw new StoryError(line, `nothing above this line takes it (${indent} spaces)`);
        }
    });
    if (blocks[0]?.kind !== 'story') throw new StoryError(1, 'the first line should read: story  <title>');
    return blocks;
}
