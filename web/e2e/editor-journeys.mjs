// Every editor where a value stands: it fits its cell and its screen, keeps what was refused, and knows Escape, Enter and Tab.
import assert from 'node:assert/strict';
import { api, openPage } from './browser.mjs';
import { becomes, isFocused, rows } from './screen.mjs';

// What leaves the box, or is squeezed in it. React Aria's hidden native inputs are no part of the picture.
const misfits = (box) =>
  box.evaluate((cell) => {
    const outer = cell.getBoundingClientRect();
    const found = [];
    for (const one of cell.querySelectorAll('*')) {
      if (one.closest('.visually-hidden, [aria-hidden=true]') || getComputedStyle(one).position === 'fixed') continue;
      const { left, right, top, bottom, width } = one.getBoundingClientRect();
      if (width < 2 || right < 0 || bottom < 0) continue;
      const out = [outer.left - left, right - outer.right, outer.top - top, bottom - outer.bottom];
      if (Math.max(...out) > 1) found.push(`${one.tagName} leaves by ${out.map(Math.round)}`);
      if (one.tagName === 'SPAN' && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
        found.push(`${one.textContent} is cut`);
    }
    return found;
  });

// The editor, or the list of choices it opened, has the focus.
const begun = (editor) =>
  becomes(
    () =>
      editor.evaluate(
        (one) => one.contains(document.activeElement) || document.activeElement.closest('[role=listbox]') !== null,
      ),
    true,
    'an editor takes the focus',
  );

// The first Escape closes a list of choices – in a cell the editor with it –, the second the editor.
async function escape(page, editor) {
  const list = page.getByRole('listbox');
  if ((await list.count()) > 0) {
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await becomes(() => editor.evaluateAll((all) => all.every((one) => one.contains(document.activeElement))), true);
  }
  if ((await editor.count()) > 0) await page.keyboard.press('Escape');
  await editor.waitFor({ state: 'detached' });
}

async function editorsOfList(page, path) {
  await page.goto(path);
  await rows(page).nth(1).getByRole('gridcell').nth(1).getByRole('link').waitFor();
  await page.evaluate(() => document.fonts.ready); // until then another font's widths are measured
  await page.getByRole('grid').focus();
  const cells = page.locator('[role=row][aria-rowindex="2"] [role=gridcell]');
  const heads = await page.getByRole('columnheader').allInnerTexts();
  let edited = 0;
  for (let at = 1; at < heads.length; at += 1) {
    const cell = cells.nth(at);
    if ((await cell.getAttribute('aria-readonly')) === 'false') {
      await page.keyboard.press('F2');
      await cell.locator('input:visible, button:visible, [role=spinbutton]').first().waitFor();
      await begun(cell);
      await becomes(() => misfits(cell), [], `${path}, ${heads[at]}`);
      edited += 1;
      await escape(page, cell.locator('[role=presentation]'));
    }
    await page.keyboard.press('ArrowRight');
  }
  return edited;
}

export const editorJourneys = [
  {
    name: 'every editor of a list fits its cell',
    company: 'manager',
    async run({ page }) {
      let edited = 0;
      for (const plural of ['deals', 'leads', 'activities', 'accounts', 'contacts'])
        edited += await editorsOfList(page, `/${plural}`);
      edited += await editorsOfList(page, '/deals?cols=name,win_share,amount,next_step_on,competitor');
      assert.ok(edited > 25, `${edited} editors`);
    },
  },
  {
    name: 'a refused cell keeps what was typed and says why; Tab saves and goes on',
    async run({ page, notes }) {
      await api(page, 'POST', '/deals', { name: '单元格键盘', account: notes.account, amount: '100000' });
      await page.goto('/deals?f=name+%3D+%22单元格键盘%22&cols=name,amount,expected_on,competitor');
      const cell = (at) => page.locator('[role=row][aria-rowindex="2"] [role=gridcell]').nth(at);
      await cell(2).getByText('¥100,000').waitFor();
      await page.getByRole('grid').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      const box = page.getByRole('textbox', { name: '金额' });
      await box.fill('-5');
      await page.keyboard.press('Enter');
      await cell(2).locator('[slot=errorMessage]').getByText('金额 不能为负数').waitFor();
      assert.equal(await box.inputValue(), '-5');
      await becomes(() => box.getAttribute('aria-invalid'), 'true');
      await box.fill('12万');
      await page.keyboard.press('Tab');
      await begun(cell(3));
      await cell(2).getByText('¥120,000').waitFor();
      await page.keyboard.press('Escape');
      await cell(3).getByRole('spinbutton').first().waitFor({ state: 'detached' });
      // The focus is the grid's again: its arrows work.
      await becomes(() => isFocused(page.getByRole('grid')), true);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('F2');
      await page.getByRole('textbox', { name: '竞争对手' }).fill('远大');
      await page.keyboard.press('Shift+Tab');
      await cell(4).getByText('远大').waitFor();
    },
  },
  {
    name: 'every editor of a record fits a phone and keeps what was refused',
    company: 'manager',
    async run({ page, server }) {
      const [deal] = (await api(page, 'GET', `/deals?limit=1&filter=${encodeURIComponent('outcome = "open"')}`)).data;
      const phone = await openPage(page.context().browser(), { ...server, width: 390, height: 844 });
      try {
        await phone.goto(`/deals/${deal.id}`);
        const panel = phone.getByRole('region', { name: '字段' }).first();
        await panel.getByRole('button', { name: '全部字段' }).click();
        await panel.getByRole('button', { name: '编辑金额' }).waitFor();
        const closed = panel.locator('h2 button[aria-expanded=false]');
        for (let left = await closed.count(); left > 0; left -= 1) {
          await closed.first().click();
          await becomes(() => closed.count(), left - 1);
        }
        const pencils = panel.getByRole('button', { name: /^编辑/ });
        const names = await pencils.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
        assert.ok(names.length > 12, names.join());
        for (const name of names) {
          await panel.getByRole('button', { name, exact: true }).click();
          const form = panel.locator('form');
          await form.waitFor();
          await begun(form);
          assert.deepEqual(await misfits(form), [], name);
          const { width } = await form.boundingBox();
          assert.ok(width <= 390, name);
          await escape(phone, form);
        }
        await panel.getByRole('button', { name: '编辑金额' }).click();
        await panel.getByRole('textbox', { name: '金额' }).fill('-5');
        await panel.getByRole('button', { name: '保存' }).click();
        await panel.locator('[slot=errorMessage]').waitFor();
        assert.equal(await panel.getByRole('textbox', { name: '金额' }).inputValue(), '-5');
      } finally {
        await phone.context().close();
      }
    },
  },
];
