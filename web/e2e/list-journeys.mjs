// A list: filter, sort, change where it stands, many at once, out as a file, kept as a view.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { api } from './browser.mjs';
import { becomes, choose, isFocused, rows, toast } from './screen.mjs';

export const listJourneys = [
  {
    name: 'a list is filtered by chips, sorted by its header, and its address reproduces it',
    async run({ page, notes }) {
      for (let at = 0; at < 6; at += 1)
        notes.open = (
          await api(page, 'POST', '/deals', { name: `筛选 ${at}`, account: notes.account, amount: String(at * 100000) })
        ).id;
      await page.goto('/deals');
      await page.getByRole('button', { name: '添加条件' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '商机名称' }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: '商机名称' }).fill('筛选');
      await page.getByRole('dialog').getByText('6 条').waitFor();
      await page.getByRole('button', { name: '应用' }).click();
      await page.getByText('共 6 条').waitFor();
      await page.getByRole('button', { name: '金额', exact: true }).click();
      await page.getByRole('button', { name: '金额', exact: true }).click();
      await rows(page).nth(1).getByText('筛选 5').waitFor();
      const header = page.getByRole('columnheader', { name: '金额' });
      await becomes(() => header.getAttribute('aria-sort'), 'descending');
      await page.goto(page.url());
      await rows(page).nth(1).getByText('筛选 5').waitFor();
      await page.getByText('共 6 条').waitFor();
    },
  },
  {
    name: 'a filter is built of groups and moving days; it is counted first, and a chip opens it again',
    async run({ page }) {
      await page.goto('/deals?f=name+contains+%22筛选%22&sort=name');
      await rows(page).nth(1).getByText('筛选 0').waitFor();
      await page.getByRole('button', { name: '高级筛选' }).click();
      const dialog = page.getByRole('dialog', { name: '高级筛选' });
      await dialog.getByText('6 条').waitFor();
      await dialog.getByRole('button', { name: '添加条件组' }).click();
      const group = dialog.getByRole('group', { name: '条件组' }).nth(1);
      await choose(page, group.getByRole('button', { name: /字段/ }), '金额');
      await dialog.getByText('还有条件没有填完').waitFor();
      await group.getByRole('textbox', { name: '金额' }).fill('40万');
      await dialog.getByText('2 条').waitFor();
      await group.getByRole('button', { name: '添加条件', exact: true }).click();
      await choose(page, group.getByRole('button', { name: /字段/ }).nth(1), '创建时间');
      await choose(page, group.getByRole('button', { name: /时间段/ }).last(), '近 N 天');
      await dialog.getByText('6 条').waitFor();
      await group.getByRole('radio', { name: '全部条件' }).check({ force: true });
      await dialog.getByText('2 条').waitFor();
      await dialog.getByRole('button', { name: '应用' }).click();
      await page.getByText('共 2 条').waitFor();
      assert.match(decodeURIComponent(page.url()), /date_of\(created_at\)\+in\+last_days\(7\)/);
      await page.goto(page.url());
      await page.getByRole('button', { name: /近 7 天/ }).waitFor();
      await page.getByText('共 2 条').waitFor();
    },
  },
  {
    name: 'a cell is edited by the keyboard; Escape restores it',
    async run({ page }) {
      await page.goto('/deals?f=name+contains+%22筛选%22&sort=name');
      await rows(page).nth(1).getByText('筛选 0').waitFor();
      const cell = page.getByRole('gridcell').filter({ hasText: '¥0' }).first();
      await cell.dblclick();
      await page.getByRole('textbox', { name: '金额' }).fill('7万');
      await page.keyboard.press('Enter');
      await page.getByRole('gridcell').filter({ hasText: '¥70,000' }).waitFor();
      await becomes(() => isFocused(page.getByRole('grid')), true);
      await page.keyboard.press('F2');
      await page.getByRole('textbox', { name: '金额' }).fill('9万');
      await page.keyboard.press('Escape');
      await page.getByRole('gridcell').filter({ hasText: '¥70,000' }).waitFor();
    },
  },
  {
    name: 'somebody else was faster: both values are shown',
    async run({ page }) {
      await page.goto('/deals?f=name+%3D+%22筛选+1%22');
      await rows(page).nth(1).getByText('筛选 1').waitFor();
      const [record] = (await api(page, 'GET', `/deals?filter=${encodeURIComponent('name = "筛选 1"')}`)).data;
      await page.getByRole('gridcell').filter({ hasText: '¥100,000' }).dblclick();
      const box = page.getByRole('textbox', { name: '金额' });
      await box.fill('11万');
      await api(page, 'PATCH', `/deals/${record.id}`, { amount: '120000' }, record.version);
      await box.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('¥120,000').waitFor();
      await dialog.getByRole('button', { name: '改为我的值' }).click();
      await page.getByRole('gridcell').filter({ hasText: '¥110,000' }).waitFor();
    },
  },
  {
    name: 'many records are changed at once after a trial',
    async run({ page }) {
      await page.goto('/deals?f=name+contains+%22筛选%22&sort=name');
      await rows(page).nth(1).getByText('筛选 0').waitFor();
      await page.getByRole('checkbox', { name: '选择全部已读取的行' }).check({ force: true });
      await page.getByRole('toolbar', { name: '批量操作' }).getByRole('button', { name: '修改字段' }).click();
      const dialog = page.getByRole('dialog');
      await choose(page, dialog.getByRole('button', { name: /字段/ }), '竞争对手');
      await dialog.getByRole('textbox', { name: '竞争对手' }).fill('远大');
      await dialog.getByRole('button', { name: '试运行' }).click();
      await dialog.getByText(/将被处理/).waitFor();
      await dialog.getByRole('button', { name: /确认/ }).click();
      await toast(page, '批量操作已完成：6 条').waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'a list leaves as a file under its name',
    async run({ page }) {
      await page.goto('/deals?f=name+contains+%22筛选%22&sort=name');
      await rows(page).nth(1).getByText('筛选 0').waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        (async () => {
          await page.getByRole('button', { name: '导出' }).click();
          await page.getByRole('menuitem', { name: /CSV/ }).click();
        })(),
      ]);
      assert.match(download.suggestedFilename(), /^商机-\d{4}-\d\d-\d\d\.csv$/);
      const text = readFileSync(await download.path(), 'utf8');
      assert.equal(text.match(/筛选 \d/g)?.length, 6);
    },
  },
  {
    name: 'a list is grouped, folded and added up; its columns move and widen by keys',
    async run({ page }) {
      await page.goto('/deals?f=name+contains+%22筛选%22&sort=name');
      await rows(page).nth(1).getByText('筛选 0').waitFor();
      // 70,000 (edited above), 110,000 and 200,000 to 500,000.
      await page.getByRole('button', { name: /求和/ }).getByTitle('¥1,580,000').waitFor();
      await page.getByRole('button', { name: '显示' }).click();
      const settings = page.getByRole('dialog', { name: '显示' });
      await choose(page, settings.getByRole('button', { name: /分组/ }), '结果');
      await page.keyboard.press('Escape');
      await settings.waitFor({ state: 'detached' });
      const tree = page.getByRole('treegrid');
      await tree.getByText('进行中').waitFor();
      assert.equal(await tree.getByText('筛选 0').count(), 0);
      await tree.focus();
      await page.keyboard.press('Enter');
      await tree.getByText('筛选 5').waitFor();
      await page.keyboard.press('ArrowLeft');
      await tree.getByText('筛选 5').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '展开“进行中”' }).click();
      await tree.getByText('筛选 0').waitFor();
      await page.goto('/deals?f=name+contains+%22筛选%22&sort=name');
      await rows(page).nth(1).getByText('筛选 0').waitFor();
      const heads = page.getByRole('columnheader');
      const before = (await heads.nth(2).boundingBox()).width;
      const second = await heads.nth(2).innerText();
      await page.getByRole('grid').focus();
      await page.keyboard.press('ArrowRight');
      for (let at = 0; at < 3; at += 1) await page.keyboard.press('Alt+Shift+ArrowRight');
      await page.waitForURL(/[?&]w=/);
      await page.keyboard.press('Alt+ArrowRight');
      await page.waitForURL(/[?&]cols=/);
      assert.equal(await heads.nth(3).innerText(), second);
      assert.ok((await heads.nth(3).boundingBox()).width >= before + 40);
    },
  },
  {
    name: 'a block of a spreadsheet is tried cell by cell, written at once and taken back',
    async run({ page }) {
      await page.goto('/deals?f=name+contains+%22筛选%22&sort=name&cols=name,amount,competitor');
      await rows(page).nth(1).getByText('筛选 0').waitFor();
      await page.getByRole('grid').focus();
      await page.keyboard.press('ArrowRight');
      await page.evaluate(() => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', '12万\t海天\n不是钱\t宏达\n33万\t远大\n');
        document.activeElement.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      });
      const dialog = page.getByRole('dialog', { name: '粘贴到单元格' });
      await dialog.getByText('4 个单元格将被修改，1 个不能写入。').waitFor();
      await dialog.getByText('看不懂“不是钱”').waitFor();
      await dialog.getByRole('button', { name: /写入 4 个单元格/ }).click();
      await toast(page, '批量操作已完成：3 条').waitFor();
      await page.getByRole('gridcell').filter({ hasText: '¥120,000' }).waitFor();
      await page.getByRole('gridcell').filter({ hasText: '宏达' }).waitFor();
      await page.getByRole('region', { name: '通知消息' }).getByRole('button', { name: '撤销' }).first().click();
      await page.getByRole('gridcell').filter({ hasText: '¥70,000' }).waitFor();
      await page.getByRole('gridcell').filter({ hasText: '宏达' }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'a view is saved under a name, changed, restored, and opens the list',
    async run({ page }) {
      await page.goto('/deals?f=name+contains+%22筛选%22&sort=-amount');
      await page.getByText('共 6 条').waitFor();
      await page.getByRole('button', { name: '另存为', exact: true }).click();
      await page.getByRole('textbox', { name: '视图名称' }).fill('我的筛选');
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      await page.getByRole('button', { name: '我的筛选' }).waitFor();
      await page.goto('/deals');
      await page.getByRole('button', { name: '我的筛选' }).click();
      await page.getByText('共 6 条').waitFor();
      assert.equal(await page.getByText('已修改').count(), 0);
      await page.getByRole('button', { name: '显示' }).click();
      await page.getByRole('dialog', { name: '显示' }).getByRole('radio', { name: '宽松' }).check({ force: true });
      await page.keyboard.press('Escape');
      await page.getByText('已修改').waitFor();
      await page.getByRole('button', { name: '还原' }).click();
      await page.getByText('已修改').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '视图', exact: true }).click();
      await page.getByRole('menuitem', { name: '设为我的默认视图' }).click();
      await toast(page, /将显示“我的筛选”/).waitFor();
      await page.goto('/deals');
      await page.getByText('共 6 条').waitFor();
      await page.getByRole('button', { name: '全部', exact: true }).click();
      await page.getByText('共 6 条').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '视图', exact: true }).click();
      await page.getByRole('menuitem', { name: '设为我的默认视图' }).click();
      await toast(page, /将显示全部/).waitFor();
    },
  },
  {
    name: 'company: a list is entered anywhere, by number and by keys, and its own views are at hand',
    company: 'manager',
    async run({ page }) {
      await page.goto('/activities');
      const total = page.getByRole('button', { name: /共 [\d,]+ 条/ });
      await total.waitFor();
      const count = Number((await total.innerText()).replace(/\D/g, ''));
      assert.ok(count > 1500, `${count} activities`);
      const grid = page.getByRole('grid');
      const ids = async (from) =>
        (await api(page, 'GET', `/activities?at=${from}&limit=1&fields=subject`)).data.map((one) => one.id);
      const shows = async (row, id) =>
        grid.locator(`[role=row][aria-rowindex="${row + 2}"] a[href$="/${id}"]`).waitFor();
      await total.click();
      await page.getByRole('textbox', { name: '跳到' }).fill('50%');
      await page.getByRole('button', { name: '前往' }).click();
      await shows(Math.floor(count / 2), (await ids(Math.floor(count / 2)))[0]);
      await page.keyboard.press('Control+End');
      await shows(count - 1, (await ids(count - 1))[0]);
      await page.keyboard.press('Control+Home');
      await shows(0, (await ids(0))[0]);
      assert.ok((await page.locator('*').count()) < 1500);
      await page.getByRole('button', { name: '我的待办', exact: true }).click();
      await page.getByRole('button', { name: /负责人 等于 我/ }).waitFor();
      await page.getByRole('button', { name: /状态 属于|状态 等于/ }).waitFor();
    },
  },
];
