// Plans that are kept: words that stand for nothing, words that become choices, and the same headings a month later.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { judge } from './axe.mjs';
import { api, openPage } from './browser.mjs';
import { inOwnHouse, jobs, lookAt, onTo, out, picture, runAll, step, tryIt } from './import-house.mjs';
import { becomes, choose } from './screen.mjs';

async function bring(page, name, text) {
  await page.goto('/import');
  await page.getByRole('button', { name: '选择文件' }).waitFor();
  await page.locator('input[type=file]').setInputFiles([{ name, mimeType: 'text/csv', buffer: Buffer.from(text) }]);
  await page.getByRole('article', { name, exact: true }).waitFor();
}

const leads = [
  ['展会甲', '13900000001', '老客户介绍', 'Select'],
  ['展会乙', '13900000002', '城市论坛', 'Select'],
  ['展会丙', '13900000003', '城市论坛', '软件'],
  ['展会丁', '13900000004', 'Select', '软件'],
];
const leadFile = (from) =>
  `姓名,手机,线索来源,行业\n${leads.map(([name, mobile, ...more]) => [`${name}${from}`, `${mobile.slice(0, -2)}${from}${mobile.at(-1)}`, ...more].join(',')).join('\n')}\n`;

// A file with words that stand for nothing and words nobody knows: mapped, kept under a name, tried, run.
async function planIsKept(page) {
  await bring(page, '三月展会.csv', leadFile(1));
  await onTo(page, '映射');
  const card = page.getByRole('article', { name: '三月展会.csv → 线索' });
  await card.getByText('1 个值不认识').waitFor();
  await picture(page, 'words');
  await choose(page, card.getByRole('button', { name: '列“线索来源”中不认识的值' }), '新增为选项');
  await onTo(page, '规则');
  const rules = page.getByRole('article', { name: '三月展会.csv → 线索' });
  await rules.getByRole('button', { name: '不再把“select”视为空' }).waitFor();
  await rules.getByRole('checkbox', { name: '手机' }).press(' ');
  await rules.getByText('手机 相同的行视为同一个线索。').waitFor();
  await rules.getByRole('radio', { name: '只补空值' }).check();
  await rules.getByText('只填写已有线索中为空的字段').waitFor();
  await lookAt(page, 'rules');
  await step(page, '映射').click();
  await page.getByRole('button', { name: '方案', exact: true }).click();
  await page.getByRole('menuitem', { name: '保存方案…' }).click();
  const dialog = page.getByRole('dialog', { name: '保存方案…' });
  await dialog.getByRole('textbox', { name: '方案名称' }).fill('展会名单');
  await choose(page, dialog.getByRole('button', { name: '共享范围' }), '我的团队（我的下属）');
  await dialog.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('方案“展会名单”已保存。').waitFor();
  await tryIt(page);
  await page.getByText('“渠道”将新增 1 个选项：城市论坛').waitFor(jobs);
  await picture(page, 'choices');
  await onTo(page, '执行');
  await page.getByRole('button', { name: '导入 4 条' }).click();
  await page.getByText('“渠道”新增了 1 个选项：城市论坛').waitFor(jobs);
  const { data } = await api(page, 'GET', '/leads?sort=name&fields=name,channel,industry');
  assert.deepEqual(
    data.map(({ name, channel, industry }) => [name, channel ?? null, industry ?? null]).sort(),
    [
      ['展会丁1', null, 'software'],
      ['展会丙1', 'chengshiluntan', 'software'],
      ['展会乙1', 'chengshiluntan', null],
      ['展会甲1', 'referral', null],
    ].sort(),
  );
}

// Next month's file is called otherwise; its headings are those of the plan.
async function planIsKnownAgain(page) {
  await page.getByRole('button', { name: '开始新的导入' }).click();
  await bring(page, '四月展会.csv', leadFile(2));
  await page.getByText('已存方案的列名与这些文件一致：').waitFor();
  await picture(page, 'fits');
  await page.getByRole('button', { name: '套用“展会名单”' }).click();
  await page.getByText('已套用方案“展会名单”。').waitFor();
  await runAll(page, '4');
  assert.equal((await api(page, 'GET', '/leads?count=exact&limit=1')).count, 8);
  await page.getByRole('button', { name: '开始新的导入' }).click();
  await bring(page, '五月展会.csv', leadFile(3));
  await onTo(page, '映射');
  await page.getByRole('button', { name: '方案', exact: true }).click();
  await page.getByRole('menuitem', { name: '选用已存方案…' }).click();
  const list = page.getByRole('dialog', { name: '已存方案' });
  await list.getByRole('button', { name: '重命名“展会名单”' }).click();
  await list.getByRole('textbox', { name: '方案名称' }).fill('展会名单（每月）');
  await list.getByRole('button', { name: '保存' }).click();
  await list.getByRole('button', { name: '套用“展会名单（每月）”' }).waitFor();
  await judge(page, 'import-plans');
  await list.getByRole('button', { name: '删除方案“展会名单（每月）”' }).click();
  await list.getByText('还没有保存过方案').waitFor();
  await list.getByRole('button', { name: '关闭' }).last().click();
}

const underWay = async (page) => {
  const asked = encodeURIComponent('name = "import_under_way"');
  return (await api(page, 'GET', `/preferences?filter=${asked}`)).data[0]?.value ?? null;
};

// Another browser of the same member, which remembers nothing.
async function elsewhere(page, work) {
  const { cookies } = await page.context().storageState();
  const url = new URL(page.url()).origin;
  const other = await openPage(page.context().browser(), { url, state: { cookies, origins: [] } });
  try {
    await work(other);
    assert.deepEqual(other.complaints, []);
  } finally {
    await other.context().close();
  }
}

const juneCard = (page) => page.getByRole('article', { name: '六月展会.csv → 线索' });

// What was chosen here is gone on with there, without a cell of the file in what is kept; once it is given up, nothing is offered.
async function importGoesElsewhere(page) {
  await bring(page, '六月展会.csv', leadFile(4));
  await onTo(page, '映射');
  await choose(page, juneCard(page).getByRole('button', { name: '列“线索来源”中不认识的值' }), '新增为选项');
  await onTo(page, '规则');
  await becomes(async () => /missing: add/.test((await underWay(page)) ?? ''), true, 'the plan is kept');
  assert.doesNotMatch(await underWay(page), /展会甲|1390000/);
  await elsewhere(page, async (other) => {
    await other.goto('/import');
    await other.getByText(/^在别处有一次没有做完的导入：六月展会\.csv/).waitFor();
    await judge(other, 'import-elsewhere');
    await other.getByRole('button', { name: '接着做' }).click();
    await other.getByRole('article', { name: '六月展会.csv', exact: true }).waitFor();
    await onTo(other, '映射');
    await juneCard(other).getByRole('button', { name: '列“线索来源”中不认识的值' }).getByText('新增为选项').waitFor();
    await step(other, '上传').click();
    await other.getByRole('button', { name: '放弃' }).click();
    await becomes(() => underWay(other), null, 'what is given up is not kept');
  });
  await elsewhere(page, async (other) => {
    await other.goto('/import');
    await other.getByRole('button', { name: '选择文件' }).waitFor();
    await other
      .getByText('还没有导入过')
      .or(other.getByRole('heading', { name: '历史导入' }))
      .first()
      .waitFor();
    assert.equal(await other.getByRole('button', { name: '接着做' }).count(), 0);
  });
}

export const importPlanJourneys = [
  {
    name: 'an import that was not finished is gone on with at another browser, until it is given up',
    own: true,
    run: ({ page }) => inOwnHouse(page, importGoesElsewhere),
  },
  {
    name: 'an import keeps its plan, knows it again next month, and adds the choices it is allowed to',
    own: true,
    async run({ page }) {
      mkdirSync(out, { recursive: true });
      await inOwnHouse(page, async (own) => {
        await planIsKept(own);
        await planIsKnownAgain(own);
      });
    },
  },
];
