// The ways to the data. Each request is sent to both organisations and must be answered alike: what is not seen does not count, does
// not sum, does not group, is not found. A row: name · method · path below /api/v1 · JSON; `ids` are those of the organisation asked.
const of = (filter, more = {}) => new URLSearchParams({ ...(filter && { filter }), count: 'exact', limit: '1000', ...more });

export const reads = (ids) => {
    const get = (name, path) => [name, 'GET', path];
    const query = (name, json) => [`query: ${name}`, 'POST', '/query', json];
    const twins = (name, plural, json) => [`duplicates: ${name}`, 'POST', `/${plural}/duplicates`, json];
    const check = (formula, object = 'deal') => [`formula/check: ${formula}`, 'POST', '/formula/check', { object, formula }];
    const owned = ['accounts', 'contacts', 'deals', 'leads', 'activities', 'notes', 'views', 'passages', 'attachments', 'preferences'];
    const kinds = ['account', 'contact', 'deal', 'lead', 'activity', 'note', 'view', 'preference'];
    const plural = { activity: 'activities' };
    const one = (kind, i) => `/${plural[kind] ?? `${kind}s`}/${ids[`${kind}${i}`]}`;
    return [
        ...owned.flatMap((name) => [
            get(`list of ${name}`, `/${name}?${of()}`), get(`list of ${name}, estimated`, `/${name}?count=estimate`), get(`list of ${name}, a page of two`, `/${name}?limit=2&count=exact`),
            get(`list of ${name} from its second row`, `/${name}?${of('', { at: '1' })}`), get(`list of ${name} from its fourth row`, `/${name}?${of('', { at: '3' })}`),
            get(`bin of ${name}`, `/${name}?${of('', { deleted: 'only' })}`),
            query(`number of ${name}`, { from: name, measures: { n: 'count()' } }), query(`${name} by day`, { from: name, group: [{ as: 'day', of: 'created_at' }], measures: { n: 'count()' } }),
        ]),
        ...kinds.flatMap((kind) => [0, 1, 2].flatMap((i) => [get(`${kind} ${i}`, one(kind, i)), get(`timeline of ${kind} ${i}`, `${one(kind, i)}/timeline?limit=200`), get(`history of ${kind} ${i}`, `${one(kind, i)}/history?limit=200`), get(`why of ${kind} ${i}`, `${one(kind, i)}/why`), get(`shares of ${kind} ${i}`, `${one(kind, i)}/shares`)])),
        ...['deal', 'lead'].flatMap((kind) => [0, 1, 2].map((i) => get(`process of ${kind} ${i}`, `${one(kind, i)}/process`))),
        ...['deals', 'leads'].flatMap((name) => [get(`board of ${name}`, `/${name}/board`), get(`board of ${name}, one card a stage`, `/${name}/board?limit=1&sort=-created_at`)]),
        get('board of deals by amount', '/deals/board?sort=-amount&fields=name,amount,account.phone'), get('board of great deals', `/deals/board?${new URLSearchParams({ filter: 'amount > 700000' })}`), get('board of deals, searched for', `/deals/board?${new URLSearchParams({ q: '改造' })}`),
        ...['name', '-name', 'amount', '-amount', 'account', '-account', 'contact', '-owner', 'stage,-amount', 'closed_on', '-updated_at'].flatMap((sort) => [get(`deals by ${sort}`, `/deals?${of('', { sort })}`), get(`deals by ${sort} from the second row`, `/deals?${of('', { sort, at: '1', limit: '1' })}`)]),
        ...['amount > 0', 'owner.name = "Chen Ming"', 'account.name contains "华星"'].map((filter) => get(`deals where ${filter} from the second row`, `/deals?${of(filter, { at: '1' })}`)),
        get('deals searched for, from the second row', `/deals?${of('', { q: '改造', at: '1' })}`), get('deals from a row far behind the last', `/deals?${of('', { at: '900000' })}`),
        ...['amount > 0', 'amount > 100000', 'not (amount is null)', 'outcome = "won"', 'name contains "车床"', 'account.phone is not null', 'account.name contains "华星"', 'account.tier = "A"', 'contact.mobile is not null',
            'contact is null', 'remarks is not null', 'account.remarks is null', 'owner.name = "Chen Ming"', 'account.name = "Beyond Holding"', 'account.phone = "0917-66600999"', 'account.owner.name = "Chen Ming"',
            `account = "${ids.account0}"`, `account = "${ids.beyond}"`, 'count(activities) > 0', 'count(passages) > 0', 'created_at = today()'].map((filter) => get(`deals where ${filter}`, `/deals?${of(filter)}`)),
        ...['count(deals) = 1', 'count(deals) > 1', 'sum(deals.amount) > 10000', 'max(deals.amount) < 100000', 'count(contacts) = 1', 'count(deals, amount > 700000) > 0', 'count(activities) = 0', 'parent_account is null',
            'phone contains "66001230"', 'phone contains "0917"', 'code is not null'].map((filter) => get(`accounts where ${filter}`, `/accounts?${of(filter)}`)),
        get('what one follows', '/session/follows'), ...['id in followed()', 'id not in followed()'].map((filter) => get(`deals where ${filter}`, `/deals?${of(filter)}`)),
        query('deals that one follows', { from: 'deals', where: 'id in followed()', measures: { n: 'count()', value: 'sum(amount)' } }),
        get('deals, two steps on', '/deals?fields=name,account.name,account.phone,account.remarks,contact.mobile,account.owner,product.code&sort=name'),
        get('contacts, two steps on', '/contacts?fields=name,account.name,account.annual_revenue&sort=name'),
        ...['华星', 'huaxing', 'hx', '改造', 'qzx', 'w', '66001230', '0917', '314', 'secret', '周敏', 'zhoumin', '钱进'].flatMap((q) => [
            get(`search for ${q}`, `/search?${new URLSearchParams({ q, limit: 200 })}`), get(`search for one ${q}`, `/search?${new URLSearchParams({ q, limit: 1 })}`),
            ...['accounts', 'contacts', 'deals', 'leads', 'notes', 'activities'].map((name) => get(`${name}, searched for ${q}`, `/${name}?${of('', { q })}`))]),

        query('deals by outcome', { from: 'deals', group: ['outcome'], measures: { n: 'count()', value: 'sum(amount)', most: 'max(amount)', mean: 'avg(amount)', middle: 'median(amount)' }, order: ['outcome'] }),
        query('deals by account', { from: 'deals', group: ['account'], measures: { n: 'count()', value: 'sum(amount)' }, order: ['-value'] }),
        query('deals by owner', { from: 'deals', group: ['owner'], measures: { n: 'count()' } }),
        query('deals by owner\'s name', { from: 'deals', group: [{ as: 'who', of: 'owner.name' }], measures: { n: 'count()' } }),
        query('deals by an account\'s telephone', { from: 'deals', group: [{ as: 'phone', of: 'account.phone' }], measures: { n: 'count()' }, order: ['phone'] }),
        query('deals by an account\'s own sum', { from: 'deals', group: [{ as: 'all', of: 'sum(account.deals.amount)' }], measures: { n: 'count()' } }),
        query('groups having more than two', { from: 'deals', group: ['product'], measures: { n: 'count()' }, having: 'n > 2' }),
        query('groups having more than three', { from: 'deals', group: ['product'], measures: { n: 'count()' }, having: 'n > 3' }),
        query('groups having a greater sum', { from: 'deals', group: ['product'], measures: { n: 'count()' }, having: 'sum(amount) > 10000' }),
        query('columns of deals', { from: 'deals', select: ['name', 'amount', 'account', 'contact', { as: 'phone', of: 'account.phone' }], order: ['-amount'] }),
        query('columns of accounts', { from: 'accounts', select: ['name', { as: 'n', of: 'count(deals)' }, { as: 'value', of: 'sum(deals.amount)' }], order: ['name'] }),
        query('where of the unseen', { from: 'deals', where: 'amount > 700000', measures: { n: 'count()', value: 'sum(amount)' } }),
        query('deals a product has', { from: 'products', select: ['name', { as: 'n', of: 'count(deals)' }, { as: 'value', of: 'sum(deals.amount)' }] }),
        query('passages of members', { from: 'members', select: ['name', { as: 'n', of: 'count(passages)' }], order: ['name'] }),
        query('stages passed', { from: 'passages', group: ['stage', 'how'], measures: { n: 'count()', value: 'sum(amount)' }, order: ['stage'] }),
        get('products that have deals', `/products?${of('count(deals) > 3')}`),
        get('products with a great sum', `/products?${of('sum(deals.amount) > 10000')}`),

        twins('an account\'s name', 'accounts', { name: '华星机械' }), twins('an account\'s telephone', 'accounts', { phone: '0512-66001230' }), twins('the telephone of another', 'accounts', { phone: '0917-88005314' }),
        twins('an account\'s website', 'accounts', { website: 'mine0.example' }), twins('an account\'s e-mail', 'accounts', { email: 'qzx010w@secret.example' }), twins('the customer beyond', 'accounts', { name: 'Beyond Holding' }),
        twins('a contact', 'contacts', { name: '周敏0', mobile: '13800138000' }), twins('the mobile of another', 'contacts', { mobile: '19777310005' }), twins('a lead', 'leads', { name: '钱进0', mobile: '19777310006' }),
        twins('a deal', 'deals', { name: '车床改造0' }),

        get('an attachment', `/attachments/${ids.attachment0}`), get('the content of an attachment', `/attachments/${ids.attachment0}/content`),
        get('funnel', '/analysis/funnel'), get('funnel of two months', '/analysis/funnel?from=2026-01-01&to=2026-03-31'), get('funnel of another', `/analysis/funnel?owner=${ids.other}`),
        get('funnel of a product', `/analysis/funnel?product=${ids.product}`),
        check('amount > 5 and account.name contains "A"'), check('count(deals) > 1', 'account'),
        get('describe', '/describe'), ['openapi.json', 'GET', '/openapi.json'], get('session', '/session'), get('one\'s own preferences', '/session/preferences'), get('jobs', '/jobs'), get('members', `/members?${of('', { sort: 'name' })}`),
        ['bulk, tried on a filter', 'POST', '/deals/bulk', { filter: 'amount > 0', change: { source: 'referral' }, dry_run: true }],
        ['bulk, tried on a search', 'POST', '/accounts/bulk', { q: '华星', change: { tier: 'B' }, dry_run: true }],
        ['bulk, a verb tried', 'POST', '/deals/bulk', { filter: 'outcome = "open"', verb: { name: 'win', arguments: {} }, dry_run: true }],
        ['bulk, a change for each tried', 'POST', '/accounts/bulk', { each: Object.fromEntries([0, 1, 2].map((i) => [ids[`account${i}`], i === 2 ? { name: '' } : { tier: 'B' }])), dry_run: true }],
        ['bulk, a deletion tried', 'POST', '/accounts/bulk', { filter: 'tier = "A"', verb: { name: 'delete' }, dry_run: true }],
    ];
};
