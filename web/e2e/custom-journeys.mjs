// An administrator makes the house his own: a field, a role, a stage – and everybody's screens follow without being loaded anew.
import assert from 'node:assert/strict';
import { api } from './browser.mjs';
import { choose, toast } from './screen.mjs';

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
