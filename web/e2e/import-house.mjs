// What journeys of imports share: a house of their own, the steps of the wizard, pictures and axe of what a step holds.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { judge } from './axe.mjs';
import { openPage } from './browser.mjs';
import { choose, painted } from './screen.mjs';
import { startFresh } from './server.mjs';

export const out = new URL('./out/', import.meta.url).pathname;
export const jobs = { timeout: 180_000 };

export async function inOwnHouse(page, work, { currency } = {}) {
  const house = await startFresh();
  const own = await openPage(page.context().browser(), house);
  try {
    await own.goto(house.setup);
    await own.getByRole('textbox', { name: '组织名称' }).fill('导入');
    await own.getByRole('textbox', { name: '您的姓名' }).fill('韩梅');
    await own.getByRole('textbox', { name: '邮箱' }).fill('hanmei@example.com');
    await own.getByRole('textbox', { name: '密码' }).fill('correct-horse-battery');
    if (currency) await choose(own, own.getByRole('button', { name: '本位币' }), currency);
    await own.getByRole('button', { name: '建立组织' }).click();
    await own.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
    await work(own);
    assert.deepEqual(own.complaints, []);
  } catch (error) {
    await own.screenshot({ path: join(out, 'failed-import.png'), fullPage: true }).catch(() => {});
    throw error;
  } finally {
    await own.context().close();
    await house.close();
  }
}

// The page scrolls inside itself: a window as high as what it holds shows all of it.
export async function picture(page, name) {
  const before = page.viewportSize();
  const height = await page.locator('#main').evaluate((main) => main.lastElementChild.scrollHeight + 80);
  await page.setViewportSize({ width: before.width, height: Math.max(before.height, height) });
  await page.screenshot({ path: join(out, `import-${name}.png`) });
  await page.setViewportSize(before);
}

// Tables that are wider than their place.
const sideways = (page) =>
  page
    .getByRole('region')
    .evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.getAttribute('aria-label')),
    );

// axe over what the page holds at this moment, in both themes and on a phone, where nothing scrolls sideways.
export async function lookAt(page, name) {
  const before = page.viewportSize();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await painted(page);
      const height = await page.locator('#main').evaluate((main) => main.lastElementChild.scrollHeight + 160);
      await page.setViewportSize({ width, height });
      await judge(page, `import-${name}-${width}-${colorScheme}`);
      if (width === 390) assert.deepEqual(await sideways(page), [], `${name} scrolls sideways`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(before);
}

export const step = (page, name) =>
  page.getByRole('navigation', { name: '导入步骤' }).getByRole('button', { name, exact: true });

export async function onTo(page, name) {
  await page.getByRole('button', { name: `下一步：${name}` }).click();
  await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
}

// The trial's step, from wherever the plan is ready, and its button: the step's own name is a button too.
export async function tryIt(page) {
  await step(page, '试运行').click();
  await page.getByRole('heading', { level: 2, name: '试运行', exact: true }).waitFor();
  await page.getByRole('main').locator('footer').getByRole('button', { name: '试运行', exact: true }).click();
}

export async function runAll(page, count) {
  await tryIt(page);
  await page.getByRole('table', { name: '试运行结果' }).waitFor(jobs);
  await onTo(page, '执行');
  await page.getByRole('button', { name: `导入 ${count} 条` }).click();
  await page.getByText('导入完成。').waitFor(jobs);
}

// The numbers of a table by the words of its first column.
export async function table(page, name) {
  const all = page.getByRole('table', { name }).getByRole('row');
  await all.nth(1).waitFor();
  const rows = await all.allInnerTexts();
  return Object.fromEntries(
    rows.slice(1).map((row) => {
      const [head, ...cells] = row.split('\t').map((cell) => cell.trim());
      return [head, cells];
    }),
  );
}
