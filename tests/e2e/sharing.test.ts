import { seriousFaults } from './support/accessibility.ts';
import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
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

test('a lab saved as a file is the same lab in another browser: runs, curves, results, weights and drawing', async ({
  page,
  browser,
}) => {
  // The dialog of the system is out of a test's reach: the file goes to the downloads, as in browsers without one.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  const lab = new LabPage(page);
  await lab.open();
  await lab.choosePreset(/dense 128/);
  await lab.setRecipe({ 'Training images': 500, Epochs: 2, 'Batch size': 50 });
  await lab.train();
  await lab.reach('finished');
  await lab.button('Outline: Bag').click();
  const prediction = (shown: LabPage) => shown.page.getByRole('list', { name: 'Prediction' });
  await expect(page.getByText('Run 1 answers')).toBeVisible();
  const answer = await prediction(lab).textContent();
  const runs = (shown: LabPage) => shown.page.getByRole('table', { name: 'Runs' });
  // The test set is judged once the run is finished.
  await expect(runs(lab).getByRole('row').nth(1).locator('.c-test')).toHaveText(/%/, { timeout: TRAINING_TIMEOUT });
  const [row, curve] = [await runs(lab).textContent(), await lab.table('Loss')];
  await lab.button('Share').click();
  const [saved] = await Promise.all([page.waitForEvent('download'), lab.button('Save').click()]);
  expect(saved.suggestedFilename()).toBe('lab.fitting-room');

  const other = await browser.newContext();
  const there = new LabPage(await other.newPage());
  await there.open();
  await there.button('Share').click();
  await there.page.getByLabel('Open files').setInputFiles(await saved.path());
  const dialog = there.page.getByRole('dialog');
  await expect(dialog).toContainText('It also brings 1 run and 1 drawing.');
  expect(await seriousFaults(there.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Open it' }).click();
  await expect(runs(there)).toHaveText(row ?? '');
  await runs(there)
    .getByRole('button', { name: /Restore/ })
    .click();
  await expect(there.page.getByText('Run 1 answers')).toBeVisible();
  await expect(prediction(there)).toHaveText(answer ?? '');
  expect(await there.table('Loss')).toEqual(curve);
  await there.page.reload();
  await expect(runs(there)).toHaveText(row ?? '');
  await other.close();
});
