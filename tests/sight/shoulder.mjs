// Over a member's shoulder an administrator sees what the member sees, and nothing that he himself does not.
import { Asker } from './ask.mjs';
import { plain, unlike } from './unseen.mjs';
import { admin, clerk, hiddenFields, other, others, rep, secretAmount, secretMobile, secretPhone, steward, warden } from './world.mjs';

const seen = ['account', 'contact', 'deal', 'lead', 'activity', 'note', 'saved_view', 'passage'];
const plurals = { activity: 'activities', saved_view: 'views' };
const plural = (object) => plurals[object] ?? `${object}s`;

export async function testShoulder(test, large, small, as, betrayal) {
    const { ids } = large;
    const asker = (world, email) => new Asker(world.house, email);
    const [mine, theirs] = [asker(large, as(admin)), asker(small, admin)];
    const look = async (who, member, json = {}) => {
        const answer = await who.ask('POST', `/members/${member}/sight`, json);
        if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
        return answer;
    };
    const of = (body, object) => body.objects.find(({ name }) => name === object);
    const counted = async (email, object) => (await large.house.call(email, 'GET', `/${plural(object)}?limit=1&count=exact`)).body.count;

    await test('over the rep\'s shoulder the organisation of 100 is like that of three', async () => {
        const answers = [plain(await look(mine, ids.rep), ids), plain(await look(theirs, small.ids.rep), small.ids)];
        // Members, roles and the like are everybody's; so are the records both have of them.
        return unlike(...answers);
    });
    for (const object of seen)
        await test(`over the rep's shoulder: as many of ${plural(object)} as the rep counts, and the same first page`, async () => {
            const one = of((await look(mine, ids.rep)).body, object);
            const wanted = await counted(rep, object);
            if (one.count !== wanted) return `${one.count}, and the rep counts ${wanted}`;
            const { fields, data } = (await look(mine, ids.rep, { object })).body;
            const own = (await large.house.call(rep, 'GET', `/${plural(object)}?limit=50&fields=${fields}`)).body.data;
            return unlike(JSON.stringify(data), JSON.stringify(own));
        });
    await test('over the clerk\'s shoulder the hidden fields are named, and are not in the list', async () => {
        const { objects } = (await look(mine, ids.clerk)).body;
        const missing = hiddenFields.filter(({ object, field }) => !of({ objects }, object).hidden.includes(field));
        if (missing.length) return JSON.stringify(missing);
        const { fields, data } = (await look(mine, ids.clerk, { object: 'deal' })).body;
        return fields.includes('amount') || data.some((row) => 'amount' in row) ? JSON.stringify(data[0]) : null;
    });
    await test('levels are those of the member, object by object', async () => {
        const { objects } = (await look(mine, ids.boss)).body;
        const said = ['deal', 'member', 'product', 'role'].map((name) => [name, ...['create', 'read', 'edit', 'delete'].map((action) => of({ objects }, name)[action])].join(' '));
        return unlike(said.join('; '), 'deal all team team team; member none all none none; product none all none none; role none all none none');
    });
    await test('a disabled member sees nothing', async () => {
        await large.change(admin, `/members/${ids.spare}`, { active: false });
        const { member, objects } = (await look(mine, ids.spare)).body;
        if (member.active || objects.some((one) => one.count || one.read !== 'none')) return JSON.stringify(objects[0]);
        const { status, body } = await mine.ask('POST', `/members/${ids.spare}/sight`, { object: 'deal' });
        return status === 404 && body.code === 'unknown_object' ? null : `${status} ${JSON.stringify(body)}`;
    });
    await test('each look is an event of the member, and a refused one is none', async () => {
        const looks = async () => (await large.done(admin, 'GET', `/members/${ids.rep}/timeline?limit=200`)).data.filter(({ verb }) => verb === 'sight_looked_at').length;
        const before = await looks();
        await look(mine, ids.rep);
        await look(mine, ids.rep, { object: 'deal' });
        await mine.ask('POST', `/members/${ids.rep}/sight`, { object: 'nothing' });
        await large.house.call(rep, 'POST', `/members/${ids.rep}/sight`, {});
        return unlike(String((await looks()) - before), '2');
    });

    const half = asker(large, as(warden));
    await test('who does not see a field himself is not told of it over the shoulder of whoever does', async () => {
        for (const member of [ids.admin, ids.boss, ids.rep, ids.clerk]) {
            const { objects } = (await look(half, member)).body;
            for (const { object, field } of hiddenFields) {
                const { hidden, masked, read_only } = of({ objects }, object);
                if ([...hidden, ...masked, ...read_only].includes(field)) return `${object}.${field} is named`;
                const list = await half.ask('POST', `/members/${member}/sight`, { object });
                if (list.status !== 200 || list.body.fields.includes(field)) return list.text.slice(0, 300);
            }
        }
        return null;
    });
    const values = Array.from({ length: others }, (_, i) => [secretPhone(i), secretMobile(i), secretAmount(i).slice(0, 8)]).flat();
    await test('no byte of what he is told holds a value hidden from him', () => betrayal(half.kept, values));

    const low = asker(large, as(steward));
    await test('who does not see a record himself does not see or count it over any shoulder', async () => {
        for (const member of [ids.admin, ids.boss, ids.rep, ids.other])
            for (const object of ['account', 'deal', 'lead', 'note']) {
                const one = of((await look(low, member)).body, object);
                if (one.count !== 0 || !one.bounded) return `${object}: ${JSON.stringify(one)}`;
                const { data } = (await look(low, member, { object })).body;
                if (data.length) return JSON.stringify(data[0]);
            }
        return null;
    });
    await test('what he sees and the member does not, he does not see over the shoulder', async () => {
        const { data: [own] } = await large.done(steward, 'GET', '/accounts?limit=1').then((page) => (page.data.length ? page : large.done(steward, 'POST', '/accounts', { name: 'Own' }).then((made) => ({ data: [made] }))));
        const { data } = (await look(low, ids.rep, { object: 'account' })).body;
        if (data.some(({ id }) => id === own.id)) return 'the rep is said to see it';
        const all = (await look(low, ids.admin, { object: 'account' })).body.data;
        return all.length === 1 && all[0].id === own.id ? null : JSON.stringify(all);
    });
    await test('over the shoulder of another rep: his own, as he counts them', async () => unlike(String(of((await look(mine, ids.other)).body, 'deal').count), String(await counted(other, 'deal'))));
    await test('the clerk is no administrator and looks over no shoulder', async () => {
        const { status } = await large.house.call(clerk, 'POST', `/members/${ids.rep}/sight`, {});
        return status === 403 ? null : `${status}`;
    });
}
