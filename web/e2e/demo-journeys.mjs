// The invented company in and out by one press, in the house of a person who has just begun; it stands last of those that build on one
// another, for it fills every list.
import assert from 'node:assert/strict';
import { api } from './browser.mjs';
import { toast } from './screen.mjs';

const count = async (page, plural) => (await api(page, 'GET', `/${plural}?limit=1&count=exact`)).count;
const filling_ms = 180_000;

export const demoJourneys = [
  {
    name: 'demo data come in and go out by one press each, and what was there stays',
    async run({ page, notes }) {
      await page.goto('/settings/demo');
      await page.getByText('现在没有演示数据').waitFor();
      const before = { deals: await count(page, 'deals'), accounts: await count(page, 'accounts') };
      await page.getByRole('button', { name: '写入演示数据' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: '取消' }).click();
      await dialog.waitFor({ state: 'detached' });
      assert.equal((await api(page, 'GET', '/demo')).present, false);
      await page.getByRole('button', { name: '写入演示数据' }).click();
      await dialog.getByRole('button', { name: '写入演示数据' }).click();
      await page.getByRole('progressbar').waitFor();
      // Left alone it goes on, and says when it is there.
      await page.goto('/notifications?tab=jobs');
      await page.getByRole('listitem').filter({ hasText: '写入演示数据' }).getByText('进行中').waitFor();
      await toast(page, '写入演示数据已完成').waitFor({ timeout: filling_ms });
      assert.equal(await count(page, 'deals'), before.deals + 5000);
      await page.goto('/settings/demo');
      await page.getByText('演示数据已在库中').waitFor();
      await page.getByRole('button', { name: '移除演示数据' }).click();
      await dialog.getByText('您和同事自己新建的记录会留下').waitFor();
      await dialog.getByRole('button', { name: '移除演示数据' }).click();
      await page.getByText('现在没有演示数据').waitFor({ timeout: filling_ms });
      assert.deepEqual({ deals: await count(page, 'deals'), accounts: await count(page, 'accounts') }, before);
      assert.ok((await api(page, 'GET', `/deals/${notes.deal}`)).name);
    },
  },
  {
    name: 'the first steps tick themselves off, and are put away for good',
    company: 'rep',
    async run({ page }) {
      await page.goto('/today?view=me');
      const steps = page.getByRole('region', { name: '上手清单' });
      await steps.waitFor();
      const talk = steps.getByRole('listitem').filter({ hasText: '记一次沟通' });
      assert.equal(await talk.getByRole('link').count(), 0, 'the company has talked');
      const view = steps.getByRole('listitem').filter({ hasText: '保存一个自己的视图' });
      await view.getByRole('link').waitFor();
      const made = await api(page, 'POST', '/views', { name: '上手', object: 'deal', shared: 'me' });
      await page.reload();
      await steps.waitFor();
      await view.getByRole('link').waitFor({ state: 'detached' });
      await api(page, 'DELETE', `/views/${made.id}`, undefined, made.version);
      await steps.getByRole('button', { name: '不再显示' }).click();
      await steps.waitFor({ state: 'detached' });
      await toast(page, '上手清单已收起').waitFor();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
      assert.equal((await api(page, 'GET', '/session/preferences')).first_steps, 'hidden');
      await api(page, 'PATCH', '/session/preferences', { first_steps: 'shown' });
    },
  },
];
