// Trains the presets by the app's own worker in a headless browser and writes what they reach into docs/reports.md.
// `npm run reports -- ciutacu-cnn` trains one of them; all together take hours without a GPU.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repeat } from './reports/page.mjs';
import { documentOf } from './reports/table.mjs';
import { load } from './setup/load.mjs';
import { Problem, runCommand } from './setup/problem.mjs';
import { withWorkerPage } from './setup/worker-page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const figures = join(root, 'docs/reports.json');

/** @type {typeof import('../src/datasets/fashion-mnist/presets/catalogue.ts')} */
const { FASHION_MNIST_PRESETS: PRESETS } = await load(root, 'src/datasets/fashion-mnist/presets/catalogue.ts');

await runCommand(async () => {
  const chosen = chosenPresets(process.argv.slice(2));
  await withWorkerPage({ root, outDir: '.cache/reports' }, async (page, place) => {
    for (const { id, title, dataset, network, recipe } of chosen) {
      console.log(title);
      keep(id, await page.evaluate(repeat, { ...place, setup: { dataset, network, recipe } }));
    }
  });
});

/**
 * @param {string[]} ids
 * @returns {readonly import('../src/core/network/presets/preset.ts').Preset[]}
 */
function chosenPresets(ids) {
  const unknown = ids.find((id) => !PRESETS.some((preset) => preset.id === id));
  if (unknown)
    throw new Problem(`There is no preset ${unknown}. Choose from ${PRESETS.map(({ id }) => id).join(', ')}.`);
  return ids.length === 0 ? PRESETS : PRESETS.filter(({ id }) => ids.includes(id));
}

/**
 * Adds an outcome to those that are there, so that what is done stays when the rest is interrupted.
 *
 * @param {string} id
 * @param {import('./reports/page.mjs').Outcome} outcome
 */
function keep(id, outcome) {
  const known = existsSync(figures) ? JSON.parse(readFileSync(figures, 'utf8')) : {};
  const outcomes = { ...known, [id]: outcome };
  writeFileSync(figures, `${JSON.stringify(outcomes, null, 2)}\n`);
  writeFileSync(join(root, 'docs/reports.md'), documentOf(PRESETS, outcomes));
  console.log(`  ${(outcome.testAccuracy * 100).toFixed(2)} % of the test set`);
}
