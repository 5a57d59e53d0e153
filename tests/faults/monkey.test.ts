import { serveFolder } from '../e2e/support/data-folder.ts';
import { LabPage } from '../e2e/support/lab-page.ts';
import { expect, test } from '../e2e/support/test.ts';
import { PATCHES, PATCHES_QUERY } from './support/figures.ts';
import { Monkey, stayOnPage } from './support/monkey.ts';

/** Clicks and keys of each seed. `MONKEY=1000` hunts for longer. */
const ACTIONS = Number(process.env['MONKEY'] ?? 120);

test.setTimeout(300_000 + 2000 * ACTIONS);
// What was done is in the report of a failure: a trace of so many actions would slow all of them.
test.use({ acceptDownloads: false, trace: 'off', actionTimeout: 20_000 });

for (const seed of [1, 2, 3, 4, 5]) {
  test(`random clicks and keys from seed ${seed}: no error in the console, and the app is usable afterwards`, async ({
    page,
    context,
    watched,
  }) => {
    await serveFolder(context, 'patches', PATCHES);
    await stayOnPage(page);
    const lab = new LabPage(page);
    await lab.open(PATCHES_QUERY);
    const monkey = new Monkey(page, seed);
    try {
      for (let action = 0; action < ACTIONS; action++) {
        await monkey.act();
        expect(watched.complaints).toEqual([]);
      }
      // Dialogs are loaded when they are opened: the last one may come while it is tried, and lie over the page.
      await expect(async () => {
        await calmDown(lab);
        await trainBriefly(lab);
      }).toPass({ timeout: 240_000 });
    } catch (error) {
      throw new Error(`Seed ${seed} after: ${monkey.log.slice(-25).join(' · ')}`, { cause: error });
    }
  });
}

/** Closes what lies over the page, pauses what trains, and resets. */
async function calmDown(lab: LabPage): Promise<void> {
  const { page, status } = lab;
  for (let layer = 0; layer < 5; layer++) await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0, { timeout: 500 });
  // A press outside closes what the keyboard is not in.
  await page.getByRole('heading', { name: 'Fitting Room' }).click({ timeout: 1000 });
  await expect(status).toBeAttached({ timeout: 500 });
  const pause = lab.button('Pause');
  if (await pause.isVisible()) await pause.click({ timeout: 5000 });
  await expect(status).not.toHaveAttribute('data-state', /compiling|training/, { timeout: 60_000 });
  if (await lab.button('Reset').isEnabled()) await lab.button('Reset').click({ timeout: 5000 });
  await expect(status).toHaveAttribute('data-state', 'ready');
}

/** Trains a small network on the small data set, or on another one that was opened, which may be a table or have one preset only. */
async function trainBriefly(lab: LabPage): Promise<void> {
  const presets = lab.page.getByLabel('Preset', { exact: true }).locator('option');
  const dense = presets.filter({ hasText: /dense/i });
  await lab.choosePreset((await dense.count()) > 0 ? /dense/i : /./);
  const rows = await lab.page.getByLabel('Training rows', { exact: true }).count();
  await lab.setRecipe({ [rows > 0 ? 'Training rows' : 'Training images']: 100, Epochs: 1 });
  await lab.train();
  await lab.reach('finished');
}
