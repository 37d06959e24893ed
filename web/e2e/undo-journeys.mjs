// The way back from a deed, offered where it is announced: by pointer, by Ctrl+Z, and refused where somebody went on.
import assert from 'node:assert/strict';
import { api } from './browser.mjs';
import { becomes, isFocused, rows, toast, verb } from './screen.mjs';

const region = (page) => page.getByRole('region', { name: '通知消息' });
const undo = (page) => region(page).getByRole('button', { name: '撤销' });
const deal = (page, notes, more = {}) =>
  api(page, 'POST', '/deals', { name: '撤销试验', account: notes.account, amount: '100000', ...more });
const stageOf = async (page, id) => (await api(page, 'GET', `/deals/${id}`)).stage;

async function lose(page) {
  await verb(page, '输单').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /输单原因/ }).click();
  await page.getByRole('option').first().click();
  await dialog.getByRole('button', { name: '输单', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

export const undoJourneys = [
  {
    name: 'a stage move is announced with its way back, which leads back',
    async run({ page, notes }) {
      const { id, stage } = await deal(page, notes);
      await page.goto(`/deals/${id}`);
      await page.getByRole('button', { name: /^进入「/ }).click();
      await toast(page, '已推进到').waitFor();
      // It stands in a polite live region, and the keys are enough to reach it.
      await region(page).locator('[aria-live=polite]').getByRole('button', { name: '撤销' }).waitFor();
      assert.notEqual(await stageOf(page, id), stage);
      await undo(page).focus();
      await page.keyboard.press('Enter');
      await toast(page, '已撤销').waitFor();
      assert.equal(await stageOf(page, id), stage);
      await page.getByText('原因：撤销上一步操作').waitFor();
      // And forward again from a step back.
      await api(page, 'POST', `/deals/${id}/actions/advance`, {});
      await page.reload();
      const before = await stageOf(page, id);
      await page.locator('main > header').getByRole('button', { name: '更多' }).click();
      await page.getByRole('menuitem', { name: '退回' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: /阶段/ }).click();
      await page.getByRole('option').first().click();
      await dialog.getByRole('textbox', { name: /原因/ }).fill('看错了');
      await dialog.getByRole('button', { name: '退回', exact: true }).click();
      await toast(page, '已退回').waitFor();
      await undo(page).click();
      await toast(page, '已撤销').waitFor();
      assert.equal(await stageOf(page, id), before);
    },
  },
  {
    name: 'a win and a loss are taken back with what they wrote',
    async run({ page, notes }) {
      const { id } = await deal(page, notes);
      await page.goto(`/deals/${id}`);
      await lose(page);
      await undo(page).click();
      await toast(page, '已撤销').waitFor();
      const open = await api(page, 'GET', `/deals/${id}`);
      assert.equal(open.outcome, 'open');
      assert.equal(open.loss_reason ?? null, null);
      await page.reload();
      await verb(page, '赢单').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: /金额/ }).fill('9万');
      await dialog.getByRole('button', { name: '赢单', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      assert.equal((await api(page, 'GET', `/deals/${id}`)).outcome, 'won');
      await page.getByRole('heading', { level: 1 }).click();
      await page.keyboard.press('Control+z');
      await toast(page, '已撤销').waitFor();
      const back = await api(page, 'GET', `/deals/${id}`);
      assert.equal(back.outcome, 'open');
      assert.equal(Number(back.amount.amount), 100000);
    },
  },
  {
    name: 'a changed cell and a changed line get their former value; what somebody changed since stays',
    async run({ page, notes }) {
      const { id } = await deal(page, notes, { name: '撤销单元格' });
      await page.goto('/deals?f=name+%3D+%22撤销单元格%22');
      await rows(page).nth(1).getByText('撤销单元格').waitFor();
      await page.getByRole('gridcell').filter({ hasText: '¥100,000' }).dblclick();
      await page.getByRole('textbox', { name: '金额' }).fill('7万');
      await page.keyboard.press('Enter');
      await toast(page, '金额已改为“¥70,000”').waitFor();
      await becomes(() => isFocused(page.getByRole('grid')), true);
      await page.keyboard.press('Control+z');
      await page.getByRole('gridcell').filter({ hasText: '¥100,000' }).waitFor();
      await page.goto(`/deals/${id}`);
      await page.getByRole('button', { name: '编辑金额' }).click();
      await page.getByRole('textbox', { name: '金额' }).fill('8万');
      await page.getByRole('button', { name: '保存' }).first().click();
      await undo(page).waitFor();
      const now = await api(page, 'GET', `/deals/${id}`);
      await api(page, 'PATCH', `/deals/${id}`, { amount: '60000' }, now.version);
      await undo(page).click();
      await region(page).locator('[aria-live=assertive]').getByText('没有撤销：记录在此之后又被修改过。').waitFor();
      assert.equal(Number((await api(page, 'GET', `/deals/${id}`)).amount.amount), 60000);
    },
  },
  {
    name: 'what was deleted comes back, one or many',
    async run({ page, notes }) {
      const { id } = await deal(page, notes, { name: '撤销删除 1' });
      await deal(page, notes, { name: '撤销删除 2' });
      await page.goto(`/deals/${id}`);
      await page.locator('main > header').getByRole('button', { name: '更多' }).click();
      await page.getByRole('menuitem', { name: '删除' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
      await toast(page, '已删除“撤销删除 1”').waitFor();
      await undo(page).click();
      await toast(page, '已撤销').waitFor();
      assert.equal((await api(page, 'GET', `/deals/${id}`)).name, '撤销删除 1');
      await page.goto('/deals?f=name+contains+%22撤销删除%22');
      await page.getByText('共 2 条').waitFor();
      await page.getByRole('checkbox', { name: '选择全部已读取的行' }).check({ force: true });
      await page.getByRole('toolbar', { name: '批量操作' }).getByRole('button', { name: '删除' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: '试运行' }).click();
      await dialog.getByRole('button', { name: /确认/ }).click();
      await toast(page, '批量操作已完成：2 条').waitFor({ timeout: 60_000 });
      await undo(page).click();
      await toast(page, '已撤销：2 条').waitFor({ timeout: 60_000 });
      await page.getByText('共 2 条').waitFor();
    },
  },
];
