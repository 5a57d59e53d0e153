import AxeBuilder from '@axe-core/playwright';
import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test('a student looks inside the network that ships with the app, and goes through its layers and the test images', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.tab('Inside').click();
  const panel = page.getByRole('tabpanel', { name: 'Inside' });
  await expect(panel).toContainText('A network trained in advance', { timeout: 60_000 });
  await expect(panel.getByRole('img', { name: '32 filters of Conv2D 1' })).toBeVisible({ timeout: 60_000 });
  await expect(panel.getByRole('img', { name: '32 channels of Conv2D 1 for this image' })).toBeVisible();
  const maps = panel.getByRole('img', { name: /^Where the network looked for / });
  await expect(maps).toHaveCount(2);
  await expect(maps.first()).toHaveAccessibleName('Where the network looked for Ankle boot');
  await expect(panel).toContainText('Test image 1 of 10,000, labelled Ankle boot');

  const { violations } = await new AxeBuilder({ page }).include('.col-results').analyze();
  expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);

  await panel.getByLabel('Layer', { exact: true }).selectOption('Dense 1');
  await expect(panel.getByRole('img', { name: '100 values of Dense 1 for this image' })).toBeVisible();
  await panel.getByRole('button', { name: 'Another' }).press('n');
  await expect(panel).toContainText('Test image 2 of 10,000, labelled Pullover');
  await expect(maps.first()).toHaveAccessibleName('Where the network looked for Pullover');

  await panel.getByText('Your drawing', { exact: true }).click();
  await expect(panel).toContainText('The pad is empty.');
  await expect(maps).toHaveCount(0);
});
