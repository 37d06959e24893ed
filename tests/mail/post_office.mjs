// The mail server of a story: its port, the mails it took, and what it does with the next one.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const patience = 20_000;
const here = new URL('.', import.meta.url).pathname;

export class PostOffice {
    #process;
    #waiting = [];
    mails = [];

    // `tls`: {certificate, key}; then it asks for STARTTLS and for the user "crm".
    static async open({ host = '127.0.0.1', tls } = {}) {
        const office = new PostOffice();
        office.#process = spawn('/usr/bin/python3', [`${here}server.py`, host, ...(tls ? [tls.certificate, tls.key] : [])], { stdio: ['pipe', 'pipe', 'pipe'] });
        let said = '';
        office.#process.stderr.on('data', (bytes) => { said = (said + bytes).slice(-4_000); });
        office.#process.on('exit', (code) => office.#waiting.splice(0).forEach(({ reject }) => reject(new Error(`the mail server ended with ${code}: ${said}`))));
        createInterface({ input: office.#process.stdout }).on('line', (line) => {
            const told = JSON.parse(line);
            if (told.raw !== undefined) office.mails.push(told);
            else Object.assign(office, told);
            office.#waiting = office.#waiting.filter(({ fits, resolve }) => !fits() || resolve());
        });
        await office.#until(() => office.port);
        return office;
    }

    #until(fits) {
        if (fits()) return Promise.resolve();
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`no mail came; so far ${this.mails.length}`)), patience);
            this.#waiting.push({ fits, reject, resolve: () => { clearTimeout(timer); resolve(); } });
        });
    }

    // The mails taken since, once there are `count` of them.
    async take(count = 1) {
        await this.#until(() => this.mails.length >= count);
        return this.mails.splice(0);
    }

    // "accept", "later", "never"
    async be(mood) {
        this.#process.stdin.write(`${mood}\n`);
        await this.#until(() => this.mood === mood);
    }

    // Until so many mails were turned away.
    turned(count) {
        return this.#until(() => this.turnedAway >= count);
    }

    async close() {
        if (this.#process.exitCode !== null) return;
        const ended = new Promise((resolve) => this.#process.on('exit', resolve));
        this.#process.kill('SIGTERM');
        await ended;
    }
}
