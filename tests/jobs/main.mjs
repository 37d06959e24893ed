// tests/jobs/run <binary> [part…] – what runs as a job, files, and what one is told: each test on the records of one served organisation.
import { fixture } from '../rest/fixture.mjs';
import { attachments } from './attachments.mjs';
import { demo } from './demo.mjs';
import { jobs } from './jobs.mjs';
import { notifications } from './notifications.mjs';

const parts = { attachments, jobs, notifications, demo };
const [binary, ...words] = process.argv.slice(2);
if (!binary) {
    console.error(`tests/jobs/run <binary> [${Object.keys(parts).join('|')}…]`);
    process.exit(2);
}

const f = await fixture(binary);
const chosen = Object.entries(parts).filter(([name]) => words.length === 0 || words.includes(name)).map(([, part]) => part);
let passed = 0, failed = 0;
try {
    for (const [name, test] of chosen.flatMap((part) => Object.entries(part(f)))) {
        const wrong = await test().then(() => null, (error) => error.stack);
        if (wrong) console.log(`failed   ${name}\n     ${wrong}`);
        if (wrong) ++failed;
        else ++passed;
    }
} finally {
    await f.house.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
