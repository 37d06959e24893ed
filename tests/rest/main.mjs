// tests/rest/run <binary> – bad requests, each sent in both languages. Each must be refused as its row says, in the form every problem
// has, and must change nothing: neither the ledger nor the number of records of any object.
import { check } from '../served/refusals.mjs';
import { callers } from './callers.mjs';
import { everything, fixture } from './fixture.mjs';
import { reads } from './reads.mjs';
import { writes } from './writes.mjs';

const [binary] = process.argv.slice(2);
if (!binary) {
    console.error('tests/rest/run <binary>');
    process.exit(2);
}

const f = await fixture(binary);
let passed = 0, failed = 0;
try {
    f.before = await everything(f);
    for (const row of [...writes(f), ...reads(f), ...callers(f)]) {
        const wrong = await check(f, row, everything).catch((error) => error.message);
        if (wrong) console.log(`failed   ${row[0]}\n     ${row[2]} ${row[3].slice(0, 120)}: ${wrong.slice(0, 700)}`);
        if (wrong) ++failed;
        else ++passed;
    }
} finally {
    await f.house.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || passed < 80 ? 1 : 0;
