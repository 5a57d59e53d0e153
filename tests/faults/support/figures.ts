import type { Browser } from '@playwright/test';
import { serveFolder } from '../../e2e/support/data-folder.ts';
import { LabPage, TRAINING_TIMEOUT } from '../../e2e/support/lab-page.ts';
import { expect } from '../../e2e/support/test.ts';
import { patches } from '../../support/proof-datasets.ts';

/** A small data set, which a network learns in a second. */
export const PATCHES = patches();

/** Opens the app with the small data set, once its folder is served. */
export const PATCHES_QUERY = patchesOn('wasm');

export function patchesOn(backend: string): string {
  return `?data=patches/&backend=${backend}`;
}

/** Trains the dense network for two epochs from the seed that is set, and gives all figures of the run. */
export async function trainedFigures(lab: LabPage): Promise<readonly string[]> {
  await lab.choosePreset(/^Dense network/);
  await lab.setRecipe({ Epochs: 2 });
  await lab.train();
  await lab.reach('finished');
  return figuresOf(lab);
}

/** Losses and accuracies of every epoch of the run that is shown, and its test accuracy. */
export async function figuresOf(lab: LabPage): Promise<readonly string[]> {
  const newest = lab.page.getByRole('table', { name: 'Runs' }).getByRole('row').nth(1);
  const test = newest.locator('.c-test');
  await expect(test).toHaveText(/%/, { timeout: TRAINING_TIMEOUT });
  return [...(await lab.table('Loss')), ...(await lab.table('Accuracy')), (await test.textContent()) ?? ''];
}

const known = new Map<string, Promise<readonly string[]>>();

/** What `trainedFigures` gives on a backend where nothing goes wrong; trained once. */
export function undisturbedFigures(browser: Browser, backend = 'wasm'): Promise<readonly string[]> {
  const figures = known.get(backend) ?? trainUndisturbed(browser, backend);
  known.set(backend, figures);
  return figures;
}

async function trainUndisturbed(browser: Browser, backend: string): Promise<readonly string[]> {
  const context = await browser.newContext();
  await serveFolder(context, 'patches', PATCHES);
  const lab = new LabPage(await context.newPage());
  await lab.open(patchesOn(backend));
  const figures = await trainedFigures(lab);
  await context.close();
  return figures;
}
