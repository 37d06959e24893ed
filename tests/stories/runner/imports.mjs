// Importing files by a plan and taking an import back, as a program would: upload, start, follow the job to its end.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StoryError } from './language.mjs';

const root = join(import.meta.dirname, '../../..');
export const dataDirectory = (name) => join(root, 'tests/data', name);
export const hasData = (name) => existsSync(dataDirectory(name));

const jobTimeout = 300_000;

function must(step, answer, status) {
    if (answer.status !== status) throw new StoryError(step.line, `expected: ${status}\n     got: ${answer.status} ${answer.text.slice(0, 500)}`);
    return answer.body;
}

// The job's end; asking is how a client without a stream learns of it.
async function ended(scene, step, id) {
    for (const until = Date.now() + jobTimeout; Date.now() < until; await wait(50)) {
        const job = must(step, await scene.call(scene.member, 'GET', `/jobs/${id}`), 200);
        if (job.state === 'done') return job.result;
        if (job.state === 'failed' || job.state === 'cancelled') throw new StoryError(step.line, `the job ${job.state}: ${JSON.stringify(job.problem)}`);
    }
    throw new StoryError(step.line, 'the job did not end');
}

async function upload(scene, step, file) {
    const bytes = readFileSync(file);
    const headers = { Authorization: `Bearer ${scene.house.token(scene.email(scene.member))}`, 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length };
    const ask = `/api/v1/imports/files?name=${encodeURIComponent(file.split('/').at(-1))}`;
    return must(step, await scene.house.send('POST', ask, { headers, body: bytes }), 201).file;
}

// "created deals 8800, accounts 85" below the step.
function checkCounts(step, result) {
    for (const { line, text } of step.below) {
        const [, kind, rest] = /^(created|updated|skipped|refused) (.*)$/.exec(text) ?? [];
        if (!kind) throw new StoryError(line, 'this should read: created|updated|skipped|refused <objects> <number>, …');
        const wanted = rest.split(',').map((part) => part.trim());
        const got = wanted.map((part) => {
            const name = part.split(' ')[0];
            const counts = (result.objects ?? []).find((one) => one.object === name || `${one.object}s` === name);
            return `${name} ${counts?.[kind] ?? 0}`;
        });
        if (got.join() !== wanted.join()) throw new StoryError(line, `expected: ${kind} ${wanted.join(', ')}\n     got: ${kind} ${got.join(', ')}`);
    }
}

export async function runImport(scene, step, [plan, from, mode]) {
    const data = /^from (\S+)$/.exec(from ?? '')?.[1];
    if (!data || (mode && mode !== 'dry run')) throw new StoryError(step.line, 'this should read: imports  <plan>  from <data>  [dry run]');
    const text = readFileSync(join(root, plan), 'utf8');
    const files = {};
    for (const name of readdirSync(dataDirectory(data)))
        if (text.includes(name)) files[name] = await upload(scene, step, join(dataDirectory(data), name));
    const { job } = must(step, await scene.call(scene.member, 'POST', '/imports', { plan: text, files, dry_run: mode === 'dry run' }), 202);
    const result = await ended(scene, step, job);
    if (result.import) scene.imports.push(result.import);
    checkCounts(step, result);
}

export async function undoImport(scene, step, [which]) {
    const id = { 'the first import': scene.imports[0], 'the last import': scene.imports.at(-1) }[which];
    if (!id) throw new StoryError(step.line, 'undoes the first import, or the last import; and there must be one');
    const { job } = must(step, await scene.call(scene.member, 'POST', `/imports/${id}/undo`), 202);
    checkCounts(step, await ended(scene, step, job));
}
