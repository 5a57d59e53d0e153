import type { Page } from '@playwright/test';
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

test('a training that was cut off is there again, and goes on as if nothing had been', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.choosePreset(/dense 128/);
  await lab.setRecipe({ 'Training images': 1000, Epochs: 3, 'Batch size': 20 });
  await lab.train();
  await lab.reach('finished');
  const uninterrupted = await lab.table('Loss');

  await lab.button('Step epoch').click();
  await expect(lab.status).toHaveAttribute('data-run', '2');
  await lab.reach('paused');
  // Run 1 is written while run 2 trains already.
  await expect.poll(() => keptStep(page, 1)).toBe(120);
  await expect.poll(() => keptStep(page, 2)).toBe(40);
  await lab.button('Outline: Ankle boot').click();
  const likeliest = page.getByRole('list', { name: 'Prediction' }).getByRole('listitem', { name: /^Ankle boot/ });
  await expect(page.getByText('Run 2 answers')).toBeVisible();
  await expect(likeliest).toHaveAccessibleName(/%/);
  const answer = (await likeliest.getAttribute('aria-label')) ?? '';
  await expect.poll(() => hasKeptDrawing(page)).toBe(true);
  await page.reload();
  // The drawing is there before the run, whose weights are read, built into a network and asked.
  await expect(page.getByRole('application', { name: 'Drawing pad' })).toHaveAccessibleDescription(/Has a drawing/);
  await expect(lab.status).toHaveAttribute('data-run', '2');
  await lab.reach('paused');
  await lab.reachStep(40);
  await expect(page.getByText('Run 2 answers')).toBeVisible();
  await expect(likeliest).toHaveAttribute('aria-label', answer);
  await expect(page.getByRole('table', { name: 'Runs' }).getByRole('row')).toHaveCount(3);
  await lab.button('Resume').click();
  await lab.reach('finished');
  expect(await lab.table('Loss')).toEqual(uninterrupted);

  await lab.button('Restore the model, recipe and weights of run 1').click();
  await lab.reach('finished');
  await lab.tab('Report').click();
  await expect(page.getByRole('tabpanel', { name: 'Report' })).toContainText('10,000 test images');
});

/** The steps of a run as far as the browser keeps its weights; 0 where it keeps none. */
async function keptStep(page: Page, run: number): Promise<number> {
  const record = await kept<{ checkpoint: { snapshot: { step: number } } }>(page, 'checkpoint', run);
  return record?.checkpoint.snapshot.step ?? 0;
}

async function hasKeptDrawing(page: Page): Promise<boolean> {
  return (await kept(page, 'drawing', 'fashion-mnist')) !== null;
}

/** What the browser keeps in one place of its storage; null for nothing. */
function kept<Kept>(page: Page, store: string, key: string | number): Promise<Kept | null> {
  return page.evaluate(
    async (place) => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('fitting-room');
        opening.onsuccess = () => resolve(opening.result);
      });
      const record = await new Promise<Kept | undefined>((resolve) => {
        const reading = database.transaction(place.store).objectStore(place.store).get(place.key);
        reading.onsuccess = () => resolve(reading.result);
      });
      database.close();
      return record ?? null;
    },
    { store, key },
  );
}
