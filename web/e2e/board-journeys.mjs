// The board, each journey alone in the company: cards dragged by a real mouse through a gate, back with a reason, to an end; the
// same by keys and on a phone; another's move seen without a reload. What stands on the screen is held against the API.
import assert from 'node:assert/strict';
import { api, openPage, signedIn } from './browser.mjs';
import { toast } from './screen.mjs';

const column = (page, stage) => page.getByRole('region', { name: new RegExp(`^${stage}，`) });
const card = (page, name) => page.getByRole('article').filter({ hasText: name });
const undo = (page) => page.getByRole('region', { name: '通知消息' }).getByRole('button', { name: '撤销' });
const read = (page, id) => api(page, 'GET', `/deals/${id}`);

// A deal of one's own, brought `moves` stages on. Nothing but it and its like stands on the board that is opened.
async function deal(page, name, { moves = 0, ...fields } = {}) {
  const account = await api(page, 'POST', '/accounts', { name: `${name}有限公司` });
  const { id } = await api(page, 'POST', '/deals', { name, account: account.id, ...fields });
  for (let at = 0; at < moves; at += 1) await api(page, 'POST', `/deals/${id}/actions/advance`, {});
  return id;
}
async function openBoard(page, name) {
  await page.goto(`/deals/board?f=${encodeURIComponent(`name contains "${name}"`)}`);
  await card(page, name).first().waitFor();
}
const middle = async (locator) => {
  const box = await locator.boundingBox();
  return [box.x + box.width / 2, box.y + Math.min(box.height / 2, 120)];
};
// Takes a card up; where it is held over can be looked at before it is let go.
async function hold(page, name, target) {
  await card(page, name).and(page.locator('[draggable=true]')).waitFor();
  const [x, y] = await middle(card(page, name));
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 12, y + 12, { steps: 3 });
  await page.locator('[data-zone]').first().waitFor();
  const [toX, toY] = await middle(target(page));
  await page.mouse.move(toX, toY, { steps: 8 });
}
const stage = (name) => (page) => column(page, name);
const zone = (verb) => (page) => page.locator(`[data-zone=${verb}]`);

export const boardJourneys = [
  {
    name: 'board: a card is dragged on, told at once and taken back',
    company: 'rep',
    async run({ page }) {
      const id = await deal(page, '晨光看板', { amount: '120000' });
      await openBoard(page, '晨光看板');
      await column(page, '潜在客户识别').getByText('≈ ¥6,000').waitFor();
      await hold(page, '晨光看板', stage('初步接触'));
      await page.mouse.up();
      await column(page, '初步接触').getByRole('article').waitFor();
      await toast(page, '已推进到「初步接触」').waitFor();
      await column(page, '初步接触').getByText('≈ ¥1.2万').waitFor();
      assert.equal((await read(page, id)).stage, 'first_contact');
      await undo(page).click();
      await toast(page, '已撤销').waitFor();
      await column(page, '潜在客户识别').getByRole('article').waitFor();
      assert.equal((await read(page, id)).stage, 'identify');
    },
  },
  {
    name: 'board: what may not be says why; a gate asks for what is missing and lets pass',
    company: 'rep',
    async run({ page }) {
      const id = await deal(page, '关卡看板', { moves: 2 });
      await openBoard(page, '关卡看板');
      await hold(page, '关卡看板', stage('方案展示'));
      await column(page, '方案展示').getByText('不能跳过「方案制定」').waitFor();
      const [x, y] = await middle(column(page, '方案制定'));
      await page.mouse.move(x, y, { steps: 6 });
      await column(page, '方案制定').getByText('还差 3 项').waitFor();
      await page.mouse.up();
      const dialog = page.getByRole('dialog', { name: '还差 3 项' });
      await dialog.getByRole('textbox', { name: '金额' }).fill('30万');
      assert.equal((await read(page, id)).stage, 'needs');
      await dialog.getByRole('button', { name: '填写并通过' }).click();
      await dialog.waitFor({ state: 'detached' });
      await column(page, '方案制定').getByRole('article').getByText('¥30.0万').waitFor();
      const now = await read(page, id);
      assert.deepEqual([now.stage, now.amount.amount], ['solution', '300000.00']);
      // Let go where it may not be: nothing happens.
      await hold(page, '关卡看板', stage('成交与签约'));
      await column(page, '成交与签约').getByText('不能跳过').waitFor();
      await page.mouse.up();
      await page.locator('[data-zone]').first().waitFor({ state: 'detached' });
      await column(page, '方案制定').getByRole('article').waitFor();
      assert.equal((await read(page, id)).version, now.version);
    },
  },
  {
    name: 'board: a step back gives its reason, a loss by its zone too, and comes back',
    company: 'admin',
    async run({ page }) {
      const id = await deal(page, '退回看板', { moves: 2, amount: '50000' });
      await openBoard(page, '退回看板');
      await hold(page, '退回看板', stage('初步接触'));
      await column(page, '初步接触').getByText('退回需填写原因').waitFor();
      await page.mouse.up();
      const back = page.getByRole('dialog', { name: '退回' });
      await back.getByRole('textbox', { name: /原因/ }).fill('客户换人');
      await back.getByRole('button', { name: '退回', exact: true }).click();
      await column(page, '初步接触').getByRole('article').waitFor();
      const { data } = await api(page, 'GET', `/deals/${id}/timeline`);
      assert.equal(data.find((one) => one.verb === 'stepped_back').reason, '客户换人');

      await hold(page, '退回看板', zone('lose'));
      await page.mouse.up();
      const lose = page.getByRole('dialog', { name: '输单' });
      await lose.getByRole('button', { name: /输单原因/ }).click();
      await page.getByRole('option', { name: '价格', exact: true }).click();
      await lose.getByRole('button', { name: '输单', exact: true }).click();
      await page.getByText('没有符合条件的进行中记录').waitFor();
      assert.deepEqual([(await read(page, id)).outcome, (await read(page, id)).loss_reason], ['lost', 'price']);
      await undo(page).click();
      await card(page, '退回看板').waitFor();
      assert.equal((await read(page, id)).outcome, 'open');
    },
  },
  {
    name: 'board: a win by its zone asks for the sum of the end',
    company: 'rep',
    async run({ page }) {
      const id = await deal(page, '赢单看板', { amount: '50000' });
      await openBoard(page, '赢单看板');
      await hold(page, '赢单看板', zone('win'));
      await page.mouse.up();
      const win = page.getByRole('dialog', { name: '赢单' });
      const amount = win.getByRole('textbox', { name: /金额/ });
      await amount.waitFor();
      await amount.fill('48000');
      await win.getByRole('button', { name: '赢单', exact: true }).click();
      await page.getByText('没有符合条件的进行中记录').waitFor();
      const won = await read(page, id);
      assert.deepEqual([won.outcome, won.amount.amount], ['won', '48000.00']);
    },
  },
  {
    name: 'board: arrows walk, M moves, Enter opens',
    company: 'rep',
    async run({ page }) {
      await deal(page, '键盘看板一', { amount: '10000' });
      const id = await deal(page, '键盘看板二', { amount: '20000', moves: 1 });
      await openBoard(page, '键盘看板');
      const focused = (name) => page.locator(`a:focus`).and(page.getByRole('link', { name })).waitFor();
      await page.getByRole('link', { name: '键盘看板一' }).focus();
      await page.keyboard.press('ArrowRight');
      await focused('键盘看板二');
      await page.keyboard.press('m');
      const menu = page.getByRole('menu');
      await menu.getByRole('menuitem', { name: '方案制定（不能跳过「需求分析」）' }).waitFor();
      assert.ok(await menu.getByRole('menuitem', { name: /^方案制定/ }).getAttribute('aria-disabled'));
      await menu
        .locator(':focus')
        .and(menu.getByRole('menuitem', { name: '预览' }))
        .waitFor();
      await page.keyboard.press('ArrowDown');
      await menu
        .locator(':focus')
        .and(menu.getByRole('menuitem', { name: '潜在客户识别' }))
        .waitFor();
      await page.keyboard.press('ArrowDown');
      await menu
        .locator(':focus')
        .and(menu.getByRole('menuitem', { name: '需求分析' }))
        .waitFor();
      await page.keyboard.press('Enter');
      await toast(page, '已推进到「需求分析」').waitFor();
      await focused('键盘看板二');
      assert.equal((await read(page, id)).stage, 'needs');
      await page.keyboard.press('ArrowLeft');
      await focused('键盘看板一');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: /键盘看板一/ }).waitFor();
    },
  },
  {
    name: 'board: list and board show the same filter, the stalled ones are a filter too, and the sums are those of the API',
    company: 'manager',
    async run({ page }) {
      await page.goto('/deals?f=amount+%3E+100000');
      await page.getByRole('link', { name: '看板', exact: true }).last().click();
      await page.waitForURL(/\/deals\/board\?.*f=/);
      await page.getByRole('article').first().waitFor();
      const ask = async (where) =>
        (await api(page, 'POST', '/query', { from: 'deals', where, measures: { n: 'count()' } })).rows[0].n;
      const open = 'amount > 100000 and outcome = "open"';
      const total = await ask(open);
      await page
        .getByRole('main')
        .getByText(`共 ${total.toLocaleString('en')} 条`)
        .waitFor();
      for (const [name, key] of [
        ['需求分析', 'needs'],
        ['成交与签约', 'closing'],
      ]) {
        const n = await ask(`${open} and stage = "${key}"`);
        assert.equal(await column(page, name).getAttribute('aria-label'), `${name}，${n.toLocaleString('en')} 条`);
      }
      const stalled = await ask(`${open} and stalled_since <= today()`);
      assert.ok(stalled > 0 && stalled < total);
      await page.getByRole('button', { name: `${stalled} 条停滞` }).click();
      await page
        .getByRole('main')
        .getByText(`共 ${stalled.toLocaleString('en')} 条`)
        .waitFor();
      await page.getByRole('link', { name: '列表', exact: true }).click();
      await page.waitForURL(/\/deals\?.*stalled_since/);
      await page.getByRole('grid').waitFor();
    },
  },
  {
    name: 'board: what another moves is seen without a reload',
    company: 'rep',
    async run({ page, server }) {
      const id = await deal(page, '旁观看板', { amount: '10000' });
      await openBoard(page, '旁观看板');
      const browser = page.context().browser();
      const state = await signedIn(browser, server.url, server.members.admin, server.password);
      const other = await openPage(browser, { ...server, state });
      await api(other, 'POST', `/deals/${id}/actions/advance`, {});
      await other.context().close();
      await column(page, '初步接触').getByRole('article').waitFor();
      assert.equal(await column(page, '潜在客户识别').getByRole('article').count(), 0);
    },
  },
  {
    name: 'board: on a phone one stage a swipe, and the menu moves',
    company: 'rep',
    async run({ page, server }) {
      const id = await deal(page, '手机看板', { amount: '10000' });
      const phone = await openPage(page.context().browser(), { ...server, width: 390, height: 844 });
      try {
        await openBoard(phone, '手机看板');
        const first = await column(phone, '潜在客户识别').boundingBox();
        assert.ok(
          first.x >= 0 && first.width > 300 && first.x + first.width <= 390,
          `it lies at ${first.x}, ${first.width} wide`,
        );
        assert.equal(await phone.locator('[draggable=true]').count(), 0);
        const button = card(phone, '手机看板').getByRole('button');
        const size = await button.boundingBox();
        assert.ok(size.width >= 44 && size.height >= 44, `the menu is ${size.width} × ${size.height}`);
        await button.tap();
        await phone.getByRole('menuitem', { name: '初步接触', exact: true }).tap();
        await toast(phone, '已推进到「初步接触」').waitFor();
        await column(phone, '初步接触').getByRole('article').waitFor();
        assert.equal((await read(page, id)).stage, 'first_contact');
        assert.deepEqual(phone.complaints, []);
      } finally {
        await phone.context().close();
      }
    },
  },
  {
    name: 'board: ＋ in a stage begins there, through the gates on the way, or in the first stage',
    company: 'rep',
    async run({ page }) {
      await deal(page, '新建看板');
      await openBoard(page, '新建看板');
      await column(page, '初步接触').getByRole('button', { name: '在「初步接触」新建商机' }).click();
      const dialog = page.getByRole('dialog', { name: '新建商机' });
      await dialog.getByText('新记录将从「初步接触」开始').waitFor();
      await dialog.getByRole('textbox', { name: /^商机名称/ }).fill('新建看板 2');
      await dialog.getByRole('button', { name: '保存' }).click();
      await column(page, '初步接触').getByText('新建看板 2').waitFor();
      await column(page, '方案展示').getByRole('button', { name: '在「方案展示」新建商机' }).click();
      await dialog.getByRole('textbox', { name: /^商机名称/ }).fill('新建看板 3');
      await dialog.getByRole('button', { name: '保存' }).click();
      await dialog.getByText('请填写预计金额').waitFor();
      await dialog.getByText('请填写预计成交日期').waitFor();
      assert.equal(await dialog.getByText('建议填写来源').count(), 0, 'what does not block is not asked for');
      await dialog.getByRole('button', { name: '先建在第一个阶段' }).click();
      await column(page, '潜在客户识别').getByText('新建看板 3').waitFor();
      await column(page, '需求分析').getByRole('button', { name: '在「需求分析」新建商机' }).click();
      await dialog.getByRole('textbox', { name: /^商机名称/ }).fill('新建看板 4');
      await dialog.getByRole('button', { name: '保存' }).click();
      await column(page, '需求分析').getByText('新建看板 4').waitFor();
    },
  },
];
