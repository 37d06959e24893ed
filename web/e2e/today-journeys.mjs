// The page a day begins on: a rep works through it, a manager reads the team from it. Every number is held against the API's.
import assert from 'node:assert/strict';
import { api, openPage, signedIn } from './browser.mjs';
import { day } from './now.mjs';
import { openedDialog, toast } from './screen.mjs';

const region = (page, name) => page.getByRole('region', { name, exact: true });
const undo = (page) => page.getByRole('region', { name: '通知消息' }).getByRole('button', { name: '撤销' });
const filter = (text) => `filter=${encodeURIComponent(text)}`;
const countOf = async (page, plural, text) =>
  (await api(page, 'GET', `/${plural}?limit=1&count=exact&${filter(text)}`)).count;
const listed = (page, n) => page.getByText(`共 ${n.toLocaleString('en')} 条`).waitFor();

async function open(page) {
  await page.goto('/');
  await page.waitForURL(/\/today$/);
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
}

// Another member's browser, for what the one under test does not do.
async function as(page, server, role) {
  const browser = page.context().browser();
  const state = await signedIn(browser, server.url, server.members[role], server.password);
  return openPage(browser, { ...server, state });
}

// A deal of theirs with every reason to be called: promised, nearly closed, never spoken to, large.
async function urgentDeal(page, name) {
  const account = await api(page, 'POST', '/accounts', { name: `${name}有限公司` });
  const deal = { name, account: account.id, amount: '9000000', win_share: 0.9, expected_on: day(2) };
  return api(page, 'POST', '/deals', { ...deal, next_step: '确认排产', next_step_on: day(-1) });
}

// The largest stalled deal that is in negotiation becomes the rep's, and lacks its competitor.
async function stalledDeal(page, server) {
  const me = (await api(page, 'GET', '/session')).member.id;
  const other = await as(page, server, 'admin');
  const test = 'outcome = "open" and stalled_since <= today() and stage = "negotiation"';
  const found = (await api(other, 'GET', `/deals?limit=1&sort=-amount&${filter(test)}`)).data[0];
  if (found.owner.id !== me) await api(other, 'POST', `/deals/${found.id}/actions/hand_over`, { owner: me });
  const now = await api(other, 'GET', `/deals/${found.id}`);
  const bare = await api(other, 'PATCH', `/deals/${found.id}`, { competitor: null, amount: '99000000' }, now.version);
  await other.context().close();
  return bare;
}

const rep = {
  name: "a rep's day",
  company: 'rep',
  async run({ page, server }) {
    const deal = await urgentDeal(page, '晨星一期');
    const task = await api(page, 'POST', '/activities', { subject: '寄样品', kind: 'task', due_on: day(-2) });
    await open(page);

    // Whom to call, with the reasons; two taps and a next step.
    const calls = region(page, '先联系谁');
    const link = page.getByRole('link', { name: '晨星一期', exact: true });
    const first = calls.getByRole('listitem').filter({ has: link });
    for (const why of ['约定“确认排产”已过 1 天', '预计 2 天后成交', '大单，期望'])
      await first.getByText(why).first().waitFor();
    await first.getByRole('button', { name: '记电话：晨星一期' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: '电话', checked: true }).waitFor();
    await dialog.getByRole('textbox', { name: /^下一步/ }).fill('发合同草案');
    await dialog.getByRole('button', { name: new RegExp(day(3).slice(5)) }).click();
    await dialog.getByRole('button', { name: '有意向' }).click();
    await dialog.waitFor({ state: 'detached' });
    await toast(page, '已记录电话：晨星一期').waitFor();
    await calls.getByRole('link', { name: '晨星一期', exact: true }).waitFor({ state: 'detached' });
    const after = await api(page, 'GET', `/deals/${deal.id}`);
    assert.equal(after.next_step, '发合同草案');
    assert.equal(after.next_step_on, day(3));
    const logged = (await api(page, 'GET', `/activities?${filter(`deal = "${deal.id}"`)}`)).data;
    assert.deepEqual(
      [logged.length, logged[0].kind, logged[0].outcome, logged[0].state],
      [1, 'call', 'interested', 'done'],
    );

    // Taken back: the call is gone, the former step stands again, and so does the card.
    await undo(page).click();
    await toast(page, '已撤销').waitFor();
    await calls.getByRole('link', { name: '晨星一期', exact: true }).waitFor();
    assert.equal((await api(page, 'GET', `/deals/${deal.id}`)).next_step, '确认排产');
    assert.equal(await countOf(page, 'activities', `deal = "${deal.id}"`), 0);

    // A task is put off, comes back by undo, and is ticked.
    const tasks = region(page, '待办');
    await tasks.getByRole('button', { name: '推迟：寄样品' }).click();
    await page.getByRole('menuitem', { name: new RegExp(day(7).slice(5)) }).click();
    await toast(page, `已推迟到 ${day(7)}：寄样品`).waitFor();
    assert.equal((await api(page, 'GET', `/activities/${task.id}`)).due_on, day(7));
    await undo(page).click();
    await toast(page, '已撤销').waitFor();
    await tasks.getByText('逾期 2 天').first().waitFor();
    await tasks.getByRole('checkbox', { name: '完成：寄样品' }).click({ force: true });
    await toast(page, '已完成：寄样品').waitFor();
    await tasks.getByText('寄样品').waitFor({ state: 'detached' });
    assert.equal((await api(page, 'GET', `/activities/${task.id}`)).state, 'done');

    // A stalled deal: what is missing is filled in here, and it goes on. News of it come by themselves.
    const stalled = await stalledDeal(page, server);
    const standing = region(page, '停滞的商机');
    const card = standing.getByRole('listitem').filter({ hasText: stalled.name }).first();
    await card.getByText('建议记录竞争对手').waitFor();
    await card.getByRole('button', { name: `补齐 1 项并推进：${stalled.name}` }).click();
    await dialog.getByRole('textbox', { name: '竞争对手' }).fill('北方数控');
    await dialog.getByRole('button', { name: '填写并通过' }).click();
    await dialog.waitFor({ state: 'detached' });
    await toast(page, '已推进到').waitFor();
    await standing.getByText(stalled.name).waitFor({ state: 'detached' });
    const moved = await api(page, 'GET', `/deals/${stalled.id}`);
    assert.deepEqual([moved.stage, moved.competitor], ['closing', '北方数控']);

    // The number of the stalled opens them.
    const count = await countOf(page, 'deals', 'owner = me() and outcome = "open" and stalled_since <= today()');
    await standing.getByRole('link', { name: /^停滞的商机：/ }).click();
    await listed(page, count);
  },
};

const keys = {
  name: 'a call is logged by keys alone, and news of others come by themselves',
  company: 'rep',
  async run({ page, server }) {
    await urgentDeal(page, '键盘一期');
    await open(page);
    const calls = region(page, '先联系谁');
    await calls.getByRole('button', { name: '记电话：键盘一期' }).focus();
    await page.keyboard.press('Enter');
    const dialog = await openedDialog(page);
    await dialog.getByRole('radio', { name: '电话', checked: true }).focus();
    await page.keyboard.press('ArrowRight');
    await dialog.getByRole('radio', { name: '电话', checked: false }).waitFor();
    await dialog.getByRole('button', { name: '正常沟通' }).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await toast(page, /^已记录.+：键盘一期$/).waitFor();
    await calls.getByText('键盘一期').waitFor({ state: 'detached' });
    // Somebody else gives them a task for today.
    const me = (await api(page, 'GET', '/session')).member.id;
    const other = await as(page, server, 'manager');
    await api(other, 'POST', '/activities', { subject: '主管交办', kind: 'task', due_on: day(0), owner: me });
    await other.context().close();
    await region(page, '待办').getByText('主管交办').waitFor({ timeout: 30_000 });
  },
};

// Each deal once, from passages themselves.
const movedBy = async (page, way) => {
  const where = `left_by = "${way}" and working_days_between(date_of(left_at), today()) <= 1 and deal.owner in my_team()`;
  const rows = (await api(page, 'POST', '/query', { from: 'passages', where, select: ['deal'], limit: 10_000 })).rows;
  return new Set(rows.map((row) => row.deal.id)).size;
};

const manager = {
  name: "a manager's Monday",
  company: 'manager',
  async run({ page, server }) {
    await open(page);
    const figure = (label) =>
      page.locator('dl > div').filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) });
    const shown = async (label) => Number((await figure(label).getByRole('link').innerText()).replace(/,/g, ''));
    await figure('推进').getByRole('link').waitFor();
    for (const [label, way] of [
      ['推进', 'forward'],
      ['赢单', 'won'],
      ['退回', 'back'],
      ['输单', 'lost'],
    ])
      assert.equal(await shown(label), await movedBy(page, way), label);

    // A rep moves a deal; the number follows by itself and opens its rows.
    const before = await shown('推进');
    const other = await as(page, server, 'rep');
    const deal = await api(other, 'POST', '/deals', { name: '周一推进', amount: '50000' });
    await api(other, 'POST', `/deals/${deal.id}/actions/advance`, {});
    await other.context().close();
    await page.waitForFunction(
      (n) => [...document.querySelectorAll('dl dd a')].some((link) => Number(link.textContent) === n),
      before + 1,
      { timeout: 30_000 },
    );
    await figure('推进').getByRole('link').click();
    await listed(page, before + 1);
    await page.goBack();

    // Who needs a word, first of all, and about which deals.
    const people = region(page, '需要聊一聊');
    const first = people
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { level: 3 }) })
      .first();
    const name = await first.getByRole('heading', { level: 3 }).innerText();
    const person = (await api(page, 'GET', `/members?${filter(`name = "${name}"`)}`)).data[0];
    const stalled = await countOf(
      page,
      'deals',
      `owner = "${person.id}" and outcome = "open" and stalled_since <= today()`,
    );
    const late = await countOf(page, 'activities', `owner = "${person.id}" and state = "open" and due_on < today()`);
    assert.ok(stalled + late > 0, `${name} stands first without a reason`);
    if (stalled > 0) await first.getByText(`${stalled} 单停滞`).waitFor();
    if (late > 0) {
      await first.getByRole('link', { name: new RegExp(`^${late} 项待办逾期`) }).click();
      await listed(page, late);
      await page.goBack();
    }

    // The gaps: every stage by its own count, and what nobody has planned.
    const gaps = region(page, '在途与缺口');
    const planless = await countOf(page, 'deals', 'owner in my_team() and outcome = "open" and next_step_on is null');
    await gaps.getByRole('link', { name: new RegExp(`^${planless} 单没有下一步`) }).click();
    await listed(page, planless);
    await page.goBack();
    const stage = gaps.getByRole('link', { name: /^需求分析：/ });
    const needs = await countOf(page, 'deals', 'owner in my_team() and outcome = "open" and stage = "needs"');
    assert.equal(Number(await stage.innerText()), needs);

    // Their own day is one key away and keeps its address.
    await page.getByRole('radio', { name: '团队' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/view=me/);
    await region(page, '待办').waitFor();
  },
};

export const todayJourneys = [rep, keys, manager];
