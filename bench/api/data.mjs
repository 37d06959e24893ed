// The organisation that is measured: 500 members in four levels, and so many accounts, contacts, leads, deals and activities,
// written as CSV with a plan and imported by the product itself. The same seed gives the same files.
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';

export const sizes = {
    small: { accounts: 2_000, contacts: 2_000, leads: 4_000, deals: 4_000, activities: 10_000 },
    full: { accounts: 100_000, contacts: 100_000, leads: 200_000, deals: 200_000, activities: 500_000 },
    import: { accounts: 20_000, contacts: 2_000, leads: 4_000, deals: 20_000, activities: 10_000 },
    million: { accounts: 100_000, contacts: 100_000, leads: 200_000, deals: 1_000_000, activities: 500_000 },
};

// Who measures: the head sees all, an area head 105 members, a manager 20 reports.
export const people = { admin: 'admin@example.com', area: 'area1@example.com', manager: 'lead1@example.com', rep: 'rep1@example.com' };

export const words = ['华兴', '长风', '远航', '北辰', '金桥', '宏达', '锦程', '明珠', '东方', '海蓝', '卓越', '天宇', '瑞丰', '盛源', '泰和', '永康', '德立', '信成', '广博', '嘉诚'];
export const kinds = ['机械', '电子', '物流', '化工', '软件', '医药', '能源', '食品', '建材', '仪器'];
export const surnames = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '马', '朱', '胡', '郭'];
export const given = ['伟', '芳', '敏', '静', '磊', '强', '洋', '艳', '勇', '军', '杰', '娟', '涛', '明', '超', '霞', '平', '刚', '玲', '桂英'];
const industries = ['technology', 'machinery', 'chemicals', 'energy', 'logistics', 'retail', 'medical', 'software'];
export const channels = ['campaign', 'search', 'social', 'referral', 'partner', 'cold_call'];
const stages = ['identify', 'first_contact', 'needs', 'solution', 'presentation', 'negotiation', 'closing'];
const activityKinds = ['call', 'email', 'meeting', 'visit', 'task'];

export function generator(seed) {
    let state = seed;
    return (below) => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) % below;
    };
}

export const day = (back) => new Date(Date.UTC(2026, 9, 31) - back * 86_400_000).toISOString().slice(0, 10);

// [name, email, manager, roles]: a head, 4 area heads, 20 managers of 20 reps, and 75 reps of the head's own.
// A field of the organisation's own, with an index like a built-in one's.
export const definition = { object: 'deal', fields: [{ name: 'x_points', type: 'number', label: { zh: '评分', en: 'Points' }, ordered: true }] };

export function members() {
    const rows = [['总经理', 'head@example.com', '', 'manager']];
    for (let area = 1; area <= 4; area += 1) rows.push([`大区${area}`, `area${area}@example.com`, '总经理', 'manager']);
    for (let lead = 1; lead <= 20; lead += 1) rows.push([`主管${lead}`, `lead${lead}@example.com`, `大区${Math.ceil(lead / 5)}`, 'manager']);
    for (let rep = 1; rep <= 475; rep += 1) rows.push([`销售${rep}`, `rep${rep}@example.com`, rep <= 400 ? `主管${Math.ceil(rep / 20)}` : '总经理', 'rep']);
    return rows;
}

export async function table(path, heading, count, row) {
    const out = createWriteStream(path);
    out.write(`${heading.join(',')}\n`);
    let text = '';
    for (let at = 0; at < count; at += 1) {
        text += `${row(at).join(',')}\n`;
        if (text.length < 1 << 20) continue;
        if (!out.write(text)) await once(out, 'drain');
        text = '';
    }
    out.end(text);
    await once(out, 'finish');
}

const plan = `name: measured organisation
objects:
  - {file: members.csv, object: member, key: [email], columns: {name: {field: name}, email: {field: email}, manager: {field: manager}, role: {field: roles}}, set: {active: "true"}}
  - {file: accounts.csv, object: account, key: [code], columns: {code: {field: code}, name: {field: name}, industry: {field: industry}, phone: {field: phone}, employees: {field: employees}, owner: {field: owner}}}
  - {file: contacts.csv, object: contact, columns: {name: {field: name}, account: {field: account}, mobile: {field: mobile}, email: {field: email}, job_title: {field: job_title}, owner: {field: owner}}}
  - {file: leads.csv, object: lead, columns: {name: {field: name}, company: {field: company}, mobile: {field: mobile}, channel: {field: channel}, owner: {field: owner}}}
  - {file: deals.csv, object: deal, key: [code], history: true, columns: {code: {field: code}, name: {field: name}, account: {field: account}, amount: {field: amount}, stage: {field: stage}, outcome: {field: outcome}, opened_on: {field: opened_on}, expected_on: {field: expected_on}, closed_on: {field: closed_on}, source: {field: source}, x_points: {field: x_points}, owner: {field: owner}}}
  - {file: activities.csv, object: activity, columns: {subject: {field: subject}, kind: {field: kind}, account: {field: account}, deal: {field: deal}, due_on: {field: due_on}, owner: {field: owner}}}
`;

// Writes the files into `directory`; gives the plan's path.
export async function writeFiles(directory, size) {
    mkdirSync(directory, { recursive: true });
    const pick = generator(20_261_031);
    const of = (list) => list[pick(list.length)];
    const staff = members();
    const owner = () => of(staff)[0];
    const mobile = () => `13${pick(10)}${String(pick(100_000_000)).padStart(8, '0')}`;
    await table(join(directory, 'members.csv'), ['name', 'email', 'manager', 'role'], staff.length, (at) => staff[at]);
    await table(join(directory, 'accounts.csv'), ['code', 'name', 'industry', 'phone', 'employees', 'owner'], size.accounts, (at) =>
        [`A${at}`, `${of(words)}${of(words)}${of(kinds)}${at}号公司`, of(industries), `021-${String(pick(100_000_000)).padStart(8, '0')}`, 5 + pick(2000), owner()]);
    await table(join(directory, 'contacts.csv'), ['name', 'account', 'mobile', 'email', 'job_title', 'owner'], size.contacts, (at) =>
        [`${of(surnames)}${of(given)}`, `A${at % size.accounts}`, mobile(), `c${at}@example.com`, of(['经理', '总监', '采购', '工程师']), owner()]);
    await table(join(directory, 'leads.csv'), ['name', 'company', 'mobile', 'channel', 'owner'], size.leads, (at) =>
        [`${of(surnames)}${of(given)}`, `${of(words)}${of(kinds)}${at}部`, mobile(), of(channels), owner()]);
    await table(join(directory, 'deals.csv'), ['code', 'name', 'account', 'amount', 'stage', 'outcome', 'opened_on', 'expected_on', 'closed_on', 'source', 'x_points', 'owner'], size.deals, (at) => {
        const outcome = of(['open', 'open', 'won', 'lost']);
        const opened = 60 + pick(700);
        const closed = outcome === 'open' ? '' : day(opened - 30 - pick(30));
        return [`D${at}`, `${of(words)}${of(kinds)}项目${at}`, `A${pick(size.accounts)}`, `${1000 + pick(5_000_000)}.${10 + pick(90)}`, outcome === 'won' ? 'closing' : of(stages), outcome, day(opened), day(pick(120)), closed, of(channels), pick(5_000_000), owner()];
    });
    await table(join(directory, 'activities.csv'), ['subject', 'kind', 'account', 'deal', 'due_on', 'owner'], size.activities, () =>
        [`${of(['电话回访', '上门拜访', '方案讨论', '报价', '演示'])}`, of(activityKinds), `A${pick(size.accounts)}`, `D${pick(size.deals)}`, day(pick(700)), owner()]);
    writeFileSync(join(directory, 'plan.yaml'), plan);
    return join(directory, 'plan.yaml');
}
