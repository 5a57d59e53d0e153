import { seriousFaults } from './support/accessibility.ts';
import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.use({ viewport: { width: 390, height: 844 } });

test('on a phone, a first visit leads to a drawing and its answer, is over after that, and is found again under Help', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await page.addInitScript(() => {
    let moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if ('value' in entry) moved += Number(entry.value);
      document.documentElement.dataset['moved'] = String(moved);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await lab.open();
  const steps = page.getByRole('region', { name: 'First steps' });
  await expect(steps).toContainText('Where would you like to start?');
  const moved = await page.evaluate(() => Number(document.documentElement.dataset['moved'] ?? 0));
  expect(moved, 'cumulative layout shift').toBeLessThan(0.1);
  const views = await page.getByRole('navigation', { name: 'Views' }).boundingBox();
  expect((views?.y ?? 0) + (views?.height ?? 0), 'the views stay in the window').toBeLessThanOrEqual(844);
  expect(await seriousFaults(page)).toEqual([]);

  await steps.getByRole('button', { name: 'Draw a garment' }).click();
  await expect(steps.getByRole('status')).toContainText('1 of 2 Draw a garment on the pad');
  await expect(page.locator('.pad[data-ringed]')).toBeInViewport();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Outline: Dress' }).click();
  await expect(steps.getByRole('status')).toContainText('2 of 2 The bars');
  await expect(page.locator('[data-ringed]').first()).toHaveAccessibleName('Prediction');
  await steps.getByRole('button', { name: 'Done' }).click();
  await expect(steps).toHaveCount(0);
  await expect(page.locator('[data-ringed]')).toHaveCount(0);

  await page.reload();
  await lab.reach('ready');
  await expect(steps).toHaveCount(0);
  await lab.pressTool('Help and keyboard shortcuts');
  await page.getByRole('button', { name: 'Guided first steps' }).click();
  await expect(steps).toContainText('Where would you like to start?');
  await steps.getByRole('button', { name: 'Skip' }).click();
  await expect(steps).toHaveCount(0);
});
