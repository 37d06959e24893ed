// 最近删除, each journey alone in the company: one comes back and goes again, many come back as a job, a job that was stopped is taken back.
import assert from 'node:assert/strict';
import { api, openPage } from './browser.mjs';
import { rows, toast } from './screen.mjs';

const undo = (page) => page.getByRole('region', { name: '通知消息' }).getByRole('button', { name: '撤销' });
const bin = (page) => page.getByRole('list', { name: '最近删除的客户' });
const live = async (page, name) =>
  (await api(page, 'GET', `/accounts?count=exact&filter=${encodeURIComponent(`name contains "${name}"`)}`)).count;

async function deleted(page, ...names) {
  for (const name of names) {
    const { id } = await api(page, 'POST', '/accounts', { name });
    await api(page, 'DELETE', `/accounts/${id}`, undefined, 1);
  }
}

export const binJourneys = [
  {
    name: 'bin: what was deleted is found in the list’s menu, comes back, and goes again by undo',
    company: 'rep',
    async run({ page }) {
      await page.goto('/accounts');
      await deleted(page, '回收甲', '回收乙', '回收丙');
      await page.locator('main > header').getByRole('button', { name: '更多' }).click();
      await page.getByRole('menuitem', { name: '最近删除' }).click();
      await page.waitForURL('**/accounts/bin');
      await bin(page).getByRole('listitem').filter({ hasText: '回收丙' }).getByText('李雷 删除于 今天').waitFor();
      assert.deepEqual(
        (await bin(page).getByRole('listitem').allInnerTexts()).slice(0, 3).map((text) => text.slice(0, 3)),
        ['回收丙', '回收乙', '回收甲'],
        'the last deleted is the first',
      );
      await page.getByRole('searchbox', { name: '按名称查找' }).fill('回收乙');
      await page.getByText('共 1 条').waitFor();
      await bin(page).getByRole('button', { name: '恢复“回收乙”' }).click();
      await toast(page, '已恢复“回收乙”').waitFor();
      await page.getByText('没有名称相符的记录').waitFor();
      assert.equal(await live(page, '回收乙'), 1);
      await undo(page).click();
      await bin(page).getByText('回收乙').waitFor();
      assert.equal(await live(page, '回收乙'), 0);
    },
  },
  {
    name: 'bin: several come back together, also on a phone, and nobody sees the bin of others',
    company: 'rep',
    async run({ page, server, open }) {
      await deleted(page, '合并恢复 1', '合并恢复 2');
      await page.goto('/accounts/bin');
      for (const at of [1, 2])
        await page.getByRole('checkbox', { name: `选择“合并恢复 ${at}”` }).check({ force: true });
      await page.getByText('已选 2 条').waitFor();
      await page.getByRole('button', { name: '恢复 2 条' }).click();
      await toast(page, '批量操作已完成：2 条').waitFor();
      assert.equal(await live(page, '合并恢复'), 2);
      await undo(page).click();
      await toast(page, '已撤销：2 条').waitFor();
      assert.equal(await live(page, '合并恢复'), 0);
      const phone = await openPage(page.context().browser(), { ...server, width: 390, height: 844 });
      await phone.goto('/accounts/bin');
      await bin(phone).getByRole('button', { name: '恢复“合并恢复 1”' }).click();
      await toast(phone, '已恢复“合并恢复 1”').waitFor();
      assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), 390);
      await phone.context().close();
      const admin = await open('admin');
      const theirs = await api(admin, 'POST', '/accounts', { name: '管理员删的' });
      await api(admin, 'DELETE', `/accounts/${theirs.id}`, undefined, 1);
      await page.getByRole('searchbox', { name: '按名称查找' }).fill('管理员删的');
      await page.getByText('没有名称相符的记录').waitFor();
    },
  },
  {
    name: 'bin: a bulk job that was stopped says how far it came and offers the way back',
    company: 'rep',
    async run({ page }) {
      for (const name of ['停下 1', '停下 2']) await api(page, 'POST', '/accounts', { name });
      // The job is as good as stopped behind its last record: what the server did is the same.
      await page.route(/\/api\/v1\/jobs\/\d+$/, async (route) => {
        const answer = await route.fetch();
        const job = await answer.json();
        await route.fulfill({ response: answer, json: job.state === 'done' ? { ...job, state: 'cancelled' } : job });
      });
      await page.goto('/accounts?f=name+contains+%22停下%22');
      await rows(page).nth(2).waitFor();
      await page.getByRole('checkbox', { name: '选择全部已读取的行' }).check({ force: true });
      await page.getByRole('toolbar', { name: '批量操作' }).getByRole('button', { name: '删除' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: '试运行' }).click();
      await dialog.getByRole('button', { name: /确认/ }).click();
      await toast(page, '已停止，此前处理了 2 条').waitFor();
      assert.equal(await live(page, '停下'), 0);
      await page.unroute(/\/api\/v1\/jobs\/\d+$/);
      await undo(page).click();
      await toast(page, '已撤销：2 条').waitFor();
      assert.equal(await live(page, '停下'), 2);
    },
  },
];
