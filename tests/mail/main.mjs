// tests/mail/run <binary> [words…] – what the server mails, to whom, and what it does when it cannot. Each story has its own house and mail
// server; the clock of the house stands until the story moves it.
import { reset } from './reset.mjs';
import { invitations } from './invitations.mjs';
import { sending } from './sending.mjs';

const [binary, ...words] = process.argv.slice(2);
if (!binary) {
    console.error('tests/mail/run <binary> [words…]');
    process.exit(2);
}
const stories = Object.entries({ ...invitations(binary), ...reset(binary), ...sending(binary) }).filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));
let passed = 0, failed = 0;
async function lane() {
    for (let story = stories.shift(); story; story = stories.shift()) {
        const [name, test] = story;
        const wrong = await test().then(() => null, (error) => error.stack.slice(0, 2_000));
        if (wrong) console.log(`failed   ${name}\n     ${wrong}`);
        if (wrong) ++failed;
        else ++passed;
    }
}
await Promise.all([lane(), lane()]);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
