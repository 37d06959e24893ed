// Exports of other systems through the wizard in one go: eleven modules with their plan, and the leads of a school whose form says
// "Select". The files are public data beside the project (SHANGDAO_SHARED, else ../shared); where they are missing, the journey says
// so. What our objects have no field for is defined beforehand, as its administrator would.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { api } from './browser.mjs';
import { inOwnHouse, jobs, onTo, out, picture, table, tryIt } from './import-house.mjs';

const here = (path) => new URL(path, import.meta.url).pathname;
const data = join(process.env.SHANGDAO_SHARED ?? here('../../../shared'), 'data');
const plans = here('../../tests/plans/');
const modules = 'Users Products Accounts Contacts Leads Campaigns Potentials Calls Tasks Quotes Invoices'.split(' ');

async function define(page, name) {
  for (const overlay of JSON.parse(readFileSync(join(plans, `${name}.definitions.json`), 'utf8')))
    await api(page, 'POST', '/definitions', overlay);
}

async function tryAndRun(page, button) {
  await tryIt(page);
  await page.getByRole('table', { name: '试运行结果' }).waitFor(jobs);
  const tried = await table(page, '试运行结果');
  await onTo(page, '执行');
  await page.getByRole('button', { name: button }).click();
  await page.getByText('导入完成。').waitFor(jobs);
  assert.deepEqual(await table(page, '导入结果'), tried);
  return tried;
}

async function elevenModules(page) {
  await define(page, 'zoho_sample');
  await page.goto('/import');
  await page.getByText('还没有导入过。').waitFor();
  const files = modules.map((name) => join(data, `zoho_sample/${name}.csv`));
  await page.locator('input[type=file]').setInputFiles([...files, join(plans, 'zoho_sample.yaml')]);
  await page.getByRole('article', { name: 'Invoices.csv', exact: true }).waitFor(jobs);
  await onTo(page, '映射');
  await page.getByRole('article', { name: 'Potentials.csv → 商机' }).waitFor();
  await page.getByText(/不导入 10 列：Expected Revenue、Forecast Type/).waitFor();
  await picture(page, 'zoho-map');
  const tried = await tryAndRun(page, /^导入 [\d,]+ 条$/);
  await picture(page, 'zoho-result');
  const counts = {
    成员: ['11', '0', '0', '0'],
    产品: ['1,978', '0', '0', '22'],
    客户: ['2,226', '0', '0', '3'],
    联系人: ['1,265', '0', '0', '0'],
    线索: ['3,900', '0', '0', '0'],
    市场活动: ['110', '0', '0', '0'],
    商机: ['3,632', '0', '0', '0'],
    活动: ['7,078', '0', '0', '0'],
    报价单: ['3,000', '0', '0', '0'],
    发票: ['1,300', '0', '0', '0'],
  };
  for (const [object, told] of Object.entries(counts)) assert.deepEqual(tried[object], told, object);
  await page.getByRole('table', { name: '导入结果' }).getByRole('link', { name: '3,632' }).click();
  await page.getByText('共 3,632 条').waitFor();
}

async function schoolLeads(page) {
  await define(page, 'xeducation_leads');
  await page.goto('/import');
  await page.getByText('还没有导入过。').waitFor();
  // A workbook whose name says CSV is read as what it is.
  await page.locator('input[type=file]').setInputFiles([join(data, 'xeducation_leads/Leads_is_really_xlsx.csv')]);
  await page
    .getByRole('article', { name: 'Leads_is_really_xlsx.csv', exact: true })
    .getByText('XLSX', { exact: true })
    .waitFor(jobs);
  await onTo(page, '映射');
  const card = page.getByRole('article', { name: 'Leads_is_really_xlsx.csv → 线索' });
  await card.getByRole('radio', { name: /^不导入/ }).check();
  await card.getByText('Lead Quality', { exact: true }).waitFor();
  await picture(page, 'school-left');
  await onTo(page, '规则');
  await page.getByRole('button', { name: '不再把“select”视为空' }).waitFor();
  // The plan of the tests in its place, fitted to the file by its headings.
  await page.goto('/import');
  await page.locator('input[type=file]').setInputFiles([join(plans, 'xeducation_leads.yaml')]);
  await onTo(page, '映射');
  await page.getByRole('button', { name: '按列名对应到已上传的文件' }).click();
  await page.getByRole('article', { name: 'Leads_is_really_xlsx.csv → 线索' }).waitFor();
  await tryAndRun(page, '导入 9,240 条');
  const count = async (filter) =>
    (await api(page, 'GET', `/leads?limit=1&count=exact&filter=${encodeURIComponent(filter)}`)).count;
  assert.deepEqual([await count('outcome = "converted"'), await count('x_city = null')], [3561, 3669]);
}

const withData =
  (name, work, house) =>
  async ({ page }) => {
    if (!existsSync(join(data, name))) return console.log(`not read ${name}: there is no ${data}`);
    mkdirSync(out, { recursive: true });
    await inOwnHouse(page, work, house);
  };

export const importPublicJourneys = [
  {
    name: 'eleven modules of another system are imported in one go',
    own: true,
    run: withData('zoho_sample', elevenModules, { currency: '美元 USD' }),
  },
  {
    name: 'leads whose form says Select are imported from a workbook called .csv',
    own: true,
    run: withData('xeducation_leads', schoolLeads),
  },
];
