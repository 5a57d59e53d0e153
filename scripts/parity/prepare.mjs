import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { torchTensors } from '../../src/core/exporting/files/pytorch-tensors.ts';
import { safetensorsFile } from '../../src/core/exporting/files/safetensors.ts';
import { pytorchCode } from '../../src/core/exporting/pytorch.ts';
import { SampleStore } from '../../src/dataset/store.ts';
import { TrainingSet } from '../../src/dataset/training-set.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { ASKED, CASES, setupOf } from '../../tests/parity/cases.ts';

/** The file of initial weights, which the program names. */
const WEIGHTS = 'start.safetensors';

/**
 * What the table says of a case.
 * @typedef {object} CaseAbout
 * @property {string} id
 * @property {string} title
 * @property {'fixed' | 'besideTorch'} limit
 * @property {boolean} isSmall
 */

/** @returns {readonly CaseAbout[]} in the order of the table */
export function parityCases() {
  return Object.entries(CASES).map(([id, { title, limit, isSmall }]) => ({ id, title, limit, isSmall }));
}

/**
 * Puts into a folder what PyTorch needs for a case: the program that the app writes, initial weights, the images that it trains on
 * in the order of the batches, and those that are asked at the end.
 * @param {string} root the project's folder
 * @param {string} folder
 * @param {string} id of the case
 */
export async function writeCase(root, folder, id) {
  const { graph, recipe } = setupOf(id);
  const weights = initialWeights(graph, recipe.seed);
  const { store, blocks } = trainingData(root, recipe.trainingImages);
  const set = new TrainingSet(store, blocks, {
    samples: recipe.trainingImages,
    validationFraction: 0,
    seed: recipe.seed,
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, WEIGHTS), safetensorsFile(torchTensors(graph, weights), {}));
  writeFileSync(join(folder, 'program.py'), pytorchCode(graph, recipe, { weights: WEIGHTS }));
  writeImages(folder, 'train', store, await set.order(0, recipe.trainingImages));
  writeImages(
    folder,
    'test',
    store,
    Uint32Array.from({ length: ASKED }, (_, i) => i),
  );
}

/**
 * The first training images that come with the app.
 * @param {string} root the project's folder
 * @param {number} count how many are needed
 */
function trainingData(root, count) {
  const place = join(root, 'public/data');
  /** @type {{ shards: { split: 'train' | 'test', file: string, count: number }[] }} */
  const { shards } = JSON.parse(readFileSync(join(place, 'manifest.json'), 'utf8'));
  const blocks = shards.filter(({ split }) => split === 'train');
  const store = new SampleStore(FASHION_MNIST);
  for (const { file, count: size } of blocks) {
    const first = store.arrived('train');
    if (first >= count) break;
    const bytes = Uint8Array.from(gunzipSync(readFileSync(join(place, file))));
    store.add('train', first, { labels: bytes.slice(0, size), values: bytes.slice(size) });
  }
  return { store, blocks };
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {SampleStore} store
 * @param {Uint32Array} positions
 */
function writeImages(folder, name, store, positions) {
  const { labels, values } = store.gather('train', positions);
  writeFileSync(join(folder, `${name}.labels`), labels);
  writeFileSync(join(folder, `${name}.images`), values);
}
