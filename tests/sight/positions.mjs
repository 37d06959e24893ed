// Where a field can be named. A row: where · what is sent, given who asks and the field's name.
const values = { amount: '5', annual_revenue: '5', phone: '0512-1', mobile: '1381' };
// Paths that lead to the field from another object: plural, path.
const ways = {
    deal: [['activities', 'deal'], ['passages', 'deal'], ['notes', 'deal']],
    account: [['deals', 'account'], ['contacts', 'account'], ['accounts', 'parent_account']],
    contact: [['deals', 'contact'], ['activities', 'contact'], ['deals', 'decision_maker']],
    lead: [['activities', 'lead'], ['deals', 'lead']],
};
const children = { deal: [['accounts', 'deals'], ['products', 'deals']], account: [['accounts', 'subsidiaries']], contact: [['accounts', 'contacts']], lead: [['products', 'leads']] };
const number = new Set(['amount', 'annual_revenue']);

export function positions({ object, field }, ids) {
    const plural = `${object}s`;
    const value = values[field], id = ids[`${object}0`];
    const list = (name, of, make) => [name, (asker, f) => asker.ask('GET', `/${of}?${new URLSearchParams(make(f))}`)];
    const query = (name, make, from = plural) => [`query: ${name}`, (asker, f) => asker.ask('POST', '/query', { from, ...make(f) })];
    const post = (name, path, make) => [name, (asker, f) => asker.ask('POST', path, make(f))];
    const job = (name, path, make) => [name, async (asker, f) => asker.finished(await asker.ask('POST', path, make(f)))];
    const plan = (columns, key) => `name: X\nobjects:\n  - file: a.csv\n    object: ${object}\n${key ? `    key: [${key}]\n` : ''}    columns:\n${columns.map((one) => `      ${one}: {field: ${one}}\n`).join('')}`;
    return [
        ...['* is null', 'not (* is null)', '* = *', 'coalesce(*, *) is null', 'if(* is null, true, false)', 'name = "x" or * is not null'].map((text) => list(`filter ${text}`, plural, (f) => ({ filter: text.replaceAll('*', f) }))),
        list('sort', plural, (f) => ({ sort: f })), list('sort, falling', plural, (f) => ({ sort: `name,-${f}` })), list('fields', plural, (f) => ({ fields: `name,${f}` })),
        list('sort, entered at a row', plural, (f) => ({ sort: f, at: '1' })), list('filter, entered at a row', plural, (f) => ({ filter: `${f} is null`, at: '1' })), list('fields, entered at a row', plural, (f) => ({ fields: `name,${f}`, at: '1' })),
        list('filter with a count', plural, (f) => ({ filter: `${f} is null`, count: 'exact' })),
        ...(['deal', 'lead'].includes(object)
            ? [list('board: filter', `${plural}/board`, (f) => ({ filter: `${f} is null` })), list('board: sort', `${plural}/board`, (f) => ({ sort: `-${f}` })), list('board: fields', `${plural}/board`, (f) => ({ fields: `name,${f}` }))] : []),
        ...ways[object].flatMap(([from, path]) => [
            list(`two steps on: fields of ${from}`, from, (f) => ({ fields: `${path}.${f}` })), list(`two steps on: filter of ${from}`, from, (f) => ({ filter: `${path}.${f} is null` })),
            list(`two steps on: sort of ${from}`, from, (f) => ({ sort: `${path}.${f}` })),
            query(`two steps on: group of ${from} by ${path}`, (f) => ({ group: [{ as: 'x', of: `${path}.${f}` }], measures: { n: 'count()' } }), from),
            query(`two steps on: measure of ${from} by ${path}`, (f) => ({ measures: { n: `max(${path}.${f})` } }), from),
            query(`two steps on: select of ${from} by ${path}`, (f) => ({ select: [`${path}.${f}`] }), from),
        ]),
        ...children[object].flatMap(([from, path]) => [
            list(`children: filter of ${from}`, from, (f) => ({ filter: `count(${path}, ${f} is not null) > 0` })), list(`children: greatest of ${from}`, from, (f) => ({ filter: `max(${path}.${f}) is null` })),
            query(`children: select of ${from}`, (f) => ({ select: ['name', { as: 'x', of: `count(${path}, ${f} is null)` }] }), from),
        ]),
        query('select', (f) => ({ select: [f] })), query('select of a formula', (f) => ({ select: [{ as: 'x', of: `${f} is null` }] })), query('group', (f) => ({ group: [f], measures: { n: 'count()' } })),
        ...(number.has(field) ? ['sum', 'avg', 'median', 'min', 'max'] : ['min', 'max']).map((name) => query(`measure ${name}`, (f) => ({ measures: { n: `${name}(${f})` } }))),
        query('measure count where', (f) => ({ measures: { n: `count(${f} is null)` } })), query('where', (f) => ({ where: `${f} is null`, measures: { n: 'count()' } })),
        query('having', (f) => ({ group: ['owner'], measures: { n: 'count()' }, having: `max(${f}) is null` })), query('having, by name', (f) => ({ group: ['owner'], measures: { n: 'count()' }, having: `${f} is null` })),
        query('order', (f) => ({ select: ['name'], order: [`-${f}`] })), query('order of groups', (f) => ({ group: ['owner'], measures: { n: 'count()' }, order: [f] })),
        post('formula/check', '/formula/check', (f) => ({ object, formula: `${f} is null` })),
        post('create', `/${plural}`, (f) => ({ name: 'X', [f]: value })), post('create, an array', `/${plural}`, (f) => [{ name: 'X' }, { name: 'Y', [f]: value }]), post('create with null', `/${plural}`, (f) => ({ name: 'X', [f]: null })),
        ['patch', (asker, f) => asker.ask('PATCH', `/${plural}/${id}`, { [f]: value }, { 'If-Match': '"1"' })],
        post('reveal', `/${plural}/${id}/reveal`, (f) => ({ field: f })),
        post('duplicates', `/${plural}/duplicates`, (f) => ({ name: 'X', [f]: value })),
        post('bulk change, tried', `/${plural}/bulk`, (f) => ({ ids: [id], change: { [f]: value }, dry_run: true })), job('bulk change', `/${plural}/bulk`, (f) => ({ ids: [id], change: { [f]: value } })),
        post('change for each, tried', `/${plural}/bulk`, (f) => ({ each: { [id]: { [f]: value } }, dry_run: true })), job('change for each', `/${plural}/bulk`, (f) => ({ each: { [id]: { [f]: value } } })),
        post('bulk filter, tried', `/${plural}/bulk`, (f) => ({ filter: `${f} is null`, change: { source: 'referral' }, dry_run: true })), job('bulk filter', `/${plural}/bulk`, (f) => ({ filter: `${f} is null`, change: { source: 'referral' } })),
        post('verb argument', `/${plural}/${id}/actions/hand_over`, (f) => ({ owner: ids.rep, [f]: value })),
        ...(object === 'deal' ? [post('argument of win', `/deals/${ids.deal_51}/actions/win`, (f) => ({ [f]: value })), post('argument of win in a bulk change', '/deals/bulk', (f) => ({ ids: [ids.deal_51], verb: { name: 'win', arguments: { [f]: value } }, dry_run: true })),
            post('argument of a conversion', `/leads/${ids.lead_51}/actions/convert`, (f) => ({ account_name: 'X', deal_name: 'X', [f]: value }))] : []),
        job('export column', `/${plural}/export`, (f) => ({ format: 'csv', fields: ['name', f] })), job('export sort', `/${plural}/export`, (f) => ({ format: 'csv', sort: f })), job('export filter', `/${plural}/export`, (f) => ({ format: 'csv', filter: `${f} is null` })),
        ...ways[object].map(([from, path]) => job(`export column of ${from}, two steps on`, `/${from}/export`, (f) => ({ format: 'csv', fields: [`${path}.${f}`] }))),
        ['import column', (asker, f) => asker.imported(plan(['name', f]), { 'a.csv': `name,${f}\nX,${value}\n` })], ['import key', (asker, f) => asker.imported(plan(['name', f], f), { 'a.csv': `name,${f}\nX,${value}\n` })],
    ];
}
