// A phone on the way: five places at the bottom, what is written down without a line, and the app that opens without one.
import assert from 'node:assert/strict';
import { api, openPage, signedIn } from './browser.mjs';
import { becomes, opened, toast } from './screen.mjs';
import { startUpdated } from './server.mjs';

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });
const bar = (page) => page.getByRole('navigation', { name: '主导航' });
const filter = (text) => `filter=${encodeURIComponent(text)}`;
const activitiesOf = async (page, deal) =>
  (await api(page, 'GET', `/activities?${filter(`deal = "${deal}"`)}&sort=-created_at`)).data;

async function onPhone(page, server, more, work) {
  const phone = await openPage(page.context().browser(), { ...server, width: 390, height: 844, ...more });
  try {
    await work(phone);
    assert.deepEqual(
      phone.complaints.filter((said) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource/.test(said)),
      [],
    );
  } finally {
    await phone.context().close();
  }
}

// Everything that is pressed is as large as a thumb.
const small = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('nav a, nav button, [role=dialog] a, [role=dialog] button, [role=option]')]
      .filter((one) => one.checkVisibility?.() ?? one.offsetParent)
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
      .map(({ one, box }) => `${one.textContent || one.getAttribute('aria-label')} ${box.width}×${box.height}`),
  );

export const phoneJourneys = [
  {
    name: 'phone: the bar leads to four places; ＋ writes down and creates; 我的 holds the rest',
    company: 'rep',
    async run({ page, server }) {
      await onPhone(page, server, {}, async (phone) => {
        await phone.goto('/today');
        await heading(phone, '工作台').waitFor();
        await bar(phone).getByRole('link', { name: '客户' }).click();
        await heading(phone, '客户').waitFor();
        await bar(phone).getByRole('link', { name: '商机' }).click();
        await heading(phone, '商机').waitFor();
        assert.equal(await bar(phone).getByRole('link', { name: '商机' }).getAttribute('aria-current'), 'page');
        assert.deepEqual(await small(phone), []);
        await bar(phone).getByRole('button', { name: '新建' }).click();
        const plus = await opened(phone.getByRole('dialog', { name: '新建' }));
        assert.deepEqual(await small(phone), []);
        const { y, height } = await plus.boundingBox();
        assert.ok(y + height >= 843, 'a sheet stands at the bottom');
        await plus.getByRole('button', { name: '新建线索' }).click();
        await opened(phone.getByRole('dialog', { name: '新建线索' }));
        await phone.getByRole('dialog').getByRole('button', { name: '取消' }).click();
        await phone.getByRole('dialog').waitFor({ state: 'detached' });
        await bar(phone).getByRole('button', { name: '我的' }).click();
        const mine = await opened(phone.getByRole('dialog', { name: '我的' }));
        assert.deepEqual(await small(phone), []);
        await mine.getByRole('button', { name: '搜索或跳转' }).click();
        await opened(phone.getByRole('dialog', { name: '搜索与跳转' }));
        assert.deepEqual(await small(phone), []);
        await phone.getByRole('combobox', { name: '搜索与跳转' }).fill('xsld');
        await phone.getByRole('option', { selected: true }).filter({ hasText: '销售漏斗' }).click();
        await heading(phone, '销售漏斗').waitFor();
      });
    },
  },
  {
    name: 'phone: a deal begins with what comes next and what is missing; all its fields are folded behind one button',
    company: 'rep',
    async run({ page, server }) {
      const deal = await api(page, 'POST', '/deals', { name: '手机一期', amount: '80000', next_step: '发送报价' });
      await onPhone(page, server, {}, async (phone) => {
        await phone.goto(`/deals/${deal.id}`);
        const fold = phone.getByRole('button', { name: '全部字段' });
        const inOrder = [
          phone.getByRole('list', { name: '销售阶段' }),
          phone.getByText('¥80,000'),
          phone.getByRole('region', { name: '下一步', exact: true }).getByText('发送报价'),
          phone.getByText(/· 打法$/),
          phone.getByRole('region', { name: '写跟进' }),
          fold,
          phone.getByRole('region', { name: '动态' }).last(),
        ];
        for (const one of inOrder) await one.waitFor();
        const tops = () => Promise.all(inOrder.map(async (one) => (await one.boundingBox()).y));
        await becomes(async () => (await tops()).every((y, place, all) => place === 0 || y > all[place - 1]), true);
        const pencil = phone.getByRole('button', { name: '编辑金额' });
        assert.equal(await pencil.count(), 0);
        await fold.click();
        await pencil.waitFor();
        assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), 390);
      });
    },
  },
  {
    name: 'phone: a follow-up written without a line waits, is sent once when it is back, and stands in the timeline',
    company: 'rep',
    async run({ page, server }) {
      const deal = await api(page, 'POST', '/deals', { name: '离线一期', amount: '80000' });
      await onPhone(page, server, {}, async (phone) => {
        await phone.goto(`/deals/${deal.id}`);
        await phone.getByRole('heading', { level: 1 }).filter({ hasText: '离线一期' }).waitFor();
        await phone.goto('/today');
        await heading(phone, '工作台').waitFor();
        // The parts of the sheet are there before the line goes.
        await bar(phone).getByRole('button', { name: '新建' }).click();
        await opened(phone.getByRole('dialog', { name: '新建' }));
        await phone.getByRole('dialog').getByRole('button', { name: '记电话', exact: true }).click();
        await opened(phone.getByRole('dialog', { name: '记录沟通' }));
        // Its title names what it is about, once that is chosen.
        const dialog = phone.getByRole('dialog');
        await dialog.getByRole('button', { name: /离线一期/ }).click();
        await dialog.getByRole('textbox', { name: /^要点/ }).fill('地下车库里写的');
        await phone.context().setOffline(true);
        await dialog.getByRole('button', { name: '正常沟通' }).click();
        await dialog.waitFor({ state: 'detached' });
        await toast(phone, '已存在本机，联网后自动发送').waitFor();
        await phone.getByRole('button', { name: '1 条待同步' }).click();
        const waiting = await opened(phone.getByRole('dialog', { name: '待同步' }));
        await waiting.getByText('地下车库里写的').waitFor();
        await waiting.getByRole('button', { name: '关闭' }).click();
        await waiting.waitFor({ state: 'detached' });
        assert.equal((await activitiesOf(page, deal.id)).length, 0);
        // What waits outlives the page.
        await phone.context().setOffline(false);
        await toast(phone, '已同步 1 条').waitFor();
        await becomes(async () => (await activitiesOf(page, deal.id)).length, 1);
        const [sent] = await activitiesOf(page, deal.id);
        assert.deepEqual([sent.kind, sent.body, sent.state], ['call', '地下车库里写的', 'done']);
        await phone.goto(`/deals/${deal.id}`);
        await phone.getByText('地下车库里写的').first().waitFor();
      });
    },
  },
  {
    name: 'phone: an answer that was lost makes no second record; a refusal keeps the text and says why',
    company: 'rep',
    async run({ page, server }) {
      const deal = await api(page, 'POST', '/deals', { name: '断线一期', amount: '80000' });
      await onPhone(page, server, {}, async (phone) => {
        await phone.goto(`/deals/${deal.id}`);
        const form = phone.getByRole('region', { name: '写跟进' });
        await form.getByRole('tab', { name: '电话' }).click();
        await form.getByRole('textbox', { name: '内容' }).fill('答复丢了');
        // The server does it, and its answer is lost on the way.
        let lost = 0;
        await phone.route('**/api/v1/activities', async (route) => {
          if (route.request().method() !== 'POST' || lost > 0) return route.fallback();
          lost += 1;
          await route.fetch();
          return route.abort('connectionreset');
        });
        await form.getByRole('button', { name: '保存' }).click();
        await becomes(() => lost, 1);
        await phone.getByRole('region', { name: '待同步' }).getByText('答复丢了').waitFor();
        assert.equal((await activitiesOf(page, deal.id)).length, 1);
        await phone.evaluate(() => window.dispatchEvent(new Event('online')));
        await toast(phone, '已同步 1 条').waitFor();
        await phone.getByRole('region', { name: '待同步' }).waitFor({ state: 'detached' });
        assert.equal((await activitiesOf(page, deal.id)).length, 1, 'one record');

        // Nor do two tabs that send the same at once.
        const answers = await phone.evaluate(async (id) => {
          const { csrf } = await (await fetch('/api/v1/session')).json();
          const send = async () => {
            const headers = {
              'content-type': 'application/json',
              'x-csrf-token': csrf,
              'idempotency-key': 'two-tabs-at-once',
            };
            const body = JSON.stringify({ subject: '两个标签页', kind: 'call', deal: id });
            const answer = await fetch('/api/v1/activities', { method: 'POST', headers, body });
            return [answer.status, (await answer.json()).id];
          };
          return Promise.all([send(), send(), send(), send()]);
        }, deal.id);
        assert.deepEqual(
          answers,
          answers.map(() => [201, answers[0][1]]),
        );
        assert.equal((await activitiesOf(page, deal.id)).length, 2);

        // Written without a line about what somebody deletes meanwhile.
        await form.getByRole('tab', { name: '电话' }).click();
        await form.getByRole('textbox', { name: '内容' }).fill('商机已被删除');
        await phone.context().setOffline(true);
        await form.getByRole('button', { name: '保存' }).click();
        await phone.getByRole('region', { name: '待同步' }).getByText('商机已被删除').waitFor();
        const now = await api(page, 'GET', `/deals/${deal.id}`);
        await api(page, 'DELETE', `/deals/${deal.id}`, undefined, now.version);
        await phone.context().setOffline(false);
        await phone.getByText('有内容没有被接受').waitFor();
        await phone.goto('/today');
        await phone.getByRole('button', { name: '查看' }).click();
        const waiting = await opened(phone.getByRole('dialog', { name: '待同步' }));
        await waiting.getByText('商机已被删除').waitFor();
        await waiting.getByText(/^没有被接受：/).waitFor();
        await waiting.getByRole('button', { name: '丢弃' }).click();
        await waiting.getByText('丢弃后内容无法找回。').waitFor();
        await waiting.getByRole('button', { name: '丢弃' }).click();
        await waiting.getByText('没有待同步的内容。').waitFor();
      });
    },
  },
  {
    name: 'phone: who was signed out meanwhile signs in again, and what waited is sent',
    company: 'rep',
    async run({ page, server }) {
      const deal = await api(page, 'POST', '/deals', { name: '过期一期', amount: '80000' });
      // A session of its own, for it is ended.
      const state = await signedIn(page.context().browser(), server.url, server.members.rep, server.password);
      await onPhone(page, { ...server, state }, {}, async (phone) => {
        await phone.goto(`/deals/${deal.id}`);
        const form = phone.getByRole('region', { name: '写跟进' });
        await form.getByRole('tab', { name: '电话' }).click();
        await form.getByRole('textbox', { name: '内容' }).fill('路上写的');
        await phone.context().setOffline(true);
        await form.getByRole('button', { name: '保存' }).click();
        await phone.getByRole('region', { name: '待同步' }).getByText('路上写的').waitFor();
        const other = await openPage(page.context().browser(), { ...server, state });
        await api(other, 'DELETE', '/session');
        await other.context().close();
        await phone.context().setOffline(false);
        await phone.getByRole('heading', { level: 1, name: '登录商道' }).waitFor();
        await phone.getByRole('textbox', { name: '邮箱' }).fill(server.members.rep);
        await phone.getByRole('textbox', { name: '密码' }).fill(server.password);
        await phone.getByRole('button', { name: '登录' }).click();
        await phone.getByRole('heading', { level: 1 }).filter({ hasText: '过期一期' }).waitFor();
        await becomes(async () => (await activitiesOf(page, deal.id)).map((one) => one.body), ['路上写的']);
      });
    },
  },
  {
    name: 'phone: the installed app opens without a line, writes, and sends when it is back',
    company: 'rep',
    async run({ page, server }) {
      await onPhone(page, server, { worker: true }, async (phone) => {
        await phone.goto('/accounts');
        await heading(phone, '客户').waitFor();
        const name = await phone.getByRole('main').getByRole('link').first().innerText();
        await phone.getByRole('main').getByRole('link').first().click();
        await phone.waitForURL(/\/accounts\/\d+/);
        await phone.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
        await phone.reload();
        await phone.waitForFunction(() => navigator.serviceWorker.controller !== null);
        const answer = await phone.request.get('/manifest.webmanifest');
        assert.match(answer.headers()['content-type'], /^application\/manifest\+json/);
        for (const icon of (await answer.json()).icons) assert.equal((await phone.request.get(icon.src)).status(), 200);
        // No answer of the API is kept by the worker.
        const kept = await phone.evaluate(async () => {
          const all = await Promise.all(
            (await caches.keys()).map(async (key) => (await (await caches.open(key)).keys()).map((one) => one.url)),
          );
          return all.flat();
        });
        assert.ok(kept.length > 10);
        assert.deepEqual(
          kept.filter((url) => new URL(url).pathname.startsWith('/api')),
          [],
        );
        await phone.context().setOffline(true);
        await phone.goto('/today');
        await heading(phone, '工作台').waitFor();
        await bar(phone).getByRole('button', { name: '新建' }).click();
        await opened(phone.getByRole('dialog', { name: '新建' }));
        await phone.getByRole('dialog').getByRole('button', { name: '记拜访', exact: true }).click();
        await opened(phone.getByRole('dialog', { name: '记录沟通' }));
        const dialog = phone.getByRole('dialog');
        await dialog.getByRole('button', { name: new RegExp(name.split('\n')[0]) }).click();
        await dialog.getByRole('textbox', { name: /^要点/ }).fill('电梯里写的');
        await dialog.getByRole('button', { name: '正常沟通' }).click();
        await dialog.waitFor({ state: 'detached' });
        await phone.getByText('1 条待同步').waitFor();
        await phone.context().setOffline(false);
        await phone.evaluate(() => window.dispatchEvent(new Event('online')));
        await toast(phone, '已同步 1 条').waitFor();
        const found = (await api(page, 'GET', `/activities?${filter('body = "电梯里写的"')}`)).data;
        assert.equal(found.length, 1);
      });
    },
  },
  {
    name: 'phone: the app says when a new version waits, and takes it when told to',
    company: 'rep',
    async run({ page }) {
      const house = await startUpdated();
      const own = await openPage(page.context().browser(), { ...house, worker: true });
      try {
        await own.goto(house.setup);
        await own.getByRole('textbox', { name: '组织名称' }).fill('更新');
        await own.getByRole('textbox', { name: '您的姓名' }).fill('韩梅');
        await own.getByRole('textbox', { name: '邮箱' }).fill('hanmei@example.com');
        await own.getByRole('textbox', { name: '密码' }).fill('correct-horse-battery');
        await own.getByRole('button', { name: '建立组织' }).click();
        await heading(own, '工作台').waitFor();
        await own.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
        await own.reload();
        await heading(own, '工作台').waitFor();
        await own.waitForFunction(() => navigator.serviceWorker.controller !== null);
        assert.equal(await own.getByText('新版本已就绪').count(), 0, 'the first version is no update');
        await house.update();
        await own.evaluate(async () => (await navigator.serviceWorker.ready).update());
        await own.getByText('新版本已就绪').waitFor();
        const loaded = own.waitForEvent('load');
        await own.getByRole('button', { name: '刷新' }).click();
        await loaded;
        await heading(own, '工作台').waitFor();
        await becomes(() => own.evaluate(() => caches.keys()), ['shangdao-shell-next']);
        assert.equal(await own.getByText('新版本已就绪').count(), 0);
      } finally {
        await own.context().close();
        await house.close();
      }
    },
  },
];
