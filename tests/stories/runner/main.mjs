// tests/stories/run <binary> [file…] – plays the stories, two at a time, and says of each whether it came true.
import { readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { playStory } from './play.mjs';
import { selfTest } from './self_test.mjs';

const atOnce = 2;
const folder = join(import.meta.dirname, '..');
const [binary, ...named] = process.argv.slice(2);
if (!binary) {
    console.error('tests/stories/run <binary> [file…]');
    process.exit(2);
}

const files = named.length ? named : readdirSync(folder).filter((name) => name.endsWith('.story')).sort().map((name) => relative('.', join(folder, name)));
const tasks = files.map((file) => ({ name: basename(file, '.story'), run: () => playStory(binary, file) }));
if (!named.length) tasks.push(...selfTest(binary));

const counts = { passed: 0, failed: 0, skipped: 0 };
async function work() {
    for (let task = tasks.shift(); task; task = tasks.shift()) {
        const { title, verdict, why } = await task.run();
        counts[verdict] += 1;
        console.log(`${verdict.padEnd(7)}  ${task.name.padEnd(24)}  ${title}${why ? `\n     ${why}` : ''}`);
    }
}
await Promise.all(Array.from({ length: atOnce }, work));
console.log(`${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped for want of data` : ''}`);
process.exitCode = counts.failed ? 1 : 0;
