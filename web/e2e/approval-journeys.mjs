// What waits for a second person: an exception to a gate, asked for by a rep, granted by his manager on Today, and kept as debt until it is
// paid; and one that is refused. Alone in the demo company.
import assert from 'node:assert/strict';
import { api } from './browser.mjs';
import { toast } from './screen.mjs';

const filter = (text) => `filter=${encodeURIComponent(text)}`;

// A deal of one's own before a gate that blocks.
async function blocked(page, name) {
  const account = await api(page, 'POST', '/accounts', { name: `${name}有限公司` });
  const { id } = await api(page, 'POST', '/deals', { name, account: account.id });
  for (let at = 0; at < 2; at += 1) await api(page, 'POST', `/deals/${id}/actions/advance`, {});
  return id;
}

// The page of somebody above the rep who may decide.
async function leaderOf(page, open, id) {
  const { exception } = await api(page, 'GET', `/deals/${id}/process`);
  const leader = await open('manager');
  const me = (await api(leader, 'GET', '/session')).member;
  assert.equal(exception.deciders[0].id, me.id, 'the manager who is nearest is asked first');
  return { leader, name: me.name };
}

async function ask(page, id, reason, name) {
  await page.goto(`/deals/${id}`);
  await page.getByRole('button', { name: '进入「方案制定」' }).click();
  const gate = page.getByRole('dialog', { name: '还差 3 项' });
  await gate.getByRole('button', { name: '申请例外' }).click();
  const dialog = page.getByRole('dialog', { name: '申请例外' });
  await dialog.getByText(`由 ${name}`).waitFor();
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await dialog.getByText('申请理由').first().waitFor();
  await dialog.getByRole('textbox', { name: '申请理由' }).fill(reason);
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await toast(page, `已提交，等待${name}审批`).waitFor();
  await page.getByText(`例外申请中 · ${name}`).waitFor();
}

async function decide(leader, reason) {
  await leader.goto('/today');
  const waiting = leader.getByRole('region', { name: '等我审批', exact: true });
  await waiting.getByRole('listitem').filter({ hasText: reason }).getByRole('button', { name: '审批' }).click();
  const dialog = leader.getByRole('dialog', { name: '例外申请' });
  await dialog.getByText('请填写预计金额').waitFor();
  await dialog.getByText(`理由：${reason}`).waitFor();
  return dialog;
}

export const approvalJourneys = [
  {
    name: 'approvals: an exception is asked, granted, and kept as debt',
    company: 'rep',
    async run({ page, open }) {
      const id = await blocked(page, '例外一期');
      const { leader, name } = await leaderOf(page, open, id);
      await ask(page, id, '客户周五关预算', name);
      assert.equal((await api(page, 'GET', `/deals/${id}`)).stage, 'needs');

      const dialog = await decide(leader, '客户周五关预算');
      await dialog.getByRole('button', { name: '批准', exact: true }).click();
      await toast(leader, '已批准').waitFor();

      // The rep's page hears of it without a reload: moved on, with its debt, and whose hand it was.
      const beside = page.getByRole('region', { name: '打法与相关' });
      await beside.getByRole('heading', { name: '门禁欠账' }).waitFor();
      await beside.getByText('请填写预计金额').waitFor();
      const now = await api(page, 'GET', `/deals/${id}`);
      assert.equal(now.stage, 'solution');
      await page.getByText(`批准${now.owner.name}的申请：`).waitFor();
      await api(page, 'PATCH', `/deals/${id}`, { amount: '90000' }, now.version);
      await beside.getByText('请填写预计金额').waitFor({ state: 'detached' });
      await beside.getByRole('heading', { name: '门禁欠账' }).waitFor();

      await page.goto('/notifications');
      await page.getByText('您的申请有了结果：客户周五关预算').click();
      await page.getByRole('heading', { level: 1, name: '客户周五关预算' }).waitFor();
      await page.getByText('已批准').first().waitFor();
    },
  },
  {
    name: 'approvals: a refusal says why, and the deal stays where it stood',
    company: 'rep',
    async run({ page, open }) {
      const id = await blocked(page, '例外二期');
      const { leader, name } = await leaderOf(page, open, id);
      await ask(page, id, '先走一步', name);
      const dialog = await decide(leader, '先走一步');
      await dialog.getByRole('button', { name: '驳回', exact: true }).click();
      await dialog.getByRole('textbox', { name: '审批意见' }).and(leader.locator('[aria-invalid=true]')).waitFor();
      await dialog.getByRole('textbox', { name: '审批意见' }).fill('先要金额');
      await dialog.getByRole('button', { name: '驳回', exact: true }).click();
      await toast(leader, '已驳回').waitFor();
      await page.getByText(`例外申请中 · ${name}`).waitFor({ state: 'detached' });
      const [approval] = (await api(page, 'GET', `/approvals?${filter('reason = "先走一步"')}`)).data;
      assert.deepEqual([approval.state, approval.note], ['refused', '先要金额']);
      assert.equal((await api(page, 'GET', `/deals/${id}`)).stage, 'needs');
      await page.goto(`/approvals/${approval.id}`);
      await page.getByText('先要金额').first().waitFor();
      assert.equal(await page.getByRole('button', { name: '批准', exact: true }).count(), 0);
    },
  },
];
