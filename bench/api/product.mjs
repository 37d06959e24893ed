// The product under measurement: its data directory, its server, its memory. Data once imported are kept and copied.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { definition, people, sizes, writeFiles } from './data.mjs';

export function command(binary, args, input) {
    const ran = spawnSync(binary, args, { input, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (ran.status !== 0) throw new Error(`shangdao ${args.slice(0, 2).join(' ')} ended with ${ran.status}: ${ran.stderr}${ran.stdout}`);
    return ran.stdout;
}

// The same beside a look at its memory: gives the seconds it took and the MiB of its own at the most.
export async function commandWatched(binary, args) {
    const began = performance.now();
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '', own = 0;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => { said += bytes; });
    const looking = setInterval(() => { own = Math.max(own, memoryOf(child.pid).own); }, 100);
    const code = await new Promise((done) => child.on('close', done));
    clearInterval(looking);
    if (code !== 0) throw new Error(`shangdao ${args.slice(0, 2).join(' ')} ended with ${code}: ${said}`);
    return { seconds: (performance.now() - began) / 1000, own, said };
}

export function init(binary, data, database) {
    const args = ['init', '--data', data, '--org', '示例公司', '--currency', 'CNY', '--time-zone', 'Asia/Shanghai', '--admin', people.admin, '--password-stdin', ...(database ? ['--db', database] : [])];
    command(binary, args, 'correct horse battery staple\n');
}

// A fresh copy of the imported organisation; the first call imports it and says how long that took, in seconds, and how much longer
// until all of it could be searched.
export async function organisation(binary, size, root) {
    const kept = join(root, size);
    let imported, searchable;
    if (!existsSync(join(kept, 'data'))) {
        rmSync(kept, { recursive: true, force: true });
        const files = join(kept, 'files'), making = join(kept, 'making');
        const plan = await writeFiles(files, sizes[size]);
        init(binary, making);
        await define(binary, making);
        const began = performance.now();
        command(binary, ['import', '--data', making, '--user', people.admin, '--plan', plan, '--from', files]);
        imported = (performance.now() - began) / 1000;
        const server = await serve(binary, making);
        searchable = await server.searchable();
        await server.atRest();
        await server.stop();
        renameSync(making, join(kept, 'data'));
    }
    const data = join(root, 'running');
    rmSync(data, { recursive: true, force: true });
    mkdirSync(root, { recursive: true });
    cpSync(join(kept, 'data'), data, { recursive: true });
    return { data, imported, searchable };
}

async function define(binary, data) {
    const bearer = token(binary, data, people.admin);
    const server = await serve(binary, data);
    const answer = await fetch(`${server.url}/api/v1/definitions`, {
        method: 'POST', headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' }, body: JSON.stringify(definition),
    });
    if (!answer.ok) throw new Error(await answer.text());
    await server.stop();
}

export const token = (binary, data, email) => command(binary, ['token', 'create', '--data', data, '--user', email, '--name', 'bench']).trim();

// Starts the server and gives its address and the seconds until it was ready.
export async function serve(binary, data, ...more) {
    const began = performance.now();
    const child = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
    const end = () => child.kill('SIGKILL');
    process.on('exit', end);
    let said = '';
    const url = await new Promise((found, failed) => {
        child.on('exit', (code) => failed(new Error(`the server ended with ${code}: ${said}`)));
        child.stdout.on('data', (chunk) => {
            said += chunk;
            const match = /listening on (http:\/\/[\d.:]+)/.exec(said);
            if (match) found(match[1]);
        });
    });
    while (!(await fetch(`${url}/readyz`)).ok) await new Promise((go) => setTimeout(go, 2));
    const ready = (performance.now() - began) / 1000;
    return {
        url,
        ready,
        memory: () => memoryOf(child.pid),
        cpu: () => processorSecondsOf(child.pid),
        // Nothing is left to do of its own accord: text indexes are merged, the WAL is in the file.
        async atRest() {
            for (let quiet = 0, before = processorSecondsOf(child.pid); quiet < 3; ) {
                await new Promise((go) => setTimeout(go, 500));
                const now = processorSecondsOf(child.pid);
                quiet = now - before < 0.02 ? quiet + 1 : 0;
                before = now;
            }
        },
        // Seconds until nothing waits for the text index.
        searchable: async () => {
            const from = performance.now();
            while ((await (await fetch(`${url}/metrics`)).text()).includes('shangdao_search_behind 1')) await new Promise((go) => setTimeout(go, 50));
            return (performance.now() - from) / 1000;
        },
        kill: () => new Promise((done) => { process.off('exit', end); child.removeAllListeners('exit'); child.on('exit', done); child.kill('SIGKILL'); }),
        stop: () => new Promise((done) => { process.off('exit', end); child.removeAllListeners('exit'); child.on('exit', done); child.kill('SIGTERM'); }),
    };
}

// MiB: what is the process's own, and what it maps of its files on top.
function memoryOf(pid) {
    // Between the end of a process and the news of it there is nothing to read.
    const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
    const of = (key) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
    return { own: of('RssAnon'), all: of('VmRSS'), peak: of('VmHWM') };
}

// Seconds of processor time that it has used; the kernel counts them in hundredths.
function processorSecondsOf(pid) {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
}

export const bytesOf = (path) => statSync(path).size;
