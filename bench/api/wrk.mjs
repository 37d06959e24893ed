// Load by wrk: a script of ours makes the requests and prints what it counted as one line of JSON.
import { spawnSync } from 'node:child_process';

const script = new URL('./load.lua', import.meta.url).pathname;

// requests: a file, one request a line: METHOD<TAB>path<TAB>body. Gives {rate, p50, p99 (ms), refused}.
export function load(url, { token, requests, connections, seconds, turn }) {
    const threads = Math.min(2, connections);
    const ran = spawnSync('wrk', ['-t', threads, '-c', connections, '-d', `${seconds}s`, '-s', script, url], {
        encoding: 'utf8',
        env: { ...process.env, LOAD_TOKEN: token, LOAD_REQUESTS: requests, LOAD_THREADS: String(threads), LOAD_TURN: turn ?? 'random' },
    });
    const line = ran.stdout.split('\n').find((one) => one.startsWith('{'));
    if (!line) throw new Error(`wrk said: ${ran.stdout}${ran.stderr}`);
    return JSON.parse(line);
}
