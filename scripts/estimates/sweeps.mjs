/** @typedef {import('playwright').Page} Page */
/** @typedef {{ by: string, values: string }} Axis a hyperparameter, and the values to try */
/** @typedef {{ preset: string, recipe: Readonly<Record<string, number>>, axes: readonly Axis[] }} Sweep */

/** Milliseconds for the data to arrive and for a sweep to end, also on a machine without a GPU. */
const PATIENCE = 600_000;

/**
 * Sweeps of different kinds, each some 10 to 60 seconds long on two processor cores.
 *
 * @type {Readonly<Record<import('./options.mjs').SweepName, Sweep>>}
 */
export const SWEEPS = {
  rates: {
    preset: 'CNN · Ciutacu',
    recipe: { 'Training images': 5000, Epochs: 3 },
    axes: [{ by: 'Learning rate', values: '0.0001, 0.001, 0.01' }],
  },
  batches: {
    preset: 'CNN · Ciutacu',
    recipe: { 'Training images': 6000, Epochs: 2 },
    axes: [{ by: 'Batch size', values: '16, 64, 256' }],
  },
  dropout: {
    preset: 'dense 128',
    recipe: { 'Training images': 20_000, Epochs: 4 },
    axes: [
      { by: 'Dropout rate', values: '0, 0.25, 0.5' },
      { by: 'Batch size', values: '32, 128' },
    ],
  },
  optimizers: {
    preset: 'dense 128',
    recipe: { 'Training images': 20_000, Epochs: 4, 'Batch size': 64 },
    axes: [{ by: 'Optimizer', values: 'SGD, Momentum, Adam' }],
  },
  short: {
    preset: 'dense 128',
    recipe: { 'Training images': 1000, Epochs: 2 },
    axes: [{ by: 'Seed', values: '1, 2, 3, 4, 5' }],
  },
};

/**
 * Has a sweep estimated in the dialog, trained, and estimated again: where the two estimates differ, the machine was not equally busy.
 *
 * @param {Page} page where the app is opening
 * @param {Sweep} sweep
 * @returns {Promise<{ runs: number, before: number, after: number, took: number }>} seconds
 */
export async function runSweep(page, { preset, recipe, axes }) {
  await page.getByRole('button', { name: /ready/ }).waitFor({ timeout: PATIENCE });
  const picker = page.getByLabel('Preset', { exact: true });
  await picker.selectOption((await picker.locator('option', { hasText: preset }).first().getAttribute('value')) ?? '');
  await page.getByRole('button', { name: 'All settings', exact: true }).click();
  for (const [label, value] of Object.entries(recipe)) {
    await page.getByLabel(label, { exact: true }).fill(String(value));
    await page.keyboard.press('Enter');
  }
  await page.getByRole('button', { name: 'Sweep a hyperparameter', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Sweep' });
  const before = await planned(dialog, axes);
  const start = dialog.getByRole('button', { name: /^Train \d+ runs/ });
  const runs = Number.parseInt(((await start.textContent()) ?? '').replace(/\D+/, ''), 10);
  const began = performance.now();
  await start.click();
  await dialog.getByText(`Trained ${runs} of ${runs} runs`).waitFor({ timeout: PATIENCE });
  const took = (performance.now() - began) / 1000;
  await dialog.getByRole('button', { name: 'Plan another sweep' }).click();
  return { runs, before, after: await planned(dialog, axes), took };
}

/**
 * Plans a sweep in the dialog and reads how long it is said to take.
 *
 * @param {import('playwright').Locator} dialog
 * @param {readonly Axis[]} axes
 * @returns {Promise<number>} seconds
 */
async function planned(dialog, axes) {
  if (axes.length > 1) await dialog.getByRole('button', { name: 'Add a second hyperparameter' }).click();
  for (const [index, { by, values }] of axes.entries()) {
    await dialog.getByLabel(index === 0 ? 'Try' : 'and', { exact: true }).selectOption({ label: by });
    await dialog.getByLabel('with the values').nth(index).fill(values);
  }
  const text = dialog.getByText('measured on this device');
  await text.waitFor({ timeout: PATIENCE });
  return secondsOf((await text.textContent()) ?? '');
}

/**
 * @param {string} text as the dialog says it: `~12 s, measured on this device`
 * @returns {number}
 */
function secondsOf(text) {
  const [, number = '', unit = ''] = /~([\d.,]+)\s(s|min|h)/.exec(text) ?? [];
  return Number(number.replace(',', '')) * (unit === 'h' ? 3600 : unit === 'min' ? 60 : 1);
}
