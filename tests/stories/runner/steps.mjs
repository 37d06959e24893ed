// What people do in a story: verbs through the API, as the member who acts.
import { StoryError } from './language.mjs';
import { runImport, undoImport } from './imports.mjs';
import { toWire } from './values.mjs';

async function wireOf(scene, line, fields, cells) {
    const json = {};
    for (const cell of cells) {
        const [name, ...rest] = cell.split(' ');
        const field = fields.find((one) => one.name === name);
        const idOf = async (object, text) => (await scene.must(line, object, text)).id;
        json[name] = await toWire(field, rest.join(' '), idOf);
    }
    return json;
}

async function create(scene, step, rest) {
    const [objectName, ...nameWords] = rest[0].split(' ');
    const object = scene.object(step.line, objectName);
    const name = nameWords.join(' ');
    const json = await wireOf(scene, step.line, object.fields, rest.slice(1));
    if (name) json[object.name_field] = name;
    const answer = await scene.call(scene.member, 'POST', `/${object.plural}`, json);
    if (answer.status === 201 && name) scene.learnName(step.line, name, object.name, answer.body.id, json.email);
    return answer;
}

const fieldsOf = (scene, place) => scene.objects.get(place.object).fields;
const version = async (scene, place) => (await scene.call('admin', 'GET', scene.path(place))).headers.etag ?? '"1"';

const acts = {
    async change(scene, step, place, cells) {
        const json = await wireOf(scene, step.line, fieldsOf(scene, place), cells);
        return scene.call(scene.member, 'PATCH', scene.path(place), json, { 'If-Match': await version(scene, place) });
    },
    async delete(scene, step, place) {
        return scene.call(scene.member, 'DELETE', scene.path(place), undefined, { 'If-Match': await version(scene, place) });
    },
    async restore(scene, step, place) { return scene.call(scene.member, 'POST', `${scene.path(place)}/actions/restore`); },
};

async function act(scene, step, verb, place, cells) {
    if (acts[verb]) return acts[verb](scene, step, place, cells);
    const known = scene.objects.get(place.object).verbs.find((one) => one.name === verb);
    if (!known) throw new StoryError(step.line, `${place.object} has no verb ${verb}`);
    return scene.call(scene.member, 'POST', `${scene.path(place)}/actions/${verb}`, await wireOf(scene, step.line, known.arguments, cells));
}

// What a gate asks for without insisting is told beside what it insists on; it refuses nothing.
const blocks = (problem) => (problem.args.strength ?? 'block') === 'block';
const told = (problems) => problems.map((one) => [one.field, one.code].filter(Boolean).join(' ')).sort().join(', ');

function checkEnding(step, answer) {
    const wrong = (answer.body?.errors ?? []).filter(blocks);
    const summary = wrong.length ? told(wrong) : `${answer.status} ${answer.body?.code ?? ''}`.trim();
    if (!step.refused) {
        if (answer.status >= 300) throw new StoryError(step.line, `expected: done\n     got: refused: ${summary}`);
        if (!step.duplicates) return;
        const got = (answer.body.duplicates ?? []).map((one) => one.name).sort().join(', ');
        const wanted = [...step.duplicates].sort().join(', ');
        if (got !== wanted) throw new StoryError(step.line, `expected: duplicates: ${wanted}\n     got: duplicates: ${got}`);
        return;
    }
    // A code said alone stands for a problem of whatever field.
    const met = answer.status >= 400 && step.refused.length === Math.max(wrong.length, 1) &&
        step.refused.every(({ field, code }) => wrong.some((one) => one.code === code && (field === null || one.field === field)));
    if (!met) throw new StoryError(step.line, `expected: refused: ${told(step.refused)}\n     got: ${answer.status < 300 ? 'done' : `refused: ${summary}`}`);
}

const state = async (scene, place) => JSON.stringify([await scene.house.ledgerHead(), place && (await scene.call('admin', 'GET', scene.path(place))).body]);

export async function play(scene, step) {
    const [word, ...rest] = step.cells;
    if (word === 'imports') return runImport(scene, step, rest);
    if (word === 'undoes') return undoImport(scene, step, rest);
    const verb = scene.words.get(word);
    if (!verb) throw new StoryError(step.line, `no verb "${word}" in words.txt: ${[...scene.words.keys()].join(', ')}`);
    if (!rest.length) throw new StoryError(step.line, `${word} what?`);
    const place = verb === 'create' ? null : await scene.target(step.line, rest[0]);
    const before = step.refused && await state(scene, place);
    const answer = verb === 'create' ? await create(scene, step, rest) : await act(scene, step, verb, place, rest.slice(1));
    checkEnding(step, answer);
    if (step.refused && before !== await state(scene, place)) throw new StoryError(step.line, 'it was refused, and yet something changed');
}
