// Boxes, lists, days, menus and dialogs without a pointer, as the patterns of the ARIA Authoring Practices say: what a key
// does, where the focus stands, and what a screen reader is told.
import assert from 'node:assert/strict';
import { api, openPage } from './browser.mjs';
import { becomes, holdsFocus, isFocused, opened, openedDialog, painted, typeDay } from './screen.mjs';

const attribute = (one, name) => one.getAttribute(name);
const expanded = (one, wanted) => becomes(() => attribute(one, 'aria-expanded'), String(wanted), 'aria-expanded');
// The option a screen reader is on.
const active = async (page, box) => {
  const id = await attribute(box, 'aria-activedescendant');
  const one = id ? page.locator(`[id="${id}"]`) : null;
  return one && (await one.count()) > 0 ? (await one.innerText()).split('\n')[0] : null;
};
const focusedText = (page) => page.evaluate(() => document.activeElement.innerText ?? '');
const focusedLabel = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? '');
const standsOn = (page, wanted, why) => becomes(() => focusedText(page), wanted, why);
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

const inert = (one) => one.evaluate((element) => element.closest('[inert]') !== null);

export const keyboardJourneys = [
  {
    name: 'keyboard: a combobox opens, moves, finds, takes and gives up',
    async run({ page, notes }) {
      for (const name of ['键盘甲', '键盘乙', '键盘丙']) await api(page, 'POST', '/accounts', { name });
      await page.goto('/deals?new=1');
      await openedDialog(page);
      const box = page.getByRole('combobox', { name: /^客户/ });
      await box.focus();
      assert.equal(await attribute(box, 'aria-autocomplete'), 'list');
      const list = page.getByRole('listbox');
      // As an input method hands it over: at once.
      const find = async () => {
        await page.keyboard.insertText('键盘');
        await list.getByRole('option', { name: /键盘/ }).nth(2).waitFor();
        // Behind the three stands a new one.
        await list.getByRole('option').nth(4).waitFor({ state: 'detached' });
      };
      await find();
      await expanded(box, true);
      assert.equal(await attribute(box, 'aria-controls'), await attribute(list, 'id'));
      const names = (await list.getByRole('option').allInnerTexts()).map((text) => text.split('\n')[0]);
      await press(page, 'ArrowDown');
      await becomes(() => active(page, box), names[0]);
      await press(page, 'ArrowDown');
      await becomes(() => active(page, box), names[1]);
      await press(page, 'ArrowUp');
      await becomes(() => active(page, box), names[0]);
      // The text is still the text's: Home and End move the cursor in it.
      await press(page, 'Home');
      await becomes(() => box.evaluate((one) => one.selectionStart), 0);
      await press(page, 'End');
      await becomes(() => box.evaluate((one) => one.selectionStart), 2);
      // Escape closes the list and nothing else.
      await press(page, 'Escape');
      await list.waitFor({ state: 'detached' });
      await expanded(box, false);
      await becomes(() => isFocused(box), true);
      await page.getByRole('dialog').waitFor();
      await becomes(() => box.inputValue(), '', 'a text that names nothing does not stay');
      await find();
      await press(page, 'ArrowDown', 'ArrowDown');
      const wanted = names[1];
      await becomes(() => active(page, box), wanted);
      await press(page, 'Enter');
      await becomes(() => box.inputValue(), wanted);
      await expanded(box, false);
      // An open list takes the Escape, not the dialog around it; the choice stays.
      await press(page, 'ArrowDown');
      await list.waitFor();
      await press(page, 'Escape');
      await list.waitFor({ state: 'detached' });
      await page.getByRole('dialog').waitFor();
      await becomes(() => box.inputValue(), wanted);
      await press(page, 'Tab');
      await becomes(() => isFocused(box), false);
      assert.equal(await box.inputValue(), wanted);
      assert.ok(notes.account);
    },
  },
  {
    name: 'keyboard: a list of choices opens, jumps, finds by its letters and gives the focus back',
    async run({ page }) {
      await page.goto('/leads?new=1');
      const button = (await openedDialog(page)).getByRole('button', { name: /渠道/ });
      await button.focus();
      assert.equal(await attribute(button, 'aria-haspopup'), 'listbox');
      await press(page, 'Enter');
      const list = await opened(page.getByRole('listbox'));
      const names = await list.getByRole('option').allInnerTexts();
      await press(page, 'Home');
      await standsOn(page, names[0]);
      await press(page, 'ArrowDown');
      await standsOn(page, names[1]);
      await press(page, 'End');
      await standsOn(page, names.at(-1));
      await press(page, 'ArrowUp');
      await standsOn(page, names.at(-2));
      await press(page, 'Escape');
      await list.waitFor({ state: 'detached' });
      await becomes(() => isFocused(button), true, 'the button has the focus again');
      await press(page, 'ArrowDown');
      await opened(list);
      await press(page, 'Home', 'ArrowDown', 'ArrowDown');
      await standsOn(page, names[2]);
      await press(page, 'Enter');
      await list.waitFor({ state: 'detached' });
      await button.filter({ hasText: names[2] }).waitFor();
      await becomes(() => isFocused(button), true);
      await press(page, 'Enter');
      await opened(list);
      await becomes(
        () => attribute(list.getByRole('option', { name: names[2], exact: true }), 'aria-selected'),
        'true',
      );
      await press(page, 'Escape');
      await list.waitFor({ state: 'detached' });
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
        await (await openedDialog(own)).getByRole('button', { name: /Channel/ }).focus();
        await press(own, 'Enter');
        const list = await opened(own.getByRole('listbox'));
        const names = await list.getByRole('option').allInnerTexts();
        const typed = names.at(-2).slice(0, 4).toLowerCase();
        await own.keyboard.type(typed);
        await standsOn(
          own,
          names.find((one) => one.toLowerCase().startsWith(typed)),
        );
        await own.goto(`/deals/${notes.deal}`);
        await own.locator('main > header').getByRole('button', { name: 'More' }).focus();
        await press(own, 'Enter');
        await opened(own.getByRole('menu'));
        await own.keyboard.type('del');
        await standsOn(own, 'Delete');
      } finally {
        await own.context().close();
      }
    },
  },
  {
    name: 'keyboard: a day is typed, counted up, and chosen in the calendar',
    async run({ page }) {
      await page.goto('/deals?new=1');
      const group = (await openedDialog(page)).getByRole('group', { name: /^预计成交日期/ });
      const parts = group.getByRole('spinbutton');
      await typeDay(page, group, '2026-12-30');
      const value = () => parts.evaluateAll((all) => all.map((one) => one.getAttribute('aria-valuenow')));
      await becomes(value, ['2026', '12', '30']);
      await parts.nth(2).focus();
      await press(page, 'ArrowUp');
      await becomes(value, ['2026', '12', '31']);
      await press(page, 'ArrowLeft');
      await becomes(() => isFocused(parts.nth(1)), true);
      await painted(page);
      await press(page, 'ArrowDown');
      await becomes(async () => (await value())[1], '11');
      assert.ok((await attribute(parts.nth(1), 'aria-label')).includes('月'));
      const open = group.getByRole('button');
      await open.focus();
      assert.equal(await attribute(open, 'aria-haspopup'), 'dialog');
      await press(page, 'Enter');
      const grid = await opened(page.getByRole('grid', { name: /年.*月/ }));
      const isOn = (pattern) => becomes(async () => pattern.test(await focusedLabel(page)), true, String(pattern));
      await isOn(/11月30/);
      await press(page, 'ArrowLeft');
      await isOn(/11月29/);
      await press(page, 'ArrowUp');
      await isOn(/11月22/);
      await press(page, 'PageUp');
      await isOn(/10月22/);
      await press(page, 'Escape');
      await grid.waitFor({ state: 'detached' });
      await becomes(() => isFocused(open), true);
      assert.deepEqual(await value(), ['2026', '11', '30']);
      await press(page, 'Enter');
      await opened(grid);
      await isOn(/11月30/);
      await press(page, 'ArrowLeft');
      await isOn(/11月29/);
      await press(page, 'Enter');
      await grid.waitFor({ state: 'detached' });
      await becomes(value, ['2026', '11', '29']);
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
      const menu = await opened(page.getByRole('menu'));
      const names = await menu.getByRole('menuitem').allInnerTexts();
      await standsOn(page, names[0]);
      await press(page, 'End');
      await standsOn(page, names.at(-1));
      await press(page, 'Home');
      await standsOn(page, names[0]);
      await press(page, 'ArrowUp');
      await standsOn(page, names.at(-1), 'round');
      await press(page, 'Escape');
      await menu.waitFor({ state: 'detached' });
      await becomes(() => isFocused(button), true);
    },
  },
  {
    name: 'keyboard: a dialog keeps the focus, is named, and gives the focus back',
    async run({ page }) {
      await page.goto('/accounts');
      const opener = page.getByRole('button', { name: '新建客户' }).first();
      await opener.focus();
      await press(page, 'Enter');
      const dialog = await openedDialog(page);
      const title = await attribute(dialog, 'aria-labelledby');
      assert.equal(await page.locator(`[id="${title}"]`).innerText(), '新建客户');
      const inside = () => holdsFocus(dialog);
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
      await becomes(() => isFocused(opener), true, 'the focus goes back');
    },
  },
];
