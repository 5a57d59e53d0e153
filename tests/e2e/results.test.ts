import { readFile } from 'node:fs/promises';
import { seriousFaults } from './support/accessibility.ts';
import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

test('a trained network can be questioned: every cell opens all its images, every image opens with its neighbours, the report is sorted, and all of it leaves as a program', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.choosePreset(/dense 512/);
  await lab.setRecipe({ 'Training images': 2000, Epochs: 2, 'Batch size': 100 });
  await lab.train();
  await lab.reach('finished');

  await lab.tab('Confusion').click();
  await expect(page.getByText('10,000 test images')).toBeVisible({ timeout: TRAINING_TIMEOUT });
  const matrix = page.getByRole('table', { name: 'Confusion matrix' });
  await matrix.getByRole('button').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const cell = matrix.getByRole('button', { name: /^True Trouser, predicted Trouser/ });
  await expect(cell).toBeFocused();
  const count = (await cell.textContent()) ?? '';
  await page.keyboard.press('Enter');
  const strip = page.getByRole('region', { name: 'Images of the selected cell' });
  await expect(strip).toContainText(`${count} images, most confident first`);
  await expect(strip.getByRole('figure')).toHaveCount(28);
  await strip.getByRole('button', { name: 'Show more' }).click();
  await expect(strip.getByRole('figure')).toHaveCount(28 + 4 * 28);

  await lab.tab('Mistakes').click();
  const panel = page.getByRole('tabpanel', { name: 'Mistakes' });
  await panel.getByLabel('True', { exact: true }).selectOption('Shirt');
  await expect(panel.getByRole('figure').first()).toContainText('Shirt');
  await panel.getByRole('figure').first().getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('list', { name: 'Probabilities' }).getByRole('listitem')).toHaveCount(10);
  const alike = dialog.getByRole('region', { name: 'As the network sees them' });
  await expect(alike.getByRole('figure')).toHaveCount(6, { timeout: TRAINING_TIMEOUT });
  await expect(alike).toContainText('By the 512 values of Dense 1, the last hidden layer of run 1 at step 32.');
  await expect(alike.getByRole('status')).toContainText('labelled');
  await expect(dialog.getByRole('figure')).toHaveCount(12);
  await page.keyboard.press('Escape');
  await panel.getByLabel('Show', { exact: true }).selectOption('wrong in several runs');
  await expect(panel).toContainText('This is the only run. Train a second one');

  await lab.tab('Report').click();
  const micro = page.getByRole('row', { name: /^Micro/ });
  const recall = async () => Number((await micro.getByRole('cell').allTextContents())[1]);
  await expect(micro).toBeVisible();
  const byLargest = await recall();
  await page.getByText('Threshold 0.5').click();
  await expect.poll(recall).toBeLessThan(byLargest);

  await page.getByText('Largest output', { exact: true }).click();
  await expect.poll(recall).toBe(byLargest);
  const report = page.getByRole('table', { name: 'Classification report' });
  const scores = async () => (await report.locator('tbody:not(.averages) td.f1').allTextContents()).map(Number);
  const ascending = (await scores()).toSorted((a, b) => a - b);
  await report.getByRole('button', { name: 'F1' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(scores).toEqual(ascending);
  await expect(report.getByRole('columnheader', { name: 'F1' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(report.locator('tbody').first().getByRole('row').first()).toHaveClass('low');
  await page.keyboard.press('Enter');
  await expect.poll(scores).toEqual(ascending.toReversed());
  await expect(report.getByRole('row').last()).toContainText('Weighted avg.');
  expect(await seriousFaults(page)).toEqual([]);

  await lab.button('More for the model').click();
  await page.getByRole('button', { name: 'Export code' }).click();
  const program = page.getByRole('dialog', { name: 'Export code' });
  await expect(program.getByRole('textbox', { name: 'Code for Keras' })).toHaveValue(/layers\.Dense\(512/);
  await program.getByText('PyTorch', { exact: true }).click();
  const saving = page.waitForEvent('download');
  await program.getByRole('button', { name: 'Download' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('fitting_room_pytorch.py');
  expect(await readFile(await file.path(), 'utf8')).toContain('nn.Linear(784, 512)');
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(lab.button('More for the model')).toBeFocused();
});
