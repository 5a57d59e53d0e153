import type { Locator, Page } from '@playwright/test';
import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { tableFile } from './support/table-file.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

/** Opens the dialog of data sets. */
async function dataDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Data set: Fashion-MNIST/ }).click();
  return page.getByRole('dialog', { name: 'Data set' });
}

async function close(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
}

test('the weather that comes with the app is opened, learned and reported on', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  const dialog = await dataDialog(page);
  const shipped = dialog.getByRole('list', { name: 'Data sets that come with the app' }).getByRole('listitem');
  await expect(shipped).toHaveCount(6);
  await shipped.filter({ hasText: 'Seattle weather' }).getByRole('button', { name: /^Open/ }).click();
  await close(dialog);
  await expect(page.getByRole('button', { name: /^Data set: Seattle weather/ })).toContainText('1,168 ready');
  await expect(page.getByRole('group', { name: 'Input', exact: true })).toContainText('9');
  await lab.choosePreset(/^Dense 16/);
  await lab.train();
  await lab.reach('finished');
  expect(await lab.latest('Accuracy')).toBeGreaterThan(68);
  await lab.tab('Report').click();
  const report = page.getByRole('table', { name: 'Classification report' });
  await expect(report.getByRole('rowheader')).toContainText(['dry', 'rain']);
});

test('a file of 200,000 rows goes from the drop to the report while the page stays alive, and is open again after a reload', async ({
  page,
}, testInfo) => {
  await page.addInitScript(() => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
    }).observe({ entryTypes: ['longtask'] });
    Object.assign(window, { longTasks: tasks });
  });
  const lab = new LabPage(page);
  await lab.open();
  const dialog = await dataDialog(page);
  await page.evaluate(() => Object(window).longTasks.splice(0));
  await dialog.getByLabel('Open data files').setInputFiles(tableFile(200_000));
  const columns = dialog.getByRole('list', { name: 'Columns' }).getByRole('listitem');
  await expect(columns).toHaveCount(5, { timeout: TRAINING_TIMEOUT });
  await expect(dialog).toContainText('200,000 rows of 5 columns');
  await expect(columns.nth(0)).toContainText('A date says little about rows of other dates.');
  await expect(columns.nth(2)).toContainText(/2\.0\s%\smissing/);
  await expect(dialog.getByLabel('Answer', { exact: true })).toHaveValue('4');
  const result = dialog.getByRole('region', { name: 'What comes of it' });
  await expect(result).toContainText('160,000 rows to train on and 40,000 to test on, each of 5 values.', {
    timeout: TRAINING_TIMEOUT,
  });
  await expect(columns.nth(3)).toContainText('clear → 1 in place 1 of 3');
  await dialog.getByLabel('Missing pressure').selectOption('Missing: drop row');
  await expect(result).toContainText('4,000 rows that have no pressure are dropped.', { timeout: TRAINING_TIMEOUT });
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(dialog).toContainText('My days is open: 156,800 rows to train on and 39,200 to test on.', {
    timeout: TRAINING_TIMEOUT,
  });
  // How long the page was busy at once is written down, not judged: other programs may have had the processor.
  const tasks = await page.evaluate((): number[] => Object(window).longTasks);
  testInfo.annotations.push({ type: 'longest task of the page, ms', description: String(Math.max(0, ...tasks)) });
  await close(dialog);

  await expect(page.getByRole('button', { name: /^Data set: My days/ })).toContainText('156,800 ready', {
    timeout: TRAINING_TIMEOUT,
  });
  await lab.setRecipe({ Epochs: 1, 'Batch size': 1024 });
  await lab.train();
  await lab.reach('finished');
  expect(await lab.latest('Accuracy')).toBeGreaterThan(80);
  await lab.tab('Report').click();
  const report = page.getByRole('table', { name: 'Classification report' });
  await expect(report.getByRole('rowheader')).toContainText(['no', 'yes']);
  await page.reload();
  await expect(page.getByRole('button', { name: /^Data set: My days/ })).toContainText('156,800', { timeout: 60_000 });
});

test('a file that is no table is refused with a sentence, and nothing else changes', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  const dialog = await dataDialog(page);
  const refuse = async (name: string, buffer: Buffer, sentence: string) => {
    await dialog.getByLabel('Open data files').setInputFiles({ name, mimeType: 'text/csv', buffer });
    await expect(dialog.getByRole('alert')).toContainText(sentence);
  };
  await refuse('one-line.csv', Buffer.from('column,'.repeat(300_000)), 'longer than a million characters');
  await refuse('photo.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'This file is not text');
  await refuse(
    'wide.csv',
    Buffer.from(`${'x,'.repeat(10_000)}y\n`),
    'has 10,001 columns, and at most 1,000 can be opened',
  );
  await refuse('empty.csv', Buffer.from(''), 'This file is empty.');
  await close(dialog);
  await expect(page.getByRole('button', { name: /^Data set: Fashion-MNIST/ })).toBeVisible();
});
