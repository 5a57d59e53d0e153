import type { BrowserContext, Page, Route } from '@playwright/test';
import { serveFolder } from '../e2e/support/data-folder.ts';
import { LabPage, TRAINING_TIMEOUT } from '../e2e/support/lab-page.ts';
import { slowTraining } from '../e2e/support/plant.ts';
import { expect, test } from '../e2e/support/test.ts';
import { figuresOf, PATCHES, PATCHES_QUERY, undisturbedFigures } from './support/figures.ts';

test.beforeEach(async ({ context }) => {
  await serveFolder(context, 'patches', PATCHES);
});

const bar = (page: Page) => page.getByRole('status', { name: 'Other tab' });
/** The status of a page that may be out of use, which no role finds. */
const stateOf = (page: Page) => page.locator('[aria-label="Training status"]');

/** Waits until a tab that reads along shows more steps than now. */
async function readsOn(page: Page): Promise<void> {
  const step = async () => Number(await stateOf(page).getAttribute('data-step'));
  const before = await step();
  await expect.poll(step, { timeout: TRAINING_TIMEOUT }).toBeGreaterThan(before);
}

async function openTab(context: BrowserContext): Promise<LabPage> {
  const lab = new LabPage(await context.newPage());
  await lab.page.goto(`./${PATCHES_QUERY}`);
  return lab;
}

/** Opens the app, and once it works, in a second tab, which reads along. */
async function openTwo(
  context: BrowserContext,
  page: Page,
): Promise<{ readonly first: LabPage; readonly second: LabPage }> {
  const first = new LabPage(page);
  await first.open(PATCHES_QUERY);
  const second = await openTab(context);
  await expect(bar(second.page)).toContainText('This tab only shows it.');
  return { first, second };
}

async function startRun(lab: LabPage, epochs: number): Promise<void> {
  await lab.choosePreset(/^Dense network/);
  await lab.setRecipe({ Epochs: epochs });
  await lab.train();
}

test('a second tab says so, reads along live, and changes nothing', async ({ context, page }) => {
  await slowTraining(context);
  const { first, second } = await openTwo(context, page);
  await expect(bar(first.page)).toHaveCount(0);
  await startRun(first, 1000);
  await expect(stateOf(second.page)).toHaveAttribute('data-state', 'training');
  await readsOn(second.page);

  // Keys do nothing here.
  await second.page.bringToFront();
  await second.page.keyboard.press('Space');
  await second.page.keyboard.press('Control+z');
  await expect(second.page.getByLabel('Epochs', { exact: true })).toHaveValue('1000');

  // Hidden behind the second tab, the first trains on; what it reaches shows here as well.
  await readsOn(second.page);
  await first.page.bringToFront();
  await first.button('Pause').click();
  await first.reach('paused');
  await expect(stateOf(second.page)).toHaveAttribute('data-state', 'paused');
  await expect(stateOf(second.page)).toHaveAttribute('data-step', String(await first.step()));
  expect(await second.table('Loss')).toEqual(await first.table('Loss'));
});

test('the work is taken over in mid-training: the run goes on there and ends in the same figures', async ({
  context,
  page,
  browser,
}) => {
  const undisturbed = await undisturbedFigures(browser);
  // The run waits for the rest of its data in mid-epoch.
  const held: Route[] = [];
  await context.route(/\/patches\/train-340\.bin$/, (route) => void held.push(route));
  const { first, second } = await openTwo(context, page);
  await startRun(first, 2);
  await first.passStep(0);
  await expect(first.status).toHaveAttribute('data-epoch', '0');
  await second.page.bringToFront();
  await second.button('Work here instead').click();
  await expect(bar(second.page)).toHaveCount(0);
  await expect(bar(first.page)).toContainText('This tab only shows it.');
  await expect(second.status).toHaveAttribute('data-state', 'training');
  await context.unroute(/\/patches\/train-340\.bin$/);
  // A request that nobody waits for any more is not answered.
  await Promise.allSettled(held.map((route) => route.fallback()));
  await second.reach('finished');
  expect(await figuresOf(second)).toEqual(undisturbed);
  await expect(stateOf(first.page)).toHaveAttribute('data-state', 'finished');
});

test('either tab is closed first: all runs are whole after a reload', async ({ context, page, browser }) => {
  const { first, second } = await openTwo(context, page);
  const undisturbed = await undisturbedFigures(browser);
  await second.page.close();
  await startRun(first, 2);
  await first.reach('finished');
  expect(await figuresOf(first)).toEqual(undisturbed);

  const third = await openTab(context);
  await expect(bar(third.page)).toContainText('This tab only shows it.');
  await first.page.reload();
  // The tab that was reloaded works again.
  await expect(bar(first.page)).toHaveCount(0);
  await first.reach('finished');
  expect(await figuresOf(first)).toEqual(undisturbed);
  await expect(bar(third.page)).toContainText('This tab only shows it.');

  await first.button('Step epoch').click();
  await expect(first.status).toHaveAttribute('data-run', '2');
  await first.reach('paused');
  await first.page.close();
  await third.reach('paused');
  await third.button('Resume').click();
  await third.reach('finished');
  expect(await figuresOf(third)).toEqual(undisturbed);
  await third.page.reload();
  await third.reach('finished');
  expect(await figuresOf(third)).toEqual(undisturbed);
  await expect(third.page.getByRole('table', { name: 'Runs' }).getByRole('row')).toHaveCount(3);
});

test('the tab that works hangs: the other takes over, and the run ends in the same figures', async ({
  context,
  page,
  browser,
}) => {
  const { first, second } = await openTwo(context, page);
  const undisturbed = await undisturbedFigures(browser);
  await first.choosePreset(/^Dense network/);
  await first.setRecipe({ Epochs: 2 });
  await first.button('Step epoch').click();
  await first.reach('paused');
  await expect(stateOf(second.page)).toHaveAttribute('data-state', 'paused');
  await second.page.bringToFront();
  const devtools = await context.newCDPSession(first.page);
  const hung = new Promise((resolve) => devtools.once('Debugger.paused', resolve));
  await devtools.send('Debugger.enable');
  await devtools.send('Debugger.pause');
  await hung;
  await second.button('Work here instead').click();
  await expect(bar(second.page)).toContainText('The other tab did not respond.');
  await second.button('Resume').click();
  await devtools.send('Debugger.resume');
  await expect(bar(first.page)).toContainText('This tab only shows it.');
  await second.reach('finished');
  expect(await figuresOf(second)).toEqual(undisturbed);
  await second.page.reload();
  await second.reach('finished');
  expect(await figuresOf(second)).toEqual(undisturbed);
});
