// An invitation and a forgotten password by mail, with a real mail server: what the screens say, on a desk and on a telephone, in both
// languages. The provider's side of signing in is proved in tests/oidc; here is its button.
import assert from 'node:assert/strict';
import { PostOffice } from '../../tests/mail/post_office.mjs';
import { linkIn, mailing } from '../../tests/mail/town.mjs';
import { openPage } from './browser.mjs';
import { going } from './now.mjs';
import { startFresh } from './server.mjs';

const first = 'correct-horse-battery';
const second = 'quite-another-password';
const field = (page, name) => page.getByRole('textbox', { name, exact: true });
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

async function inHouse(page, story) {
  const office = await PostOffice.open();
  const provider = ['--oidc-issuer', 'http://127.0.0.1:9', '--oidc-client', 'crm', '--oidc-name', '统一登录'];
  const house = await startFresh(going(), [...mailing(office.port), ...provider]);
  const browser = page.context().browser();
  const open = (more) => openPage(browser, { ...house, ...more });
  try {
    await story({ house, office, open });
  } finally {
    await house.close();
    await office.close();
  }
}

// The link of a mail, at the house's own address.
const openLink = (page, mail) => page.goto(new URL(linkIn(mail)).pathname + new URL(linkIn(mail)).hash);

async function fits(page) {
  const { wide, high } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - window.innerWidth,
    high: [...document.querySelectorAll('main a, main button')].map((one) => one.getBoundingClientRect().height),
  }));
  assert.ok(wide <= 0, `${page.url()} is ${wide} px too wide`);
  assert.ok(
    high.every((px) => px >= 24),
    `${page.url()}: ${high.join(' ')}`,
  );
}

async function setUp(page, { setup }) {
  await page.goto(setup);
  await field(page, '组织名称').fill('华东销售部');
  await field(page, '您的姓名').fill('李雷');
  await field(page, '邮箱').fill('lilei@example.com');
  await field(page, '密码').fill(first);
  await press(page, '建立组织');
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
}

async function invite(page, { name, email }) {
  await page.goto('/settings/members');
  await press(page, '邀请成员');
  const dialog = page.getByRole('dialog');
  await field(dialog, '姓名').fill(name);
  await field(dialog, '邮箱').fill(email);
  await press(dialog, '生成邀请链接');
  await dialog.getByText(`邀请邮件正在发往 ${email}`).waitFor();
  await fits(page);
}

export const mailJourneys = [
  {
    name: 'mail: an invitation arrives, and a forgotten password is set anew',
    own: true,
    run: ({ page: any }) =>
      inHouse(any, async ({ house, office, open }) => {
        const admin = await open({});
        await setUp(admin, house);
        await invite(admin, { name: '韩梅梅', email: 'han@example.com' });
        const [invitation] = await office.take();

        const phone = await open({ width: 390, height: 844 });
        await openLink(phone, invitation);
        await phone.getByRole('heading', { level: 1, name: '欢迎，韩梅梅' }).waitFor();
        await fits(phone);
        await field(phone, '密码').fill(first);
        await press(phone, '设置密码并登录');
        await phone.getByRole('heading', { level: 1, name: '工作台' }).waitFor();

        const desk = await open({});
        await desk.goto('/sign-in');
        await desk.getByRole('button', { name: '用 统一登录 登录' }).waitFor();
        await fits(desk);
        await desk.getByRole('link', { name: '忘记密码？' }).click();
        await field(desk, '邮箱').fill('nobody@example.com');
        await press(desk, '发送链接');
        const answer = desk.getByText(/如果这个邮箱属于一位成员/);
        const said = await answer.textContent();
        await desk.goto('/forgot');
        await field(desk, '邮箱').fill('han@example.com');
        await press(desk, '发送链接');
        assert.equal(await answer.textContent(), said, 'the same for whoever is here and who is not');
        await fits(desk);
        const [reset] = await office.take();
        await openLink(desk, reset);
        await desk.getByRole('heading', { level: 1, name: '韩梅梅，设置新密码' }).waitFor();
        await field(desk, '密码').fill(second);
        await press(desk, '设置密码并登录');
        await desk.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
        await phone.goto('/sign-in');
        await phone.goto('/deals');
        await phone.waitForURL(/\/sign-in/);

        const english = await open({ language: 'en-GB', width: 390, height: 844 });
        await english.goto('/sign-in');
        await english.getByRole('link', { name: 'Forgot your password?' }).click();
        await english.getByRole('heading', { level: 1, name: 'Reset your password' }).waitFor();
        await fits(english);
        await openLink(english, reset);
        await english.getByText('This link is not valid, was used, or has expired').waitFor();
        await english.goto('/sign-in?refused=identity_unknown');
        await english.getByText('linked to no member yet').waitFor();
        await fits(english);
        for (const one of [admin, phone, desk, english]) await one.context().close();
      }),
  },
];
