// The servers under test: the real binary, each with a data directory and a port of its own. One is fresh, as a person
// meets it first; one holds the invented company of `shangdao demo`, as a person meets it after two years. Stops only
// what it started.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { keepClock } from './now.mjs';

const dist = new URL('../dist', import.meta.url).pathname;

export function findBinary() {
  const named = process.env.SHANGDAO_BINARY;
  if (named) return resolve(named);
  const house = new URL('../../build/', import.meta.url).pathname;
  const built = ['release', 'dev'].map((preset) => join(house, preset, 'shangdao')).find(existsSync);
  if (!built) throw new Error('no binary: build one (./dev build) or name it in SHANGDAO_BINARY');
  return built;
}

function run(binary, words) {
  const made = spawnSync(binary, words, { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`${words[0]} ended with ${made.status}: ${made.stderr}${made.stdout}`);
  return made.stdout;
}

const end = (child) =>
  new Promise((done) => {
    child.removeAllListeners('exit');
    child.on('exit', done);
    child.kill('SIGTERM');
  });

// Resolves with what `wanted` matched in the server's words.
async function serve(binary, { data, clock, home, stopClock }, wanted, { web = dist, listen = '127.0.0.1:0' } = {}) {
  const call = ['serve', '--data', data, '--clock-file', clock, '--listen', listen, '--web', web];
  const child = spawn(binary, call, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const match = await new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`no ${wanted} within 30 s:\n${said}`)), 30_000);
    const hear = (chunk) => {
      said += chunk;
      const here = wanted.exec(said);
      if (!here) return;
      clearTimeout(timer);
      found(here);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => failed(new Error(`the server ended with ${code}:\n${said}`)));
  });
  const close = async () => {
    await end(child);
    stopClock();
    rmSync(home, { recursive: true, force: true });
  };
  return { match, close, stop: () => end(child) };
}

function makeHome() {
  const home = mkdtempSync(join(tmpdir(), 'shangdao-e2e-'));
  const clock = join(home, 'clock');
  return { home, clock, data: join(home, 'data'), stopClock: keepClock(clock) };
}

export async function startFresh() {
  const binary = findBinary();
  const home = makeHome();
  run(binary, ['init', '--data', home.data, '--clock-file', home.clock, '--org', 'e2e']);
  const { match, close } = await serve(binary, home, /(https?:\/\/[^\s"]+)\/setup#[^\s"]+/);
  return { url: new URL(match[0]).origin, setup: match[0], close };
}

export async function startCompany() {
  const binary = findBinary();
  const home = makeHome();
  const said = run(binary, ['demo', '--data', home.data, '--clock-file', home.clock]);
  const password = /password for all three: (\S+)\)/.exec(said)?.[1];
  const members = Object.fromEntries([...said.matchAll(/(\w+): (\S+@\S+)/g)].map(([, role, email]) => [role, email]));
  if (!password || !members.admin) throw new Error(`demo named no log-ins:\n${said}`);
  const { match, close } = await serve(binary, home, /listening on (https?:\/\/[^\s"]+)/);
  return { url: new URL(match[1]).origin, password, members, close };
}

// An organisation that is updated while somebody looks at it: the same address, the next build of the app.
export async function startUpdated() {
  const binary = findBinary();
  const home = makeHome();
  const web = join(home.home, 'web');
  const worker = join(web, 'sw.js');
  cpSync(dist, web, { recursive: true });
  run(binary, ['init', '--data', home.data, '--clock-file', home.clock, '--org', 'e2e']);
  let now = await serve(binary, home, /(https?:\/\/[^\s"]+)\/setup#[^\s"]+/, { web });
  const [setup] = now.match;
  const { origin, host } = new URL(setup);
  const update = async () => {
    await now.stop();
    writeFileSync(worker, readFileSync(worker, 'utf8').replace(/const version = "\w+"/, 'const version = "next"'));
    now = await serve(binary, home, /listening on/, { web, listen: host });
  };
  return { url: origin, setup, update, close: () => now.close() };
}
