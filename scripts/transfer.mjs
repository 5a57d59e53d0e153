// Measures what pre-training is worth: a network learns five classes of Fashion-MNIST, and then the other five from few images, once
// from its weights and once from new ones. Trains by the app's own worker in a headless browser, for five seeds, and writes
// docs/transfer.md. `npm run transfer -- --images 50` changes how many images of each class there are. Lower seeds than the first one here
// helped to choose the classes, the layers and the epochs, so they measure nothing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from './setup/load.mjs';
import { readOptions, wholeNumber } from './setup/options.mjs';
import { Problem, runCommand } from './setup/problem.mjs';
import { withWorkerPage } from './setup/worker-page.mjs';
import { transfer } from './transfer/page.mjs';
import { documentOf } from './transfer/table.mjs';

const USAGE = 'npm run transfer -- [--images N] [--seeds N]';
const FIRST_SEED = 1001;
const root = fileURLToPath(new URL('..', import.meta.url));
const figures = join(root, 'docs/transfer.json');

/** @type {typeof import('../src/datasets/fashion-mnist/parts.ts')} */
const { PARTS } = await load(root, 'src/datasets/fashion-mnist/parts.ts');
const preTraining = presetOf('pre-training');
const fineTuning = presetOf('fine-tuning');
const fromScratch = presetOf('from-scratch');
const folders = Object.fromEntries(PARTS.map(({ spec, folder }) => [spec.id, folder]));

await runCommand(async () => {
  const { images, seeds } = readOptions(
    process.argv.slice(2),
    { images: { type: 'string', default: '100' }, seeds: { type: 'string', default: '5' } },
    USAGE,
  );
  await withWorkerPage({ root, outDir: '.cache/transfer' }, async (page, place) => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + wholeNumber(seeds, '--seeds', 100); seed++) {
      console.log(`seed ${seed}, ${images} images a class`);
      const trial = trialOf(seed, wholeNumber(images, '--images', 3000));
      const { workerUrl, baseUrl } = place;
      keep(`${images} ${seed}`, await page.evaluate(transfer, { workerUrl, baseUrl, folders, trial }));
    }
  });
});

/** @param {string} name */
function presetOf(name) {
  const found = PARTS.flatMap(({ presets }) => presets).find(({ id }) => id === `transfer-${name}`);
  if (found === undefined) throw new Problem(`There is no preset transfer-${name}.`);
  return found;
}

/**
 * @param {number} seed
 * @param {number} images of each class
 * @returns {import('./transfer/page.mjs').Trial}
 */
function trialOf(seed, images) {
  /** @param {import('../src/core/network/presets/preset.ts').Preset} preset */
  const setup = ({ dataset, network, recipe }) => ({ dataset, network, recipe: { ...recipe, seed } });
  /** @param {import('../src/core/network/presets/preset.ts').Preset} preset */
  const few = (preset) => {
    const { recipe, ...rest } = setup(preset);
    return { ...rest, recipe: { ...recipe, trainingImages: 2 * images * rest.dataset.classes.length } };
  };
  const { network, ...tuned } = few(fineTuning);
  const layers = network.layers.map((layer) => (layer.kind === 'conv2d' ? { ...layer, frozen: true } : layer));
  return {
    before: setup(preTraining),
    after: {
      scratch: { setup: few(fromScratch), isTransferred: false },
      fineTuned: { setup: few(fineTuning), isTransferred: true },
      frozen: { setup: { ...tuned, network: { layers } }, isTransferred: true },
    },
  };
}

/**
 * Adds an outcome to those that are there, so that what is done stays when the rest is interrupted.
 *
 * @param {string} name
 * @param {{ device: string, accuracies: Record<string, number> }} outcome
 */
function keep(name, outcome) {
  const known = existsSync(figures) ? JSON.parse(readFileSync(figures, 'utf8')) : {};
  const outcomes = { ...known, [name]: outcome };
  writeFileSync(figures, `${JSON.stringify(outcomes, null, 2)}\n`);
  writeFileSync(join(root, 'docs/transfer.md'), documentOf(outcomes));
}
