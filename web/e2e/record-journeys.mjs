// A record from all sides: beside its list, with what comes next, what was written and to whom, what it was before, its files.
// Each stands alone in the demo company.
import assert from 'node:assert/strict';
import { api, openPage, signedIn } from './browser.mjs';
import { becomes, chooseRecord, opened, openedDialog, rows, toast } from './screen.mjs';

// A deal of one's own on an account of one's own.
async function newDeal(page, name, more = {}) {
  const account = await api(page, 'POST', '/accounts', { name: `${name}的客户` });
  return api(page, 'POST', '/deals', { name, account: account.id, amount: '100000', ...more });
}
const left = (page) => page.getByRole('region', { name: '字段' }).first();
const composer = (page) => page.getByRole('region', { name: '写跟进' });
const next = (page) => page.getByRole('region', { name: '下一步', exact: true });
const menu = (page) => page.locator('main > header').getByRole('button', { name: '更多' });
const sheet = (page) => page.getByRole('dialog');

export const recordJourneys = [
  {
    name: 'record: a peek opens beside the list, steps through it, and Back closes it',
    company: 'rep',
    async run({ page }) {
      await page.goto('/deals?sort=name');
      await rows(page).nth(2).getByRole('link').first().waitFor();
      const names = [];
      for (const at of [1, 2]) names.push((await rows(page).nth(at).getByRole('link').first().innerText()).trim());
      const link = rows(page).nth(1).getByRole('link').first();
      await link.focus();
      await page.keyboard.press(' ');
      await sheet(page).getByRole('heading', { name: names[0], exact: true }).waitFor();
      assert.match(page.url(), /peek=deals%2F\d+/);
      await sheet(page).getByRole('list', { name: '销售阶段' }).waitFor();
      await opened(sheet(page));
      await page.keyboard.press('j');
      await sheet(page).getByRole('heading', { name: names[1], exact: true }).waitFor();
      await page.keyboard.press('k');
      await sheet(page).getByRole('heading', { name: names[0], exact: true }).waitFor();
      await page.goBack();
      await sheet(page).waitFor({ state: 'detached' });
      assert.doesNotMatch(page.url(), /peek/);
      // By pointer, and closed by its cross; the list behind is where it was.
      await rows(page).nth(2).hover();
      await rows(page)
        .nth(2)
        .getByRole('button', { name: `预览“${names[1]}”` })
        .click();
      await sheet(page).getByRole('heading', { name: names[1], exact: true }).waitFor();
      await sheet(page).getByRole('button', { name: '关闭' }).first().click();
      await sheet(page).waitFor({ state: 'detached' });
      assert.match(page.url(), /\/deals\?sort=name$/);
      // The address alone is enough, and Escape leaves the list.
      await page.goto('/deals?sort=name&peek=deals%2F1');
      await sheet(page).getByText('记录已不存在，或您无权查看。').waitFor();
      await page.keyboard.press('Escape');
      await sheet(page).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'record: a colleague is mentioned by the keys, reads it as a name and is told',
    company: 'rep',
    async run({ page, server }) {
      const deal = await newDeal(page, '提及试验');
      await page.goto(`/deals/${deal.id}`);
      const text = composer(page).getByRole('textbox', { name: '内容' });
      await text.click();
      await page.keyboard.type('请 @韩梅');
      const list = page.getByRole('listbox', { name: '可以提醒的同事' });
      await list.getByRole('option', { name: /韩梅梅/ }).waitFor();
      await page.locator('[role=listbox][aria-busy=false]').waitFor();
      assert.equal(await list.getByRole('option').count(), 1);
      await page.keyboard.press('Enter');
      await page.keyboard.type('看一下报价');
      assert.equal(await text.inputValue(), '请 @韩梅梅 看一下报价');
      await composer(page)
        .getByRole('group', { name: /^下一步日期/ })
        .waitFor();
      await composer(page).getByRole('button', { name: '保存' }).click();
      await page.getByText('请 @韩梅梅 看一下报价').first().waitFor();
      const kept = (await api(page, 'GET', `/activities?filter=${encodeURIComponent(`deal = "${deal.id}"`)}`)).data[0];
      assert.match(kept.body, /^请 @\[韩梅梅\]\(\d+\) 看一下报价$/);
      const browser = page.context().browser();
      const state = await signedIn(browser, server.url, server.members.manager, server.password);
      const hers = await openPage(browser, { ...server, state });
      try {
        const told = (await api(hers, 'GET', '/notifications?unread=true')).data;
        assert.ok(told.some((one) => one.reason === 'mentioned' && one.record?.id === kept.id));
      } finally {
        await hers.context().close();
      }
    },
  },
  {
    name: 'record: what is typed and not saved stands there again after the page was left',
    company: 'rep',
    async run({ page }) {
      const deal = await newDeal(page, '草稿试验');
      await page.goto(`/deals/${deal.id}`);
      await composer(page).getByRole('textbox', { name: '内容' }).fill('写到一半');
      await page.reload();
      await composer(page).getByText('已恢复上次未保存的内容').waitFor();
      assert.equal(await composer(page).getByRole('textbox', { name: '内容' }).inputValue(), '写到一半');
      await composer(page).getByRole('button', { name: '保存' }).click();
      await toast(page, '已记录').waitFor();
      await page.reload();
      await page.getByText('写到一半').first().waitFor();
      assert.equal(await composer(page).getByRole('textbox', { name: '内容' }).inputValue(), '');
    },
  },
  {
    name: 'record: the next step is set, put off, done and brought back where it stands',
    company: 'rep',
    async run({ page }) {
      const deal = await newDeal(page, '下一步试验');
      await page.goto(`/deals/${deal.id}`);
      await next(page).getByText('还没有下一步').waitFor();
      await next(page).getByRole('button', { name: '安排下一步' }).click();
      await page
        .locator(':focus')
        .and(page.getByRole('textbox', { name: '做什么' }))
        .waitFor();
      await next(page).getByRole('textbox', { name: '做什么' }).fill('发送正式报价');
      await next(page).getByRole('button', { name: '保存' }).click();
      await next(page).getByText('发送正式报价').waitFor();
      await next(page).getByText('明天').waitFor();
      await next(page).getByRole('button', { name: '推迟“发送正式报价”' }).click();
      await page.getByRole('menuitem').last().click();
      await toast(page, '“发送正式报价”推迟到').waitFor();
      await next(page).getByText('明天').waitFor({ state: 'detached' });
      await next(page).getByRole('button', { name: '完成“发送正式报价”' }).click();
      await next(page).getByText('还没有下一步').waitFor();
      await page.getByRole('region', { name: '通知消息' }).getByRole('button', { name: '撤销' }).click();
      await next(page).getByText('发送正式报价').waitFor();
      // An open task about the deal stands there too.
      await api(page, 'POST', '/activities', {
        subject: '约见采购',
        kind: 'task',
        due_on: '2020-01-06',
        deal: deal.id,
      });
      await page.reload();
      await next(page).getByText('约见采购').waitFor();
      await next(page).getByText(/逾期/).waitFor();
      await next(page).getByRole('button', { name: '完成“约见采购”' }).click();
      await next(page).getByText('约见采购').waitFor({ state: 'detached' });
      const tasks = await api(page, 'GET', `/activities?filter=${encodeURIComponent(`deal = "${deal.id}"`)}`);
      assert.equal(tasks.data.find((one) => one.subject === '约见采购').state, 'done');
    },
  },
  {
    name: 'record: a form makes the account that is not there yet, and offers its contacts before all others',
    company: 'rep',
    async run({ page }) {
      const account = await api(page, 'POST', '/accounts', { name: '已有的客户' });
      await api(page, 'POST', '/contacts', { name: '已有的联系人', account: account.id });
      await page.goto('/deals?new=1');
      const form = await openedDialog(page);
      await form.getByRole('textbox', { name: /^商机名称/ }).fill('现场新建');
      await chooseRecord(page, /^客户/, '已有的客户');
      const contact = form.getByRole('combobox', { name: /^联系人/ });
      await contact.focus();
      const options = page.getByRole('option');
      const names = async () => (await options.allInnerTexts()).map((text) => text.split('\n')[0]);
      await contact.press('ArrowDown');
      await becomes(names, ['已有的联系人', '新建联系人']);
      await contact.press('Escape');

      const box = form.getByRole('combobox', { name: /^客户/ });
      await box.fill('还没有的客户');
      await page.getByRole('option', { name: '新建客户' }).filter({ hasText: '还没有的客户' }).click();
      const inner = await opened(page.getByRole('dialog', { name: '新建客户' }));
      assert.equal(await inner.getByRole('textbox', { name: /^客户名称/ }).inputValue(), '还没有的客户');
      await inner.getByRole('button', { name: '保存' }).click();
      await inner.waitFor({ state: 'detached' });
      assert.equal(await box.inputValue(), '还没有的客户');
      assert.equal(await form.getByRole('textbox', { name: /^商机名称/ }).inputValue(), '现场新建');
      await form.getByRole('button', { name: '保存' }).click();
      await page.waitForURL(/\/deals\/\d+/);
      await page.locator('main > header').getByRole('link', { name: '还没有的客户' }).waitFor();
    },
  },
  {
    name: 'record: what ended says how, on its own page and among what belongs to its account',
    company: 'rep',
    async run({ page }) {
      const account = await api(page, 'POST', '/accounts', { name: '结局试验的客户' });
      const deal = await api(page, 'POST', '/deals', { name: '结局试验', account: account.id, amount: '100000' });
      await page.goto(`/deals/${deal.id}`);
      const beside = page.getByRole('region', { name: '打法与相关' });
      await beside.getByText('建议动作').waitFor();
      await api(page, 'POST', `/deals/${deal.id}/actions/lose`, { loss_reason: 'price', note: '低了一成' });
      await beside.getByText('建议动作').waitFor({ state: 'detached' });
      await beside.getByText('价格', { exact: true }).waitFor();
      await beside.getByText('低了一成').waitFor();
      await page.goto(`/accounts/${account.id}`);
      await page
        .getByRole('region', { name: '商机', exact: true })
        .getByText(/输单 ·/)
        .waitFor();
    },
  },
  {
    name: 'record: a field tells its history, and two versions are compared',
    company: 'rep',
    async run({ page }) {
      const deal = await newDeal(page, '历史试验');
      const second = await api(page, 'PATCH', `/deals/${deal.id}`, { amount: '120000' }, 1);
      await api(page, 'PATCH', `/deals/${deal.id}`, { amount: '90000', competitor: '海蓝' }, second.version);
      await page.goto(`/deals/${deal.id}`);
      await left(page).getByRole('button', { name: '金额：更多操作' }).click();
      await page.getByRole('menuitem', { name: '变更历史' }).click();
      const past = page.getByRole('dialog', { name: '“金额”的变更历史' });
      await past.getByRole('listitem').nth(2).waitFor();
      const lines = await past.getByRole('listitem').allInnerTexts();
      assert.match(lines[0], /¥120,000[\s\S]*¥90,000[\s\S]*李雷/);
      assert.match(lines[1], /¥100,000[\s\S]*¥120,000/);
      assert.match(lines[2], /^¥100,000[\s\S]*新建时填写/);
      await page.keyboard.press('Escape');
      await past.waitFor({ state: 'detached' });
      await menu(page).click();
      await page.getByRole('menuitem', { name: '版本对比' }).click();
      const compared = page.getByRole('dialog', { name: '版本对比' });
      await compared.getByRole('row', { name: /金额 ¥100,000 ¥90,000/ }).waitFor();
      await compared.getByRole('row', { name: /竞争对手 未填写 海蓝/ }).waitFor();
      await compared.getByRole('button', { name: /较早的版本/ }).click();
      await page.getByRole('option').nth(1).click();
      await compared.getByRole('row', { name: /金额 ¥120,000 ¥90,000/ }).waitFor();
    },
  },
  {
    name: 'record: a stage tells what happened in it, the next one is entered from the path, the timeline is chosen by kind',
    company: 'rep',
    async run({ page }) {
      const deal = await newDeal(page, '路径试验');
      const way = await api(page, 'GET', `/deals/${deal.id}/process`);
      assert.ok(way.gate.checks.every((check) => check.met || check.strength !== 'block'));
      await page.goto(`/deals/${deal.id}`);
      const path = page.getByRole('list', { name: '销售阶段' });
      await path.getByRole('button', { name: /进入此阶段$/ }).click();
      await toast(page, '已推进到').waitFor();
      await path.getByRole('button').first().click();
      const stay = page.getByRole('dialog', { name: /阶段履历/ });
      await stay.getByText('进入时间').waitFor();
      await stay.getByText('李雷').first().waitFor();
      await page.keyboard.press('Escape');
      await stay.waitFor({ state: 'detached' });
      const timeline = page.getByRole('region', { name: '动态' }).last();
      await timeline.getByText(/阶段从「/).waitFor();
      await timeline.getByRole('radio', { name: '跟进' }).check({ force: true });
      await timeline.getByText('没有这一类动态').waitFor();
      await timeline.getByRole('radio', { name: '阶段' }).check({ force: true });
      await timeline.getByText(/阶段从「/).waitFor();
    },
  },
  {
    name: 'record: a text is read in place, a PDF in a tab of its own, a file goes and comes back',
    company: 'rep',
    async run({ page }) {
      const deal = await newDeal(page, '文件试验');
      await page.goto(`/deals/${deal.id}`);
      await composer(page).getByRole('tab', { name: '文件' }).click();
      const paper = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
      await composer(page)
        .locator('input[type=file]')
        .setInputFiles([
          { name: '纪要.txt', mimeType: 'text/plain', buffer: Buffer.from('客户要求两周内给出方案') },
          { name: '合同.pdf', mimeType: 'application/pdf', buffer: paper },
        ]);
      await toast(page, '已上传 2 个文件').waitFor();
      const files = page.getByRole('region', { name: '附件' });
      await files
        .getByText(/李雷 · 今天/)
        .first()
        .waitFor();
      await files.getByRole('button', { name: '查看“纪要.txt”' }).click();
      await page.getByRole('dialog', { name: '纪要.txt' }).getByText('客户要求两周内给出方案').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      const [tab, answer] = await Promise.all([
        page.context().waitForEvent('page'),
        page.context().waitForEvent('response', (one) => /\/attachments\/\d+\/content$/.test(one.url())),
        files.getByRole('link', { name: '合同.pdf', exact: true }).click(),
      ]);
      // The browser's shell has no reader of its own, a whole browser has.
      assert.equal(answer.headers()['content-type'], 'application/pdf');
      assert.match(answer.headers()['content-disposition'], /^inline/);
      await tab.close();
      await files.getByRole('button', { name: '删除“纪要.txt”' }).click();
      await files.getByText('纪要.txt').waitFor({ state: 'detached' });
      await page.getByRole('region', { name: '通知消息' }).getByRole('button', { name: '撤销' }).click();
      await files.getByText('纪要.txt').waitFor();
    },
  },
  {
    name: 'record: who follows one hears what another changes, finds it in a view, and no longer hears',
    company: 'manager',
    async run({ page, open }) {
      const his = await open('rep');
      const deal = await newDeal(his, '关注试验');
      await page.goto(`/deals/${deal.id}`);
      const star = page.locator('main > header').getByRole('button', { name: '关注', exact: true });
      await star.and(page.locator('[aria-pressed=false]:enabled')).click();
      await toast(page, '已关注').waitFor();
      await star.and(page.locator('[aria-pressed=true]')).waitFor();
      const second = await api(his, 'PATCH', `/deals/${deal.id}`, { amount: '120000' }, 1);
      await page.goto('/notifications');
      await page.getByText('李雷修改了您关注的商机“关注试验”：金额').waitFor();
      await page.goto('/deals?view=followed');
      await page.getByText('共 1 条').waitFor();
      await rows(page).nth(1).getByText('关注试验', { exact: true }).waitFor();
      await page.getByRole('main').getByText('我关注的', { exact: true }).last().waitFor();
      await page.goto(`/deals/${deal.id}`);
      await star.and(page.locator('[aria-pressed=true]')).click();
      await toast(page, '已取消关注').waitFor();
      const before = (await api(page, 'GET', '/notifications')).data.length;
      await api(his, 'PATCH', `/deals/${deal.id}`, { amount: '130000' }, second.version);
      assert.equal((await api(page, 'GET', '/notifications')).data.length, before);
    },
  },
  {
    name: 'record: its row in a list offers what its page does, by pointer and by keys',
    company: 'rep',
    async run({ page }) {
      const deal = await newDeal(page, '行菜单试验');
      await page.goto(`/deals/${deal.id}`);
      await page.getByRole('list', { name: '销售阶段' }).waitFor();
      await menu(page).click();
      const onPage = await page.getByRole('menu').getByRole('menuitem').allInnerTexts();
      await page.keyboard.press('Escape');
      await page.goto('/deals?f=name+%3D+%22行菜单试验%22');
      const row = rows(page).nth(1);
      await row.getByRole('link', { name: '行菜单试验', exact: true }).hover();
      await row.getByRole('button', { name: '行菜单试验：更多操作' }).click();
      await page.getByRole('menuitem', { name: '删除' }).waitFor();
      const inList = await page.getByRole('menu').getByRole('menuitem').allInnerTexts();
      for (const entry of onPage.filter((one) => one !== '打印'))
        assert.ok(inList.includes(entry), `${entry} is in the row`);
      await page.getByRole('menuitem', { name: '进入「初步接触」' }).click();
      await toast(page, '已推进到「初步接触」').waitFor();
      await row.getByText('初步接触').waitFor();
      await page.getByRole('grid').focus();
      await page.keyboard.press('m');
      await opened(page.getByRole('menu'));
      await page.getByRole('menuitem', { name: '删除' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
      await toast(page, '已删除“行菜单试验”').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByText('没有符合条件的记录').waitFor();
    },
  },
  {
    name: 'record: a printed page holds the fields and what happened, and nothing to press',
    company: 'rep',
    async run({ page }) {
      const deal = await newDeal(page, '打印试验', { competitor: '海蓝', remarks: '只在折叠的分组里' });
      await page.goto(`/deals/${deal.id}`);
      await page.getByRole('list', { name: '销售阶段' }).waitFor();
      await menu(page).click();
      await page.getByRole('menuitem', { name: '打印' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await page.emulateMedia({ media: 'print' });
      await page.getByText('海蓝').first().waitFor();
      const printed = await page.evaluate(() => document.body.innerText);
      for (const text of [
        '打印试验',
        '打印试验的客户',
        '¥100,000',
        '海蓝',
        '只在折叠的分组里',
        '潜在客户识别',
        '初步接触',
        '创建了商机',
        '李雷 · 打印于',
      ])
        assert.ok(printed.includes(text), `"${text}" is printed`);
      const pressed = await page.evaluate(() =>
        [...document.querySelectorAll('nav, button:not([data-printed]), input, textarea, [role=tablist]')]
          .filter((one) => one.checkVisibility())
          .map((one) => one.textContent || one.getAttribute('aria-label') || one.tagName),
      );
      assert.deepEqual(pressed, []);
      const paper = await page.pdf({ preferCSSPageSize: true });
      assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
    },
  },
];
