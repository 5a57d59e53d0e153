/** Of Fashion-MNIST, in the order of the labels 0..9 and spelt as its authors spell them. */
const CLASS_NAMES = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

const CITATION =
  'Han Xiao, Kashif Rasul, Roland Vollgraf: Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms. arXiv:1708.07747, 2017.';

/**
 * What the app reads before it fetches a shard; src/dataset/manifest.ts checks it there.
 * @param {Uint8Array} trainPixels
 * @param {import('../../src/dataset/manifest.ts').ShardEntry[]} shards
 */
export function describeDataset(trainPixels, shards) {
  return {
    format: /** @type {const} */ (1),
    name: 'Fashion-MNIST',
    licence: { name: 'MIT', holder: 'Zalando SE', file: 'LICENSE' },
    citation: CITATION,
    layout: 'gzip of: count label bytes, then count images of height x width gray bytes, row by row',
    classes: CLASS_NAMES,
    image: { height: 28, width: 28, channels: 1 },
    ...statistics(trainPixels),
    shards,
  };
}

/**
 * Mean and standard deviation (of the population) of pixels scaled to 0..1. The sums are exact: 47 million squares of
 * bytes stay far below 2^53.
 * @param {Uint8Array} pixels
 */
export function statistics(pixels) {
  let sum = 0;
  let squares = 0;
  for (const pixel of pixels) {
    sum += pixel;
    squares += pixel * pixel;
  }
  const mean = sum / pixels.length;
  return { mean: mean / 255, standardDeviation: Math.sqrt(squares / pixels.length - mean * mean) / 255 };
}
