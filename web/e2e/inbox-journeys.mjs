// What one is told, the tasks, and live updates over several tabs.
import assert from 'node:assert/strict';
import { api } from './browser.mjs';
import { settled, toast } from './screen.mjs';

const bell = (page) => page.getByRole('navigation').getByRole('button', { name: /^(通知|\d+\+? 条未读通知)$/ });
const panel = (page) => page.getByRole('dialog', { name: '通知' });
const session = (page) => api(page, 'GET', '/session');
const streams = async (server) =>
  Number(/^shangdao_live_streams (\d+)/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1]);
const until = async (page, holds, what) => {
  const end = Date.now() + 8000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
  }
};

export const inboxJourneys = [
  {
    name: 'whoever is given a record hears of it at once, opens it, and has read it',
    company: 'rep',
    async run({ page, open }) {
      await page.goto('/deals');
      const me = (await session(page)).member.id;
      const boss = await open('admin');
      await settled(page);
      const before = (await api(page, 'GET', '/notifications?unread=true')).unread;
      const account = await api(boss, 'POST', '/accounts', { name: '交接机械', owner: me });
      await page
        .getByRole('navigation')
        .getByRole('button', { name: `${before + 1} 条未读通知` })
        .waitFor();
      assert.match(await page.title(), new RegExp(`^\\(${before + 1}\\)`));
      await bell(page).click();
      await panel(page)
        .getByRole('link', { name: /客户“交接机械”分配给了您/ })
        .click();
      await page.waitForURL(`**/accounts/${account.id}`);
      await until(
        page,
        async () => (await api(page, 'GET', '/notifications?unread=true')).unread === before,
        'it is read',
      );
      await page.goto('/notifications');
      await page.getByRole('heading', { level: 2, name: '今天' }).waitFor();
      await page.getByText('客户“交接机械”分配给了您').waitFor();
    },
  },
  {
    name: 'only the unread are shown on request, all are read away, and a kind can be switched off',
    company: 'manager',
    async run({ page, open }) {
      await page.goto('/notifications');
      const me = (await session(page)).member.id;
      const boss = await open('admin');
      await settled(page);
      for (const name of ['未读甲', '未读乙']) await api(boss, 'POST', '/accounts', { name, owner: me });
      await page.getByText('“未读乙”').waitFor();
      await page.getByRole('button', { name: /^标为已读.*未读甲/ }).click();
      await page.getByText('只看未读').click();
      await page.getByText('“未读甲”').waitFor({ state: 'detached' });
      await page.getByText('“未读乙”').waitFor();
      await page.getByRole('button', { name: '全部标为已读' }).click();
      await page.getByText('没有未读通知').waitFor();
      await page.goto('/settings/notifications');
      await page.getByText('分配给我').click();
      await until(
        page,
        async () => (await api(page, 'GET', '/session/preferences'))['notify.assigned'] === 'off',
        'the kind is off',
      );
      await api(boss, 'POST', '/accounts', { name: '不用说', owner: me });
      assert.equal((await api(page, 'GET', '/notifications?unread=true')).unread, 0);
      await api(page, 'PATCH', '/session/preferences', { 'notify.assigned': 'on' });
    },
  },
  {
    name: 'a job that was left goes on among the tasks, with its file, and its end is announced',
    company: 'admin',
    async run({ page }) {
      await page.goto('/activities');
      await page.getByRole('grid').waitFor();
      await page.getByRole('button', { name: '导出' }).click();
      await page.getByRole('menuitem', { name: /Excel/ }).click();
      await page.getByRole('dialog', { name: '导出' }).getByRole('button', { name: '关闭' }).last().click();
      await toast(page, '导出已完成').waitFor({ timeout: 60_000 });
      await page.getByRole('region', { name: '通知消息' }).getByRole('button', { name: '查看' }).click();
      const job = page.getByRole('listitem').filter({ hasText: '导出 · 活动' }).first();
      await job.getByText('已完成').waitFor();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        job.getByRole('link', { name: '下载文件' }).click(),
      ]);
      assert.match(file.suggestedFilename(), /\.xlsx$/);
      await page.reload();
      await page.getByRole('tab', { name: '任务', selected: true }).waitFor();
      await job.getByText('已完成').waitFor();
    },
  },
  {
    name: 'a server that does not answer is said, what was typed stays, and the page goes on by itself',
    company: 'rep',
    async run({ page }) {
      await page.goto('/accounts?new=1');
      const name = page.getByRole('dialog').getByRole('textbox', { name: '客户名称' });
      await name.fill('断线机械');
      await page.route('**/api/**', (route) => route.abort());
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      await page.getByText('已离线，恢复后自动继续').waitFor();
      assert.equal(await name.inputValue(), '断线机械');
      await page.unroute('**/api/**');
      await page.getByText('已离线，恢复后自动继续').waitFor({ state: 'detached' });
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      await toast(page, '已新建客户').waitFor();
      page.complaints = page.complaints.filter((said) => !/ERR_FAILED/.test(said));
    },
  },
  {
    name: 'two tabs share one line to the server, and the second goes on when the first is closed',
    company: 'admin',
    async run({ page, server }) {
      await page.goto('/deals');
      await page.getByRole('grid').waitFor();
      const second = await page.context().newPage();
      await second.goto('/accounts?f=name+contains+"同线"');
      await second.getByRole('heading', { level: 1, name: '客户' }).waitFor();
      await until(page, async () => (await streams(server)) === 1, 'one stream');
      await api(page, 'POST', '/accounts', { name: '同线一号' });
      await second.getByText('同线一号').first().waitFor();
      await page.goto('/deals?f=name+contains+"同线"');
      await api(second, 'POST', '/deals', { name: '同线商机' });
      await page.getByText('同线商机').first().waitFor();
      const third = await page.context().newPage();
      await third.goto('/accounts?f=name+contains+"同线"');
      await third.getByText('同线一号').first().waitFor();
      await second.close();
      await until(third, async () => (await streams(server)) === 1, 'one stream still');
      await api(third, 'POST', '/accounts', { name: '同线二号' });
      await third.getByText('同线二号').first().waitFor();
      await third.close();
    },
  },
];
