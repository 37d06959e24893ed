// tests/imports/run <binary> – imports as a browser drives them, each test on the records of one served organisation, and the bad
// requests of its table, each of which must change nothing.
import { check } from '../served/refusals.mjs';
import { endings } from './endings.mjs';
import { expiry } from './expiry.mjs';
import { realFiles } from './real_files.mjs';
import { refusals } from './refusals.mjs';
import { road } from './road.mjs';
import { sight } from './sight.mjs';
import { undo } from './undo.mjs';
import { World } from './world.mjs';

const [binary, only = ''] = process.argv.slice(2);
if (!binary) {
    console.error('tests/imports/run <binary> [words of a test\'s name]');
    process.exit(2);
}

const w = await World.open(binary);
let passed = 0, failed = 0;

async function count(name, work) {
    if (!name.includes(only)) return;
    const wrong = await work().catch((error) => error.stack);
    if (wrong) console.log(`failed   ${name}\n     ${wrong}`);
    if (wrong) ++failed;
    else ++passed;
}

try {
    for (const [name, test] of Object.entries({ ...road(w), ...sight(w), ...undo(w) })) await count(name, test);
    const rows = await refusals(w);
    w.before = await w.everything();
    for (const row of rows) await count(row[0], () => check(w, row, () => w.everything()));
    for (const [name, test] of Object.entries({ ...endings(w), ...expiry(w), ...realFiles(binary) })) await count(name, test);
} finally {
    await w.house.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || passed === 0 ? 1 : 0;
