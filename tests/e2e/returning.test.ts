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
