// What opens a record to somebody else: one deal shared with a colleague, and a rule that shares many with a group. Each stands alone in
// the demo company, with a colleague of its own who sees nothing at first.
import assert from 'node:assert/strict';
import { api } from './browser.mjs';
import { colleague } from './colleague.mjs';
import { becomes, choose, chooseRecord, opened, toast, typeDay } from './screen.mjs';

const gone = '这里什么也没有';
const dialog = (page) => page.getByRole('dialog');
const undo = (page) => page.getByRole('region', { name: '通知消息' }).getByRole('button', { name: '撤销' });
const shares = (page) => dialog(page).getByRole('region', { name: '已共享给' });
const why = (page) => dialog(page).getByRole('region', { name: '为什么我能看到这条记录' });

async function share(page) {
  await page.locator('main > header').getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '共享' }).click();
  await opened(dialog(page));
  await shares(page).waitFor();
}

async function close(page) {
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
}

async function writeAmount(page, text) {
  await page.getByRole('button', { name: '编辑金额' }).click();
  await page.getByRole('textbox', { name: '金额' }).fill(text);
  await page.getByRole('button', { name: '保存' }).first().click();
}

export const shareJourneys = [
  {
    name: 'share: a deal is shared for reading, raised to editing, and taken back; the colleague knows why he sees it',
    company: 'rep',
    async run({ page, open }) {
      const theirs = await colleague(await open('admin'), open, '周同事');
      const { id } = await api(page, 'POST', '/deals', { name: '共享试验', amount: '100000' });
      await assert.rejects(api(theirs, 'GET', `/deals/${id}`), /404/);

      await page.goto(`/deals/${id}`);
      await page.getByRole('heading', { level: 1, name: '共享试验' }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: '搜索与跳转' }).fill('gongxiang');
      await page.getByRole('option', { name: '共享', exact: true }).click();
      await shares(page).getByText('还没有单独共享给任何人。').waitFor();
      // What is over before it begins is refused at the day, and nothing that was chosen is lost.
      await chooseRecord(page, '共享给', '周同事');
      const day = dialog(page).getByRole('group', { name: /^有效至/ });
      await typeDay(page, day, '2020-01-31');
      await dialog(page).getByRole('button', { name: '共享', exact: true }).click();
      await dialog(page)
        .getByText(/^有效至 的值无效/)
        .waitFor();
      assert.equal(await dialog(page).getByRole('combobox', { name: '共享给' }).inputValue(), '周同事');
      await typeDay(page, day, '2030');
      await dialog(page).getByRole('button', { name: '共享', exact: true }).click();
      await toast(page, '已共享给“周同事”').waitFor();
      await shares(page).getByText('有效至 2030-01-31').waitFor();
      await becomes(() => dialog(page).getByRole('combobox', { name: '共享给' }).inputValue(), '');

      await theirs.goto(`/deals/${id}`);
      await theirs.getByRole('heading', { level: 1, name: '共享试验' }).waitFor();
      await share(theirs);
      await shares(theirs).getByText('可查看').waitFor();
      await shares(theirs)
        .getByText(/^李雷共享/)
        .waitFor();
      await shares(theirs)
        .getByText(/^能共享这条记录的是负责人李雷/)
        .waitFor();
      assert.equal(await dialog(theirs).getByRole('combobox').count(), 0);
      await why(theirs).getByText('这条记录共享给了您').waitFor();
      await close(theirs);
      await writeAmount(theirs, '70000');
      await theirs.getByText(/没有执行此操作的权限|无权/).waitFor();
      assert.equal(Number((await api(page, 'GET', `/deals/${id}`)).amount.amount), 100_000);

      await choose(page, shares(page).getByRole('button', { name: /“周同事”的级别/ }), '可编辑');
      await toast(page, '“周同事”：可编辑').waitFor();
      await theirs.goto(`/deals/${id}`);
      await writeAmount(theirs, '80000');
      await undo(theirs).waitFor();
      assert.equal(Number((await api(page, 'GET', `/deals/${id}`)).amount.amount), 80_000);

      await shares(page).getByRole('button', { name: '不再共享给“周同事”' }).click();
      await toast(page, '已不再共享给“周同事”').waitFor();
      await undo(page).click();
      await shares(page).getByText('有效至 2030-01-31').waitFor();
      await shares(page).getByRole('button', { name: '不再共享给“周同事”' }).click();
      await shares(page).getByText('还没有单独共享给任何人。').waitFor();
      await theirs.goto(`/deals/${id}`);
      await theirs.getByText(gone).waitFor();
      // The page says it to the console, too.
      theirs.complaints.length = 0;
      await assert.rejects(api(theirs, 'GET', `/deals/${id}`), /404/);
    },
  },
  {
    name: 'share: whoever was given a record gives it back, on a phone, and it is gone from his list',
    company: 'rep',
    async run({ page, open }) {
      const theirs = await colleague(await open('admin'), open, '吴同事');
      const { id } = await api(page, 'POST', '/deals', { name: '归还试验' });
      const { member } = await api(theirs, 'GET', '/session');
      await api(page, 'PUT', `/deals/${id}/shares/${member.id}`, { level: 'edit', until: null });
      await theirs.setViewportSize({ width: 390, height: 844 });
      await theirs.goto(`/deals/${id}`);
      await share(theirs);
      await shares(theirs).getByText('长期有效').waitFor();
      await shares(theirs).getByRole('button', { name: '退出共享' }).click();
      await shares(theirs).getByText('退出后，您可能不再看得到这条记录。').waitFor();
      await shares(theirs).getByRole('button', { name: '退出共享' }).click();
      await toast(theirs, '已退出共享').waitFor();
      await theirs.waitForURL(/\/deals$/);
      await assert.rejects(api(theirs, 'GET', `/deals/${id}`), /404/);
      assert.deepEqual((await api(page, 'GET', `/deals/${id}/shares`)).data, []);
    },
  },
  {
    name: 'share: an administrator makes a group and a rule by criteria, and a member of the group sees what it shares',
    company: 'admin',
    async run({ page, open }) {
      const theirs = await colleague(page, open, '郑同事');
      const his = await open('rep');
      const { id } = await api(his, 'POST', '/deals', { name: '规则试验', amount: '987654' });
      await page.goto('/settings');
      await page.getByRole('navigation', { name: '设置项' }).getByRole('link', { name: '共享', exact: true }).click();
      await page.locator('main').getByRole('link', { name: /^小组/ }).click();
      await page.getByRole('heading', { level: 1, name: '小组' }).waitFor();
      await page.keyboard.press('c');
      await opened(dialog(page));
      await dialog(page).getByRole('textbox', { name: '小组名称' }).fill('大单小组');
      await dialog(page).getByRole('button', { name: '保存' }).click();
      await dialog(page).waitFor({ state: 'detached' });
      const [group] = (await api(page, 'GET', '/member_groups')).data;
      await page.goto(`/member_groups/${group.id}`);
      await page.getByRole('button', { name: '新建组员' }).click();
      await chooseRecord(page, /^成员/, '郑同事');
      await dialog(page).getByRole('button', { name: '保存' }).click();
      await page.getByRole('region', { name: '组员' }).getByRole('link', { name: '郑同事' }).waitFor();

      await page.goto('/settings/sharing');
      await page
        .locator('main')
        .getByRole('link', { name: /^共享规则/ })
        .click();
      await page.getByRole('heading', { level: 1, name: '共享规则' }).waitFor();
      await page.keyboard.press('c');
      const form = await opened(dialog(page));
      await form.getByRole('textbox', { name: '规则名称' }).fill('大单给大单小组看');
      await choose(page, form.getByRole('button', { name: /对象/ }), '商机');
      await choose(page, form.getByRole('button', { name: /共享哪些记录/ }), '按条件');
      await choose(page, form.getByRole('button', { name: /共享给$|共享给 / }).first(), '小组');
      await choose(page, form.getByRole('button', { name: /级别/ }), '可查看');
      const more = form.getByRole('button', { name: /显示其余|更多/ });
      if (await more.count()) await more.click();
      await form.getByRole('textbox', { name: /^条件/ }).fill('amount = 987654');
      await chooseRecord(page, /^共享给小组/, '大单');
      await form.getByRole('button', { name: '保存' }).click();
      await dialog(page).waitFor({ state: 'detached' });
      await page.getByRole('heading', { level: 1, name: '大单给大单小组看' }).waitFor();
      await page.getByRole('region', { name: '字段' }).first().getByText('商机', { exact: true }).waitFor();

      await theirs.goto('/deals');
      await theirs.getByRole('link', { name: '规则试验', exact: true }).waitFor();
      await theirs.goto(`/deals/${id}`);
      await share(theirs);
      await why(theirs).getByText('共享规则“大单给大单小组看”').waitFor();
    },
  },
  {
    name: 'share: a manager locks a deal; its owner reads who and why, changes nothing and finds it in the list, until it is unlocked',
    company: 'rep',
    async run({ page, open }) {
      const theirs = await open('manager');
      const { id } = await api(page, 'POST', '/deals', { name: '锁定试验', amount: '100000' });
      const say = async (verb) => {
        await opened(dialog(theirs));
        await dialog(theirs).getByRole('textbox', { name: /^原因/ }).fill(`${verb}的原因`);
        await dialog(theirs).getByRole('button', { name: verb, exact: true }).click();
        await dialog(theirs).waitFor({ state: 'detached' });
      };
      const edit = page.getByRole('button', { name: '编辑金额' });
      await page.goto(`/deals/${id}`);
      await edit.waitFor();
      await theirs.goto(`/deals/${id}`);
      await theirs.locator('main > header').getByRole('button', { name: '更多' }).click();
      await theirs.getByRole('menuitem', { name: '锁定', exact: true }).click();
      await say('锁定');
      await theirs.getByText(/锁定：锁定的原因。解锁前只能查看。$/).waitFor();

      await page.getByText(/锁定：锁定的原因。解锁前只能查看。$/).waitFor();
      await edit.waitFor({ state: 'detached' });
      assert.equal(await page.getByRole('button', { name: '解锁' }).count(), 0);
      await assert.rejects(api(page, 'POST', `/deals/${id}/actions/win`, {}), /423/);
      await share(page);
      await why(page)
        .getByText(/将它锁定，只能查看$/)
        .waitFor();
      await close(page);
      await page.goto('/deals?view=locked');
      await page.getByRole('link', { name: '锁定试验', exact: true }).waitFor();
      page.complaints.length = 0;

      await theirs.getByRole('button', { name: '解锁', exact: true }).click();
      await say('解锁');
      await theirs.getByText(/解锁前只能查看。$/).waitFor({ state: 'detached' });
      await page.goto(`/deals/${id}`);
      await edit.waitFor();
    },
  },
  {
    name: 'share: an administrator lets everyone read accounts, and no longer; a territory opens what lies in it',
    company: 'admin',
    async run({ page, open }) {
      const theirs = await colleague(page, open, '蒋同事');
      const seen = async () => (await api(theirs, 'GET', '/accounts?count=exact&limit=1')).count;
      assert.equal(await seen(), 0);
      await page.goto('/settings/sharing');
      const accounts = page.getByRole('combobox', { name: '客户的组织默认' });
      await accounts.selectOption({ label: '所有人可查看' });
      await toast(page, '客户的默认权限已保存').waitFor();
      const all = (await api(page, 'GET', '/accounts?count=exact&limit=1')).count;
      assert.ok(all > 0);
      assert.equal(await seen(), all);
      await accounts.selectOption({ label: '个人所有' });
      await becomes(seen, 0);

      const { id } = await api(page, 'POST', '/territories', { name: '华东试验区', level: 'read' });
      await page.goto(`/territories/${id}`);
      await page.getByRole('button', { name: '新建区域成员' }).click();
      await chooseRecord(page, '成员', '蒋同事');
      await dialog(page).getByRole('button', { name: '保存' }).click();
      await page.getByRole('link', { name: '蒋同事' }).first().waitFor();
      const account = await api(page, 'POST', '/accounts', { name: '区域试验客户', territory: id });
      const deal = await api(page, 'POST', '/deals', { name: '区域试验商机', account: account.id });
      assert.equal(deal.territory.id, id);
      await theirs.goto(`/accounts/${account.id}`);
      await share(theirs);
      await why(theirs).getByText('它属于您负责的区域“华东试验区”').waitFor();
    },
  },
  {
    name: 'share: a masked mobile is uncovered for a while, and whoever reads it sees who did',
    company: 'admin',
    async run({ page, open }) {
      const rights = { general: ['reveal'], objects: { '*': { read: 'all' } }, classes: { personal: 'masked' } };
      await api(page, 'POST', '/roles', { name: '客服', key: 'desk', rights: JSON.stringify(rights) });
      const { id } = await api(page, 'POST', '/contacts', { name: '遮罩试验', mobile: '13812345678' });
      const theirs = await colleague(page, open, '冯客服', 'desk');
      await theirs.goto(`/contacts/${id}`);
      await theirs.getByText('138****5678').first().waitFor();
      assert.equal(await theirs.getByText('138 1234 5678').count(), 0);
      await theirs.getByRole('button', { name: '查看完整的手机' }).first().click();
      await theirs.getByText('138 1234 5678').first().waitFor();
      await toast(theirs, '今天还可查看 49 次').waitFor();
      await page.goto(`/contacts/${id}`);
      await page.getByText('查看了完整的手机').waitFor();
    },
  },
];
