import { points } from '../support/proof-datasets.ts';
import { serveFolder } from './support/data-folder.ts';
import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

const POINTS = points();

test('two classes are told apart by one sigmoid unit with class weights, and the threshold moves report and matrix', async ({
  page,
  context,
}) => {
  await serveFolder(context, 'points', POINTS);
  const lab = new LabPage(page);
  await lab.open('?data=points/&backend=wasm');
  await lab.choosePreset(/^Logistic regression/);
  await lab.setRecipe({ Epochs: 10 });
  await lab.button('More').click();
  const settings = page.getByRole('dialog', { name: 'More settings of the recipe' });
  await expect(settings.getByLabel('Loss', { exact: true }).locator('option:checked')).toHaveText(
    'Binary cross-entropy',
  );
  await settings.getByLabel('Class weights', { exact: true }).selectOption('Balanced');
  await page.keyboard.press('Escape');
  await lab.train();
  await lab.reach('finished');
  await expect(page.getByRole('table', { name: 'Runs' })).toContainText('+Class weights');

  await lab.tab('Report').click();
  await page.getByRole('radio', { name: 'Validation' }).click();
  const report = page.getByRole('table', { name: 'Classification report' });
  const slider = page.getByRole('slider', { name: 'Threshold' });
  const found = async () =>
    report
      .getByRole('row', { name: /^above/ })
      .getByRole('cell')
      .allTextContents();
  await expect(page.getByLabel('Positive class', { exact: true }).locator('option:checked')).toHaveText('above');
  await expect(page.getByText('accuracy at threshold 0.50')).toBeVisible();
  const before = await found();
  await slider.press('Shift+ArrowRight');
  await expect(page.getByText('accuracy at threshold 0.60')).toBeVisible();
  const after = await found();
  expect(Number(after[0])).toBeGreaterThan(Number(before[0]));
  expect(Number(after[1])).toBeLessThan(Number(before[1]));
  await expect(
    page.getByRole('img', { name: /^ROC curve of above, area 0\.\d+: at the threshold 0\.60/ }),
  ).toBeVisible();
  await expect(page.getByRole('table', { name: 'Calibration' }).getByRole('row')).not.toHaveCount(1);

  await lab.tab('Confusion').click();
  await page.getByRole('radio', { name: 'Validation' }).click();
  await expect(slider).toHaveAttribute('aria-valuetext', '0.60');
  const matrix = page.getByRole('table', { name: 'Confusion matrix' });
  const counts = async () => {
    const cells = await matrix.getByRole('button').all();
    const names = await Promise.all(cells.map((cell) => cell.getAttribute('aria-label')));
    return names.map((name) => Number(name?.split(': ')[1]));
  };
  const hitRate = async () => {
    const [, , missed = 0, hits = 0] = await counts();
    return hits / (hits + missed);
  };
  await expect.poll(hitRate).toBeCloseTo(Number(after[1]), 3);
  await slider.press('Home');
  await expect.poll(async () => (await counts()).filter((_, cell) => cell % 2 === 0)).toEqual([0, 0]);

  await lab.tab('Report').click();
  await page.getByRole('radio', { name: 'Test' }).click();
  const wrongly = page.getByText('This threshold was chosen by looking at the test set.');
  await expect(wrongly).toBeHidden();
  await slider.press('ArrowRight');
  await expect(wrongly).toBeVisible();
  await lab.button('Back to 0.5').click();
  await expect(wrongly).toBeHidden();

  await page.getByRole('radio', { name: 'Training' }).click();
  await lab.button('Evaluate on training set').click();
  await expect(page.getByText('100 training rows')).toBeVisible();
  await expect(report.getByRole('row', { name: /^above/ })).toBeVisible();
});
