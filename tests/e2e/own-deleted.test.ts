import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

/** A small table whose answer follows from its first column. */
const ROWS = Array.from(
  { length: 120 },
  (_, i) => `${(i * 37) % 100};${(i * 71) % 90};${(i * 37) % 100 < 50 ? 'yes' : 'no'}`,
);
const FILE = {
  name: 'my_days.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['warmth;pressure;rain', ...ROWS].join('\n')),
};

test('a data set that is open and was trained on is deleted: that is said first, it stays open, and its runs stay readable', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('?data=data-penguins/&backend=wasm');
  const chip = page.getByRole('button', { name: /^Data set: / });
  await chip.click();
  const dialog = page.getByRole('dialog', { name: 'Data set' });
  await dialog.getByLabel('Open data files').setInputFiles(FILE);
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(dialog).toContainText('My days is open');
  await page.keyboard.press('Escape');
  await expect(chip).toContainText('96 ready');
  await lab.setRecipe({ Epochs: 1 });
  await lab.train();
  await lab.reach('finished');

  await chip.click();
  await dialog.getByRole('button', { name: 'Delete My days' }).click();
  const question = dialog.getByRole('alert');
  await expect(question).toContainText('One run was trained on it. It stays in the table with its curves and figures');
  await expect(question).toContainText('It is open now, and stays open until another data set is opened');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog.getByRole('list', { name: 'Your own data sets' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await lab.train();
  await lab.reach('finished');

  await page.goto('./?data=data-penguins/&backend=wasm');
  const runs = page.getByRole('table', { name: 'Runs' });
  await expect(runs.getByRole('row')).toHaveCount(3, { timeout: 60_000 });
  await expect(runs).toContainText('My days');
  const restore = runs.getByRole('button', { name: 'Restore the data set, model and recipe of run 1' });
  await expect(restore).toHaveAccessibleDescription('My days is not in this browser any more.');
  await lab.button('Compare runs').click();
  await expect(page.getByRole('dialog', { name: 'Compare runs' }).getByRole('table').first()).toContainText(
    'Best validation accuracy',
  );
});
