import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test('a second visit needs no network for the data', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.allShards();
  await page.route(/\/data\/.*\.bin/, (route) => route.abort());
  await page.reload();
  await lab.allShards();
});

test('the data viewer shows garments of every class, and how many have arrived', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.allShards();
  await page.getByRole('button', { name: /Fashion-MNIST/ }).click();
  const viewer = page.getByRole('dialog', { name: 'Data set' });
  const classes = viewer.getByRole('list', { name: 'Garments by class' }).getByRole('listitem');
  await expect(classes).toHaveCount(10);
  await expect(classes.filter({ hasText: 'Ankle boot' })).toContainText('6,000');
});
