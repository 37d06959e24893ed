// What is the same on every page: language, theme, news from others, who sees what, the way out.
import assert from 'node:assert/strict';
import { api } from './browser.mjs';
import { becomes } from './screen.mjs';

const accountMenu = (page) => page.locator('nav button[aria-haspopup]').last();
const choose = async (page, item) => {
  await accountMenu(page).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
};
const deals = (page) => page.getByRole('heading', { level: 1, name: 'Deals' });
const html = (page, name) => page.locator('html').getAttribute(name);

const drafts = (page) =>
  page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('shangdao.draft.')).length);

export const shellJourneys = [
  {
    name: 'what somebody else changes appears by itself',
    async run({ page, notes }) {
      const [record] = (await api(page, 'GET', `/deals?filter=${encodeURIComponent('name = "筛选 2"')}`)).data;
      const list = await page.context().newPage();
      await list.goto('/deals?f=name+%3D+%22筛选+2%22');
      await list.getByRole('gridcell').filter({ hasText: '¥200,000' }).waitFor();
      await page.goto(`/deals/${notes.deal}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await api(page, 'PATCH', `/deals/${record.id}`, { amount: '250000' }, record.version);
      await list.getByRole('gridcell').filter({ hasText: '¥250,000' }).waitFor();
      await list.close();
    },
  },
  {
    name: 'the theme is chosen and stays',
    async run({ page }) {
      await page.goto('/deals');
      await choose(page, '深色');
      await becomes(() => html(page, 'data-theme'), 'dark');
      await page.reload();
      await page.getByRole('heading', { level: 1, name: '商机' }).waitFor();
      await becomes(() => html(page, 'data-theme'), 'dark');
      await choose(page, '浅色');
      await becomes(() => html(page, 'data-theme'), 'light');
    },
  },
  {
    name: 'the language changes to English, stays, and comes along to another browser',
    company: 'rep',
    async run({ page, open }) {
      await page.goto('/deals');
      const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
      await choose(page, 'English');
      await deals(page).waitFor();
      await becomes(() => html(page, 'lang'), 'en');
      assert.equal((await kept).status(), 200);
      await page.reload();
      await deals(page).waitFor();
      const other = await open('rep');
      await other.goto('/deals');
      await deals(other).waitFor();
      await other.goto('/settings/profile');
      await other.getByRole('radio', { name: '简体中文' }).click({ force: true });
      await other.getByRole('heading', { level: 1, name: '设置' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: '商机' }).waitFor();
      // Before anybody signs in, the browser's own choice stands.
      const { member } = await api(page, 'GET', '/session');
      const admin = await open('admin');
      const { version } = await api(admin, 'GET', `/members/${member.id}`);
      await api(admin, 'PATCH', `/members/${member.id}`, { language: null }, version);
      await page.goto('/sign-in');
      await page.getByRole('heading', { level: 1, name: /^Sign in/ }).waitFor();
    },
  },
  {
    name: 'a sales person sees the own deals and nothing to administer',
    company: 'rep',
    async run({ page }) {
      await page.goto('/deals');
      const { count } = await api(page, 'GET', '/deals?limit=1&count=exact');
      assert.ok(count > 0 && count < 5000, `${count} deals`);
      await page.getByText(`共 ${count.toLocaleString('en')} 条`).waitFor();
      await page.goto('/members');
      await page.getByRole('heading', { level: 1, name: '成员' }).waitFor();
      assert.equal(await page.getByRole('button', { name: '新建成员' }).count(), 0);
    },
  },
  {
    name: 'signing out leaves nothing behind',
    anonymous: true,
    async run({ page, notes }) {
      await page.goto('/sign-in');
      await page.getByRole('textbox', { name: '邮箱' }).fill(notes.admin.email);
      await page.getByRole('textbox', { name: '密码' }).fill(notes.admin.password);
      await page.getByRole('button', { name: '登录' }).click();
      await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
      await page.goto('/accounts?new=1');
      await page.getByRole('dialog').getByRole('textbox', { name: '客户名称' }).fill('没有保存');
      await page.goto('/today');
      assert.equal(await drafts(page), 1);
      await choose(page, '退出登录');
      await page.getByRole('heading', { level: 1, name: '登录商道' }).waitFor();
      assert.equal(await drafts(page), 0);
      await page.goto('/deals');
      await page.getByRole('heading', { level: 1, name: '登录商道' }).waitFor();
    },
  },
];
