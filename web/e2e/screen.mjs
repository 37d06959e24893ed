// What journeys do to a screen over and over.
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
