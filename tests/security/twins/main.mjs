// tests/security/twins/run [names…] – one after the other, each twin is planted in a worktree of HEAD made for this, what it needs is built, and
// the one test is run that must go red. Closes with caught and missed. TWINS_TREE keeps the worktree for the next run; TWINS_BUILD stands
// before the build ("flock /tmp/build.lock").
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planted, twins } from './table.mjs';

const root = new URL('../../../', import.meta.url).pathname;
const names = process.argv.slice(2);
const chosen = twins.filter(({ name }) => names.length === 0 || names.includes(name));
const unknown = names.filter((name) => !twins.some((one) => one.name === name));
if (unknown.length > 0) {
    console.error(`no twin ${unknown.join(', ')}; there are ${twins.map(({ name }) => name).join(' ')}`);
    process.exit(2);
}

const kept = process.env.TWINS_TREE;
const tree = kept ?? join(mkdtempSync(join(tmpdir(), 'shangdao-twins-')), 'tree');
const build = join(tree, 'build/release');
const environment = { ...process.env, CCACHE_BASEDIR: tree, CCACHE_NOHASHDIR: '1' };
const git = (...words) => execFileSync('git', ['-C', root, ...words], { encoding: 'utf8' }).trim();

function prepare() {
    if (!existsSync(tree)) git('worktree', 'add', '--detach', tree, 'HEAD');
    execFileSync('git', ['-C', tree, 'checkout', '--quiet', '--force', '--detach', git('rev-parse', 'HEAD')]);
    if (!existsSync(join(build, 'build.ninja'))) execFileSync('cmake', ['--preset', 'release'], { cwd: tree, env: environment, stdio: 'ignore' });
}

function make(target) {
    const [first, ...rest] = [...(process.env.TWINS_BUILD ?? '').split(' ').filter(Boolean), 'cmake', '--build', build, '--target', target];
    const { status, stdout, stderr } = spawnSync(first, rest, { env: environment, encoding: 'utf8', maxBuffer: 1 << 28 });
    return status === 0 ? null : `${stdout}${stderr}`.split('\n').filter((line) => /error:/.test(line)).slice(0, 3).join(' ') || stdout.slice(-300);
}

// What the test said.
function ask({ suite, words, unit, says }) {
    const [program, given] = unit ? [join(build, 'src', unit), [`--gtest_filter=*${says.replaceAll(':', '?')}*`, '--gtest_brief=1']] : [join(tree, 'tests', suite, 'run'), [join(build, 'shangdao'), ...(words ? [words] : [])]];
    const { status, stdout, stderr } = spawnSync(program, given, { encoding: 'utf8', timeout: 600_000, maxBuffer: 1 << 28 });
    return { red: status !== 0, said: `${stdout}${stderr}` };
}

function judge(twin) {
    const path = join(tree, twin.file), sound = readFileSync(path, 'utf8');
    writeFileSync(path, planted(twin, sound));
    try {
        const broken = make(twin.build);
        if (broken) return ['not built', broken];
        const { red, said } = ask(twin);
        const told = said.split('\n').filter((line) => /^(failed|FAILED|\[ {2}FAILED)/.test(line) || line.includes('should be')).join('\n');
        // Of a program of tests only that case ran; it may have died in it.
        if (red && (twin.unit || told.includes(twin.says))) return ['caught', ''];
        return [red ? 'elsewhere' : 'missed', said.slice(-600)];
    } finally {
        writeFileSync(path, sound);
    }
}

prepare();
const tally = {};
try {
    for (const twin of chosen) {
        const began = performance.now();
        const [verdict, why] = judge(twin);
        tally[verdict] = (tally[verdict] ?? 0) + 1;
        console.log(`${verdict.padEnd(9)} ${twin.name} (${twin.row}, ${Math.round((performance.now() - began) / 1000)} s)${why && `\n    ${why.replaceAll('\n', '\n    ')}`}`);
    }
} finally {
    if (!kept) {
        git('worktree', 'remove', '--force', tree);
        rmSync(join(tree, '..'), { recursive: true, force: true });
    }
}
console.log(Object.entries(tally).map(([verdict, count]) => `${count} ${verdict}`).join(', '));
process.exitCode = chosen.length === (tally.caught ?? 0) ? 0 : 1;
