// What was typed and not saved comes back after a reload, to its member alone, and goes once it was saved or given up.
import assert from 'node:assert/strict';
import { toast } from './screen.mjs';

const form = (page) => page.getByRole('dialog', { name: '新建客户' });
const name = (page) => form(page).getByRole('textbox', { name: '客户名称' });
const offer = (page) => form(page).getByText('未保存的内容');
const kept = (page) =>
  page.evaluate(() => Object.keys(localStorage).filter((one) => one.startsWith('shangdao.draft.')).length);
async function open(page) {
  await page.goto('/accounts?new=1');
  await name(page).waitFor();
}

// The list of customers opens with the dialog and lies over it.
async function openLog(page) {
  await page.getByRole('button', { name: '记沟通' }).click();
  const list = page.getByRole('listbox');
  await list.waitFor();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
}

export const draftJourneys = [
  {
    name: 'a new record that was not saved is offered after a reload, and forgotten once it is saved',
    company: 'rep',
    async run({ page }) {
      await open(page);
      await name(page).fill('草稿机械');
      await page.reload();
      await offer(page).waitFor();
      assert.equal(await name(page).inputValue(), '');
      await form(page).getByRole('button', { name: '恢复' }).click();
      assert.equal(await name(page).inputValue(), '草稿机械');
      await form(page).getByRole('button', { name: '保存' }).click();
      await toast(page, '已新建客户').waitFor();
      assert.equal(await kept(page), 0);
      await open(page);
      assert.equal(await offer(page).count(), 0);
    },
  },
  {
    name: 'a draft is given up on request; what was said about a talk is kept as well',
    company: 'manager',
    async run({ page }) {
      await open(page);
      await name(page).fill('不要了');
      await page.reload();
      await offer(page).waitFor();
      await form(page).getByRole('button', { name: '不要了' }).click();
      await offer(page).waitFor({ state: 'detached' });
      assert.equal(await kept(page), 0);
      await page.goto('/today?view=me');
      await openLog(page);
      await page.getByRole('dialog').getByRole('textbox', { name: /要点/ }).fill('谈了价格');
      await page.reload();
      await openLog(page);
      await page.getByRole('dialog').getByRole('button', { name: '恢复' }).click();
      assert.equal(await page.getByRole('dialog').getByRole('textbox', { name: /要点/ }).inputValue(), '谈了价格');
      assert.equal(await kept(page), 1);
    },
  },
];
