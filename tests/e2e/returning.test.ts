import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test('whoever comes back finds the network and the recipe as they left them', async ({ page }) => {
  const lab = new LabPage(page);
  await page.goto('./');
  await lab.edit('Conv2D 1', 'Padding', 'same');
  await lab.setRecipe({ Epochs: 4, Seed: 7 });
  await page.reload();
  await expect(page.getByRole('group', { name: 'Conv2D 1', exact: true })).toContainText('28×28×32');
  await expect(page.getByLabel('Epochs', { exact: true })).toHaveValue('4');
  await expect(page.getByLabel('Seed', { exact: true })).toHaveValue('7');
});

test('a page that trains asks before it is left, and one that is done does not', async ({ page }) => {
  const lab = new LabPage(page);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await lab.open();
  await lab.choosePreset(/dense 128/);
  await lab.setRecipe({ 'Training images': 1000, Epochs: 1 });
  await lab.train();
  await lab.reach('finished');
  await page.reload();
  await lab.reach('ready');
  expect(asked).toEqual([]);
  await lab.setRecipe({ 'Training images': 60_000, Epochs: 50 });
  await lab.train();
  await lab.reach('training');
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
});
