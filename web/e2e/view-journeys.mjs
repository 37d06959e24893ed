// An administrator looks after the views of a list; another member finds them in his, without it being loaded anew.
import assert from 'node:assert/strict';
import { api } from './browser.mjs';
import { becomes, choose, isFocused, toast } from './screen.mjs';

const tabs = (page) => page.getByRole('list', { name: '视图', exact: true });
const tab = (page, name) => tabs(page).getByRole('button', { name, exact: true });
const openTab = async (page) => {
  await page.goto('/settings/objects/deal');
  await page.getByRole('radio', { name: '视图' }).check({ force: true });
  await page.getByRole('button', { name: '新建视图' }).waitFor();
};
const opening = (page, whose) => page.getByRole('combobox', { name: `${whose}首先打开的视图` });

export const viewJourneys = [
  {
    name: 'views: one is made for a role, found by a member at once, opens first, and is deleted when asked twice',
    company: 'admin',
    async run({ page, open }) {
      const theirs = await open('rep');
      await theirs.goto('/deals');
      await tab(theirs, '我的在途').waitFor();
      const before = await tabs(theirs).getByRole('button').allInnerTexts();

      await openTab(page);
      await page.getByRole('button', { name: '新建视图' }).click();
      const editor = page.getByRole('region', { name: '新建视图' });
      await editor.getByRole('textbox', { name: '中文名称' }).fill('大单');
      await editor.getByRole('textbox', { name: '英文名称' }).fill('Large');
      await editor.getByText('销售', { exact: true }).click();
      await editor.getByRole('button', { name: '添加条件' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '金额', exact: true }).click();
      await page.getByRole('dialog').getByRole('textbox').last().fill('100000');
      await page.getByRole('dialog').getByRole('button', { name: '应用' }).click();
      await editor.getByText(/^您能看到其中 [\d,]+ 条$/).waitFor();
      await editor.getByRole('button', { name: '列', exact: true }).click();
      await page.getByRole('dialog').getByText('竞争对手').click();
      await page.keyboard.press('Escape');
      await choose(page, editor.getByRole('button', { name: /排序/ }), '金额');
      await editor.getByRole('button', { name: '升序，点按改为降序' }).click();
      await editor.getByRole('button', { name: '保存' }).click();
      await toast(page, '已保存视图“大单”').waitFor();
      const told = (await api(theirs, 'GET', '/describe')).objects.find((one) => one.name === 'deal');
      const view = told.views.find((one) => one.key === 'x_large');
      assert.equal(view.sort, '-amount');
      assert.match(view.filter, /amount .*100000/);
      assert.ok(view.columns.includes('competitor'));

      // Up to the first place by keys; the member's tabs follow.
      const handle = page.getByRole('button', { name: /^移动“大单”/ });
      await handle.focus();
      for (let at = told.views.length; at > 1; at -= 1) await page.keyboard.press('ArrowUp');
      await page.getByRole('button', { name: `移动“大单”，第 1 项，共 ${told.views.length} 项` }).waitFor();
      await becomes(() => isFocused(handle), true, 'what is moved keeps the focus');
      await tab(theirs, '大单').waitFor();
      await tab(theirs, '大单').click();
      await theirs.getByRole('columnheader', { name: '竞争对手' }).waitFor();

      await opening(page, '销售').selectOption('大单');
      await toast(page, '已设置销售首先打开的视图').waitFor();
      await theirs.goto('/today');
      await theirs.locator('nav').getByRole('link', { name: '商机', exact: true }).first().click();
      await theirs.locator('[aria-current=true]').getByText('大单', { exact: true }).waitFor();

      await page.getByRole('button', { name: '删除“大单”' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
      await toast(page, '已删除视图“大单”').waitFor();
      await tab(theirs, '大单').waitFor({ state: 'detached' });
      assert.deepEqual(await tabs(theirs).getByRole('button').allInnerTexts(), before);
    },
  },
  {
    name: 'views: a built-in one is hidden and shown again; a name that is missing is said where it belongs',
    company: 'admin',
    async run({ page, open }) {
      const theirs = await open('rep');
      await theirs.goto('/deals');
      await tab(theirs, '我的在途').waitFor();
      await openTab(page);
      await page.getByRole('button', { name: '隐藏“我的在途”' }).click();
      await toast(page, '“我的在途”不再出现在列表上').waitFor();
      await tab(theirs, '我的在途').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '恢复显示“我的在途”' }).click();
      await tab(theirs, '我的在途').waitFor();

      await page.getByRole('button', { name: '我的在途', exact: true }).click();
      const editor = page.getByRole('region', { name: '编辑视图“我的在途”' });
      await editor.getByRole('textbox', { name: '中文名称' }).fill('x'.repeat(61));
      await editor.getByRole('button', { name: '保存' }).click();
      await editor.getByText(/过长，最多 60 个字符/).waitFor();
      await editor.getByRole('textbox', { name: '中文名称' }).fill('归我的');
      await editor.getByRole('button', { name: '保存' }).click();
      await tab(theirs, '归我的').waitFor();
      await api(page, 'POST', '/definitions', { object: 'deal', views: { list: [], opens: [] } });
      await tab(theirs, '我的在途').waitFor();
    },
  },
  {
    name: 'views: what a member shares is taken over, or withdrawn; its owner keeps it',
    company: 'admin',
    async run({ page, open }) {
      const theirs = await open('rep');
      await theirs.goto('/deals');
      const share = (name) =>
        api(theirs, 'POST', '/views', { name, object: 'deal', filter: 'amount > 5', sort: '-amount', shared: 'all' });
      const [taken, withdrawn] = [await share('值得看'), await share('随手存的')];
      await openTab(page);
      await page.getByRole('button', { name: '撤回“随手存的”的共享' }).click();
      await toast(page, '“随手存的”不再共享').waitFor();
      await page.getByRole('button', { name: '接管“值得看”' }).click();
      const editor = page.getByRole('region', { name: '接管为系统视图' });
      await editor.getByRole('textbox', { name: '英文名称' }).fill('Worth a look');
      await editor.getByRole('button', { name: '保存' }).click();
      await toast(page, '已保存视图“值得看”').waitFor();
      const told = (await api(theirs, 'GET', '/describe')).objects.find((one) => one.name === 'deal').views;
      assert.equal(told.find((one) => one.key === 'x_worth_a_look').filter, 'amount > 5');
      for (const { id } of [taken, withdrawn]) {
        const kept = await api(theirs, 'GET', `/views/${id}`);
        assert.equal(kept.shared, 'me');
        await api(theirs, 'DELETE', `/views/${id}`, undefined, kept.version);
      }
      await api(page, 'POST', '/definitions', { object: 'deal', views: { list: [], opens: [] } });
    },
  },
];
