// The server under test: the real binary with a fresh data directory on a port of its own, or, while there is none, the
// stand-in. Stops only what it started.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const dist = new URL('../dist', import.meta.url).pathname;

export function findBinary() {
  const named = process.env.SHANGDAO_BIN ?? process.env.SHANGDAO_BINARY;
  if (named) return resolve(named);
  const house = new URL('../../build/', import.meta.url).pathname;
  return ['release', 'dev'].map((preset) => join(house, preset, 'shangdao')).find(existsSync);
}

export async function startServer() {
  const binary = findBinary();
  if (!binary) {
    const { start } = await import('./fixture-server.mjs');
    const server = await start(0);
    return { ...server, setup: `${server.url}/setup#token`, isReal: false };
  }
  const data = mkdtempSync(join(tmpdir(), 'shangdao-e2e-'));
  const made = spawnSync(binary, ['init', '--data', data, '--org', 'e2e'], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`init ended with ${made.status}: ${made.stderr}${made.stdout}`);
  const child = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--web', dist], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const setup = await new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`no set-up link within 30 s:\n${said}`)), 30_000);
    const hear = (chunk) => {
      said += chunk;
      const match = /(https?:\/\/[^\s"]+)\/setup#([^\s"]+)/.exec(said);
      if (!match) return;
      clearTimeout(timer);
      found(match[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => failed(new Error(`the server ended with ${code}:\n${said}`)));
  });
  return {
    url: new URL(setup).origin,
    setup,
    isReal: true,
    close: () =>
      new Promise((done) => {
        child.removeAllListeners('exit');
        child.on('exit', () => {
          rmSync(data, { recursive: true, force: true });
          done();
        });
        child.kill('SIGTERM');
      }),
  };
}
