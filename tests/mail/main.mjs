// tests/mail/run <binary> [words…] – what the server mails, to whom, and what it does when it cannot. Each story has its own house and mail
// server; the clock of the house stands until the story moves it.
import { reset } from './reset.mjs';
import { invitations } from './invitations.mjs';
import { sending } from './sending.mjs';
import { playInLanes } from '../served/lanes.mjs';

const [binary, ...words] = process.argv.slice(2);
if (!binary) {
    console.error('tests/mail/run <binary> [words…]');
    process.exit(2);
}
await playInLanes([invitations(binary), reset(binary), sending(binary)], words);
