// Load by wrk: a script of ours makes the requests and prints what it counted as one line of JSON.
import { spawn, spawnSync } from 'node:child_process';

const script = new URL('./load.lua', import.meta.url).pathname;

// requests: a file, one request a line: METHOD<TAB>path<TAB>body. Gives {rate, p50, p99 (ms), refused}.
export function load(url, { token, requests, connections, seconds, turn }) {
    const ran = spawnSync('wrk', words(url, connections, seconds), { encoding: 'utf8', env: settings(token, requests, connections, turn) });
    return said(ran.stdout + ran.stderr);
}

// The same beside other work of this process.
export async function loadBeside(url, { token, requests, connections, seconds, turn }) {
    const child = spawn('wrk', words(url, connections, seconds), { env: settings(token, requests, connections, turn) });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => { text += bytes; });
    await new Promise((done) => child.on('close', done));
    return said(text);
}

const threadsOf = (connections) => Math.min(2, connections);
const words = (url, connections, seconds) => ['-t', threadsOf(connections), '-c', connections, '-d', `${seconds}s`, '-s', script, url];
const settings = (token, requests, connections, turn) => ({ ...process.env, LOAD_TOKEN: token, LOAD_REQUESTS: requests, LOAD_THREADS: String(threadsOf(connections)), LOAD_TURN: turn ?? 'random' });
function said(text) {
    const line = text.split('\n').find((one) => one.startsWith('{'));
    if (!line) throw new Error(`wrk said: ${text}`);
    return JSON.parse(line);
}
