// What the rows stand on: two reps who do not see each other, records in every state, a session, tokens of less.
import { adminEmail, House } from '../served/house.mjs';

export const password = 'correct horse battery staple';
export const at = '2026-03-02T01:00:00Z';

export async function fixture(binary) {
    const house = await House.open(binary, at, { password });
    try {
        return await furnish(house);
    } catch (error) {
        await house.close();
        throw error;
    }
}

async function furnish(house) {
    const f = { house, password, admin: adminEmail, rep: 'lilei@example.com', other: 'chenming@example.com', origin: `http://${house.host}:${house.port}`, ids: {} };
    let minutes = 0;
    f.later = () => house.setTime(new Date(Date.parse(at) + (minutes += 2) * 60_000));
    const make = async (name, as, ask, json, headers) => {
        const answer = await house.call(as, 'POST', ask, json, headers);
        if (answer.status >= 300) throw new Error(`${name}: ${answer.status} ${answer.text}`);
        f.ids[name] = answer.body.id;
    };
    await make('rep', f.admin, '/members', { name: 'Li Lei', email: f.rep, roles: ['rep'] });
    await make('other', f.admin, '/members', { name: 'Chen Ming', email: f.other, roles: ['rep'] });
    f.narrow = 'narrow@example.com';
    await make('narrowRole', f.admin, '/roles', { name: 'Narrow', key: 'narrow', rights: '{"general":["export"],"objects":{"deal":{"create":true,"read":"own","export":"own"}},"budgets":{"export_rows":0}}' });
    await make('narrow', f.admin, '/members', { name: 'Narrow', email: f.narrow, roles: ['narrow'] });
    await make('narrowDeal', f.narrow, '/deals', { name: 'Six' });
    await make('product', f.admin, '/products', { name: 'Lathe', code: 'CNC-100' });
    await make('account', f.rep, '/accounts', { name: 'Huaxing', phone: '0512-66001234' });
    await make('second', f.rep, '/accounts', { name: 'Hongda' });
    await make('contact', f.rep, '/contacts', { name: 'Zhou', account: f.ids.account });
    await make('consent', f.rep, '/consents', { purpose: 'marketing', text_version: 'Notice 2026-03', contact: f.ids.contact });
    await make('withdrawn', f.rep, '/consents', { purpose: 'service', text_version: 'Notice 2026-03', contact: f.ids.contact });
    await make('withdrawal', f.rep, `/consents/${f.ids.withdrawn}/actions/withdraw`, {});
    await make('erased', f.rep, '/contacts', { name: 'Wu', account: f.ids.account });
    const { job } = (await house.call(f.admin, 'POST', `/contacts/${f.ids.erased}/erase`, { reason: 'asked for it' })).body;
    while ((await house.call(f.admin, 'GET', `/jobs/${job}`)).body.state !== 'done');
    await make('deal', f.rep, '/deals', { name: 'One', account: f.ids.account, amount: '1000' });
    await make('won', f.rep, '/deals', { name: 'Two', account: f.ids.account, amount: '2000' }, { 'Idempotency-Key': 'used-before' });
    await make('win', f.rep, `/deals/${f.ids.won}/actions/win`);
    await make('bare', f.rep, '/deals', { name: 'Three' });
    await make('bare1', f.rep, `/deals/${f.ids.bare}/actions/advance`);
    await make('bare2', f.rep, `/deals/${f.ids.bare}/actions/advance`);
    await approvals(f, make);
    await make('locked', f.rep, '/deals', { name: 'Shut' });
    await make('lock', f.admin, `/deals/${f.ids.locked}/actions/lock`, { reason: 'Audit' });
    await make('lead', f.rep, '/leads', { name: 'Qian', mobile: '13700030003' });
    await make('convert', f.rep, `/leads/${f.ids.lead}/actions/convert`, { account_name: 'Suda', deal_name: 'Four' });
    await make('theirs', f.other, '/deals', { name: 'Five' });
    await make('wish', f.rep, '/preferences', { name: 'default_view.deal', value: 'mine' });
    await make('theirWish', f.other, '/preferences', { name: 'default_view.deal', value: 'theirs' });
    await make('done', f.rep, '/activities', { subject: 'Call', kind: 'call', state: 'done', account: f.ids.account });
    await make('deleted', f.rep, '/accounts', { name: 'Gone' });
    await house.call(f.rep, 'DELETE', `/accounts/${f.ids.deleted}`, undefined, { 'If-Match': '"1"' });
    f.stale = { 'If-Match': '"99"' };
    f.version = async (path) => ({ 'If-Match': (await house.call(f.admin, 'GET', path)).headers.etag });
    await make('view', f.rep, '/views', { name: 'Mine', object: 'deal', filter: 'stage = "identify"', shared: 'me' });
    f.lockedVersion = await f.version(`/deals/${f.ids.locked}`);
    f.dealVersion = await f.version(`/deals/${f.ids.deal}`);
    f.accountVersion = await f.version(`/accounts/${f.ids.account}`);
    f.productVersion = await f.version(`/products/${f.ids.product}`);
    f.adminId = (await house.call(f.admin, 'GET', '/session')).body.member.id;
    f.adminVersion = await f.version(`/members/${f.adminId}`);
    f.cursor = encodeURIComponent((await house.call(f.rep, 'GET', '/accounts?limit=1&sort=name')).body.next);
    await signIn(f);
    return f;
}

// Deals before a gate that blocks: asked for, asked for and gone on since, refused, of a process without exceptions, of somebody whom nobody leads.
async function approvals(f, make) {
    const stages = [{ key: 'needs', name: '需求', exit: [{ field: 'amount' }] }, { key: 'solution', name: '方案' }];
    await make('strictProcess', f.admin, '/processes', { name: 'Strict', key: 'strict', runs_on: 'deal', active: true });
    await make('publish', f.admin, `/processes/${f.ids.strictProcess}/actions/publish`, { document: JSON.stringify({ stages, moves: { exceptions: 'forbid' } }) });
    await make('strict', f.rep, '/deals', { name: 'Strict', process: f.ids.strictProcess });
    const blocked = async (name, as) => {
        await make(name, as, '/deals', { name });
        for (let i = 0; i < 2; ++i) await make('moved', as, `/deals/${f.ids[name]}/actions/advance`);
    };
    const asked = async (name, deal) => make(name, f.rep, `/deals/${f.ids[deal]}/approvals`, { verb: 'advance', reason: 'The budget closes on Friday' });
    for (const name of ['blocked', 'goneOn', 'turnedDown']) await blocked(name, f.rep);
    await blocked('theirBlocked', f.admin);
    await asked('approval', 'blocked');
    await asked('unfit', 'goneOn');
    await asked('refusedApproval', 'turnedDown');
    await make('stepBack', f.rep, `/deals/${f.ids.goneOn}/actions/step_back`, { reason: 'A' });
    await make('turnDown', f.admin, `/approvals/${f.ids.refusedApproval}/actions/refuse`, { note: 'No' });
}

async function signIn(f) {
    const send = (email, secret) => f.house.send('POST', '/api/v1/session', { headers: { 'Content-Type': 'application/json', Origin: f.origin }, body: JSON.stringify({ email, password: secret }) });
    const answer = await send(f.admin, password);
    f.cookie = answer.headers['set-cookie'][0].split(';')[0];
    f.csrf = answer.body.csrf;
    // Each that was looked at is told in the ledger, behind its answer.
    const before = await f.house.ledgerHead();
    let looked = 0;
    for (let i = 0; i < 6; ++i) looked += (await send('knocker@example.com', 'not the one')).status === 401 ? 1 : 0;
    for (const until = Date.now() + 10_000; (await f.house.ledgerHead()) < before + looked; ) if (Date.now() > until) throw new Error('the ledger does not tell who knocked');
}

// Everything that could have changed: the ledger's head, and how many records of each object there are, in the bin too.
export async function everything(f) {
    const { body } = await f.house.call(f.admin, 'GET', '/describe');
    const counts = [await f.house.ledgerHead()];
    for (const { plural } of body.objects)
        for (const bin of ['', '&deleted=only']) counts.push((await f.house.call(f.admin, 'GET', `/${plural}?limit=1&count=exact${bin}`)).body?.count ?? `no count of ${plural}`);
    return counts.join(' ');
}
