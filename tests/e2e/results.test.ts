import AxeBuilder from '@axe-core/playwright';
import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

test('a trained network can be questioned: every cell opens all its images, every image opens with its neighbours', async ({
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
  await expect(dialog.getByRole('figure')).toHaveCount(6, { timeout: 30_000 });
  await page.keyboard.press('Escape');

  await lab.tab('Report').click();
  const micro = page.getByRole('row', { name: /^Micro/ });
  const recall = async () => Number((await micro.getByRole('cell').allTextContents())[1]);
  const byLargest = await recall();
  await page.getByText('Threshold 0.5').click();
  await expect.poll(recall).toBeLessThan(byLargest);

  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${theme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
});
