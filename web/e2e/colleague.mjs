// A member of the company who owns nothing and leads nobody, at a browser of his own.
import { api } from './browser.mjs';

export const password = 'long enough for a colleague';
const id_of = (name) => [...name].map((sign) => sign.codePointAt(0)).join('');
export const emailOf = (name) => `${id_of(name)}@example.com`;

export async function colleague(admin, open, name, role = 'rep') {
  const { id } = await api(admin, 'POST', '/members', { name, email: emailOf(name), roles: [role] });
  const { path } = await api(admin, 'POST', `/members/${id}/invitation`, {});
  const page = await open('nobody');
  await page.goto(path);
  await page.getByRole('textbox', { name: '密码' }).fill(password);
  await page.getByRole('button', { name: '设置密码并登录' }).click();
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
  return page;
}
