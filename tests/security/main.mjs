// tests/security/run <binary> [words…] – the failures of other systems, tried on ours. Each part is a table of sentences and proofs. What
// moves the clock by weeks, and slow clients, have a house of their own beside the rest: they take the time they are given.
import { fixture } from '../rest/fixture.mjs';
import { bombs } from './bombs.mjs';
import { catalogue } from './catalogue.mjs';
import { delegation } from './delegation.mjs';
import { doors } from './doors.mjs';
import { files } from './files.mjs';
import { headers } from './headers.mjs';
import { injection } from './injection.mjs';
import { organisations } from './organisations.mjs';
import { persons } from './persons.mjs';
import { proofs } from './proofs.mjs';
import { proxy } from './proxy.mjs';
import { secrets } from './secrets.mjs';
import { sessions } from './sessions.mjs';
import { slow } from './slow.mjs';
import { tools, toolsAtTheDoor } from './tools.mjs';
import { fitting } from './twins.mjs';
import { wire } from './wire.mjs';

const [binary, ...words] = process.argv.slice(2);
if (!binary) {
    console.error('tests/security/run <binary> [words…]');
    process.exit(2);
}
const wanted = (name) => words.length === 0 || words.some((word) => name.includes(word));

let passed = 0, failed = 0;
async function prove(tests) {
    for (const [name, test] of Object.entries(tests).filter(([one]) => wanted(one))) {
        const before = performance.now();
        const wrong = await Promise.resolve().then(test).then(() => null, (error) => error.stack.slice(0, 2_000));
        if (wrong) console.log(`failed   ${name}\n     ${wrong}`);
        else if (process.env.SECURITY_VERBOSE) console.log(`passed   ${name} (${Math.round(performance.now() - before)} ms)`);
        if (wrong) ++failed;
        else ++passed;
    }
}

async function inHouse(parts) {
    const f = await fixture(binary);
    try {
        f.binary = binary;
        for (const part of parts) await prove(part(f));
    } finally {
        await f.house.close();
    }
}

await prove({ ...catalogue(), ...fitting(), ...organisations(binary), ...proxy(binary) });
await Promise.all([inHouse([wire, headers, doors, delegation, injection, files, bombs, secrets, tools]), inHouse([sessions, slow]), inHouse([proofs, toolsAtTheDoor]), inHouse([persons])]);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
