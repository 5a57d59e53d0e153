import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

test('from a cold page, the dense network learns 10,000 images and gets over 75 % of the test set right', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('?backend=webgl');
  await lab.choosePreset(/dense 512/);
  await lab.setRecipe({ 'Training images': 10_000, Epochs: 1, 'Batch size': 50 });
  await lab.train();
  await lab.reach('finished');
  await expect(lab.status).toHaveAttribute('data-epoch', '1');
  await lab.reachStep(160);
  // The curves lie above the axes, which show through.
  for (const curves of await page.locator('.plot > .lines').all()) {
    await expect(curves).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
    await expect(curves).toHaveCSS('border-top-width', '0px');
  }

  await lab.tab('Report').click();
  const panel = page.getByRole('tabpanel', { name: 'Report' });
  await expect(panel).toContainText('10,000 test images', { timeout: TRAINING_TIMEOUT });
  const report = page.getByRole('table', { name: 'Classification report' });
  const micro = await report
    .getByRole('row', { name: /^Micro/ })
    .getByRole('cell')
    .allTextContents();
  expect(Number(micro[0])).toBeGreaterThan(0.75);
  expect(micro.at(-1)).toBe('10,000');

  await lab.tab('Confusion').click();
  const cells = page.getByRole('table', { name: 'Confusion matrix' }).getByRole('button');
  await expect(cells).toHaveCount(100);
  const names = await cells.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
  const counts = names.map((name) => Number(name.split(': ').at(-1)?.replaceAll(',', '')));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(10_000);
  const right = names.flatMap((name, i) => (/^True (.+), predicted \1:/.test(name) ? [counts[i] ?? 0] : []));
  expect(right.reduce((sum, count) => sum + count, 0) / 10_000).toBeCloseTo(Number(micro[0]), 3);
});

test("Ciutacu's network learns from 1,000 images: the loss falls", async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('?backend=webgl');
  await lab.choosePreset(/Ciutacu/);
  await lab.setRecipe({ 'Training images': 1000, Epochs: 1 });
  await lab.button('Step batch').click();
  await lab.reach('paused');
  const first = await lab.latest('Loss');
  await lab.button('Resume').click();
  await lab.reach('finished');
  expect(await lab.latest('Loss')).toBeLessThan(first / 2);
});
