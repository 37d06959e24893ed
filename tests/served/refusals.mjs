// What every refusal must be: the status and code of its row, a problem in form, a sentence in the reader's language. A row: what is
// wrong · who · method · path below /api/v1 · request · status, code, field, {near: the word it must offer, inChinese: refused before
// the language was read, later: after a while}. who = nobody sends only the headers of the row.
const chinese = /[\u4e00-\u9fff]/;

export function send(f, [, who, method, path, { json, raw, headers = {} }], language) {
    const all = { ...(language && { 'Accept-Language': language }), ...(who !== 'nobody' && { Authorization: `Bearer ${f.house.token(f[who])}` }), ...headers };
    const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
    if (body !== undefined) {
        const said = { 'Content-Length': Buffer.byteLength(body), 'Content-Type': 'application/json' };
        for (const [name, value] of Object.entries(said)) all[name] ??= value;
    }
    return f.house.send(method, `/api/v1${path}`, { headers: all, body });
}

// What is wrong with an answer, or null.
export function fault({ status, headers, body }, [, , , , , wantedStatus, code, field, { near, inChinese } = {}], english) {
    if (status !== wantedStatus || body?.code !== code) return `expected ${wantedStatus} ${code}, got ${status} ${JSON.stringify(body)}`;
    if (!/^application\/problem\+json\b/.test(headers['content-type'])) return `it is ${headers['content-type']}, no problem+json`;
    if (body.status !== status || !body.type || !body.errors?.length) return `the form is not that of a problem: ${JSON.stringify(body)}`;
    const one = body.errors.find((error) => error.code === code && (field === undefined || error.field === field));
    if (!one) return `no error ${code} of ${field}: ${JSON.stringify(body.errors)}`;
    if (near && one.args.nearest !== near) return `it should offer "${near}": ${JSON.stringify(one)}`;
    if (one.field && one.pointer !== `/${one.field.replace(/[.[]+/g, '/').replaceAll(']', '').replace(/^\//, '')}`) return `the pointer is ${one.pointer}`;
    for (const sentence of [body.title, ...body.errors.map((error) => error.say)]) {
        if (!sentence || chinese.test(sentence) === (english && !inChinese)) return `not a sentence of ${english ? 'English' : 'Chinese'}: "${sentence}"`;
        if (/[{}]|""|“”|\[\D/.test(sentence)) return `a blank was left open: "${sentence}"`;
    }
    return null;
}

// Sends a row in both languages; `f.before` is what `everything` told before, and must still be told.
export async function check(f, row, everything) {
    if (row[8]?.later) f.later();
    for (const language of [undefined, 'en-GB,en;q=0.8']) {
        const wrong = fault(await send(f, row, language), row, language !== undefined);
        if (wrong) return wrong;
    }
    const now = await everything(f);
    if (now === f.before) return null;
    const change = `something changed: ${f.before} → ${now}`;
    f.before = now;
    return change;
}
