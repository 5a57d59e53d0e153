import { seriousFaults } from './support/accessibility.ts';
import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

test('a table opens, a row is filled in and answered, and what explains the network is in its columns', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('?data=data-penguins/&backend=wasm');
  await page.getByRole('button', { name: /^Data set: Palmer penguins/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Data set' });
  await expect(dialog.getByRole('table', { name: 'Columns of Palmer penguins' }).getByRole('row')).toHaveCount(7);
  await expect(dialog.getByRole('img')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab').first()).toHaveText('Predict');
  await expect(page.getByRole('button', { name: 'Flip' })).toHaveCount(0);

  const form = page.getByRole('group', { name: 'Row' });
  await expect(form.getByLabel('Island')).toHaveValue('0');
  await lab.setRecipe({ Epochs: 10 });
  await lab.train();
  await lab.reach('finished');
  const prediction = page.getByRole('list', { name: 'Prediction' }).getByRole('listitem');
  await expect(prediction).toHaveCount(3);
  await expect(prediction.first()).toHaveAccessibleName(/^Adelie [<>]?[\d.]+ %$/);
  const adelie = async () => Number((await prediction.first().getAttribute('aria-label'))?.replace(/[^\d.]/g, ''));

  await lab.button('Take a test row').click();
  await expect(page.getByText(/^This is test row 1; its class is /)).toBeVisible();
  await expect(page.getByRole('listitem', { name: /, the true class$/ })).toHaveCount(1);
  // Penguins with short beaks are Adelies, those with long ones are not.
  await lab.fill('Beak length (mm)', 34);
  await expect.poll(adelie).toBeGreaterThan(90);
  await lab.fill('Beak length (mm)', 59);
  await expect.poll(adelie).toBeLessThan(50);
  await expect(page.getByText('Perhaps')).toHaveCount(0);
  await lab.fill('Beak length (mm)', 90);
  await expect(page.getByText(/^Beak length is 90.mm; the training rows have 33\.1.mm to 59\.6.mm\./)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Nearest training rows' }).getByRole('row')).toHaveCount(6);
  expect(await seriousFaults(page)).toEqual([]);

  await lab.tab('Mistakes').click();
  const panel = page.getByRole('tabpanel', { name: 'Mistakes' });
  await panel.getByLabel('Show', { exact: true }).selectOption('least confident hits');
  const rows = panel.getByRole('table', { name: 'Palmer penguins, test rows' });
  await rows.getByRole('button', { name: 'Body mass (g)' }).click();
  const masses = () => rows.locator('tbody tr td:nth-child(8)').allTextContents();
  const isSorted = async () => {
    const grams = (await masses()).map((text) => Number(text.replace(',', '')));
    return grams.length > 10 && grams.every((mass, row) => mass <= (grams[row - 1] ?? mass));
  };
  await expect.poll(isSorted).toBe(true);
  const [heaviest] = await masses();
  await rows
    .getByRole('button', { name: /recognised/ })
    .first()
    .click();
  const row = page.getByRole('dialog', { name: /, test row \d+$/ });
  await expect(row.getByRole('table', { name: 'The row' })).toContainText(`${heaviest}\u202fg`);
  await expect(row.getByRole('table', { name: 'Nearest training rows' })).toHaveCount(2, { timeout: TRAINING_TIMEOUT });
  await page.keyboard.press('Escape');

  await lab.tab('Inside').click();
  const inside = page.getByRole('tabpanel', { name: 'Inside' });
  await expect(inside.getByRole('list', { name: 'Weights of Dense 1' })).toContainText('Beak length');
  await expect(inside.getByRole('list', { name: 'What the answers rely on' }).getByRole('listitem')).toHaveCount(6);
  await inside.getByLabel('Column', { exact: true }).selectOption('Beak length');
  const curve = inside.getByRole('img', { name: /^Probability of Adelie by Beak length: / });
  const name = (await curve.getAttribute('aria-label')) ?? '';
  const [first = 0, last = 1] = Array.from(name.matchAll(/([\d.]+).% at/g), ([, share]) => Number(share));
  expect(first).toBeGreaterThan(last + 20);
  const regions = inside.getByRole('img', { name: /^Decision regions by Beak length and Beak depth: / });
  await expect(regions).toHaveAccessibleName(/Adelie in \d+.%/);
  // The corner of short and deep beaks is another colour than that of long and flat ones.
  const differs = () =>
    regions.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, 60, 60).data ?? [];
      const [above, below] = [61, 59 * 60 + 58].map((place) => pixels.slice(place * 4, place * 4 + 4).join());
      return above !== below;
    });
  await expect.poll(differs).toBe(true);
  await expect(inside).not.toContainText(/pixel|image|picture of a/);
  expect(await seriousFaults(page)).toEqual([]);

  await page.reload();
  await lab.tab('Predict').click();
  await expect(page.getByText(/^Beak length is 90.mm; the training rows have /)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/^Changed from test row 1, whose class is /)).toBeVisible();
});
