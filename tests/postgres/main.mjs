// The suites that prove the product over HTTP, once more with the records in PostgreSQL, and what is PostgreSQL's own (servers.mjs): the answers
// are those of a file, case for case, since the same cases judge them. Closes with the sum of all.
import { spawn } from 'node:child_process';
import { Cluster } from '../served/cluster.mjs';
import { servers } from './servers.mjs';

// The demo's hundred thousand records take minutes one by one over a socket; what they prove is not the store's.
const parts = { stories: [], rest: [], sight: [], jobs: ['attachments', 'jobs', 'notifications'], custom: [], rights: [] };
const suites = Object.keys(parts);
const [binary, ...words] = process.argv.slice(2);
if (!binary) {
    console.error(`tests/postgres/run <binary> [${suites.join('|')}|servers…]`);
    process.exit(2);
}
const wanted = (name) => words.length === 0 || words.includes(name);
let passed = 0, failed = 0;

function play(suite, directory) {
    const run = new URL(`../${suite}/run`, import.meta.url).pathname;
    const child = spawn(run, [binary, ...parts[suite]], { env: { ...process.env, SHANGDAO_TEST_CLUSTER: directory, RIGHTS_WORLDS: process.env.RIGHTS_WORLDS ?? '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (bytes) => { said += bytes; });
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

const cluster = await Cluster.start();
try {
    for (const suite of suites.filter(wanted)) {
        const since = performance.now();
        const { code, said } = await play(suite, cluster.directory);
        const counts = [...said.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
        const bad = counts ? Math.max(Number(counts[2]), code === 0 ? 0 : 1) : 1;
        if (bad > 0) console.log(said);
        console.log(`${suite}: ${counts?.[1] ?? 0} passed, ${bad} failed in ${((performance.now() - since) / 1000).toFixed(1)} s`);
        passed += Number(counts?.[1] ?? 0);
        failed += bad;
    }
    if (wanted('servers'))
        for (const [name, test] of Object.entries(servers(binary, cluster))) {
            const wrong = await test().then(() => null, (error) => error.stack.slice(0, 2_000));
            if (wrong) console.log(`failed   ${name}\n     ${wrong}`);
            if (wrong) ++failed;
            else ++passed;
        }
} finally {
    await cluster.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
