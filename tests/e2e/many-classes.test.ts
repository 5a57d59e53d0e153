import type { BrowserContext, Page } from '@playwright/test';
import { places } from '../support/proof-datasets.ts';
import { serveFolder } from './support/data-folder.ts';
import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test('matrix and report of a hundred classes fit a phone, and the matrix is whole on a projector', async ({
  context,
  page,
}) => {
  const lab = await trained(context, page, 100);
  await lab.tab('Confusion').click();
  const matrix = page.getByRole('table', { name: 'Confusion matrix' });
  await expect(page.getByText('200 test images')).toBeVisible();
  await expect(matrix.getByRole('rowheader')).toHaveCount(100);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Results' }).click();
  await expect(matrix).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await lab.tab('Report').click();
  const report = page.getByRole('table', { name: 'Classification report' });
  await expect(report.getByRole('rowheader')).toHaveCount(103);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.setViewportSize({ width: 1366, height: 768 });
  await expectWholeInPresent(lab, 100);
});

test('the matrix of thirty classes, whose cells have figures, is whole on a projector', async ({ context, page }) => {
  await expectWholeInPresent(await trained(context, page, 30), 30);
});

/** A lab in which a network has learned a data set of so many classes. */
async function trained(context: BrowserContext, page: Page, classes: number): Promise<LabPage> {
  await serveFolder(context, 'places', places(classes));
  const lab = new LabPage(page);
  await lab.open('?data=places/&backend=wasm');
  await lab.choosePreset(/dense/i);
  await lab.setRecipe({ Epochs: 1 });
  await lab.train();
  await lab.reach('finished');
  return lab;
}

async function expectWholeInPresent({ page }: LabPage, classes: number): Promise<void> {
  await page.getByRole('button', { name: 'Present', exact: true }).click();
  const half = page.getByRole('region').filter({ has: page.locator('.p-chart') });
  await expect(half).toBeVisible();
  await page.keyboard.press('m');
  await expect(half).toContainText(`a row for each of ${classes} true classes`);
  const cells = half.getByRole('table').locator('tbody td');
  await expect(cells).toHaveCount(classes ** 2);
  for (const cell of [cells.first(), cells.last()]) await expect(cell).toBeInViewport({ ratio: 0.99 });
  const coloured = cells.last().getByRole('button');
  const [place, last] = await Promise.all([half.boundingBox(), coloured.boundingBox()]);
  if (place === null || last === null) throw new Error('The matrix is not there.');
  expect(last.height).toBeGreaterThan(2);
  expect(last.x + last.width).toBeLessThan(place.x + place.width + 1);
  expect(last.y + last.height).toBeLessThan(place.y + place.height + 1);
}
