import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildDataset } from '../data/dataset.mjs';
import { load } from '../setup/load.mjs';
import { sketchOf } from './sketch.mjs';

/** One image in so many is sketched beside itself. */
const EVERY = 2;
const SEED = 42;

/**
 * Writes the data set with sketches among its training images, each after the image that it is made from; the test images
 * stay as they are.
 * @param {string} root the project's folder
 * @param {string} to
 * @returns {Promise<import('../../src/core/dataset/spec.ts').DatasetSpec>} what was written
 */
export async function writeSketchedData(root, to) {
  const { FASHION_MNIST } = await load(root, 'src/datasets/fashion-mnist/spec.ts');
  const { imageOf } = await load(root, 'src/core/imaging/drawing.ts');
  const { enclosedBy } = await load(root, 'src/core/imaging/outline-fill.ts');
  const { streamKey, uniforms } = await load(root, 'src/core/random.ts');
  const { splits: _, ...description } = FASHION_MNIST;
  const { height: side } = description.samples;
  const [train, test] = ['train', 'test'].map((split) => readSplit(root, split));
  if (train === undefined || test === undefined) throw new Error('There are no images.');
  const images = [...train.labels].flatMap((label, i) => {
    const image = train.values.subarray(i * side * side, (i + 1) * side * side);
    if (i % EVERY > 0) return [{ label, image }];
    const chances = uniforms(streamKey(SEED, 'sample', i), 64);
    let taken = 0;
    const chance = () => chances[taken++ % chances.length] ?? 0;
    return [
      { label, image },
      { label, image: sketchOf(image, side, chance, { imageOf, enclosedBy }) },
    ];
  });
  const mixed = {
    labels: Uint8Array.from(images, ({ label }) => label),
    values: Buffer.concat(images.map(({ image }) => image)),
  };
  const shape = [side, side];
  buildDataset({ description, splits: { train: { ...mixed, shape }, test: { ...test, shape } }, licence: null }, to);
  return { ...FASHION_MNIST, splits: { train: images.length, test: test.labels.length } };
}

/**
 * The images of a split, from the shards of the app.
 * @param {string} root
 * @param {string} split
 */
function readSplit(root, split) {
  const folder = join(root, 'public/data');
  const { shards } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const parts = shards
    .filter((/** @type {{ split: string }} */ entry) => entry.split === split)
    .map((/** @type {{ file: string, count: number }} */ { file, count }) => {
      const raw = gunzipSync(readFileSync(join(folder, file)));
      return { labels: raw.subarray(0, count), values: raw.subarray(count) };
    });
  return {
    labels: Buffer.concat(parts.map((/** @type {{ labels: Uint8Array }} */ { labels }) => labels)),
    values: Buffer.concat(parts.map((/** @type {{ values: Uint8Array }} */ { values }) => values)),
  };
}
