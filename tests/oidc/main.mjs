// tests/oidc/run <binary> [words…] – each story has its own house and provider; the clock of the house stands at the moment it began.
import { honest } from './honest.mjs';
import { liars } from './liars.mjs';
import { playInLanes } from '../served/lanes.mjs';

const [binary, ...words] = process.argv.slice(2);
if (!binary) {
    console.error('tests/oidc/run <binary> [words…]');
    process.exit(2);
}
await playInLanes([honest(binary), liars(binary)], words);
