// axe on what is seen: no violation is allowed, and nothing lies beyond the screen. What opens over a page is opened here.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { api, openPage } from './browser.mjs';
import { settled, verb } from './screen.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const out = new URL('./out/', import.meta.url).pathname;
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

// Somebody has it already, so that a line is seen as well as the form.
async function share(page) {
  const { pathname } = new URL(page.url());
  const { data } = await api(page, 'GET', '/members?limit=3&sort=name');
  await api(page, 'PUT', `${pathname}/shares/${data.at(-1).id}`, { level: 'read', until: null });
  await page.locator('main > header').getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '共享' }).click();
  await page
    .getByRole('dialog')
    .getByRole('combobox')
    .or(page.getByRole('dialog').getByRole('button', { name: /^共享给/ }))
    .first()
    .waitFor();
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
}

// What opens over a page is checked too: [name, path, how it is opened].
const opened = [
  ['palette', () => '/deals', (page) => page.keyboard.press('Control+k')],
  ['keys', () => '/deals', (page) => page.keyboard.press('?')],
  [
    'filter',
    () => '/deals',
    async (page) => {
      await page.getByRole('button', { name: '添加条件' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '金额' }).click();
      await page.getByRole('dialog').getByRole('textbox').waitFor();
    },
  ],
  [
    'filter builder',
    () => `/deals?f=${encodeURIComponent('stage in ("needs") and (amount > 5 or created_at in last_days(30))')}`,
    async (page) => {
      await page.getByRole('button', { name: '高级筛选' }).click();
      await page.getByRole('dialog', { name: '高级筛选' }).waitFor();
    },
  ],
  ['card menu', () => '/deals/board', (page) => page.getByRole('article').getByRole('button').first().click()],
  ['reckoning', () => '/deals/board', (page) => page.getByRole('button', { name: '金额口径' }).click()],
  ['formula', () => '/deals', (page) => page.getByRole('button', { name: '以公式编辑条件' }).click()],
  [
    'inbox',
    () => '/deals',
    async (page) => {
      await page.getByRole('navigation').getByRole('button', { name: /通知$/ }).click();
      await page.getByRole('tab', { name: '任务' }).waitFor();
    },
  ],
  ['demo', () => '/settings/demo', (page) => page.getByRole('button', { name: '移除演示数据' }).click()],
  [
    'views of a list',
    () => '/settings/objects/deal',
    async (page) => {
      await page.getByRole('radio', { name: '视图' }).check({ force: true });
      await page.getByRole('button', { name: '新建视图' }).waitFor();
      await settled(page);
      await judge(page, 'views-tab');
      await page.getByRole('button', { name: '新建视图' }).click();
      await page.getByRole('button', { name: '列', exact: true }).click();
      await page.getByRole('dialog').getByRole('searchbox').focus();
    },
  ],
  [
    'list settings',
    () => '/deals?g=stage&d=roomy',
    (page) => page.getByRole('button', { name: '显示', exact: true }).click(),
  ],
  ['views', () => '/deals', (page) => page.getByRole('button', { name: '视图', exact: true }).click()],
  ['columns', () => '/deals', (page) => page.getByRole('button', { name: '列', exact: true }).click()],
  ['log', () => '/today?view=me', (page) => page.getByRole('button', { name: '记沟通' }).click()],
  ['account menu', () => '/deals', (page) => page.locator('nav button[aria-haspopup]').last().click()],
  ['cell editor', () => '/deals', (page) => page.getByRole('gridcell').filter({ hasText: '¥' }).first().dblclick()],
  ['lose', (open) => open, (page) => verb(page, '输单').click()],
  [
    'date',
    (open) => open,
    async (page) => {
      // The composer asks for days once it is written in.
      await page.getByRole('region', { name: '写跟进' }).getByRole('textbox', { name: '内容' }).click();
      await page.getByRole('button', { name: /^日历/ }).first().click();
    },
  ],
  [
    'peek',
    (open) => `/deals?peek=${open.slice(1)}`,
    (page) => page.getByRole('dialog').getByRole('list', { name: '销售阶段' }).waitFor(),
  ],
  ['stage', (open) => open, (page) => page.getByRole('list', { name: '销售阶段' }).getByRole('button').first().click()],
  [
    'field history',
    (open) => open,
    async (page) => {
      await page.getByRole('button', { name: '金额：更多操作' }).click();
      await page.getByRole('menuitem', { name: '变更历史' }).click();
    },
  ],
  [
    'versions',
    (open) => open,
    async (page) => {
      await page.locator('main > header').getByRole('button', { name: '更多' }).click();
      await page.getByRole('menuitem', { name: '版本对比' }).click();
      await page.getByRole('dialog').getByRole('table').waitFor();
    },
  ],
  ['share', (open) => open, share],
];

const bar = (page, name) => page.locator('nav').last().getByRole('button', { name }).click();
const openedOnPhone = [
  ['plus', () => '/today', (page) => bar(page, '新建')],
  ['mine', () => '/today', (page) => bar(page, '我的')],
  ['combo', () => '/deals?new=1', (page) => page.getByRole('dialog').getByRole('button', { name: /^客户/ }).click()],
  ['filter field', () => '/deals', (page) => page.getByRole('button', { name: '添加条件' }).click()],
  ['choices', () => '/leads?new=1', (page) => page.getByRole('dialog').getByRole('button', { name: /渠道/ }).click()],
  ['phone share', (open) => open, share],
  ['phone palette', () => '/deals', (page) => page.keyboard.press('Control+k')],
  ['phone token', () => '/settings/security', (page) => page.getByRole('button', { name: '新建令牌' }).click()],
  ['phone field', () => '/settings/objects/deal', (page) => page.getByRole('button', { name: '金额' }).click()],
  [
    'phone member',
    () => '/settings/members',
    (page) => page.getByRole('list', { name: '成员' }).getByRole('button').first().click(),
  ],
];

export async function axeOpened(browser, ask) {
  await axeOver(browser, { ...ask, width: 1440, height: 900 }, opened);
  await axeOver(browser, { ...ask, width: 390, height: 844 }, openedOnPhone);
}

// What is open stays open when the theme changes under it.
async function axeOver(browser, { open, report, wanted, ...look }, rows) {
  const page = await openPage(browser, look);
  const reachAll = async (path, reach) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(path(open));
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await reach(page);
    const taken = '[role=dialog],[role=menu],[role=listbox],[role=gridcell]';
    await page.waitForFunction((where) => document.activeElement.closest(where), taken);
    await settled(page);
  };
  try {
    for (const [name, path, reach] of rows) {
      let reached;
      for (const colorScheme of ['light', 'dark']) {
        const title = `axe over ${name} ${colorScheme}`;
        if (!wanted(title)) continue;
        await report(title, async () => {
          reached ??= reachAll(path, reach);
          await reached;
          await page.emulateMedia({ colorScheme });
          await page.waitForFunction(
            (wish) => getComputedStyle(document.documentElement).colorScheme === wish,
            colorScheme,
          );
          await settled(page);
          await judge(page, `over-${name.replace(/ /g, '-')}-${colorScheme}`);
        });
      }
    }
  } finally {
    await page.context().close();
  }
}

// A picture of what is refused stays in out/.
export async function judge(page, name) {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  // Through the debugger, which the page's content policy does not bind.
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(source);
  const violations = await page.evaluate(async (only) => {
    const answer = await window.axe.run(document, {
      runOnly: { type: 'tag', values: only },
      resultTypes: ['violations'],
    });
    return answer.violations.map(
      (one) =>
        `${one.id}: ${one.help}\n${one.nodes
          .slice(0, 3)
          .map(
            (node) =>
              `      ${node.html.slice(0, 180)}\n      ${node.failureSummary?.split('\n').slice(1, 3).join(' ')}`,
          )
          .join('\n')}`,
    );
  }, tags);
  if (beyond > 0) violations.push(`${beyond} px of the page lie beyond the screen`);
  if (violations.length === 0) return;
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: join(out, `${name}.png`) });
  throw new Error(violations.join('\n    '));
}
