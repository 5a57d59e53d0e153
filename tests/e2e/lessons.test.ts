import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test('a lesson is found, predicted, decided by real runs and kept, by keyboard alone', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await page.getByRole('button', { name: 'Lessons', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page
    .getByRole('list', { name: 'Lessons' })
    .getByRole('button', { name: /first network/ })
    .focus();
  await page.keyboard.press('Enter');
  const lesson = page.getByRole('region', { name: 'Your first network in a minute' });
  await lesson.getByRole('button', { name: 'Next' }).focus();
  await page.keyboard.press('Enter');
  await lesson.getByLabel(/About half/).focus();
  await page.keyboard.press('Space');
  await lesson.getByRole('button', { name: 'Predict' }).focus();
  await page.keyboard.press('Enter');
  await lesson.getByRole('button', { name: 'Train the run' }).focus();
  await page.keyboard.press('Enter');
  await expect(lesson.getByText('Not as you predicted.')).toBeVisible({ timeout: 90_000 });
  await lesson.getByRole('button', { name: 'Next' }).focus();
  await page.keyboard.press('Enter');
  await lesson.getByLabel('In your own words').fill('It saw what is bright where.');
  await lesson.getByRole('button', { name: 'Compare with an explanation' }).focus();
  await page.keyboard.press('Enter');
  await expect(lesson.getByText('The network was never told what a sleeve is.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Runs' })).toContainText('Dense 64, 5 epochs');
  await page.reload();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  const again = page.getByRole('list', { name: 'Lessons' }).getByRole('button', { name: /first network/ });
  await expect(again).toContainText('begun');
  await again.click();
  await expect(lesson.getByLabel('In your own words')).toHaveValue('It saw what is bright where.');
  await expect(lesson.getByText('Not as you predicted.')).toBeVisible();
});
