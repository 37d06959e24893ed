// A PostgreSQL of the tests' own: one cluster in a temporary directory, on a socket there and no port, gone with whoever started it. Without
// PostgreSQL's server this throws: what should be proved on it would else not be.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const places = ['/usr/lib/postgresql/15/bin', '/usr/bin', '/usr/local/bin'];

function program(name) {
    const found = places.map((place) => join(place, name)).find(existsSync);
    if (!found) throw new Error('PostgreSQL’s server is not installed: apt-get install postgresql');
    return found;
}

// It refuses to run as root.
function login() {
    if (process.getuid() !== 0) return {};
    const number = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    return { uid: number('-u'), gid: number('-g') };
}

const started = new Set();
process.on('exit', () => started.forEach((cluster) => cluster.abandon()));

export class Cluster {
    #process;
    #databases = 0;

    // `durable`: with fsync, for what is measured or killed; tests of ours prove what we do, not that PostgreSQL keeps what it was told to.
    static async start({ durable = false, directory } = {}) {
        const cluster = new Cluster();
        cluster.durable = durable;
        cluster.kept = directory !== undefined;
        cluster.directory = directory ?? mkdtempSync(join(tmpdir(), 'cluster-'));
        const user = login();
        if (user.uid !== undefined) chownSync(cluster.directory, user.uid, user.gid);
        if (!existsSync(join(cluster.directory, 'data')))
            execFileSync(program('initdb'), ['-D', join(cluster.directory, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], { ...user, cwd: cluster.directory, stdio: 'pipe' });
        await cluster.#run();
        return cluster;
    }

    #run() {
        const settings = ['listen_addresses=', 'max_connections=300', 'log_min_messages=log', 'log_checkpoints=off', ...(this.durable ? ['shared_buffers=512MB', 'max_wal_size=4GB'] : ['fsync=off', 'full_page_writes=off'])];
        const words = ['-D', join(this.directory, 'data'), '-k', this.directory, ...settings.flatMap((one) => ['-c', one])];
        this.#process = spawn(program('postgres'), words, { ...login(), cwd: this.directory, stdio: ['ignore', 'ignore', 'pipe'] });
        started.add(this);
        return new Promise((resolve, reject) => {
            let said = '';
            this.#process.stderr.on('data', (bytes) => {
                said = (said + bytes).slice(-5_000);
                if (said.includes('ready to accept connections')) resolve();
            });
            this.#process.on('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)));
        });
    }

    // The fast way down, as an administrator's restart goes: running transactions are taken back, connections are cut.
    async restart() {
        await this.#end('SIGINT');
        await this.#run();
    }

    async #end(signal) {
        const ended = new Promise((resolve) => this.#process.on('exit', resolve));
        this.#process.kill(signal);
        await ended;
    }

    // A new database; gives its address.
    database(name = `d${process.pid}_${++this.#databases}`) {
        createDatabase(this.directory, name);
        return addressIn(this.directory, name);
    }

    abandon() {
        this.#process?.kill('SIGQUIT');
        if (!this.kept) rmSync(this.directory, { recursive: true, force: true });
    }

    async stop() {
        started.delete(this);
        await this.#end('SIGINT');
        if (!this.kept) rmSync(this.directory, { recursive: true, force: true });
    }
}

// Of the cluster whose socket is in `directory`.
export const addressIn = (directory, name) => `postgresql://postgres@/${name}?host=${encodeURIComponent(directory)}`;

export function sql(directory, database, text) {
    return execFileSync(program('psql'), ['-h', directory, '-U', 'postgres', '-d', database, '-qAtX', '-v', 'ON_ERROR_STOP=1', '-c', text], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd();
}
export const createDatabase = (directory, name) => sql(directory, 'postgres', `CREATE DATABASE ${name}`);
export const dropDatabase = (directory, name) => sql(directory, 'postgres', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
