// What people look at in a story. Each reading gives its rows; the comparison tells the first difference.
import { StoryError } from './language.mjs';
import { inWords, says } from './values.mjs';

const asked = (parameters) => new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined)).toString();

function must(line, answer) {
    if (answer.status !== 200) throw new StoryError(line, `the reading was refused: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer.body;
}

const at = (row, column) => column.split('.').reduce((value, part) => value?.[part], row);

async function listRows(scene, block, object, filter) {
    const dotted = (block.table[0]?.cells ?? []).filter((column) => column.includes('.'));
    const fields = dotted.length ? block.table[0].cells.join(',') : undefined;
    const { order, where } = block.options;
    const query = asked({ filter: filter ?? where, sort: order, limit: 1000, fields });
    return must(block.line, await scene.call(block.member, 'GET', `/${object.plural}?${query}`)).data;
}

async function record(scene, block, what) {
    const place = await scene.target(block.line, what);
    const answer = await scene.call(block.member, 'GET', scene.path(place));
    if (answer.status === 404) return { rows: [] };
    const row = must(block.line, answer);
    const columns = block.table[0]?.cells ?? [];
    if (columns.includes('stalled') || columns.includes('gate')) {
        const process = must(block.line, await scene.call(block.member, 'GET', `${scene.path(place)}/process`));
        row.stalled = process.stalled !== null;
        row.gate = process.gate ? `${process.gate.met} of ${process.gate.of}` : null;
    }
    return { rows: [row], object: scene.objects.get(place.object) };
}

// What may follow `expect`, the first that fits.
const kinds = [
    [/^count of (\S+)(?: where (.*))?$/, async (scene, block, [plural, where]) => {
        const object = scene.object(block.line, plural);
        const query = asked({ filter: where ?? block.options.where, limit: 1, count: 'exact' });
        return { count: must(block.line, await scene.call(block.member, 'GET', `/${object.plural}?${query}`)).count };
    }],
    [/^query (\S+)$/, async (scene, block, [from]) => {
        const { where, group, measures = '', having, order } = block.options;
        const list = (text) => text?.split(/, *(?![^(]*\))/).map((part) => part.trim());
        const named = Object.fromEntries(list(measures).map((part) => part.split(/ *= */)).map(([name, ...of]) => [name, of.join(' = ')]));
        const json = { from, where, group: list(group), measures: named, having, order: list(order) };
        return { rows: must(block.line, await scene.call(block.member, 'POST', '/query', json)).rows, object: scene.object(block.line, from) };
    }],
    [/^search (.+)$/, async (scene, block, [text]) => {
        const found = must(block.line, await scene.call(block.member, 'GET', `/search?${asked({ q: text, limit: 100 })}`)).data;
        return { lines: found.map((hit) => `${hit.object} ${hit.name}`) };
    }],
    [/^timeline of (.+)$/, async (scene, block, [what]) => {
        const place = await scene.target(block.line, what);
        return { rows: must(block.line, await scene.call(block.member, 'GET', `${scene.path(place)}/timeline`)).data, ordered: true };
    }],
    [/^funnel$/, async (scene, block) => {
        const { stages } = must(block.line, await scene.call(block.member, 'GET', '/analysis/funnel'));
        return { rows: stages.filter((stage) => stage.entered > 0).map((stage) => ({ stage: stage.key, ...stage })), ordered: true };
    }],
    [/^([a-z_]+) of (.+)$/, async (scene, block, [plural, what]) => {
        const place = await scene.target(block.line, what);
        const child = scene.object(block.line, plural);
        const relation = scene.objects.get(place.object).relations.find((one) => one.object === child.name);
        if (!relation) throw new StoryError(block.line, `${place.object} has no ${plural}`);
        return { rows: await listRows(scene, block, child, `${relation.field} = "${place.id}"`), object: child };
    }],
    [/^([a-z_]+)(?: where (.*))?$/, async (scene, block, [plural, where]) => {
        const object = scene.object(block.line, plural);
        return { rows: await listRows(scene, block, object, where), object };
    }],
    [/^(.+)$/, (scene, block, [what]) => record(scene, block, what)],
];

const tableOf = (columns, rows) => [columns, ...rows].map((row) => `         ${row.join(' | ')}`).join('\n');

// Row for row where an order was asked for, else each expected row takes one that matches.
function compareRows(block, { rows, object, ordered }) {
    const [head, ...wanted] = block.table;
    const columns = head.cells;
    const fieldOf = (column) => object?.fields?.find((one) => one.name === column);
    const matches = (line, row) => columns.every((column, i) => says(line.cells[i] ?? '', at(row, column), fieldOf(column)));
    const left = [...rows];
    const differs = (line) => {
        throw new StoryError(line, `expected:\n${tableOf(columns, wanted.map((one) => one.cells))}\n     got:\n${tableOf(columns, rows.map((row) => columns.map((column) => inWords(at(row, column)))))}`);
    };
    for (const line of wanted) {
        const found = ordered || block.options.order ? (left.length && matches(line, left[0]) ? 0 : -1) : left.findIndex((row) => matches(line, row));
        if (found < 0) differs(line.line);
        left.splice(found, 1);
    }
    if (left.length) differs(head.line);
}

function compareLines(block, lines) {
    const wanted = block.table.map((row) => row.cells.join(' | ')).filter((text) => text !== 'nothing');
    if ([...wanted].sort().join('\n') === [...lines].sort().join('\n')) return;
    const first = block.table.find((row) => !lines.includes(row.cells.join(' | ')));
    throw new StoryError((first ?? block).line, `expected: ${wanted.join(', ') || 'nothing'}\n     got: ${lines.join(', ') || 'nothing'}`);
}

export async function read(scene, block) {
    const viewer = { ...block, member: block.options.as ?? scene.member };
    if (!block.table.length) throw new StoryError(block.line, 'what is expected?');
    const [form, reading] = kinds.find(([one]) => one.test(block.what));
    const got = await reading(scene, viewer, form.exec(block.what).slice(1));
    if (got.lines) return compareLines(block, got.lines);
    if (got.count !== undefined) return compareLines(block, [String(got.count)]);
    if (block.table[0].cells.join() === 'nothing') return compareLines(block, got.rows.map((row) => row.name ?? row.id));
    return compareRows(block, got);
}
