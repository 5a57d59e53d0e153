import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reproduce } from '../reproduce/page.mjs';
import { load } from '../setup/load.mjs';
import { withWorkerPage } from '../setup/worker-page.mjs';
import { writeEpochs } from './epoch-table.mjs';
import { TOOLS, trainInTool } from './in-tool.mjs';

/** @typedef {import('../../src/core/network/presets/preset.ts').Preset} Preset */
/** @typedef {import('./epoch-table.mjs').Accuracies} Accuracies */

/** The presets that are trained for an epoch, cheap ones first. */
const TRAINED = ['malca-sitalkil-512', 'ciutacu-cnn', 'small-resnet'];

/** How many seeds the app trains with: the programs are judged by how far these are apart. */
const SEEDS = [1, 2, 3, 4, 5];

/**
 * Trains presets for one epoch on the real data, by the app's worker from five seeds and by their programs in PyTorch and Keras
 * from one, and writes the accuracies of the test set into docs/exports.md. What was trained before is not trained again.
 * @param {object} options
 * @param {string} options.root the project's folder
 * @param {string} options.python
 * @param {(name: string) => boolean} options.wanted
 * @returns {Promise<void>}
 */
export async function trainEpochs({ root, python, wanted }) {
  /** @type {typeof import('../../src/datasets/fashion-mnist/presets/catalogue.ts')} */
  const { FASHION_MNIST_PRESETS } = await load(root, 'src/datasets/fashion-mnist/presets/catalogue.ts');
  const presets = TRAINED.flatMap((id) => FASHION_MNIST_PRESETS.filter((preset) => preset.id === id));
  const results = join(root, 'docs/exports.json');
  /** @type {Record<string, Accuracies>} */
  const known = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {};
  const keep = (/** @type {Preset} */ { title }, /** @type {string} */ who, /** @type {number} */ accuracy) => {
    known[title] = { ...known[title], [who]: accuracy };
    writeFileSync(results, `${JSON.stringify(known, null, 2)}\n`);
    writeEpochs(root, known);
    console.log(`${title}, ${who}: ${(100 * accuracy).toFixed(2)} %`);
  };
  const open = (/** @type {Preset} */ { title }, /** @type {string} */ who) => known[title]?.[who] === undefined;
  for (const preset of presets.filter(({ title }) => wanted(title))) {
    const seeds = SEEDS.filter((seed) => open(preset, `seed ${seed}`));
    if (seeds.length > 0) await trainInApp(root, preset, seeds, keep);
    for (const tool of TOOLS.filter((each) => open(preset, each))) {
      const { dataset, network, recipe } = preset;
      const setup = { dataset, network, recipe: { ...recipe, epochs: 1 } };
      keep(preset, tool, (await trainInTool(root, python, setup, tool)).accuracy);
    }
  }
  writeEpochs(root, known);
}

/**
 * @param {string} root
 * @param {Preset} preset
 * @param {readonly number[]} seeds
 * @param {(preset: Preset, who: string, accuracy: number) => void} keep
 */
function trainInApp(root, preset, seeds, keep) {
  return withWorkerPage({ root, outDir: '.cache/epoch' }, async (page, { workerUrl, baseUrl }) => {
    await page.exposeFunction('keepProgress', () => undefined);
    for (const seed of seeds) {
      const { dataset, network, recipe } = preset;
      const setup = { dataset, network, recipe: { ...recipe, epochs: 1, seed } };
      const task = { workerUrl, baseUrl, backend: /** @type {const} */ ('auto'), setup, from: null, secondsLeft: 1e6 };
      const trained = await page.evaluate(reproduce, task);
      if (trained !== null) keep(preset, `seed ${seed}`, trained.testAccuracy);
    }
  });
}
