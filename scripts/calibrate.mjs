// Measures how far each test image is from its nearest training image, and writes src/datasets/fashion-mnist/unlikeness-table.ts: what a drawing
// is compared with to tell whether it is unlike the data. `npm run calibrate`; about five minutes.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { load } from './setup/load.mjs';

const root = new URL('..', import.meta.url);
const folder = fileURLToPath(root);

/** @type {typeof import('../src/core/explaining/nearest.ts')} */
const nearest = await load(folder, 'src/core/explaining/nearest.ts');
/** @type {typeof import('../src/core/imaging/unlikeness.ts')} */
const unlikeness = await load(folder, 'src/core/imaging/unlikeness.ts');
/** @type {typeof import('../src/datasets/fashion-mnist/spec.ts')} */
const { FASHION_MNIST } = await load(folder, 'src/datasets/fashion-mnist/spec.ts');
/** @type {typeof import('../src/core/dataset/spec.ts')} */
const { sampleSizeOf } = await load(folder, 'src/core/dataset/spec.ts');
/** @type {typeof import('../tests/unit/core/support/odd-images.ts')} */
const odd = await load(folder, 'tests/unit/core/support/odd-images.ts');

/** Bytes of an image. */
const size = sampleSizeOf(FASHION_MNIST);
const training = shards('train');
const test = shards('test').flatMap((shard) => imagesIn(shard));

const scores = test.map((image, i) => {
  if (i % 1000 === 0) console.log(`${i} of ${test.length} test images`);
  return scoreOf(image);
});
const sorted = Float64Array.from(scores).sort();
const percentiles = Array.from({ length: 101 }, (_, p) => at(sorted, (p / 100) * (sorted.length - 1)));
const limit = percentiles[unlikeness.UNLIKE_PERCENTILE] ?? 0;

const sample = test.slice(0, 1000);
const shares = Object.fromEntries(
  Object.entries(odd.ODD_IMAGES).map(([name, make]) => [
    name,
    sample.filter((image, i) => scoreOf(make(image, i)) >= limit).length / sample.length,
  ]),
);
for (const [name, share] of Object.entries(shares)) console.log(`${(share * 100).toFixed(1)} % of ${name} are odd`);

const measured = Object.entries(shares).map(([name, share]) => `${name} ${(share * 100).toFixed(1)} %`);
const text = `/**
 * Percentiles 0 ... 100 of the distance (see \`core/imaging/unlikeness.ts\`) of the 10,000 test images to the 60,000 training images,
 * written by \`npm run calibrate\`. Beyond the ${unlikeness.UNLIKE_PERCENTILE}th lie, of what 1,000 test images were turned into:
 * ${measured.join(', ')}.
 */
export const PERCENTILES: readonly number[] = [
${percentiles.map((value) => `  ${Number(value.toPrecision(6))},`).join('\n')}
];
`;
writeFileSync(new URL('src/datasets/fashion-mnist/unlikeness-table.ts', root), text);

/** @param {Uint8Array} image */
function scoreOf(image) {
  const search = new nearest.NearestSearch(image, 1, size);
  for (const shard of training) search.add(shard);
  return unlikeness.unlikenessDistance(image, search.result.distances[0] ?? 0);
}

/**
 * The pixels of each shard of a split.
 * @param {'train' | 'test'} split
 * @returns {Uint8Array[]}
 */
function shards(split) {
  const { shards: entries } = JSON.parse(readFileSync(new URL('public/data/manifest.json', root), 'utf8'));
  return entries
    .filter((/** @type {{ split: string }} */ entry) => entry.split === split)
    .map((/** @type {{ file: string, count: number }} */ { file, count }) =>
      gunzipSync(readFileSync(new URL(`public/data/${file}`, root))).subarray(count),
    );
}

/** @param {Uint8Array} shard */
function imagesIn(shard) {
  return Array.from({ length: shard.length / size }, (_, i) => shard.subarray(i * size, (i + 1) * size));
}

/**
 * The value at a place between two.
 * @param {Float64Array} values
 * @param {number} place
 */
function at(values, place) {
  const low = Math.floor(place);
  const [a = 0, b = a] = values.subarray(low, low + 2);
  return a + (place - low) * (b - a);
}
