import type { Page } from '@playwright/test';
import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(3 * TRAINING_TIMEOUT);

/** The percentages of a run's row: the last epoch on the training sample and on the validation images. */
async function accuracies(page: Page, run: number): Promise<{ train: number; validation: number }> {
  const row = page
    .getByRole('table', { name: 'Runs' })
    .getByRole('row')
    .filter({ has: page.locator(`#run-${run}`) });
  const texts = await row.locator('td.c-train, td.c-train + td').allTextContents();
  const [train = Number.NaN, validation = Number.NaN] = texts.map((text) => Number.parseFloat(text));
  return { train, validation };
}

test('a network that memorises few images is told so, and the fix of the coach narrows the gap', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.choosePreset(/Overfitting/);
  await lab.setRecipe({ 'Training images': 600, Epochs: 20, 'Batch size': 20 });
  await page.getByLabel('Validation split', { exact: true }).selectOption({ label: '50\u202f%' });
  await lab.train();
  await lab.reach('finished');
  await expect(page.getByText(/Overfitting since epoch \d+:/)).toBeVisible();
  const before = await accuracies(page, 1);
  expect(before.train - before.validation).toBeGreaterThan(8);

  await page
    .getByRole('button', { name: /^(Flip and shift|Dropout)/ })
    .first()
    .click();
  await expect(lab.status).toHaveAttribute('data-run', '2');
  await lab.reach('finished');
  const after = await accuracies(page, 2);
  expect(after.train - after.validation).toBeLessThan(0.7 * (before.train - before.validation));
});

test('a learning rate that is changed while it trains leaves a mark, and works from then on', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.choosePreset(/dense 512/);
  await lab.setRecipe({ 'Training images': 1000, Epochs: 1000, 'Batch size': 20 });
  await lab.train();
  await lab.passStep(60);
  await lab.fill('Learning rate', 0.000001);
  await lab.button('Apply to run 1 now').click();
  const loss = page.getByRole('figure', { name: 'Loss' });
  await expect(loss.getByText('lr 1e-3 → 1e-6')).toBeAttached({ timeout: TRAINING_TIMEOUT });
  await expect(lab.button('Apply to run 1 now')).toHaveCount(0);
  await lab.button('Pause').click();
  await lab.reach('paused');
  // Two epochs that end after the change, however far the training was ahead of the page when it came.
  for (let ended = 0; ended < 2; ended++) {
    const before = Number(await lab.status.getAttribute('data-epoch'));
    await lab.button('Step epoch').click();
    await expect(lab.status).toHaveAttribute('data-epoch', String(before + 1), { timeout: TRAINING_TIMEOUT });
    await lab.reach('paused');
  }
  // An epoch that was paused before it was judged has no figure yet.
  const judged = (await lab.table('Loss')).map((row) => Number(row.split(' | ')[2])).filter((loss) => loss > 0);
  const validation = judged.slice(-2);
  expect(validation).toHaveLength(2);
  expect(Math.abs((validation[0] ?? 0) - (validation[1] ?? 9))).toBeLessThan(0.01);
});

test('a finished run trains on, and a sweep trains a run for each value and shows which did best', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.choosePreset(/dense 512/);
  await lab.setRecipe({ 'Training images': 500, Epochs: 2, 'Batch size': 50 });
  await lab.train();
  await lab.reach('finished');
  await lab.button('Continue to epoch 3').click();
  await expect(lab.status).toHaveAttribute('data-epoch', '3', { timeout: TRAINING_TIMEOUT });
  await lab.reach('finished');

  await lab.button('Sweep a hyperparameter').click();
  const sweep = page.getByRole('dialog', { name: 'Sweep' });
  await sweep.getByLabel('with the values').fill('0.000001, 0.001');
  await sweep.getByRole('button', { name: 'Train 2 runs' }).click();
  await expect(sweep.getByRole('status')).toHaveText('Trained 2 of 2 runs', { timeout: TRAINING_TIMEOUT });
  const best = sweep.getByRole('row').filter({ has: page.locator('th', { hasText: 'lr 1e-3' }) });
  await expect(best).toHaveClass('low');
  await best.getByRole('button', { name: 'Show run 3' }).click();
  await expect(page.locator('#run-3')).toBeFocused();

  await lab.button('Restore the model, recipe and weights of run 1').click();
  await expect(lab.status).toHaveAttribute('data-run', '1');
  await lab.reach('finished');
  await expect(lab.status).toHaveAttribute('data-epoch', '3');

  await lab.button('Compare runs').click();
  const compare = page.getByRole('dialog', { name: 'Compare runs' });
  const rates = compare.getByRole('row').filter({ has: page.locator('th', { hasText: 'Learning rate' }) });
  await expect(rates.getByRole('cell')).toHaveText(['0.000001', '0.001']);
  await expect(compare.getByRole('table', { name: 'Confusion of run 3 minus run 2' })).toBeVisible();
  await page.keyboard.press('Escape');

  await lab.tab('Mistakes').click();
  const mistakes = page.getByRole('tabpanel', { name: 'Mistakes' });
  await mistakes.getByText('Validation', { exact: true }).click();
  await mistakes.getByLabel('Show', { exact: true }).selectOption('wrong in several runs');
  await expect(mistakes).toContainText(/\d+ of 100 images are wrong in at least 2 of 3 runs/);
  await expect(mistakes.getByRole('figure').first()).toContainText(/[23] of 3 runs/);
  await mistakes.getByRole('figure').first().getByRole('button').click();
  await expect(page.getByRole('dialog').getByRole('list', { name: 'Probabilities' })).toBeVisible();
});

test('F6 goes from column to column, and in the results to the tab that is shown', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.tab('Report').click();
  await lab.button('Train').focus();
  await page.keyboard.press('F6');
  await expect(lab.tab('Report')).toBeFocused();
  await page.keyboard.press('F6');
  await expect(page.locator('.col-model').locator(':focus')).toHaveCount(1);
});

test('a sweep that trains the first runs of all stays open', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.choosePreset(/dense 128/);
  await lab.setRecipe({ 'Training images': 100, Epochs: 1 });
  await lab.button('Sweep a hyperparameter').click();
  const sweep = page.getByRole('dialog', { name: 'Sweep' });
  await sweep.getByLabel('with the values').fill('0.001, 0.01');
  await sweep.getByRole('button', { name: 'Train 2 runs' }).click();
  await expect(sweep.getByRole('status')).toHaveText('Trained 2 of 2 runs', { timeout: TRAINING_TIMEOUT });
});

test('keys open the projector view and the help, and single ones can be switched off', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await page.keyboard.press('p');
  const projector = page.getByRole('combobox', { name: 'Demo' });
  await expect(page.getByRole('heading', { name: 'What does dropout change?' })).toBeVisible();
  await projector.selectOption('Learning rate too high');
  await expect(page.getByRole('heading', { name: 'What happens if the learning rate is too high?' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run the demo' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(lab.button('Present')).toBeFocused();
  await page.getByLabel('Drawing pad', { exact: true }).focus();
  await page.keyboard.press('f');
  await expect(lab.button('Fill')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Help and keyboard shortcuts' });
  await expect(help.getByRole('definition').filter({ hasText: 'brush, eraser, fill' })).toBeVisible();
  await help.getByRole('switch', { name: /Single keys/ }).click();
  await help.getByRole('button', { name: 'Close' }).click();
  await page.getByLabel('Drawing pad', { exact: true }).focus();
  await page.keyboard.press('e');
  await expect(lab.button('Fill')).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('group', { name: 'Dense 1', exact: true }).getByRole('button', { expanded: false }).focus();
  const layers = await page.locator('[data-row]').count();
  await page.keyboard.press('d');
  await expect(page.locator('[data-row]')).toHaveCount(layers);
  await page.keyboard.press('p');
  await page.keyboard.press('F6');
  await expect(page.locator('.col-model').getByRole('button').first()).toBeVisible();
  await expect(projector).toHaveCount(0);
});
