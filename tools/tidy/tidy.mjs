// tidy – the law of the house as a test: arrows, sizes, words, glossary, one writer, banned calls, places, white space, heads.
// Each rule is one file in rules/; a finding names the place and the cure. Run by ./dev tidy and ./dev test.
//
//   node tools/tidy/tidy.mjs           prints findings and "N checks, N findings"; 1 when there is a finding
//   node tools/tidy/tidy.mjs --test    runs the rules' own tests first and closes with "N passed, N failed"
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTree } from './tree.mjs';
import { readAllowances, judge } from './allow.mjs';
import { rules } from './rules/index.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

export function run(tree, allowances) {
    const results = rules.map((rule) => ({ rule, findings: rule.check(tree) }));
    return judge(results, allowances);
}

function main(arguments_) {
    const tree = readTree(root);
    const { findings, checks, broken } = run(tree, readAllowances(tree));
    for (const f of findings) console.log(`${f.path}${f.line ? `:${f.line}` : ''}: ${f.rule}: ${f.what}\n    cure: ${f.cure}`);
    if (!arguments_.includes('--test')) {
        console.log(`${checks} checks, ${findings.length} findings`);
        return findings.length === 0 ? 0 : 1;
    }
    const tests = readdirSync(here).filter((name) => name.endsWith('.test.mjs')).map((name) => join(here, name));
    const own = spawnSync(process.execPath, ['--test', '--test-reporter=tap', ...tests], { encoding: 'utf8' });
    const number = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(own.stdout)?.[1] ?? 0);
    if (own.status !== 0) console.log(own.stdout, own.stderr);
    const good = number('pass') + checks - broken;
    const bad = number('fail') + broken + (own.status !== 0 && number('fail') === 0 ? 1 : 0);
    console.log(`${good} passed, ${bad} failed`);
    return bad === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
