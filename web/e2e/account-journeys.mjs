// How one gets in, and who else does: the password, the second factor, the devices one is signed in on, the tokens of one's programs, and
// what an administrator does about the doors of others. Each journey has a colleague of its own in the demo company; the one in which time
// passes has the company to itself.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { api, openPage, signedIn } from './browser.mjs';
import { colleague, emailOf, password } from './colleague.mjs';
import { going } from './now.mjs';
import { becomes, choose, openedDialog, toast } from './screen.mjs';
import { startCompany, startFresh } from './server.mjs';

const dialog = (page) => page.getByRole('dialog');
const part = (page, name) => page.getByRole('region', { name });
const field = (page, name) => page.getByRole('textbox', { name });
const button = (page, name) => page.getByRole('button', { name, exact: true });
const heading = (page, name) => page.getByRole('heading', { level: 1, name });

// What an authenticator shows at a step of 30 seconds (RFC 6238).
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
function codeOf(key, step) {
  const bits = [...key].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((eight) => Number.parseInt(eight, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', bytes).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, '0');
}
// The clock of the house, not of this process.
const stepNow = (page) => page.evaluate(() => Math.floor(Date.now() / 30_000));

async function openSecurity(page) {
  await page.goto('/settings');
  await page.getByRole('navigation', { name: '设置项' }).getByRole('link', { name: '安全', exact: true }).click();
  await page.getByRole('heading', { level: 2, name: '安全' }).waitFor();
}

// What an administrator sees of a member's doors.
async function openDoorsOf(page, name) {
  await page.goto('/settings/members');
  await page.getByRole('searchbox', { name: '查找成员' }).fill(name);
  await button(page, `对“${name}”的操作`).click();
  await page.getByRole('menuitem', { name: '登录与安全' }).click();
  await page.getByRole('heading', { level: 2, name: `${name}的登录与安全` }).waitFor();
}

async function send(box, text) {
  await box.fill(text);
  await box.press('Enter');
}

async function givePassword(page, email, theirs = password) {
  await page.goto('/sign-in');
  await field(page, '邮箱').fill(email);
  await send(field(page, '密码'), theirs);
}

// Another browser of the same member.
async function device(open, email) {
  const page = await open('nobody');
  await givePassword(page, email);
  await heading(page, '工作台').waitFor();
  return page;
}

// Begins the second factor with the code of a step; gives its key and the recovery codes.
async function begin(page, stepOf) {
  await openSecurity(page);
  await button(page, '启用两步验证').click();
  const asked = await openedDialog(page);
  await send(field(asked, '登录密码'), 'not this one');
  await asked.getByText('密码不正确').waitFor();
  await send(field(asked, '登录密码'), password);
  await dialog(page)
    .getByRole('img', { name: /^验证器的二维码/ })
    .waitFor();
  const key = (await dialog(page).locator('code').innerText()).replaceAll(' ', '');
  const box = field(dialog(page), /^验证器显示的 6 位验证码/);
  const step = await stepOf();
  await send(box, codeOf(key, step + 1000));
  await dialog(page)
    .getByText(/^验证码不正确/)
    .waitFor();
  await send(box, codeOf(key, step));
  const lines = dialog(page).getByRole('listitem');
  await becomes(() => lines.count(), 10);
  return { key, step, codes: await lines.allInnerTexts() };
}

async function saveCodes(page, { codes }) {
  // What is shown once does not go by a slip.
  await page.keyboard.press('Escape');
  await dialog(page).getByRole('alert').waitFor();
  const coming = page.waitForEvent('download');
  await button(dialog(page), '下载').click();
  const file = readFileSync(await (await coming).path(), 'utf8');
  for (const code of codes) assert.ok(file.includes(`${code}\n`));
  await button(dialog(page), '我已保存').click();
  await dialog(page).waitFor({ state: 'detached' });
  await part(page, '两步验证').getByText('已启用').waitFor();
  await page.getByText('还剩 10 个恢复码').waitFor();
}

// Longer than the second it may take the server, shorter than a page that finds out by asking.
const out_ms = 3000;

async function setUp(page, { url, setup }) {
  const data = {
    token: new URL(setup).hash.slice(1),
    organisation: '华东销售部',
    currency: 'CNY',
    time_zone: 'Asia/Shanghai',
    name: '韩梅',
    email: 'hanmei@example.com',
    password,
  };
  const answer = await page.context().request.post('/api/v1/setup', { data, headers: { origin: url } });
  assert.ok(answer.ok(), await answer.text());
}

// From a deed until the page of another browser is the door.
async function isOut(page, deed) {
  const before = Date.now();
  await Promise.all([heading(page, '登录商道').waitFor(), deed()]);
  const took = Date.now() - before;
  assert.ok(took < out_ms, `${took} ms`);
  await assert.rejects(api(page, 'GET', '/deals?limit=1'), /401/);
}

export const accountJourneys = [
  {
    name: 'account: a second factor is begun and asked for; a recovery code opens once; an administrator takes it away',
    company: 'admin',
    async run({ page, open }) {
      const [name, email] = ['许同事', emailOf('许同事')];
      const theirs = await colleague(page, open, name);
      const begun = await begin(theirs, () => stepNow(theirs));
      await saveCodes(theirs, begun);

      await theirs.locator('nav button[aria-haspopup]').last().click();
      await theirs.getByRole('menuitem', { name: '退出登录', exact: true }).click();
      await heading(theirs, '登录商道').waitFor();
      await givePassword(theirs, email);
      await heading(theirs, '两步验证').waitFor();
      // The code of the beginning was used by it.
      const code = field(theirs, /^验证码/);
      await send(code, codeOf(begun.key, begun.step));
      await theirs.getByText(/^验证码不正确或已用过/).waitFor();
      assert.equal(await code.inputValue(), codeOf(begun.key, begun.step));
      await send(code, codeOf(begun.key, Math.max(begun.step + 1, await stepNow(theirs))));
      await heading(theirs, '工作台').waitFor();

      const [recovery] = begun.codes;
      const second = await open('nobody');
      await givePassword(second, email);
      await button(second, '用恢复码').click();
      await send(field(second, /^恢复码/), recovery);
      await heading(second, '工作台').waitFor();
      const third = await open('nobody');
      await givePassword(third, email);
      await button(third, '用恢复码').click();
      await send(field(third, /^恢复码/), recovery);
      await third.getByText(/^验证码不正确或已用过/).waitFor();
      await button(third, '返回').click();
      assert.equal(await field(third, '邮箱').inputValue(), email);
      assert.equal(await field(third, '密码').inputValue(), password);
      await openSecurity(theirs);
      await theirs.getByText('还剩 9 个恢复码').waitFor();
      await button(theirs, '重新生成恢复码').click();
      await button(await openedDialog(theirs), '重新生成恢复码').click();
      const lines = dialog(theirs).getByRole('listitem');
      await becomes(() => lines.count(), 10);
      const renewed = await lines.allInnerTexts();
      assert.ok(!renewed.includes(begun.codes[1]));
      await saveCodes(theirs, { codes: renewed });

      await openDoorsOf(page, name);
      await button(part(page, '两步验证'), '停用两步验证').click();
      await button(await openedDialog(page), '停用两步验证').click();
      await toast(page, `“${name}”的两步验证已停用`).waitFor();
      await button(third, '登录').click();
      await heading(third, '工作台').waitFor();
    },
  },
  {
    name: 'account: a device that is signed out elsewhere is shown out at once, the others with one button, all by an administrator',
    company: 'admin',
    async run({ page, open }) {
      const [name, email] = ['何同事', emailOf('何同事')];
      const theirs = await colleague(page, open, name);
      const lost = await device(open, email);
      await openSecurity(theirs);
      const devices = part(theirs, '已登录的设备').getByRole('listitem');
      await becomes(() => devices.count(), 2);
      await devices.filter({ hasText: '本机' }).getByText('Chrome · Linux').waitFor();
      await isOut(lost, () => devices.getByRole('button', { name: '退出“Chrome · Linux”' }).click());
      await becomes(() => devices.count(), 1);

      await givePassword(lost, email);
      await heading(lost, '工作台').waitFor();
      await theirs.reload();
      await becomes(() => devices.count(), 2);
      await isOut(lost, () => button(theirs, '退出其他设备').click());
      await toast(theirs, '其他设备都已退出').waitFor();
      await button(theirs, '退出其他设备').waitFor({ state: 'detached' });

      await openDoorsOf(page, name);
      await button(part(page, '已登录的设备'), '在所有设备上退出').click();
      const asked = await openedDialog(page);
      await isOut(theirs, () => button(asked, '在所有设备上退出').click());
    },
  },
  {
    name: 'account: a token opens what it may and nothing else, and nothing once it is revoked',
    company: 'admin',
    async run({ page, open, server }) {
      const theirs = await colleague(page, open, '吕同事');
      await openSecurity(theirs);
      await button(theirs, '新建令牌').click();
      const form = await openedDialog(theirs);
      await field(form, /^名称/).fill('报表');
      await field(form, /^有效天数/).fill('400');
      assert.ok(await button(form, '生成令牌').isDisabled());
      await field(form, /^有效天数/).fill('10');
      await choose(theirs, form.getByRole('button', { name: /可以做什么/ }), '只读');
      await form.getByRole('checkbox', { name: '商机' }).check({ force: true });
      await button(form, '生成令牌').click();
      const token = await field(dialog(theirs), '令牌').inputValue();
      assert.match(token, /^sd_/);
      await button(dialog(theirs), '关闭').last().click();

      const ask = async (path, more) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        return (await fetch(`${server.url}/api/v1${path}`, { headers, ...more })).status;
      };
      assert.equal(await ask('/deals?limit=1'), 200);
      // What may not be seen answers as if it were not there.
      assert.equal(await ask('/accounts?limit=1'), 404);
      assert.equal(await ask('/deals', { method: 'POST', body: JSON.stringify({ name: '令牌试验' }) }), 403);

      const line = theirs.getByRole('table', { name: 'API 令牌' }).getByRole('row', { name: /报表/ });
      await line.getByText('只读 · 只限商机').waitFor();
      await button(line, '吊销“报表”').click();
      await button(await openedDialog(theirs), '吊销').click();
      await toast(theirs, '“报表”已吊销').waitFor();
      assert.equal(await ask('/deals?limit=1'), 401);
      await theirs.getByText('还没有令牌。').waitFor();
    },
  },
  {
    name: 'account: a new password is chosen with the old one; other devices are out, and only the new one opens',
    // Signs in so often that the address would have to wait where others sign in, too.
    own: true,
    async run({ page }) {
      const company = await startCompany(going());
      const browser = page.context().browser();
      const state = await signedIn(browser, company.url, company.members.admin, company.password);
      const opened = [];
      const open = async (role) =>
        opened[opened.push(await openPage(browser, { ...company, state: role === 'nobody' ? undefined : state })) - 1];
      try {
        const [name, email, next] = ['孔同事', emailOf('孔同事'), 'another one for a colleague'];
        const theirs = await colleague(await open('admin'), open, name);
        const other = await device(open, email);
        await openSecurity(theirs);
        await button(theirs, '修改密码').click();
        const form = await openedDialog(theirs);
        const [old, fresh] = [field(form, /^现在的密码/), field(form, /^新密码/)];
        await old.fill(password);
        await send(fresh, email);
        await form.getByText(/^密码不能与姓名或邮箱相同/).waitFor();
        await old.fill('not this one');
        await send(fresh, next);
        await form.getByText('密码不正确').waitFor();
        assert.equal(await fresh.inputValue(), next, 'what was typed stays');
        await old.fill(password);
        await isOut(other, () => button(form, '修改密码').click());
        await toast(theirs, '密码已修改，其他设备都已退出').waitFor();

        await givePassword(other, email);
        await other.getByText('邮箱或密码不正确').waitFor();
        await givePassword(other, email, next);
        await heading(other, '工作台').waitFor();
        await theirs.reload();
        const knocks = theirs.getByRole('table', { name: '最近登录' }).getByRole('row');
        await knocks.filter({ hasText: '密码错误' }).first().getByText('Chrome · Linux').waitFor();
        assert.match(await knocks.filter({ hasText: '登录' }).first().innerText(), /127\.0\.0\.0\/24/);
      } finally {
        for (const one of opened) await one.context().close();
        await company.close();
      }
    },
  },
  {
    name: 'account: an administrator sees who knocked, links a member to the provider and ends it, also on a phone',
    own: true,
    async run({ page }) {
      const provider = ['--oidc-issuer', 'http://127.0.0.1:9', '--oidc-client', 'crm', '--oidc-name', '统一登录'];
      const house = await startFresh(going(), ['--base-url', 'https://crm.example.com', ...provider]);
      const browser = page.context().browser();
      const opened = [];
      const open = async (more) => opened[opened.push(await openPage(browser, { ...house, ...more })) - 1];
      try {
        const admin = await open();
        await setUp(admin, house);
        const [one, other] = [await colleague(admin, open, '钱同事'), await colleague(admin, open, '孙同事')];
        await givePassword(one, emailOf('钱同事'), 'not this one');
        await one.getByText('邮箱或密码不正确').waitFor();

        await openDoorsOf(admin, '钱同事');
        const knocks = part(admin, '最近登录').getByRole('row');
        await knocks.filter({ hasText: '密码错误' }).getByText('Chrome · Linux').waitFor();
        await knocks.filter({ hasText: '登录' }).first().waitFor();

        const identities = part(admin, '用 统一登录 登录');
        await identities.getByText('还没有关联。').waitFor();
        await button(identities, '关联…').click();
        let form = await openedDialog(admin);
        assert.ok(await button(form, '关联').isDisabled());
        await send(field(form, /^固定编号/), 'u-1');
        await toast(admin, '“钱同事”可以用 统一登录 登录了').waitFor();
        await identities.getByRole('listitem').getByText('u-1').waitFor();

        // One number is one person.
        await openDoorsOf(admin, '孙同事');
        await button(identities, '关联…').click();
        form = await openedDialog(admin);
        await send(field(form, /^固定编号/), 'u-1');
        await form.getByText('该身份已关联到另一位成员').waitFor();
        assert.equal(await field(form, /^固定编号/).inputValue(), 'u-1', 'what was typed stays');

        const state = await admin.context().storageState();
        const phone = await open({ state, width: 390, height: 844 });
        await openDoorsOf(phone, '钱同事');
        await button(part(phone, '用 统一登录 登录'), '解除“u-1”').click();
        const asked = await openedDialog(phone);
        await asked.getByText('密码登录照常').waitFor();
        await button(asked, '解除').click();
        await toast(phone, '“u-1”已解除').waitFor();
        await part(phone, '用 统一登录 登录').getByText('还没有关联。').waitFor();
        await send(field(form, /^固定编号/), 'u-1');
        await toast(admin, '“孙同事”可以用 统一登录 登录了').waitFor();

        // Out everywhere, at once; nobody else's doors are to be seen.
        await isOut(other, async () => {
          await button(part(admin, '已登录的设备'), '在所有设备上退出').click();
          await button(await openedDialog(admin), '在所有设备上退出').click();
        });
        await givePassword(other, emailOf('孙同事'));
        await heading(other, '工作台').waitFor();
        await other.goto(admin.url());
        await other.getByText('没有这项设置，或您无权查看。').waitFor();
      } finally {
        for (const each of opened) await each.context().close();
        await house.close();
      }
    },
  },
  {
    name: 'account: what changes security asks again who it is, once, and nothing that was typed is lost',
    own: true,
    async run({ page }) {
      const company = await startCompany(going());
      const browser = page.context().browser();
      const state = await signedIn(browser, company.url, company.members.admin, company.password);
      const own = await openPage(browser, { ...company, state });
      try {
        await openSecurity(own);
        const tab = await own.context().newPage();
        await openSecurity(tab);
        company.clock.start_ms += 11 * 60_000;
        await button(own, '新建令牌').click();
        const form = await openedDialog(own);
        await field(form, /^名称/).fill('报表');
        const asked = own.getByRole('dialog', { name: '确认是您本人' });
        // The server's clock has moved with its next tick.
        const rename = () => api(own, 'PATCH', '/organisation', { name: '甲' }).then(() => '', String);
        await becomes(async () => /proof_required/.test(await rename()), true);
        await button(form, '生成令牌').click();
        await send(field(asked, /^登录密码/), 'not this one');
        await asked.getByText('密码不正确').waitFor();
        await button(asked, '取消').click();
        await form.getByText('请先再次确认是您本人').waitFor();
        assert.equal(await field(form, /^名称/).inputValue(), '报表');
        await button(form, '生成令牌').click();
        await send(field(asked, /^登录密码/), company.password);
        assert.match(await field(dialog(own), '令牌').inputValue(), /^sd_/);
        await button(dialog(own), '关闭').last().click();

        // Asked once; and the other tab goes on with the cookie that came of it.
        await api(own, 'PATCH', '/organisation', { name: '乙' });
        await tab.reload();
        await button(tab, '吊销“报表”').click();
        await button(await openedDialog(tab), '吊销').click();
        await toast(tab, '“报表”已吊销').waitFor();
        assert.deepEqual(own.complaints, []);
      } finally {
        await own.context().close();
        await company.close();
      }
    },
  },
];
