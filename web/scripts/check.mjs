// Everything that can refuse a change to the web part, in the order of cost. `--no-build` leaves out the bundle.
import { spawnSync } from 'node:child_process';

const here = new URL('..', import.meta.url).pathname;
const steps = [
  ['types', 'node', ['node_modules/ts7/bin/tsc', '-p', '.']],
  ['lint', 'node_modules/.bin/oxlint', ['--deny-warnings', 'src', 'e2e', 'scripts']],
  ['format', 'node_modules/.bin/biome', ['format', 'src', 'e2e', 'scripts']],
  ['boundaries', 'node_modules/.bin/depcruise', ['--config', '.dependency-cruiser.cjs', 'src']],
  ['i18n', 'node', ['scripts/check-i18n.mjs']],
  ['pinyin', 'node', ['scripts/gen-pinyin.mjs', '--check']],
  ['contrast', 'node', ['scripts/check-contrast.mjs']],
  ['size', 'node', ['scripts/check-size.mjs']],
  ['unit', 'node_modules/.bin/vitest', ['run']],
  ...(process.argv.includes('--no-build')
    ? []
    : [
        ['build', 'node_modules/.bin/vite', ['build', '--logLevel', 'warn']],
        ['bundle', 'node', ['scripts/check-bundle.mjs']],
        ['browsers', 'node', ['scripts/check-browsers.mjs']],
      ]),
];
let failed = 0;
for (const [name, command, args] of steps) {
  const started = Date.now();
  const run = spawnSync(command, args, { cwd: here, encoding: 'utf8' });
  const ok = run.status === 0;
  if (!ok) {
    failed += 1;
    console.log((run.stdout ?? '') + (run.stderr ?? '') + (run.error?.message ?? ''));
  }
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
console.log(`${steps.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
