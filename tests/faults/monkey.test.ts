import type { Browser } from '@playwright/test';
import { serveFolder } from '../e2e/support/data-folder.ts';
import { LabPage } from '../e2e/support/lab-page.ts';
import { expect, test } from '../e2e/support/test.ts';
import { watchContext } from '../e2e/support/watch.ts';
import { PATCHES, PATCHES_QUERY } from './support/figures.ts';
import { Monkey } from './support/monkey.ts';

const SEEDS = [1, 2, 3, 4, 5];

/** Clicks and keys of each seed: 600 in all. `MONKEY=1000` hunts for longer. */
const ACTIONS = Number(process.env['MONKEY'] ?? 120);

test.setTimeout(60_000 + 1500 * ACTIONS);

/** Lets a monkey at a page of its own, and sees whether the app is still usable. */
async function letLoose(browser: Browser, seed: number): Promise<void> {
  const context = await browser.newContext({ acceptDownloads: false });
  await serveFolder(context, 'patches', PATCHES);
  const page = await context.newPage();
  const watched = watchContext(context, new URL(test.info().project.use.baseURL ?? '').host);
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  const monkey = new Monkey(page, seed);
  try {
    for (let action = 0; action < ACTIONS; action++) {
      await monkey.act();
      expect(watched.complaints).toEqual([]);
    }
    await calmDown(lab);
    // Of the small data set, or of another one that was opened, which may be a table.
    await lab.choosePreset(/dense/i);
    const rows = await page.getByLabel('Training rows', { exact: true }).count();
    await lab.setRecipe({ [rows > 0 ? 'Training rows' : 'Training images']: 100, Epochs: 1 });
    await lab.train();
    await lab.reach('finished');
    expect(watched.complaints).toEqual([]);
    expect(watched.foreign).toEqual([]);
  } catch (error) {
    throw new Error(`Seed ${seed} after: ${monkey.log.slice(-25).join(' · ')}`, { cause: error });
  }
  await context.close();
}

/** Closes what lies over the page, pauses what trains, and resets. */
async function calmDown(lab: LabPage): Promise<void> {
  const { page, status } = lab;
  // Some dialogs are loaded when they are opened, and come a moment later.
  await expect(async () => {
    for (let layer = 0; layer < 5; layer++) await page.keyboard.press('Escape');
    await expect(page.locator('dialog[open]')).toHaveCount(0, { timeout: 500 });
    await expect(status).toBeAttached({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  const pause = lab.button('Pause');
  if (await pause.isVisible()) await pause.click();
  await expect(status).not.toHaveAttribute('data-state', /compiling|training/, { timeout: 30_000 });
  if (await lab.button('Reset').isEnabled()) await lab.button('Reset').click();
  await lab.reach('ready');
}

test('600 random clicks and keys from five seeds: no error in the console, and the app is usable afterwards', async ({
  browser,
}) => {
  await Promise.all(SEEDS.map((seed) => letLoose(browser, seed)));
});
