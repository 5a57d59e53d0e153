import { seriousFaults } from './support/accessibility.ts';
import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test('a link brings network, recipe and tab to another browser, where Undo brings back what was there', async ({
  page,
  browser,
}) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.choosePreset(/Elvland/);
  await lab.setRecipe({ Epochs: 7, Seed: 2018 });
  await lab.tab('Inside').click();
  await lab.button('Share').click();
  const link = page.getByRole('textbox', { name: 'Link' });
  await expect(link).toHaveValue(/#share=/);
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  const layers = await page.getByRole('region', { name: 'Model' }).textContent();

  const other = await browser.newContext();
  const there = new LabPage(await other.newPage());
  await there.page.goto(await link.inputValue());
  const dialog = there.page.getByRole('dialog', { name: 'A network was shared with you' });
  await expect(dialog).toContainText('7 epochs');
  expect(await seriousFaults(there.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Open it' }).click();
  await expect(there.page.getByLabel('Epochs', { exact: true })).toHaveValue('7');
  await expect(there.page.getByLabel('Seed', { exact: true })).toHaveValue('2018');
  await expect(there.tab('Inside')).toHaveAttribute('aria-selected', 'true');
  expect(await there.page.getByRole('region', { name: 'Model' }).textContent()).toBe(layers);
  expect(there.page.url()).not.toContain('#');
  await there.button('Undo').click();
  await expect(there.page.getByLabel('Epochs', { exact: true })).toHaveValue('15');
  await other.close();
});
