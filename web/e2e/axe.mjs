// axe on every route the router knows, light and dark, wide and narrow; a picture of each. No violation is allowed.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openPage } from './browser.mjs';
import { verb } from './screen.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const out = new URL('./out/', import.meta.url).pathname;
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

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
    'list settings',
    () => '/deals?g=stage&d=roomy',
    (page) => page.getByRole('button', { name: '显示', exact: true }).click(),
  ],
  ['views', () => '/deals', (page) => page.getByRole('button', { name: '视图', exact: true }).click()],
  ['columns', () => '/deals', (page) => page.getByRole('button', { name: '列', exact: true }).click()],
  ['log', () => '/today?view=me', (page) => page.getByRole('button', { name: '记沟通' }).click()],
  ['account menu', () => '/deals', (page) => page.locator('nav button[aria-haspopup]').last().click()],
  ['cell editor', () => '/deals', (page) => page.getByRole('gridcell').filter({ hasText: '¥' }).first().dblclick()],
  ['lose', (notes) => `/deals/${notes.open}`, (page) => verb(page, '输单').click()],
  [
    'date',
    (notes) => `/deals/${notes.open}`,
    async (page) => {
      // The composer asks for days once it is written in.
      await page.getByRole('region', { name: '写跟进' }).getByRole('textbox', { name: '内容' }).click();
      await page.getByRole('button', { name: /^日历/ }).first().click();
    },
  ],
  [
    'peek',
    (notes) => `/deals?peek=deals/${notes.open}`,
    (page) => page.getByRole('dialog').getByRole('list', { name: '销售阶段' }).waitFor(),
  ],
  [
    'stage',
    (notes) => `/deals/${notes.open}`,
    (page) => page.getByRole('list', { name: '销售阶段' }).getByRole('button').first().click(),
  ],
  [
    'field history',
    (notes) => `/deals/${notes.open}`,
    async (page) => {
      await page.getByRole('button', { name: '金额：更多操作' }).click();
      await page.getByRole('menuitem', { name: '变更历史' }).click();
    },
  ],
  [
    'versions',
    (notes) => `/deals/${notes.open}`,
    async (page) => {
      await page.locator('main > header').getByRole('button', { name: '更多' }).click();
      await page.getByRole('menuitem', { name: '版本对比' }).click();
      await page.getByRole('dialog').getByRole('table').waitFor();
    },
  ],
];

const bar = (page, name) => page.locator('nav').last().getByRole('button', { name }).click();
const openedOnPhone = [
  ['plus', () => '/today', (page) => bar(page, '新建')],
  ['mine', () => '/today', (page) => bar(page, '我的')],
  ['choices', () => '/leads?new=1', (page) => page.getByRole('dialog').getByRole('button', { name: /渠道/ }).click()],
  ['phone palette', () => '/deals', (page) => page.keyboard.press('Control+k')],
];

export async function axeOpened(browser, ask) {
  for (const dark of [false, true]) {
    await axeOver(browser, { ...ask, dark, width: 1440, height: 900 }, opened);
    await axeOver(browser, { ...ask, dark, width: 390, height: 844 }, openedOnPhone);
  }
}

async function axeOver(browser, { notes, report, dark, ...look }, rows) {
  const page = await openPage(browser, { ...look, dark });
  try {
    for (const [name, path, open] of rows) {
      await report(`axe over ${name} ${dark ? 'dark' : 'light'}`, async () => {
        await page.goto(path(notes));
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await open(page);
        const taken = '[role=dialog],[role=menu],[role=listbox],[role=gridcell]';
        await page.waitForFunction((where) => document.activeElement.closest(where), taken);
        await settled(page);
        await judge(page, `over-${name.replace(/ /g, '-')}-${dark ? 'dark' : 'light'}`);
      });
    }
  } finally {
    await page.context().close();
  }
}

// A pattern of the router becomes addresses that exist.
export function addresses(patterns, { records, plurals }) {
  return patterns.flatMap((pattern) => {
    if (pattern === '/$plural')
      return [...plurals.map((plural) => `/${plural}`), '/deals?new=1', '/deals?f=name+contains+%22筛选%22'];
    if (pattern === '/$plural/$id') return records;
    if (pattern === '/$plural/board') return ['/deals/board', '/leads/board', '/deals/board?f=name+%3D+%22nobody%22'];
    return [pattern];
  });
}

export async function axeAll(browser, { url, state, paths, report }) {
  mkdirSync(out, { recursive: true });
  for (const width of [1440, 390]) {
    for (const dark of [false, true]) {
      for (const language of ['zh-CN', 'en']) {
        if (language === 'en' && dark) continue;
        const page = await openPage(browser, { url, state, width, height: width === 390 ? 844 : 900, dark, language });
        const anonymous = await openPage(browser, { url, width, height: width === 390 ? 844 : 900, dark, language });
        for (const path of paths) {
          const own = /^\/(sign-in|setup|welcome)/.test(path) ? anonymous : page;
          const name = `${path.replace(/\?.*$/, (text) => `-${text.slice(1, 4)}`).replace(/[^a-z0-9-]+/gi, '_')}-${width}-${dark ? 'dark' : 'light'}-${language}`;
          await report(`axe ${path} ${width} ${dark ? 'dark' : 'light'} ${language}`, () => check(own, path, name));
        }
        await page.context().close();
        await anonymous.context().close();
      }
    }
  }
}

async function check(page, path, name) {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await settled(page);
  await judge(page, name);
}

// Nothing is read or drawn any more. What never ends is no hindrance: the picture is judged as it is.
async function settled(page) {
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => {});
  await page
    .locator('[aria-busy=true]')
    .first()
    .waitFor({ state: 'detached', timeout: 2000 })
    .catch(() => {});
}

export async function judge(page, name) {
  await page.screenshot({ path: join(out, `${name}.png`) });
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (beyond > 0) throw new Error(`${beyond} px of the page lie beyond the screen`);
  // Through the debugger, which the page's content policy does not bind.
  await page.evaluate(source);
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
  if (violations.length > 0) throw new Error(violations.join('\n    '));
}
