// A house and its mail server: an administrator who signs in with a password, and what the stories do again and again.
import { adminEmail, House } from '../served/house.mjs';
import { PostOffice } from './post_office.mjs';

export const start = '2026-03-02T01:00:00Z';
export const base = 'https://crm.example.cn';
export const password = 'correct horse battery staple', another = 'quite another password';
const patience = 20_000;

export const mailing = (port, { host = '127.0.0.1', user } = {}) => ['--base-url', base, '--smtp', `smtp://${user ? `${user}@` : ''}${host}:${port}`, '--mail-from', 'crm@example.cn'];

export const linkIn = (mail) => mail.text.match(/^https?:\S+#\S+$/m)[0];
export const tokenIn = (mail) => linkIn(mail).split('#')[1];

export async function inTown(binary, story, { office: how = {}, serve = (office) => mailing(office.port) } = {}) {
    const office = await PostOffice.open(how);
    let house;
    try {
        house = await House.open(binary, start, { password, serve: serve(office) });
        await story(new Town(house, office));
    } finally {
        await house?.close();
        await office.close();
    }
}

class Town {
    admin = adminEmail;
    #now = Date.parse(start);

    constructor(house, office) {
        Object.assign(this, { house, office });
    }

    later(minutes) {
        this.house.setTime(new Date((this.#now += minutes * 60_000)));
    }

    get origin() {
        return `http://${this.house.host}:${this.house.port}`;
    }

    post(path, json, headers = {}) {
        const body = JSON.stringify(json);
        return this.house.send('POST', `/api/v1${path}`, { headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), Origin: this.origin, ...headers }, body });
    }

    signIn(email, secret = password, code) {
        return this.post('/session', { email, password: secret, code });
    }

    async member(values) {
        const answer = await this.house.call(this.admin, 'POST', '/members', { roles: ['rep'], ...values });
        if (answer.status !== 201) throw new Error(answer.text);
        return answer.body.id;
    }

    // A member who has set his password; the mail of his invitation is taken.
    async settled(values) {
        const id = await this.member(values);
        await this.house.call(this.admin, 'POST', `/members/${id}/invitation`, {});
        const [mail] = await this.office.take();
        await this.post('/invitation', { token: tokenIn(mail), password });
        return id;
    }

    async change(id, values) {
        const { headers } = await this.house.call(this.admin, 'GET', `/members/${id}`);
        const answer = await this.house.call(this.admin, 'PATCH', `/members/${id}`, values, { 'If-Match': headers.etag });
        if (answer.status !== 200) throw new Error(answer.text);
    }

    waiting() {
        return this.house.counted('shangdao_letters_waiting');
    }

    // Until so many letters wait, as the server counts them.
    async until(count) {
        for (const end = performance.now() + patience; performance.now() < end;) if ((await this.waiting()) === count) return;
        throw new Error(`${await this.waiting()} letters wait, not ${count}`);
    }
}
