// Boxes, lists, days, menus and dialogs without a pointer, as the patterns of the ARIA Authoring Practices say: what a key
// does, where the focus stands, and what a screen reader is told.
import assert from 'node:assert/strict';
import { api, openPage } from './browser.mjs';

const focused = (page, ask) => page.evaluate(ask ?? (() => document.activeElement.getAttribute('aria-label') ?? ''));
const attribute = (one, name) => one.getAttribute(name);
const expanded = async (one, wanted) => assert.equal(await attribute(one, 'aria-expanded'), String(wanted));
// The option a screen reader is on.
const active = async (page, box) => {
  const id = await attribute(box, 'aria-activedescendant');
  return id ? page.locator(`[id="${id}"]`).innerText() : null;
};
const press = async (page, ...keys) => {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
};

const inert = (one) => one.evaluate((element) => element.closest('[inert]') !== null);

export const keyboardJourneys = [
  {
    name: 'keyboard: a combobox opens, moves, finds, takes and gives up',
    async run({ page, notes }) {
      for (const name of ['键盘甲', '键盘乙', '键盘丙']) await api(page, 'POST', '/accounts', { name });
      await page.goto('/deals?new=1');
      const box = page.getByRole('combobox', { name: /^客户/ });
      await box.focus();
      assert.equal(await attribute(box, 'aria-autocomplete'), 'list');
      await page.keyboard.type('键盘', { delay: 30 });
      const list = page.getByRole('listbox');
      await list.getByRole('option', { name: /键盘/ }).nth(2).waitFor();
      await list.getByRole('option').nth(3).waitFor({ state: 'detached' });
      await expanded(box, true);
      assert.equal(await attribute(box, 'aria-controls'), await attribute(list, 'id'));
      const names = (await list.getByRole('option').allInnerTexts()).map((text) => text.split('\n')[0]);
      await press(page, 'ArrowDown');
      assert.equal((await active(page, box)).split('\n')[0], names[0]);
      await press(page, 'ArrowDown');
      assert.equal((await active(page, box)).split('\n')[0], names[1]);
      await press(page, 'ArrowUp');
      assert.equal((await active(page, box)).split('\n')[0], names[0]);
      // The text is still the text's: Home and End move the cursor in it.
      await press(page, 'Home');
      assert.equal(await box.evaluate((one) => one.selectionStart), 0);
      await press(page, 'End');
      assert.equal(await box.evaluate((one) => one.selectionStart), 2);
      // Escape closes the list and nothing else.
      await press(page, 'Escape');
      await list.waitFor({ state: 'detached' });
      await expanded(box, false);
      assert.ok(await box.evaluate((one) => one === document.activeElement));
      await page.getByRole('dialog').waitFor();
      assert.equal(await box.inputValue(), '', 'a text that names nothing does not stay');
      await page.keyboard.type('键盘', { delay: 30 });
      await list.getByRole('option').nth(3).waitFor({ state: 'detached' });
      await press(page, 'ArrowDown', 'ArrowDown');
      const wanted = await active(page, box);
      await press(page, 'Enter');
      assert.equal(await box.inputValue(), wanted.split('\n')[0]);
      await expanded(box, false);
      // An open list takes the Escape, not the dialog around it; the choice stays.
      await press(page, 'ArrowDown');
      await list.waitFor();
      await press(page, 'Escape');
      await list.waitFor({ state: 'detached' });
      await page.getByRole('dialog').waitFor();
      assert.equal(await box.inputValue(), wanted.split('\n')[0]);
      await press(page, 'Tab');
      assert.ok(!(await box.evaluate((one) => one === document.activeElement)));
      assert.equal(await box.inputValue(), wanted.split('\n')[0]);
      assert.ok(notes.account);
    },
  },
  {
    name: 'keyboard: a list of choices opens, jumps, finds by its letters and gives the focus back',
    async run({ page }) {
      await page.goto('/leads?new=1');
      const button = page.getByRole('button', { name: /渠道/ });
      await button.focus();
      assert.equal(await attribute(button, 'aria-haspopup'), 'listbox');
      await press(page, 'Enter');
      const list = page.getByRole('listbox');
      await list.waitFor();
      const names = await list.getByRole('option').allInnerTexts();
      const at = () => focused(page, () => document.activeElement.innerText);
      await press(page, 'Home');
      assert.equal(await at(), names[0]);
      await press(page, 'ArrowDown');
      assert.equal(await at(), names[1]);
      await press(page, 'End');
      assert.equal(await at(), names.at(-1));
      await press(page, 'ArrowUp');
      assert.equal(await at(), names.at(-2));
      await press(page, 'Escape');
      await list.waitFor({ state: 'detached' });
      assert.ok(await button.evaluate((one) => one === document.activeElement));
      await press(page, 'ArrowDown');
      await list.waitFor();
      await press(page, 'Home', 'ArrowDown', 'ArrowDown', 'Enter');
      await list.waitFor({ state: 'detached' });
      assert.match(await button.innerText(), new RegExp(names[2]));
      await press(page, 'Enter');
      assert.equal(await attribute(list.getByRole('option', { name: names[2], exact: true }), 'aria-selected'), 'true');
      await press(page, 'Escape');
    },
  },
  {
    // Letters come from an input method in Chinese and never reach a list as keys; in English they do.
    name: 'keyboard: letters find a choice and a menu entry in English',
    async run({ page, notes, server }) {
      const own = await openPage(page.context().browser(), { ...server, language: 'en' });
      try {
        await own.addInitScript(() => localStorage.setItem('shangdao.language', 'en'));
        await own.goto('/leads?new=1');
        await own.getByRole('button', { name: /Channel/ }).focus();
        await press(own, 'Enter');
        const list = own.getByRole('listbox');
        await list.waitFor();
        const at = () => focused(own, () => document.activeElement.innerText);
        const names = await list.getByRole('option').allInnerTexts();
        await own.keyboard.type(names.at(-2).slice(0, 4).toLowerCase());
        await own.waitForTimeout(80);
        assert.equal(
          await at(),
          names.find((one) => one.toLowerCase().startsWith(names.at(-2).slice(0, 4).toLowerCase())),
        );
        await own.goto(`/deals/${notes.deal}`);
        await own.locator('main > header').getByRole('button', { name: 'More' }).focus();
        await press(own, 'Enter');
        await own.getByRole('menu').waitFor();
        await own.keyboard.type('del');
        await own.waitForTimeout(80);
        assert.equal(await at(), 'Delete');
      } finally {
        await own.context().close();
      }
    },
  },
  {
    name: 'keyboard: a day is typed, counted up, and chosen in the calendar',
    async run({ page }) {
      await page.goto('/deals?new=1');
      const group = page.getByRole('group', { name: /^预计成交日期/ });
      const parts = group.getByRole('spinbutton');
      await parts.first().focus();
      await page.keyboard.type('20261230');
      await parts.nth(2).waitFor();
      assert.deepEqual(await parts.evaluateAll((all) => all.map((one) => one.getAttribute('aria-valuenow'))), [
        '2026',
        '12',
        '30',
      ]);
      await parts.nth(2).focus();
      await press(page, 'ArrowUp');
      assert.equal(await attribute(parts.nth(2), 'aria-valuenow'), '31');
      await press(page, 'ArrowLeft', 'ArrowDown');
      assert.equal(await attribute(parts.nth(1), 'aria-valuenow'), '11');
      assert.ok((await attribute(parts.nth(1), 'aria-label')).includes('月'));
      const open = group.getByRole('button');
      await open.focus();
      assert.equal(await attribute(open, 'aria-haspopup'), 'dialog');
      await press(page, 'Enter');
      const grid = page.getByRole('grid', { name: /年.*月/ });
      await grid.waitFor();
      const day = () => focused(page);
      const before = await day();
      assert.match(before, /30/);
      await press(page, 'ArrowLeft');
      assert.match(await day(), /29/);
      await press(page, 'ArrowUp');
      assert.match(await day(), /22/);
      await press(page, 'PageUp');
      assert.match(await day(), /10月22/);
      await press(page, 'Escape');
      await grid.waitFor({ state: 'detached' });
      assert.ok(await open.evaluate((one) => one === document.activeElement));
      assert.equal(await attribute(parts.nth(2), 'aria-valuenow'), '30');
      await press(page, 'Enter');
      await grid.waitFor();
      await press(page, 'ArrowLeft', 'Enter');
      await grid.waitFor({ state: 'detached' });
      assert.equal(await attribute(parts.nth(2), 'aria-valuenow'), '29');
    },
  },
  {
    name: 'keyboard: a menu opens on its first entry, jumps and closes onto its button',
    async run({ page, notes }) {
      await page.goto(`/deals/${notes.deal}`);
      const button = page.locator('main > header').getByRole('button', { name: '更多' });
      await button.focus();
      assert.equal(await attribute(button, 'aria-haspopup'), 'true');
      await expanded(button, false);
      await press(page, 'ArrowDown');
      const menu = page.getByRole('menu');
      await menu.waitFor();
      const names = await menu.getByRole('menuitem').allInnerTexts();
      const at = () => focused(page, () => document.activeElement.innerText);
      assert.equal(await at(), names[0]);
      await press(page, 'End');
      assert.equal(await at(), names.at(-1));
      await press(page, 'Home');
      assert.equal(await at(), names[0]);
      await press(page, 'ArrowUp');
      assert.equal(await at(), names.at(-1), 'round');
      await press(page, 'Escape');
      await menu.waitFor({ state: 'detached' });
      assert.ok(await button.evaluate((one) => one === document.activeElement));
    },
  },
  {
    name: 'keyboard: a dialog keeps the focus, is named, and gives the focus back',
    async run({ page }) {
      await page.goto('/accounts');
      const opener = page.getByRole('button', { name: '新建客户' }).first();
      await opener.focus();
      await press(page, 'Enter');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const title = await attribute(dialog, 'aria-labelledby');
      assert.equal(await page.locator(`[id="${title}"]`).innerText(), '新建客户');
      const inside = () => dialog.evaluate((one) => one.contains(document.activeElement));
      assert.ok(await inside(), 'the focus enters');
      const seen = new Set();
      for (let step = 0; step < 40; step += 1) {
        await page.keyboard.press('Tab');
        assert.ok(await inside(), `Tab ${step} leaves`);
        seen.add(await dialog.evaluate((one) => [...one.querySelectorAll('*')].indexOf(document.activeElement)));
      }
      assert.ok(seen.size > 5 && seen.size < 40, `${seen.size} stops, and round again`);
      for (let step = 0; step < 3; step += 1) {
        await page.keyboard.press('Shift+Tab');
        assert.ok(await inside(), 'Shift+Tab leaves');
      }
      // What lies under it is no longer there for a screen reader.
      assert.ok(await inert(page.locator('nav').first()));
      assert.ok(
        !(await inert(page.locator('section', { has: page.locator('[aria-live=polite]') }).last())),
        'news is heard',
      );
      await press(page, 'Escape');
      await dialog.waitFor({ state: 'detached' });
      assert.ok(await opener.evaluate((one) => one === document.activeElement), 'the focus goes back');
    },
  },
];
