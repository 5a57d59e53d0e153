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
  // The address names the lesson, so a reload opens it where it was left.
  await page.reload();
  await expect(lesson.getByLabel('In your own words')).toHaveValue('It saw what is bright where.');
  await expect(lesson.getByText('Not as you predicted.')).toBeVisible();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  const again = page.getByRole('list', { name: 'Lessons' }).getByRole('button', { name: /first network/ });
  await expect(again).toContainText('begun');
});

test('a link opens a lesson of another data set, whose curve is drawn and whose runs train there', async ({ page }) => {
  await page.goto('./?backend=wasm#lesson=more-epochs');
  const sketch = page.getByRole('region', { name: 'Would more epochs have helped?' });
  await sketch.getByRole('button', { name: 'Next' }).click();
  const points = sketch.getByRole('slider');
  const [first, last] = [points.first(), points.last()];
  const box = await sketch.locator('.sketch').boundingBox();
  if (box === null) throw new Error('There is no chart.');
  await page.mouse.move(box.x + 40, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 25, box.y + box.height - 40, { steps: 20 });
  await page.mouse.up();
  expect(Number(await first.inputValue())).toBeGreaterThan(1);
  expect(Number(await last.inputValue())).toBeLessThan(0.4);

  await page.goto('./?backend=wasm#lesson=rare-rain');
  const lesson = page.getByRole('region', { name: 'When rain is rare' });
  await lesson.getByRole('button', { name: 'Next' }).click();
  await lesson.getByLabel(/fewer of the announcements/).check();
  await lesson.getByRole('button', { name: 'Predict' }).click();
  await lesson.getByRole('button', { name: 'Train the 2 runs' }).click();
  await expect(lesson.getByText('As you predicted.')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('button', { name: /Seattle weather/ })).toBeVisible();
});
