// An administrator makes the house his own: a field, a role, a stage – and everybody's screens follow without being loaded anew.
import assert from 'node:assert/strict';
import { api } from './browser.mjs';
import { becomes, choose, toast } from './screen.mjs';

const heading = (page, name) => page.getByRole('heading', { name, exact: true });

export const customJourneys = [
  {
    name: 'custom: a choice field is a column, a filter, an input and an import heading at once, and leaves when it is retired',
    company: 'admin',
    async run({ page }) {
      await page.goto('/settings');
      await page.getByRole('navigation', { name: '设置项' }).getByRole('link', { name: '对象与字段' }).click();
      await page.locator('main').getByRole('link', { name: '客户', exact: true }).click();
      await page.getByRole('button', { name: '添加字段' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: '中文名称', exact: true }).fill('合作等级');
      await dialog.getByRole('textbox', { name: '英文名称', exact: true }).fill('Partner grade');
      await choose(page, dialog.getByRole('button', { name: /类型/ }), '单选');
      // Without a choice it is refused, at the choices.
      await dialog.getByRole('button', { name: '保存' }).click();
      await dialog.getByText('请至少给出一个选项').waitFor();
      for (const [at, name] of ['金牌', '银牌'].entries()) {
        await dialog.getByRole('button', { name: '添加选项' }).click();
        await dialog.getByRole('textbox', { name: `第 ${at + 1} 个选项的中文名称` }).fill(name);
      }
      // The keys put the second first.
      await dialog.getByRole('button', { name: /移动“银牌”/ }).focus();
      await page.keyboard.press('ArrowUp');
      await dialog.getByRole('button', { name: '移动“银牌”，第 1 项，共 2 项' }).waitFor();
      await dialog.getByRole('button', { name: '保存' }).click();
      await toast(page, '已添加字段“合作等级”').waitFor();

      await page.locator('nav').getByRole('link', { name: '客户', exact: true }).first().click();
      await page.getByRole('button', { name: '列', exact: true }).click();
      await page.getByRole('dialog').getByText('合作等级').click();
      await page.keyboard.press('Escape');
      await page.getByRole('columnheader', { name: '合作等级' }).waitFor();
      await page.getByRole('button', { name: '添加条件' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '合作等级' }).click();
      await page.getByRole('dialog').getByText('银牌').waitFor();
      await page.keyboard.press('Escape');
      await page.goto('/accounts?new=1');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /显示其余|更多/ })
        .click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /合作等级/ })
        .waitFor();
      await page.keyboard.press('Escape');
      const field = (await api(page, 'GET', '/describe')).objects
        .find((one) => one.name === 'account')
        .fields.find((one) => one.label.zh === '合作等级');
      assert.equal(field.name, 'x_partner_grade');
      assert.deepEqual(
        field.choices.map((choice) => choice.label.zh),
        ['银牌', '金牌'],
      );

      await page.goto('/settings/objects/account');
      await page.getByRole('button', { name: '合作等级' }).click();
      await page.getByRole('dialog').getByText('已填写的记录').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
      await toast(page, '已停用字段“合作等级”').waitFor();
      await page.goto('/accounts');
      await page.getByRole('button', { name: '列', exact: true }).click();
      await page.getByRole('dialog').getByText('行业').first().waitFor();
      assert.equal(await page.getByRole('dialog').getByText('合作等级').count(), 0);
    },
  },
  {
    name: 'custom: the last administrator is not locked out by the matrix',
    company: 'admin',
    async run({ page }) {
      await page.goto('/settings/roles');
      await page.getByRole('link', { name: '管理员', exact: true }).click();
      await page.getByText('管理员：设置、角色、定制').click();
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByRole('alert').getByText('至少要保留一名启用的管理员').waitFor();
      assert.equal((await api(page, 'GET', '/session')).rights.admin, true);
    },
  },
  {
    name: 'custom: an invited member loses the amount live',
    company: 'admin',
    async run({ page, open }) {
      const rights = { general: [], objects: { '*': { create: true, read: 'all', edit: 'own' }, role: {} } };
      await page.goto('/settings/members');
      await page.getByRole('heading', { name: '成员', exact: true }).waitFor();
      await api(page, 'POST', '/roles', {
        name: '见习',
        name_en: 'Trainee',
        key: 'trainee',
        rights: JSON.stringify(rights),
      });
      // The new role is a choice as soon as the definitions say so.
      await page.getByRole('button', { name: '邀请成员' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('见习', { exact: true }).click();
      await dialog.getByText('销售', { exact: true }).click();
      await dialog.getByRole('textbox', { name: '姓名' }).fill('周见习');
      await dialog.getByRole('textbox', { name: '邮箱' }).fill('trainee@example.com');
      await dialog.getByRole('button', { name: '生成邀请链接' }).click();
      const link = await dialog.getByRole('textbox', { name: '设置密码的链接' }).inputValue();
      await dialog.getByRole('button', { name: '关闭' }).last().click();

      const theirs = await open('nobody');
      await theirs.goto(link);
      await theirs.getByRole('heading', { name: /周见习/ }).waitFor();
      await theirs.getByRole('textbox', { name: '密码' }).fill('long enough for a trainee');
      await theirs.getByRole('button', { name: '设置密码并登录' }).click();
      await theirs.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
      await theirs.goto('/deals');
      const head = theirs.getByRole('columnheader', { name: '金额', exact: true });
      await head.waitFor();
      await theirs.getByRole('gridcell').filter({ hasText: /^¥/ }).first().waitFor();
      const filter = encodeURIComponent('amount is not null');
      const [deal] = (await api(theirs, 'GET', `/deals?limit=1&filter=${filter}`)).data;
      const record = await theirs.context().newPage();
      await record.goto(`/deals/${deal.id}`);
      const amount = record.getByRole('region', { name: '字段' }).first().getByText('金额', { exact: true });
      await amount.first().waitFor();

      await page.goto('/settings/roles');
      await page.getByRole('link', { name: '见习', exact: true }).click();
      await page.getByRole('button', { name: '商机', exact: true }).click();
      await page.getByRole('combobox', { name: '字段“金额”的权限' }).selectOption('hidden');
      await page.getByRole('button', { name: '保存' }).click();
      await toast(page, '已保存角色“见习”').waitFor();

      await head.waitFor({ state: 'detached' });
      await becomes(
        () => theirs.getByRole('gridcell').filter({ hasText: /^¥/ }).count(),
        0,
        'no amount is left in the list',
      );
      await amount.first().waitFor({ state: 'detached' });
      assert.equal((await api(record, 'GET', `/deals/${deal.id}`)).amount, undefined);
      await record.close();
    },
  },
  {
    name: 'custom: what a member sees is seen over the shoulder, read only, and the look is kept',
    company: 'admin',
    async run({ page, open }) {
      const visitor = await open('rep');
      const { member } = await api(visitor, 'GET', '/session');
      const { count, data } = await api(visitor, 'GET', '/deals?count=exact&limit=50&fields=name');
      await page.goto('/settings/members');
      await page.getByRole('searchbox', { name: '查找成员' }).fill(member.email);
      await page.getByRole('button', { name: `对“${member.name}”的操作` }).click();
      await page.getByRole('menuitem', { name: 'TA 能看到什么' }).click();
      const table = page.getByRole('table', { name: `${member.name} 能看到什么` });
      const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '商机', exact: true }) });
      await row.getByText(count.toLocaleString('en'), { exact: true }).waitFor();
      assert.deepEqual((await row.getByRole('cell').allInnerTexts()).slice(0, 4), ['本人', '是', '本人', '本人']);
      await row.getByRole('button', { name: '看商机列表' }).click();
      const list = page.getByRole('dialog').getByRole('table');
      await list.getByRole('rowheader', { name: data[0].name, exact: true }).first().waitFor();
      assert.equal(await list.getByRole('rowheader').count(), Math.min(50, count));
      assert.equal(await list.getByRole('link').count(), 0);
      await page.keyboard.press('Escape');

      await page.goto('/settings/roles');
      await page.getByRole('link', { name: '销售', exact: true }).click();
      await page.getByRole('list', { name: '拥有该角色的成员' }).getByRole('link').first().click();
      await page.getByRole('table', { name: /能看到什么$/ }).waitFor();
      await page.goto(`/members/${member.id}`);
      await page.getByText('查看了该成员能看到什么').first().waitFor();
    },
  },
  {
    name: 'custom: a gate is added to a stage, told in words, and holds; open deals follow by the map and come back',
    company: 'admin',
    async run({ page }) {
      await page.goto('/settings/processes');
      await page.getByRole('button', { name: '新建流程' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: '中文名称' }).fill('渠道流程');
      await dialog.getByRole('textbox', { name: '英文名称' }).fill('Channel');
      await choose(page, dialog.getByRole('button', { name: /以哪个流程为起点/ }), '通用销售流程（商机）');
      await dialog.getByRole('button', { name: '保存' }).click();
      await heading(page, '渠道流程').waitFor();
      const process = page.url().split('/').pop();
      const deal = await api(page, 'POST', '/deals', { name: '渠道商机', process });

      const stage = page.getByRole('region', { name: '潜在客户识别' });
      await stage.getByRole('button', { name: '添加离开条件' }).click();
      const check = stage.getByRole('region', { name: '离开条件' }).getByRole('group', { name: /^条件/ }).last();
      await choose(page, check.getByRole('button', { name: /条件类型/ }), '公式成立');
      await check.getByRole('textbox', { name: '公式' }).fill('budgett > 0');
      await check.getByText(/没有字段“budgett”/).waitFor();
      await check.getByRole('textbox', { name: '公式' }).fill('budget > 0');
      await check.getByRole('textbox', { name: '提示语（中文）' }).fill('请先确认预算');
      const stages = page.getByRole('region', { name: '阶段', exact: true });
      await stages.getByRole('button', { name: /^2\. 初步接触/ }).click();
      await page.getByRole('region', { name: '初步接触' }).getByRole('button', { name: '删除该阶段' }).click();
      await page.getByRole('button', { name: '发布…' }).click();
      await dialog.getByText('“潜在客户识别”新增离开条件：请先确认预算（阻止推进）').waitFor();
      await dialog.getByText('删除阶段“初步接触”').waitFor();
      await dialog.getByText('进行中的商机有 1 条，目前按旧版本推进。').waitFor();
      await dialog.getByRole('radio', { name: '进行中的 1 条也改用新版本' }).check({ force: true });
      await dialog.getByRole('button', { name: '发布', exact: true }).click();
      await dialog.getByText('新版本已发布，1 条已改用新版本。').waitFor({ timeout: 20_000 });
      await dialog.getByRole('button', { name: '关闭' }).last().click();

      await page.goto(`/deals/${deal.id}`);
      await page.getByRole('button', { name: /^进入「/ }).click();
      await page.getByRole('dialog').getByText('请先确认预算').waitFor();
      assert.equal((await api(page, 'GET', `/deals/${deal.id}`)).stage, 'identify');
      await page.keyboard.press('Escape');
    },
  },
];
