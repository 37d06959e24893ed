// The servers under test: the real binary, each with a data directory and a port of its own. Some are fresh, as a person
// meets it first; some hold the invented company of `shangdao demo`, as a person meets it after two years: written once, each
// has a copy. Stops only what it started.
import { execFile, spawn } from 'node:child_process';
import { constants, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { going, keepClock, standing } from './now.mjs';

const dist = new URL('../dist', import.meta.url).pathname;

export function findBinary() {
  const named = process.env.SHANGDAO_BINARY;
  if (named) return resolve(named);
  const house = new URL('../../build/', import.meta.url).pathname;
  const built = ['release', 'dev'].map((preset) => join(house, preset, 'shangdao')).find(existsSync);
  if (!built) throw new Error('no binary: build one (./dev build) or name it in SHANGDAO_BINARY');
  return built;
}

const call = promisify(execFile);
const run = async (binary, words) => (await call(binary, words)).stdout;

const end = (child) =>
  new Promise((done) => {
    child.removeAllListeners('exit');
    child.on('exit', done);
    child.kill('SIGTERM');
  });

// Resolves with what `wanted` matched in the server's words.
async function serve(
  binary,
  { data, clock_file, home, stopClock },
  wanted,
  { web = dist, listen = '127.0.0.1:0', more = [] } = {},
) {
  const words = ['serve', '--data', data, '--clock-file', clock_file, '--listen', listen, '--web', web, ...more];
  const child = spawn(binary, words, { stdio: ['ignore', 'pipe', 'pipe'] });
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

function makeHome(clock) {
  const home = mkdtempSync(join(tmpdir(), 'shangdao-e2e-'));
  const file = join(home, 'clock');
  return { home, clock_file: file, data: join(home, 'data'), stopClock: keepClock(file, clock) };
}

async function initialised(binary, clock) {
  const home = makeHome(clock);
  await run(binary, ['init', '--data', home.data, '--clock-file', home.clock_file, '--org', 'e2e']);
  return home;
}

// `more`: words of the command line, as for mail.
export async function startFresh(clock = going(), more = []) {
  const binary = findBinary();
  const home = await initialised(binary, clock);
  const { match, close } = await serve(binary, home, /(https?:\/\/[^\s"]+)\/setup#[^\s"]+/, { more });
  return { url: new URL(match[0]).origin, clock, setup: match[0], close };
}

async function writeCompany() {
  const home = makeHome(standing);
  const said = await run(findBinary(), ['demo', '--data', home.data, '--clock-file', home.clock_file]);
  const password = /password for all three: (\S+)\)/.exec(said)?.[1];
  const members = Object.fromEntries([...said.matchAll(/(\w+): (\S+@\S+)/g)].map(([, role, email]) => [role, email]));
  if (!password || !members.admin) throw new Error(`demo named no log-ins:\n${said}`);
  return { ...home, password, members };
}
let written;

export async function startCompany(clock, { web } = {}) {
  written ??= writeCompany();
  const { data, password, members } = await written;
  const home = makeHome(clock);
  cpSync(data, home.data, { recursive: true, mode: constants.COPYFILE_FICLONE });
  // Where time stands still, who waited may not sign in again either.
  const more = ['--sign-ins-per-minute', '1000'];
  const { match, close } = await serve(findBinary(), home, /listening on (https?:\/\/[^\s"]+)/, { web, more });
  return { url: new URL(match[1]).origin, clock, password, members, close };
}

// After the last company.
export async function forgetCompany() {
  if (written) rmSync((await written).home, { recursive: true, force: true });
}

// An organisation that is updated while somebody looks at it: the same address, the next build of the app.
export async function startUpdated() {
  const binary = findBinary();
  const clock = going();
  const home = await initialised(binary, clock);
  const web = join(home.home, 'web');
  const worker = join(web, 'sw.js');
  cpSync(dist, web, { recursive: true });
  let now = await serve(binary, home, /(https?:\/\/[^\s"]+)\/setup#[^\s"]+/, { web });
  const [setup] = now.match;
  const { origin, host } = new URL(setup);
  const update = async () => {
    await now.stop();
    writeFileSync(worker, readFileSync(worker, 'utf8').replace(/const version = "\w+"/, 'const version = "next"'));
    now = await serve(binary, home, /listening on/, { web, listen: host });
  };
  return { url: origin, clock, setup, update, close: () => now.close() };
}
