import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { torchTensors } from '../../src/core/exporting/files/pytorch-tensors.ts';
import { safetensorsFile } from '../../src/core/exporting/files/safetensors.ts';
import { pytorchCode } from '../../src/core/exporting/pytorch.ts';
import { SampleStore } from '../../src/dataset/store.ts';
import { TrainingSet } from '../../src/dataset/training-set.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { ASKED, CASES, setupOf, spansOf } from '../../tests/parity/cases.ts';
import { writeDataset } from '../exports/datasets.mjs';

/** The file of initial weights, which the program names. */
const WEIGHTS = 'start.safetensors';

/**
 * What the table says of a case.
 * @typedef {object} CaseAbout
 * @property {string} id
 * @property {string} title
 * @property {'fixed' | 'besideTorch'} limit
 * @property {boolean} isSmall
 * @property {readonly number[]} seeds that it is trained from
 * @property {readonly number[]} spans the numbers of steps after which it is compared
 */

/** @returns {readonly CaseAbout[]} in the order of the table */
export function parityCases() {
  return Object.entries(CASES).map(([id, each]) => {
    const { title, limit, isSmall, seeds } = each;
    return { id, title, limit, isSmall, seeds, spans: spansOf(each) };
  });
}

/**
 * Puts into a folder what PyTorch needs for a case: the program that the app writes, initial weights, and a data set of the images that
 * it trains on, in the order of the batches, and of those that are asked at the end.
 * @param {string} root the project's folder
 * @param {string} folder
 * @param {{ id: string, seed: number }} training the case, and the seed
 * @returns {Promise<string>} the data set's folder in it
 */
export async function writeCase(root, folder, { id, seed }) {
  const { graph, recipe } = setupOf(id, seed);
  const weights = initialWeights(graph, recipe.seed);
  const { store, blocks } = trainingData(root, recipe.trainingImages);
  const set = new TrainingSet(store, blocks, {
    samples: recipe.trainingImages,
    validationFraction: 0,
    seed: recipe.seed,
  });
  // Files of a former shape must not be taken for these.
  rmSync(join(folder, FASHION_MNIST.id), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, WEIGHTS), safetensorsFile(torchTensors(graph, weights), {}));
  writeFileSync(join(folder, 'program.py'), pytorchCode(graph, recipe, { weights: WEIGHTS }));
  writeDataset(folder, {
    spec: FASHION_MNIST,
    train: store.gather('train', await set.order(0, recipe.trainingImages)),
    test: store.gather(
      'train',
      Uint32Array.from({ length: ASKED }, (_, i) => i),
    ),
  });
  return FASHION_MNIST.id;
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
