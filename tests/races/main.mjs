// tests/races/run <binary> – on one server; tests/postgres plays the same on two that share a database.
import { House } from '../served/house.mjs';
import { races } from './races.mjs';

const [binary, given] = process.argv.slice(2);
if (!binary) {
    console.error('tests/races/run <binary> [seed]');
    process.exit(2);
}
const seed = Number(given ?? Math.floor(Math.random() * 2 ** 31)) | 1;
console.log(`seed ${seed}`);
const house = await House.open(binary, '2026-03-02T01:00:00Z', {});
let passed = 0, failed = 0;
try {
    for (const [name, race] of Object.entries(races([house], seed))) {
        const wrong = await race().then(() => null, (error) => error.stack.slice(0, 1_500));
        if (wrong) console.log(`failed   ${name}\n     ${wrong}`);
        if (wrong) ++failed;
        else ++passed;
    }
    const found = house.command(['check']);
    if (!/ 0 findings/.test(found)) console.log(`failed   check\n     ${found}`), ++failed;
} finally {
    await house.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
