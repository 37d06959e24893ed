// The journeys of a person through the product, in Chinese, in the order they build on one another. Each gets a signed-in
// page and the notes the earlier ones left. Those of the company stand alone in it, those with a house of their own alone at all.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { api } from './browser.mjs';
import { accountJourneys } from './account-journeys.mjs';
import { approvalJourneys } from './approval-journeys.mjs';
import { binJourneys } from './bin-journeys.mjs';
import { boardJourneys } from './board-journeys.mjs';
import { demoJourneys } from './demo-journeys.mjs';
import { draftJourneys } from './draft-journeys.mjs';
import { customJourneys } from './custom-journeys.mjs';
import { editorJourneys } from './editor-journeys.mjs';
import { funnelJourneys } from './funnel-journeys.mjs';
import { importJourneys } from './import-journey.mjs';
import { importPlanJourneys } from './import-plan-journeys.mjs';
import { importPublicJourneys } from './import-public-journeys.mjs';
import { inboxJourneys } from './inbox-journeys.mjs';
import { keyboardJourneys } from './keyboard-journeys.mjs';
import { listJourneys } from './list-journeys.mjs';
import { chooseRecord, openedDialog, toast, typeDay, verb, writeEntry } from './screen.mjs';
import { mailJourneys } from './mail-journeys.mjs';
import { phoneJourneys } from './phone-journeys.mjs';
import { paletteJourneys } from './palette-journeys.mjs';
import { recordJourneys } from './record-journeys.mjs';
import { shareJourneys } from './share-journeys.mjs';
import { shellJourneys } from './shell-journeys.mjs';
import { todayJourneys } from './today-journeys.mjs';
import { viewJourneys } from './view-journeys.mjs';
import { walkJourneys } from './walk-journeys.mjs';
import { undoJourneys } from './undo-journeys.mjs';
import { xssJourneys } from './xss-journeys.mjs';

const admin = {
  organisation: '华东销售部',
  name: '李雷',
  email: 'lilei@example.com',
  password: 'correct-horse-battery',
};
// A deal one step before a stage that needs something: found by asking each stage, not by knowing the process.
async function toGate(page, id) {
  for (let step = 0; step < 10; step += 1) {
    const process = await api(page, 'GET', `/deals/${id}/process`);
    const blocked = process.gate?.checks.filter((check) => check.strength === 'block' && !check.met) ?? [];
    if (blocked.length > 0) return blocked;
    if (!process.gate?.to) return [];
    await api(page, 'POST', `/deals/${id}/actions/advance`, {});
  }
  return [];
}

export const journeys = [
  {
    name: 'the one-time link sets the organisation up and signs in',
    anonymous: true,
    async run({ page, notes, server }) {
      await page.goto(server.setup);
      await page.getByRole('textbox', { name: '组织名称' }).fill(admin.organisation);
      await page.getByRole('textbox', { name: '您的姓名' }).fill(admin.name);
      await page.getByRole('textbox', { name: '邮箱' }).fill(admin.email);
      await page.getByRole('textbox', { name: '密码' }).fill(admin.password);
      await page.getByRole('button', { name: '建立组织' }).click();
      await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
      // Nothing is here yet: the page says how to begin.
      await page.getByRole('link', { name: /新建第一个客户/ }).waitFor();
      notes.admin = admin;
    },
  },
  {
    name: 'a wrong password is refused, the right one leads back to where one wanted to go',
    anonymous: true,
    async run({ page, keep }) {
      await page.goto('/accounts?sort=name');
      await page.getByRole('heading', { level: 1, name: '登录商道' }).waitFor();
      await page.getByRole('textbox', { name: '邮箱' }).fill(admin.email);
      await page.getByRole('textbox', { name: '密码' }).fill('wrong-password');
      await page.getByRole('button', { name: '登录' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByRole('textbox', { name: '密码' }).fill(admin.password);
      await page.getByRole('button', { name: '登录' }).click();
      await page.getByRole('heading', { level: 1, name: '客户' }).waitFor();
      assert.match(page.url(), /\/accounts\?sort=name$/);
      await keep(page);
    },
  },
  {
    name: 'a new account is created and a second of that name is pointed out',
    async run({ page, notes }) {
      await page.goto('/accounts');
      await page.getByRole('button', { name: '新建客户' }).first().click();
      await page.getByRole('textbox', { name: '客户名称' }).fill('华兴机械有限公司');
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      await page.getByRole('heading', { level: 1, name: /华兴机械有限公司/ }).waitFor();
      notes.account = page.url().split('/').pop();
      await page.goto('/accounts?new=1');
      await openedDialog(page);
      await page.getByRole('textbox', { name: '客户名称' }).fill('华兴机械有限公司');
      await page.getByText('可能已经存在').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    },
  },
  {
    name: 'a deal is created on the account with an amount typed in 万',
    async run({ page, notes }) {
      await api(page, 'POST', '/contacts', { name: '韩梅梅', account: notes.account });
      await page.goto('/deals?new=1');
      await openedDialog(page);
      await page.getByRole('textbox', { name: '商机名称' }).fill('华兴一期');
      await chooseRecord(page, /^客户/, '华兴');
      await page.getByRole('textbox', { name: /^金额/ }).fill('120万');
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      await page.getByRole('heading', { level: 1, name: /华兴一期/ }).waitFor();
      await page.getByRole('region', { name: '字段' }).first().getByText('¥1,200,000').waitFor();
      notes.deal = page.url().split('/').pop();
    },
  },
  {
    name: 'a gate says what is missing, takes it in place and lets the deal pass',
    async run({ page, notes }) {
      await page.goto(`/deals/${notes.deal}`);
      const missing = await toGate(page, notes.deal);
      assert.ok(missing.length > 0, 'the default process has a gate that blocks');
      await page.reload();
      const current = page.locator('[aria-current=step]');
      await current.waitFor();
      const before = await current.innerText();
      await page.getByRole('button', { name: /^进入「/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(/还差 \d+ 项/).waitFor();
      for (const check of missing) await fill(page, dialog, check);
      await dialog.getByRole('button', { name: /填写并通过|重试/ }).click();
      await toast(page, '已推进到').waitFor();
      await current.filter({ hasNotText: before.split('\n')[0] }).waitFor();
    },
  },
  {
    name: 'a call is written down and stands in the timeline',
    async run({ page, notes }) {
      await page.goto(`/deals/${notes.deal}`);
      const form = page.getByRole('region', { name: '写跟进' });
      await form.getByRole('tab', { name: '电话' }).click();
      await writeEntry(form, '客户确认预算，要求两周内出方案。');
      await page
        .getByRole('region', { name: '动态' })
        .last()
        .getByText('客户确认预算，要求两周内出方案。')
        .first()
        .waitFor();
    },
  },
  {
    name: 'a file is attached and comes back as it was',
    async run({ page, notes }) {
      await page.goto(`/deals/${notes.deal}`);
      const form = page.getByRole('region', { name: '写跟进' });
      await form.getByRole('tab', { name: '文件' }).click();
      const bytes = Buffer.from('报价单,1,080,000\n');
      await form.locator('input[type=file]').setInputFiles({ name: '报价单.csv', mimeType: 'text/csv', buffer: bytes });
      const link = page.getByRole('link', { name: '下载“报价单.csv”' }).last();
      await link.waitFor();
      const sent = page.waitForEvent('download');
      await link.click();
      const file = await sent;
      assert.equal(file.suggestedFilename(), '报价单.csv');
      assert.deepEqual(readFileSync(await file.path()), bytes);
    },
  },
  {
    name: 'a picture is looked at where it is kept; a PDF is saved by its arrow',
    async run({ page, notes }) {
      await page.goto(`/deals/${notes.deal}`);
      const form = page.getByRole('region', { name: '写跟进' });
      await form.getByRole('tab', { name: '文件' }).click();
      const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 200 } });
      const paper = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
      await form.locator('input[type=file]').setInputFiles([
        { name: '现场.png', mimeType: 'image/png', buffer: picture },
        { name: '合同.pdf', mimeType: 'application/pdf', buffer: paper },
      ]);
      await page.getByRole('region', { name: '附件' }).getByRole('button', { name: '查看“现场.png”' }).click();
      const shown = page.getByRole('dialog', { name: '现场.png' }).getByRole('img', { name: '现场.png' });
      await shown.waitFor();
      await page.waitForFunction((one) => one.complete && one.naturalWidth === 320, await shown.elementHandle());
      await openedDialog(page);
      await page.keyboard.press('Escape');
      await shown.waitFor({ state: 'detached' });
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: '下载“合同.pdf”' }).first().click(),
      ]);
      assert.equal(file.suggestedFilename(), '合同.pdf');
      assert.deepEqual(readFileSync(await file.path()), paper);
    },
  },
  {
    name: 'a field is changed where it stands and the older value is kept in the timeline',
    async run({ page, notes }) {
      await page.goto(`/deals/${notes.deal}`);
      await page.getByRole('button', { name: '编辑金额' }).click();
      await page.getByRole('textbox', { name: '金额' }).fill('108万');
      await page.getByRole('button', { name: '保存' }).first().click();
      await page.getByText('¥1,080,000').first().waitFor();
      await page.getByText('修改了金额').first().waitFor();
    },
  },
  {
    name: 'losing a deal asks for the reason, reopening it as well',
    async run({ page, notes }) {
      const deal = await api(page, 'POST', '/deals', { name: '华兴二期', account: notes.account, amount: '300000' });
      await page.goto(`/deals/${deal.id}`);
      await verb(page, '输单').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: '输单', exact: true }).click();
      await dialog.getByRole('button', { name: /输单原因/ }).click();
      await page.getByRole('option').first().click();
      await dialog.getByRole('button', { name: '输单', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await verb(page, '重新打开').click();
      await dialog.getByRole('textbox', { name: '原因' }).fill('客户恢复了预算');
      await dialog.getByRole('button', { name: '重新打开', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await verb(page, '输单').waitFor();
      await page.getByText('客户恢复了预算').waitFor();
      await page.getByText('把商机登记为输单').waitFor();
    },
  },
  ...recordJourneys,
  ...shareJourneys,
  ...accountJourneys,
  ...undoJourneys,
  ...editorJourneys,
  ...keyboardJourneys,
  ...listJourneys,
  {
    name: 'a lead becomes an account, a contact and a deal',
    async run({ page, notes }) {
      const lead = await api(page, 'POST', '/leads', { name: '赵倩', company: '启明科技', mobile: '13700001234' });
      notes.lead = lead.id;
      await page.goto(`/leads/${lead.id}`);
      await verb(page, '转化').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: '商机名称' }).fill('启明首单');
      await dialog.getByRole('button', { name: '转化', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      const found = await api(page, 'GET', `/deals?filter=${encodeURIComponent('name = "启明首单"')}`);
      assert.equal(found.data.length, 1);
    },
  },
  {
    name: 'the palette finds a record and opens it',
    async run({ page }) {
      await page.goto('/accounts');
      await page.getByRole('heading', { level: 1, name: '客户' }).waitFor();
      await page.keyboard.press('Control+k');
      await openedDialog(page);
      await page.getByRole('combobox', { name: '搜索与跳转' }).fill('华兴一期');
      await page.getByRole('option', { name: /^华兴一期/ }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: /华兴一期/ }).waitFor();
    },
  },
  ...funnelJourneys,
  ...importJourneys,
  ...paletteJourneys,
  ...phoneJourneys,
  ...importPlanJourneys,
  ...importPublicJourneys,
  ...xssJourneys,
  ...shellJourneys,
  ...todayJourneys,
  ...customJourneys,
  ...viewJourneys,
  ...draftJourneys,
  ...walkJourneys,
  ...approvalJourneys,
  ...boardJourneys,
  ...binJourneys,
  ...inboxJourneys,
  ...mailJourneys,
  ...demoJourneys,
];

async function fill(page, dialog, check) {
  if (check.kind !== 'field' || !check.field) return;
  const definition = (await api(page, 'GET', '/describe')).objects
    .find((one) => one.name === 'deal')
    .fields.find((one) => one.name === check.field);
  const label = new RegExp(`^${definition.label.zh}`);
  if (definition.type === 'reference') await chooseRecord(page, label, '韩梅梅');
  else if (definition.type === 'choice') {
    await dialog.getByRole('button', { name: new RegExp(definition.label.zh) }).click();
    await page.getByRole('option').first().click();
  } else if (definition.type === 'date') {
    await typeDay(page, dialog.getByRole('group', { name: label }), '2026-12-31');
  } else await dialog.getByRole('textbox', { name: label }).fill(definition.type === 'money' ? '100万' : '已确认');
}
