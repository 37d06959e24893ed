// A house that begins with somebody else's files: a real pipeline comes in by its plan, a small file without one, and the
// small one goes again. In a house of its own, so that the counts are those of the files.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { api } from './browser.mjs';
import { inOwnHouse, jobs, lookAt, onTo, out, picture, runAll, step, table, tryIt } from './import-house.mjs';
import { choose } from './screen.mjs';

const tests = new URL('../../tests/', import.meta.url).pathname;
const maven = [
  ...['sales_teams', 'products', 'accounts', 'sales_pipeline'].map((name) => join(tests, `data/maven_crm/${name}.csv`)),
  join(tests, 'plans/maven_crm.yaml'),
];
async function mavenComesIn(page) {
  await page.goto('/import');
  await page.getByText('还没有导入过。').waitFor();
  await page.locator('input[type=file]').setInputFiles(maven);
  for (const name of ['sales_teams.csv', 'products.csv', 'accounts.csv', 'sales_pipeline.csv'])
    await page.getByRole('article', { name, exact: true }).waitFor();
  await page.getByText('8,800 行').waitFor();
  await picture(page, 'files');
  await onTo(page, '映射');
  await page.getByRole('article', { name: 'sales_pipeline.csv → 商机' }).waitFor();
  await picture(page, 'plan');
  await page.getByRole('tab', { name: '文本' }).click();
  assert.equal(
    await page.getByRole('textbox', { name: '方案文本（YAML）' }).inputValue(),
    readFileSync(maven.at(-1), 'utf8'),
  );
  // What is begun survives a visit elsewhere.
  await page.getByRole('link', { name: '设置' }).click();
  await page.getByRole('heading', { level: 1, name: '设置' }).waitFor();
  await page.goto('/import?step=rules');
  await page
    .getByRole('article', { name: 'sales_pipeline.csv → 商机' })
    .getByText('商机编号 相同的行视为同一个商机。')
    .waitFor();
  await picture(page, 'rules');
  await tryIt(page);
  await page.getByRole('table', { name: '试运行结果' }).waitFor(jobs);
  // A reload loses nothing: the step is in the address, the trial on the server.
  await page.reload();
  await page.getByRole('table', { name: '试运行结果' }).waitFor();
  const counts = {
    团队: ['3', '0', '32', '0'],
    成员: ['41', '0', '29', '0'],
    产品: ['7', '0', '0', '0'],
    客户: ['85', '15', '70', '0'],
    商机: ['8,800', '0', '0', '0'],
  };
  const tried = await table(page, '试运行结果');
  for (const [object, [created, , , refused]] of Object.entries(counts)) {
    assert.equal(tried[object]?.[0], created, `${object}: ${tried[object]}`);
    assert.equal(tried[object]?.[3], refused, `${object}: ${tried[object]}`);
  }
  await picture(page, 'trial');
  assert.equal((await api(page, 'GET', '/deals?count=exact&limit=1')).count, 0);
  await onTo(page, '执行');
  await picture(page, 'ready');
  await page.getByRole('button', { name: /^导入 [\d,]+ 条$/ }).click();
  await page.getByText('可以离开此页面，导入会继续。').waitFor();
  await page.getByText(/已处理 [\d,]+ \/ [\d,]+ 行/).waitFor(jobs);
  await picture(page, 'progress');
  await page.goto('/deals');
  await page.getByRole('heading', { level: 1, name: '商机' }).waitFor();
  await page.goto('/import');
  await page.getByText('导入完成。').waitFor(jobs);
  const done = await table(page, '导入结果');
  for (const [object, [created]] of Object.entries(counts)) assert.equal(done[object]?.[0], created);
  await picture(page, 'result');
  // The number opens just these records.
  await page.getByRole('table', { name: '导入结果' }).getByRole('link', { name: '8,800' }).click();
  await page.getByText('共 8,800 条').waitFor();
  await page.goto('/funnel');
  await page.getByText('¥10,005,534').first().waitFor();
  for (const [label, number] of [
    ['赢单', '4,238'],
    ['输单', '2,473'],
  ])
    await page
      .locator('dl > div')
      .filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) })
      .getByRole('link', { name: number })
      .waitFor();
  await picture(page, 'funnel');
}

// The page scrolls to what is pressed, and a list closes when the page scrolls: first there, then the words.
async function write(box, text) {
  await box.click();
  await box.fill(text);
}

// What the form cannot say in one choice: several fields of a column, words that become choices, units, constants, an owner.
async function formAndTextAgree(page) {
  const folder = mkdtempSync(join(tmpdir(), 'shangdao-import-'));
  const file = join(folder, '名单.csv');
  writeFileSync(file, '客户名称,行业,年营收\n表单甲,做软件的,12.5\n表单乙,开店的,3\n');
  try {
    await page.goto('/import');
    await page.getByRole('button', { name: '开始新的导入' }).click();
    await page.locator('input[type=file]').setInputFiles([file]);
    await page.getByRole('article', { name: '名单.csv', exact: true }).waitFor();
    await onTo(page, '映射');
    const card = page.getByRole('article', { name: /^名单.csv → / });
    await card.waitFor();
    await choose(page, card.getByRole('button', { name: '“名单.csv”导入为' }), '客户');
    const field = async (column, typed) => {
      const box = card.getByRole('combobox', { name: `列“${column}”的字段`, exact: true });
      if ((await box.inputValue()) === typed) return;
      await write(box, typed);
      await page
        .getByRole('option', { name: new RegExp(`^${typed}`) })
        .first()
        .click();
    };
    await field('客户名称', '客户名称');
    await field('行业', '行业');
    await field('年营收', '年营业额');
    await choose(page, card.getByRole('button', { name: '列“年营收”的单位' }), '万（×10,000）');
    await card
      .getByText(/^替换文件中的值/)
      .nth(1)
      .click();
    await card.getByText('2 个值不认识').waitFor();
    await choose(page, card.getByRole('button', { name: '“做软件的”变为' }), '软件与互联网');
    await choose(page, card.getByRole('button', { name: '“开店的”变为' }), '零售批发');
    await card.getByRole('button', { name: '列“行业”再写入一个字段' }).click();
    await write(card.getByRole('combobox', { name: '列“行业”再写入一个字段' }), '简称');
    await page.getByRole('option', { name: /^简称/ }).click();
    await picture(page, 'several');
    await lookAt(page, 'several');
    await onTo(page, '规则');
    const fixed = card.getByRole('combobox', { name: '添加固定值的字段' });
    await write(fixed, '网站');
    await page.getByRole('option', { name: /^网站/ }).click();
    await card.getByRole('textbox', { name: '网站' }).fill('https://example.com');
    const owner = card.getByRole('combobox', { name: '负责人（所有行）' });
    await write(owner, '韩');
    await page.getByRole('option', { name: /^韩梅/ }).first().click();
    await picture(page, 'several-rules');
    await lookAt(page, 'several-rules');
    await step(page, '映射').click();
    await page.getByRole('tab', { name: '文本' }).click();
    const text = page.getByRole('textbox', { name: '方案文本（YAML）' });
    const plan = await text.inputValue();
    for (const line of [
      'times: 10000',
      '做软件的: software',
      '开店的: retail',
      'field: short_name',
      'website: https://example.com',
      'owner: 韩梅',
    ])
      assert.ok(plan.includes(line), `${line} in\n${plan}`);
    // And back: what is typed stands in the form.
    await text.fill(plan.replace('times: 10000', 'times: 1000'));
    await page.getByRole('tab', { name: '表单' }).click();
    await card
      .getByRole('button', { name: /列“年营收”的单位/ })
      .filter({ hasText: '千' })
      .waitFor();
    await choose(page, card.getByRole('button', { name: '列“年营收”的单位' }), '万（×10,000）');
    await runAll(page, '2');
    await page.getByRole('table', { name: '导入结果' }).getByRole('link', { name: '2', exact: true }).click();
    await page.getByText('共 2 条').waitFor();
    const filter = encodeURIComponent('name = "表单甲"');
    const [made] = (await api(page, 'GET', `/accounts?filter=${filter}`)).data;
    assert.deepEqual(
      [made.industry, Number(made.annual_revenue.amount), made.website, made.owner.name, made.short_name],
      ['software', 125000, 'https://example.com', '韩梅', '做软件的'],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function smallOneGoesAgain(page) {
  const folder = mkdtempSync(join(tmpdir(), 'shangdao-import-'));
  const file = join(folder, '展会客户.csv');
  writeFileSync(file, '客户名称,行业,备注\n试导甲,software,展会\n试导乙,没有此行业,\n试导丙,retail,\n试导丁,,回访\n');
  try {
    await page.goto('/import');
    await page.getByRole('button', { name: '开始新的导入' }).click();
    await page.locator('input[type=file]').setInputFiles([file]);
    await page.getByRole('article', { name: '展会客户.csv', exact: true }).waitFor();
    await lookAt(page, 'files');
    await onTo(page, '映射');
    const card = page.getByRole('article', { name: '展会客户.csv → 客户' });
    await card.waitFor();
    const field = card.getByRole('combobox', { name: '列“备注”的字段' });
    assert.notEqual(await card.getByRole('combobox', { name: '列“客户名称”的字段' }).inputValue(), '');
    await field.fill('');
    await field.press('Tab');
    await card.getByText('导入 2 / 3 列').waitFor();
    await card.getByText('不导入 1 列：备注').waitFor();
    await card.getByText('匹配').first().waitFor();
    await picture(page, 'form');
    await lookAt(page, 'form');
    await tryIt(page);
    await page.getByText('拒绝 1 行，前 1 个问题').waitFor(jobs);
    assert.deepEqual((await table(page, '按列汇总的问题'))['展会客户.csv'].slice(0, 2), ['行业', '1']);
    await picture(page, 'problems');
    await lookAt(page, 'problems');
    const [refused] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载被拒绝的行' }).click(),
    ]);
    assert.match(readFileSync(await refused.path(), 'utf8'), /试导乙/);
    await onTo(page, '执行');
    await page.getByRole('button', { name: '导入 3 条' }).click();
    await page.getByText('导入完成。').waitFor(jobs);
    assert.equal((await api(page, 'GET', '/accounts?count=exact&limit=1&q=试导')).count, 3);
    await page.getByRole('button', { name: '撤销导入', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认撤销' }).click();
    await page.getByRole('dialog').getByText('已撤销：删除 3 条，恢复 0 条，保留 0 条。').waitFor(jobs);
    await picture(page, 'undone');
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click();
    await page.getByRole('table', { name: '历史导入' }).getByText('已撤销').waitFor();
    await page.goto('/accounts?q=试导');
    await page.getByText('没有符合条件的').first().waitFor();
    await page.getByText('共 85 条').waitFor({ state: 'detached' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const importJourneys = [
  {
    name: 'the maven pipeline is imported in the browser; a small import goes again',
    own: true,
    async run({ page }) {
      mkdirSync(out, { recursive: true });
      await inOwnHouse(page, async (own) => {
        await mavenComesIn(own);
        await formAndTextAgree(own);
        await smallOneGoesAgain(own);
      });
    },
  },
];
