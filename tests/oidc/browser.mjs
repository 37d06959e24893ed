// A browser as far as signing in asks for one: cookies by origin, and redirects that are seen one by one.
import http from 'node:http';

export const base = 'https://crm.example.cn';
export const callback = `${base}/api/v1/session/provider`;

export class Browser {
    #cookies = new Map();

    constructor(house) {
        this.house = house;
    }

    // The house stands behind `base`.
    #reach(url) {
        return url.startsWith(base) ? `http://${this.house.host}:${this.house.port}${url.slice(base.length)}` : url;
    }

    cookie(url, name) {
        return this.#cookies.get(new URL(this.#reach(url)).host)?.get(name);
    }

    plant(url, name, value) {
        this.#jar(url).set(name, value);
    }

    #jar(url) {
        const { host } = new URL(this.#reach(url));
        if (!this.#cookies.has(host)) this.#cookies.set(host, new Map());
        return this.#cookies.get(host);
    }

    open(url, { method = 'GET', form, json, headers = {} } = {}) {
        const to = this.#reach(url), jar = this.#jar(url), origin = new URL(to).origin;
        const body = form ? new URLSearchParams(form).toString() : json === undefined ? undefined : JSON.stringify(json);
        const type = form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : json === undefined ? {} : { 'Content-Type': 'application/json' };
        const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
        return new Promise((resolve, reject) => {
            const request = http.request(to, { method, agent: false, headers: { ...type, ...(cookies && { Cookie: cookies }), ...(method === 'GET' ? {} : { Origin: origin }), ...headers } }, (response) => {
                const parts = [];
                response.on('data', (part) => parts.push(part));
                response.on('error', reject);
                response.on('end', () => {
                    for (const line of response.headers['set-cookie'] ?? []) {
                        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
                        if (value === '' || /Max-Age=0\b/i.test(line)) jar.delete(name);
                        else jar.set(name, value);
                    }
                    const text = Buffer.concat(parts).toString();
                    resolve({ status: response.statusCode, headers: response.headers, text, body: /json/.test(response.headers['content-type'] ?? '') && text ? JSON.parse(text) : null, location: response.headers.location && new URL(response.headers.location, url).href });
                });
            });
            request.on('error', reject);
            request.end(body);
        });
    }

    post(path, json, headers = {}) {
        return this.open(`${base}/api/v1${path}`, { method: 'POST', json, headers });
    }

    // Where the house sends the browser to sign in.
    async begin(to = '/deals') {
        const answer = await this.post('/session/provider', { to });
        if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
        return answer.body.location;
    }

    // By password; gives the headers of what is written.
    async signIn(email, password) {
        const answer = await this.post('/session', { email, password });
        if (answer.status !== 200) throw new Error(answer.text);
        return { 'X-CSRF-Token': answer.body.csrf };
    }

    who() {
        return this.open(`${base}/api/v1/session`);
    }
}
