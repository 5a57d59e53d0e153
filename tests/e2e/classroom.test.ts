import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { seriousFaults } from './support/accessibility.ts';
import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

/** Writes an assignment that begins with the draft, and gives its link. */
async function setAssignment(page: Page): Promise<string> {
  const lab = new LabPage(page);
  await lab.button('Share').click();
  await lab.button('Set an assignment').click();
  const form = page.getByRole('dialog', { name: 'Set an assignment' });
  await form.getByLabel('Title', { exact: true }).fill('Small and good');
  await form.getByLabel('What to do, in Markdown').fill('Train **one** epoch.');
  await form.getByLabel('Epochs', { exact: true }).selectOption('locked');
  await form.getByLabel('Batch size', { exact: true }).selectOption('hidden');
  await lab.button('Add a condition').click();
  await lab.button('Add a condition').click();
  await form.getByLabel('Condition 1: bound (%)').fill('5');
  await form.getByLabel('Condition 2: bound', { exact: true }).fill('200000');
  await lab.button('Add a question').click();
  await form.getByLabel('Question 1, in Markdown').fill('What did you see?');
  const link = form.getByLabel('Link to the assignment');
  await expect(link).toHaveValue(/#task=/);
  expect(await seriousFaults(page)).toEqual([]);
  const address = await link.inputValue();
  await lab.button('Close').click();
  return address;
}

/** Hands in what the page has, under a name, and gives the path of the file. */
async function handIn(page: Page, name: string, path: string): Promise<string> {
  const lab = new LabPage(page);
  await lab.button('Hand in').click();
  await page.getByLabel('Your name').fill(name);
  const [saved] = await Promise.all([page.waitForEvent('download'), lab.button('Save the file').click()]);
  await saved.saveAs(path);
  await lab.button('Close').click();
  return path;
}

/** A report is whole without scripts, and asks for nothing beside itself. */
async function seeReport(browser: Browser, saved: string, path: string): Promise<void> {
  await copyFile(saved, path);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  const page = await context.newPage();
  await page.goto(pathToFileURL(path).href);
  await expect(page.getByRole('heading', { name: 'The curves' })).toBeVisible();
  await expect(page.getByText('<script>document.body')).toBeVisible();
  await expect(page.getByRole('img', { name: 'Accuracy' })).toBeVisible();
  expect(asked.filter((address) => !address.startsWith('data:'))).toEqual([pathToFileURL(path).href]);
  await context.close();
}

test('an assignment is set, done three times, handed in, and opened as a class, where its runs repeat', async ({
  page,
  browser,
}, info) => {
  // The dialog of the system is out of a test's reach: files go to the downloads, as in browsers without one.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  const lab = new LabPage(page);
  await lab.open('?data=data-penguins/&backend=wasm');
  await lab.setRecipe({ Epochs: 1 });
  const link = await setAssignment(page);

  await lab.setRecipe({ Epochs: 9 });
  await page.evaluate((hash) => location.assign(hash), new URL(link).hash);
  await lab.button('Begin').click();
  const task = page.getByRole('region', { name: 'Assignment: Small and good' });
  await expect(task.getByText('Parameters under 200,000')).toBeVisible();
  await expect(page.getByLabel('Epochs', { exact: true })).toHaveValue('1');
  await expect(page.getByLabel('Epochs', { exact: true })).toBeDisabled();
  await expect(page.getByLabel('Batch size', { exact: true })).toHaveCount(0);
  expect(await seriousFaults(page)).toEqual([]);
  const files: string[] = [];
  for (const [i, name] of ['Ada', '=Ben()', 'Cyn'].entries()) {
    await lab.setRecipe({ Seed: i + 1 });
    await lab.train();
    await lab.reach('finished');
    await expect(task.getByRole('list', { name: `Goal, by run ${i + 1}` }).getByText('not met')).toHaveCount(0);
    await task.getByRole('textbox', { name: 'What did you see?' }).fill(`Seen by ${name}`);
    files.push(await handIn(page, name, info.outputPath(`${i}.fitting-room`)));
  }
  await lab.button('Leave').click();
  await expect(page.getByLabel('Epochs', { exact: true })).toHaveValue('9');

  await lab.button('Share').click();
  await page.getByLabel('In your own words').fill('<script>document.body.innerHTML = ""</script>');
  const [report] = await Promise.all([page.waitForEvent('download'), lab.button('Save the report').click()]);
  await lab.button('Close').click();
  await seeReport(browser, await report.path(), info.outputPath('report.html'));

  const damaged = info.outputPath('damaged.fitting-room');
  await writeFile(damaged, (await readFile(files[0] ?? '')).subarray(0, 999));
  await lab.button('Share').click();
  await lab.button('Open a class').click();
  await page.getByLabel('Open hand-ins').setInputFiles([...files, damaged]);
  const table = page.getByRole('table', { name: 'Class' });
  await expect(page.getByText('3 hand-ins, 3 with the goal met.')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Files that were not opened' })).toContainText('damaged.fitting-room');
  await expect(page.getByRole('img', { name: 'Validation accuracy of 3 runs by epoch' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Answers' })).toContainText('Seen by Cyn');
  expect(await seriousFaults(page)).toEqual([]);
  await lab.button('Train all again').click();
  await expect(table.getByText('repeats', { exact: true })).toHaveCount(3, { timeout: 60_000 });
  const [csv] = await Promise.all([page.waitForEvent('download'), lab.button('Save as CSV').click()]);
  expect(await readFile(await csv.path(), 'utf8')).toContain("\r\n'=Ben(),");
});
