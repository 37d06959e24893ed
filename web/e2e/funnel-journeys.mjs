// The funnel page: its numbers are those of the API, open their rows, and the address keeps what is counted.
import assert from 'node:assert/strict';
import { api } from './browser.mjs';

const figure = (page, label) =>
  page.locator('dl > div').filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) });

export const funnelJourneys = [
  {
    name: 'the funnel counts what the lists show',
    company: 'manager',
    async run({ page }) {
      await page.goto('/funnel');
      await page.getByRole('heading', { level: 1, name: '销售漏斗' }).waitFor();
      const answer = await api(page, 'GET', '/analysis/funnel');
      const lost = figure(page, '输单').getByRole('link').first();
      assert.equal((await lost.innerText()).replace(/,/g, ''), String(answer.lost.n));
      await lost.click();
      await page.getByText(`共 ${answer.lost.n.toLocaleString('en')} 条`).waitFor();
      await page.goBack();
      await page.getByRole('button', { name: '以表格查看' }).click();
      const table = page.getByRole('table', { name: '阶段转化' });
      assert.equal(await table.getByRole('row').count(), answer.stages.length + 1);
      await table.getByRole('link').first().click();
      await page.getByText(`共 ${answer.stages[0].entered.toLocaleString('en')} 条`).waitFor();
    },
  },
  {
    name: 'the funnel of a period and an owner is in its address',
    company: 'manager',
    async run({ page }) {
      await page.goto('/funnel');
      await page.getByRole('button', { name: /时间段/ }).click();
      await page.getByRole('option', { name: '今年' }).click();
      await page.waitForURL(/period=this_year/);
      await page.getByRole('tab', { name: '月份' }).click();
      await page.waitForURL(/by=month/);
      await page.reload();
      await page.getByRole('button', { name: /今年/ }).waitFor();
      await page.getByRole('tab', { name: '月份', selected: true }).waitFor();
      const box = page.getByRole('combobox', { name: /负责人/ });
      await box.click();
      await page.getByRole('option').first().click();
      await page.waitForURL(/owner=\d+/);
      await page.getByRole('button', { name: '清除条件' }).click();
      await page.waitForURL(/\/funnel(\?by=month)?$/);
    },
  },
];
