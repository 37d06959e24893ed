// ./dev bench backup [--data <directory>] [--seconds 20] [--writers 8] – what a backup costs those who write meanwhile, and how long backup, verify and restore
// take, on a data directory that is there (default: that of ./dev bench api); it is written to. The place lies on the same disk: the worst case.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import { cpus } from 'node:os';
import { join } from 'node:path';

const [binary, ...rest] = process.argv.slice(2);
const option = (name, otherwise) => {
    const at = rest.indexOf(`--${name}`);
    return at < 0 ? otherwise : rest.splice(at, 2)[1];
};
const root = new URL('../build/bench', import.meta.url).pathname;
const data = option('data', join(root, 'full/data')), seconds = Number(option('seconds', 20)), count = Number(option('writers', 8));
const place = mkdtempSync(join(data, '..', 'backups-'));
const row = (what, ...figures) => console.log(`| ${what.padEnd(34)} | ${figures.map((figure) => String(figure).padEnd(12)).join(' | ')} |`);

async function serve() {
    const server = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const port = await new Promise((resolve) => {
        let said = '';
        server.stdout.on('data', (bytes) => {
            said += bytes;
            const address = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
            if (address) resolve(Number(address[1]));
        });
    });
    return { server, port };
}

// Writers that add an account each time the one before was answered, as long as `going` says; the ms of each answer.
async function write(port, token, going) {
    const times = [];
    const agent = new http.Agent({ keepAlive: true });
    const add = (name) => new Promise((resolve, reject) => {
        const body = JSON.stringify({ name });
        const request = http.request({ agent, port, host: '127.0.0.1', method: 'POST', path: '/api/v1/accounts',
            headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) } }, (answer) => {
            answer.resume();
            answer.on('end', () => (answer.statusCode === 201 ? resolve() : reject(new Error(`answered ${answer.statusCode}`))));
        });
        request.on('error', reject);
        request.end(body);
    });
    await Promise.all(Array.from({ length: count }, async (_, writer) => {
        for (let i = 0; going(); ++i) {
            const from = performance.now();
            await add(`量 ${process.pid}-${from}-${writer}-${i}`);
            times.push(performance.now() - from);
        }
    }));
    agent.destroy();
    return times;
}

function told(what, times, took) {
    times.sort((a, b) => a - b);
    const at = (share) => `${times[Math.floor(times.length * share)].toFixed(1)} ms`;
    row(what, `${(times.length / took).toFixed(0)}/s`, at(0.5), at(0.99), `${times.at(-1).toFixed(0)} ms`);
}

const timed = async (work) => {
    const from = performance.now();
    const result = await work();
    return [result, (performance.now() - from) / 1000];
};
const command = (...words) => new Promise((resolve, reject) => {
    spawn(binary, words, { stdio: 'ignore' }).on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${words.join(' ')} ended with ${code}`))));
});

const { server, port } = await serve();
try {
    const admin = option('user', 'admin@example.com');
    const token = execFileSync(binary, ['token', 'create', '--data', data, '--user', admin, '--name', 'bench'], { encoding: 'utf8' }).trim();
    console.log(`${cpus().length} cores, ${(statSync(join(data, 'orgs/main/data.sqlite')).size / 2 ** 30).toFixed(1)} GiB, ${count} writers, the place on the same disk\n`);
    row('', 'writes', 'p50', 'p99', 'longest');
    row('-', '-', '-', '-', '-');
    const until = performance.now() + seconds * 1000;
    told('alone', await write(port, token, () => performance.now() < until), seconds);
    for (const what of ['first backup', 'second backup']) {
        let made = false;
        const writing = timed(() => write(port, token, () => !made));
        const [, took] = await timed(() => command('backup', '--data', data, '--to', join(place, 'B')));
        made = true;
        const [times, all] = await writing;
        told(`beside the ${what}, ${took.toFixed(0)} s`, times, all);
    }
} finally {
    const ended = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGTERM');
    await ended;
}
for (const words of [['verify', join(place, 'B')], ['restore', join(place, 'B'), '--data', join(place, 'D')], ['check', '--data', join(place, 'D')]]) row(words[0], `${(await timed(() => command(...words)))[1].toFixed(1)} s`);
console.log(`\n${readdirSync(join(place, 'B/backups')).length} backups`);
rmSync(place, { recursive: true });
