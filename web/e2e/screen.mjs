// What journeys do to a screen over and over.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { patience_ms } from './browser.mjs';

export const rows = (page) => page.getByRole('grid').getByRole('row');
export const toast = (page, text) => page.getByRole('region', { name: '通知消息' }).getByText(text);

// A verb of the record stands in the header; a section of its fields may bear the same word.
export const verb = (page, name) => page.locator('main > header').getByRole('button', { name, exact: true });

export async function choose(page, box, option) {
  await box.click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

export async function chooseRecord(page, label, typed) {
  const box = page.getByRole('combobox', { name: label });
  await box.click();
  await box.pressSequentially(typed, { delay: 20 });
  await page
    .getByRole('option', { name: new RegExp(typed) })
    .first()
    .click();
}

// Asks until the answer is the one wanted; what a key does may take a busy machine a moment.
export async function becomes(ask, wanted, why) {
  const until = Date.now() + patience_ms;
  let found = await ask();
  while (!isDeepStrictEqual(found, wanted) && Date.now() < until) {
    await new Promise((next) => setTimeout(next, 20));
    found = await ask();
  }
  assert.deepEqual(found, wanted, why);
}

export const isFocused = (one) => one.evaluate((element) => element === document.activeElement);
export const holdsFocus = (one) => one.evaluate((element) => element.contains(document.activeElement));

// What a composer asks further comes with the first key into it; until it stands there, what is below still moves.
export async function writeEntry(form, text) {
  await form.getByRole('textbox', { name: '内容' }).fill(text);
  await form.getByRole('group', { name: /^下一步日期/ }).waitFor();
  await form.getByRole('button', { name: '保存' }).click();
}

// A dialog, list or menu that has taken the focus. Until then a key goes elsewhere, and a focus that a journey sets is taken away.
export async function opened(one) {
  await one.waitFor();
  await becomes(() => holdsFocus(one), true, 'what opened takes the focus');
  return one;
}

export const openedDialog = (page) => opened(page.getByRole('dialog'));

// The picture after a change of the window.
export const painted = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

// In the page: waits until nothing has changed for a while – React holds back what follows a placeholder for 300 ms –, and tells
// whether something still says that it is busy. A page that gets no turn has not rested: some pictures have to pass as well.
async function rested({ rest_ms, rest_frames, patience_ms: most_ms }) {
  await document.fonts.ready;
  const began = performance.now();
  let changed = began;
  let frames = 0;
  const watch = new MutationObserver(() => {
    changed = performance.now();
    frames = 0;
  });
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  while ((performance.now() - changed < rest_ms || frames < rest_frames) && performance.now() - began < most_ms) {
    await new Promise((next) => requestAnimationFrame(next));
    frames += 1;
  }
  watch.disconnect();
  // On a telephone a dialog is there unseen until its keyboard had time to come.
  return document.querySelector('[aria-busy=true], [data-rac][style*="opacity: 0"]') === null;
}

const rest_ms = 350;
const rest_frames = 10;
// Nothing is on its way to the page, and what came is painted.
export async function settled(page) {
  const until = Date.now() + patience_ms;
  for (let isCalm = false; !isCalm; ) {
    await becomes(() => page.awaited.size, 0, 'what was asked for comes');
    isCalm = (await page.evaluate(rested, { rest_ms, rest_frames, patience_ms })) && page.awaited.size === 0;
    assert.ok(isCalm || Date.now() < until, 'the page never settles');
  }
}

// A day, part by part, as it is typed: the next key goes where the focus has moved, and that takes a busy machine a moment.
export async function typeDay(page, group, day) {
  const parts = group.getByRole('spinbutton');
  await parts.first().focus();
  for (const [place, digits] of day.split('-').entries()) {
    await becomes(() => isFocused(parts.nth(place)), true, `part ${place} of the day is next`);
    for (const digit of digits) {
      await page.keyboard.press(digit);
      await painted(page);
    }
    await becomes(
      () => parts.nth(place).getAttribute('aria-valuenow'),
      String(Number(digits)),
      `part ${place} of the day`,
    );
  }
}
