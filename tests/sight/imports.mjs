// Imports look records up by key and by name: who is not seen is not found, no twin makes a name ambiguous, and no update reaches him.
import { plain, unlike } from './unseen.mjs';
import { admin, mark, secretAmount } from './world.mjs';

const plan = (object, key, columns, policy = 'update') =>
    `name: Sight\nobjects:\n  - file: a.csv\n    object: ${object}\n${key ? `    key: [${key}]\n` : ''}    on_duplicate: ${policy}\n    columns:\n${columns.map((one) => `      ${one}: {field: ${one}}\n`).join('')}`;

const trials = [
    ['accounts by name', plan('account', 'name', ['name', 'tier']), 'name,tier\n华星机械,B\nHuaxing Tools,C\n'],
    ['accounts of others by name', plan('account', 'name', ['name', 'tier']), `name,tier\n华星 ${mark(5)},B\nBeyond Holding,C\n`],
    ['accounts of others by name, skipped', plan('account', 'name', ['name', 'tier'], 'skip'), `name,tier\n华星 ${mark(5)},B\n华星机械,C\n`],
    ['accounts by telephone', plan('account', 'phone', ['name', 'phone']), 'name,phone\nA,0512-66001230\nB,0917-88005314\n'],
    ['accounts by sum', plan('account', 'annual_revenue', ['name', 'annual_revenue']), `name,annual_revenue\nA,1000000\nB,${secretAmount(5)}\n`],
    ['deals by name, of accounts by name', plan('deal', 'name', ['name', 'account', 'amount']), `name,account,amount\n车床改造0,华星机械,5\n新,华星 ${mark(5)},6\n新二,Beyond Holding,7\n`],
    ['deals of accounts by code', plan('deal', '', ['name', 'account']), `name,account\n新,code-${mark(5)}\n`],
    ['contacts by mobile', plan('contact', 'mobile', ['name', 'mobile', 'account']), 'name,mobile,account\n甲,13800138000,华星机械\n乙,19777310005,宏达科技\n'],
    ['leads by name', plan('lead', 'name', ['name', 'company']), `name,company\n钱进0,A\n钱进 ${mark(5)},B\n`],
    ['activities of deals by name', plan('activity', '', ['subject', 'kind', 'deal']), `subject,kind,deal\n甲,call,车床改造0\n乙,call,车床改造 ${mark(5)}\n`],
    ['activities of contacts by name', plan('activity', '', ['subject', 'kind', 'contact']), `subject,kind,contact\n甲,call,周敏0\n乙,call,周敏 ${mark(5)}\n`],
];

export async function testImports(test, large, small, askers) {
    for (const [name, text, csv] of trials)
        await test(`3 of 100: an import of ${name}, rehearsed`, async () => {
            const told = [];
            for (const [who, { ids }] of [[askers.large, large], [askers.small, small]]) told.push(plain(await who.imported(text, { 'a.csv': csv }), ids));
            if (!/"state":"done"/.test(told[1])) return `it did not run: ${told[1].slice(0, 400)}`;
            return unlike(told[0], told[1]);
        });
    await test('3 of 100: the draft of a plan', async () => {
        const told = [];
        for (const [who, { ids }] of [[askers.large, large], [askers.small, small]]) {
            const { body } = await who.upload('a.csv', '客户名称,电话,客户编号\n华星机械,0512-66001230,1\n');
            told.push(plain(await who.ask('POST', '/imports/draft', { files: [body.file] }), ids));
        }
        return unlike(told[0], told[1]);
    });
    await test('3 of 100: an import changes nobody it does not see', async () => {
        const all = async () => (await large.house.call(admin, 'GET', '/accounts?limit=1000&sort=name&fields=name,tier,phone&filter=owner.name%20%3D%20%22Chen%20Ming%22')).text;
        const before = await all();
        const job = await askers.large.imported(plan('account', 'name', ['name', 'tier']), { 'a.csv': `name,tier\n华星 ${mark(6)},D\n华星机械,D\n` }, false);
        if (job.body?.state !== 'done') return job.text;
        return unlike(await all(), before);
    });
    await test('3 of 100: a unique code of another is refused without a word about him', async () => {
        const answer = await askers.large.ask('POST', '/accounts', { name: 'X', code: `code-${mark(7)}` });
        if (answer.status !== 409 || answer.body.code !== 'duplicate_key') return answer.text;
        return answer.text.includes(large.ids.account_7) ? `it names the record: ${answer.text}` : null;
    });
}
