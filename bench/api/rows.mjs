// What is measured, row by row: how the requests are made, the goal, and the peers' figures at 1 and 16 connections
// (Tryton 6.0 and EspoCRM 9.0 on the same kind of machine and data, measured once).
const stages = ['identify', 'first_contact', 'needs', 'solution', 'presentation', 'negotiation', 'closing'];
const columns = 'name,account,amount,stage,outcome,expected_on,owner';   // as a list shows them
const card = 'name,account,amount,stage,outcome,stalled_since,next_step,next_step_on,owner';   // as the board shows it
const get = (path) => ['GET', path, ''];
const query = (params) => new URLSearchParams(params).toString();

// Every page of a list, up to `most` records.
async function all(ask, path, params, most) {
    const records = [];
    for (let after = ''; records.length < most; ) {
        const page = await ask(`${path}?${query({ ...params, limit: 500, ...(after && { after }) })}`);
        records.push(...page.data);
        if (!page.next) break;
        after = page.next;
    }
    return records;
}

const everyone = ['manager', 'admin'];
const reports = Array.from({ length: 20 }, (_, i) => `"rep${i + 1}@example.com"`).join();   // of the manager who measures
const report = ['POST', '/api/v1/query', JSON.stringify({ from: 'deals', group: ['stage', 'owner'], measures: { n: 'count()', value: 'sum(amount)' }, limit: 10_000 })];

let far;   // the place of page 10,000, found once; null: there are not so many

export const rows = [
    {
        name: 'get a deal by id', as: everyone, tryton: [97, 181], espo: [58, 132], goal: { 16: '≥ 25,000' },
        requests: async (ask) => (await all(ask, '/api/v1/deals', { fields: 'name' }, 5000)).map((one) => get(`/api/v1/deals/${one.id}`)),
    },
    {
        name: 'list 50: owner, stage, amount desc, total', as: everyone, tryton: [23, 50], espo: [50, 81], goal: { 16: '≥ 8,000' },
        requests: async (ask) => (await all(ask, '/api/v1/members', { fields: 'name', filter: `email in (${reports})` }, 20)).flatMap((owner) =>
            stages.map((stage) => get(`/api/v1/deals?${query({ filter: `owner = "${owner.id}" and stage = "${stage}"`, sort: '-amount', fields: columns, limit: 50, count: 'exact' })}`))),
    },
    {
        name: 'search a name: part, pinyin, initials', as: everyone, tryton: [12, 17], espo: [6, 14], goal: { 16: '≥ 3,000', 1: 'p50 < 2 ms' },
        requests: async () => ['长风', '远航机械', '华兴', '明珠电子', 'changfeng', 'yuanhang', 'hxjx', 'bcrj', '项目1234', '瑞丰', '王伟', '李静'].map((q) => get(`/api/v1/search?${query({ q, limit: 50 })}`)),
    },
    {
        name: 'create a deal, durable', as: everyone, tryton: [63, 146], espo: [36, 90], goal: { 16: '≥ 5,000' },
        requests: async (ask) => (await all(ask, '/api/v1/accounts', { fields: 'name' }, 1000)).map((one) =>
            ['POST', '/api/v1/deals', JSON.stringify({ name: '新商机 {n}', account: one.id, amount: '120000.00', expected_on: '2027-01-31', source: 'referral' })]),
    },
    {
        name: 'change stage through its gate, durable', as: everyone, tryton: [66, 147], espo: [41, 82], goal: { 16: '≥ 5,000' }, turn: 'in turn',
        // Ahead and back again, so that the run may be as long as it likes: each deal once in every round. An even number of them, so
        // that one thread of the load does both and none steps back before it went ahead.
        requests: async (ask) => {
            const filter = 'outcome = "open" and stage in ("identify", "first_contact", "needs", "solution")';
            const deals = await all(ask, '/api/v1/deals', { fields: 'name', filter }, 4000);
            deals.length -= deals.length % 2;
            const move = (verb, body) => deals.map((one) => ['POST', `/api/v1/deals/${one.id}/actions/${verb}`, JSON.stringify(body)]);
            return [...move('advance', {}), ...move('step_back', { reason: '重新确认需求' })];
        },
    },
    {
        name: 'report: count and sum by stage × owner', as: everyone, tryton: [2.4, 2.0], espo: [6.4, 14], goal: { 16: '≥ 1,000', 1: 'p50 < 2 ms' },
        requests: async () => [report],
    },
    {
        name: 'list 50 by amount, exact total', as: ['manager', 'area', 'admin'], goal: { 16: '≥ 8,000' },
        requests: async () => [get(`/api/v1/deals?${query({ sort: '-amount', fields: columns, limit: 50, count: 'exact' })}`)],
    },
    {
        name: 'list 50 by name (pinyin)', as: everyone,
        requests: async () => [get(`/api/v1/deals?${query({ sort: 'name', fields: columns, limit: 50 })}`)],
    },
    {
        name: 'list 50 by a custom field, exact total', as: everyone,
        requests: async () => [get(`/api/v1/deals?${query({ sort: '-x_points', fields: columns, limit: 50, count: 'exact' })}`)],
    },
    {
        name: 'page 1 by amount', as: ['admin'],
        requests: async () => [get(`/api/v1/deals?${query({ sort: '-amount', fields: columns, limit: 50 })}`)],
    },
    {
        name: 'page 10,000 by amount (where there are so many)', as: ['admin'],
        requests: async (ask) => {
            if (far === undefined) {
                let after;
                for (let page = 0; page < 500 && after !== null; page += 1)
                    after = (await ask(`/api/v1/deals?${query({ sort: '-amount', fields: 'name', limit: 1000, ...(after && { after }) })}`)).next;
                far = after;
            }
            return far === null ? [] : [get(`/api/v1/deals?${query({ sort: '-amount', fields: columns, limit: 50, after: far })}`)];
        },
    },
    {
        name: 'board: 7 stages × 50 cards and totals', as: everyone, goal: { 1: 'p50 < 5 ms' },
        requests: async () => [get(`/api/v1/deals/board?${query({ sort: '-amount', fields: card, limit: 50 })}`)],
    },
    {
        name: 'board, newest in their stage first', as: everyone,
        requests: async () => [get(`/api/v1/deals/board?${query({ sort: '-stage_entered_at', fields: card, limit: 50 })}`)],
    },
];
