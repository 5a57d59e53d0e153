import { beforeAll, expect, test } from 'vitest';
import { argmax } from '../../src/core/evaluation/confusion.ts';
import { NearestSearch } from '../../src/core/explaining/nearest.ts';
import { imageOf } from '../../src/core/imaging/drawing.ts';
import type { Picture } from '../../src/core/imaging/picture.ts';
import { percentileOf, UNLIKE_PERCENTILE } from '../../src/core/imaging/unlikeness.ts';
import { OUTLINES } from '../../src/datasets/fashion-mnist/outlines.ts';
import { PHOTO } from '../../src/datasets/fashion-mnist/photo/photo.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { UNLIKENESS } from '../../src/datasets/fashion-mnist/unlikeness.ts';
import type { Predictor } from '../../src/engine/engine.ts';
import { pictureFrom } from '../../src/ui/image/decode-image.ts';
import { outlinePixels } from '../../src/ui/pad/outline-pixels.ts';
import { ShippedNetwork } from '../../src/worker/shipped.ts';
import { startEngine } from './support/training.ts';

const COUNT = 500;

let predictor: Predictor;
let testAccuracy: number;
/** The first test images and their classes. */
let images: Uint8Array<ArrayBuffer>[];
let labels: Uint8Array;

beforeAll(async () => {
  const engine = await startEngine('webgl');
  const manifestUrl = new URL('/pretrained/ciutacu.json', location.href).href;
  const shipped = new ShippedNetwork(engine, (input, init) => fetch(input, init));
  shipped.locate({ url: manifestUrl, dataset: FASHION_MNIST });
  const loaded = await shipped.network();
  if (loaded === null) throw new Error('The network that ships with the app cannot be had.');
  ({ predictor } = loaded);
  ({ testAccuracy } = loaded.manifest);
  const shard = await unpacked('/data/test-00.bin');
  labels = shard.subarray(0, COUNT);
  images = Array.from({ length: COUNT }, (_, i) => shard.slice(1000 + i * 784, 1000 + (i + 1) * 784));
});

async function unpacked(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = await fetch(address);
  if (body === null) throw new Error(`${address} is empty.`);
  return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}

/** The class that the network gives each image. */
async function classesOf(list: readonly Uint8Array[]): Promise<number[]> {
  const pixels = new Uint8Array(list.length * 784);
  list.forEach((image, i) => {
    pixels.set(image, i * 784);
  });
  const probabilities = await predictor.predict(pixels);
  return list.map((_, i) => argmax(probabilities, i, 10));
}

/** An image as a photo of 280×280, dark on white, as a browser enlarges it. */
function asPhoto(image: Uint8Array, smooth: boolean): Picture {
  const small = new OffscreenCanvas(28, 28);
  const gray = Uint8ClampedArray.from({ length: 784 * 4 }, (_, i) => (i % 4 === 3 ? 255 : 255 - (image[i >> 2] ?? 0)));
  small.getContext('2d')?.putImageData(new ImageData(gray, 28, 28), 0, 0);
  const large = new OffscreenCanvas(280, 280);
  const context = large.getContext('2d');
  if (context === null) throw new Error('There is no canvas.');
  context.imageSmoothingEnabled = smooth;
  context.drawImage(small, 0, 0, 280, 280);
  return pictureFrom(large, large);
}

test('the network that ships with the app is as good as its file says', async () => {
  const hits = (await classesOf(images)).filter((label, i) => label === labels[i]).length;
  // Of 500 images the share may differ from that of all 10,000 by three standard errors.
  const error = 3 * Math.sqrt((testAccuracy * (1 - testAccuracy)) / COUNT);
  expect(testAccuracy).toBeGreaterThan(0.9);
  expect(Math.abs(hits / COUNT - testAccuracy)).toBeLessThan(error);
});

test('each outline that a drawing can start from is first of all what it is called', async () => {
  const outlines = OUTLINES.map((outline) =>
    imageOf(outlinePixels(outline, 280) ?? new Uint8Array(280 ** 2), 280, { width: 28, height: 28 }),
  );
  const guesses = await classesOf(outlines.map((outline) => outline ?? new Uint8Array(784)));
  expect(guesses.map((label) => FASHION_MNIST.classes[label])).toEqual(FASHION_MNIST.classes);
});

test('no outline that a drawing can start from is unlike the training images', async () => {
  const searches = OUTLINES.map((outline) => {
    const image = imageOf(outlinePixels(outline, 280) ?? new Uint8Array(280 ** 2), 280, { width: 28, height: 28 });
    if (image === null) throw new Error('The outline is empty.');
    return { image, search: new NearestSearch(image, 1, 784) };
  });
  for (let shard = 0; shard < 60; shard++) {
    const bytes = await unpacked(`/data/train-${String(shard).padStart(2, '0')}.bin`);
    for (const { search } of searches) search.add(bytes.subarray(1000));
  }
  const percentiles = searches.map(({ image, search }) =>
    percentileOf(image, search.result.distances[0] ?? Infinity, UNLIKENESS),
  );
  expect(Math.max(...percentiles)).toBeLessThan(UNLIKE_PERCENTILE);
});

test.each([
  ['in squares', false],
  ['smoothly', true],
])(
  'test images, enlarged %s to 280×280 and turned into dark-on-white photos, keep their class in 97 of 100 cases',
  async (_how, smooth) => {
    const photographed = images.map((image) => PHOTO.imageOf(asPhoto(image, smooth))?.pixels ?? new Uint8Array(784));
    const differences = photographed.map(
      (image, i) => image.reduce((sum, value, p) => sum + Math.abs(value - (images[i]?.[p] ?? 0)), 0) / 784,
    );
    const [before, after] = [await classesOf(images), await classesOf(photographed)];
    const kept = after.filter((label, i) => label === before[i]).length;
    expect(kept / COUNT).toBeGreaterThanOrEqual(0.97);
    // 0.5 in squares and 1.8 smoothly; the promise is 12.
    expect(differences.reduce((sum, value) => sum + value, 0) / COUNT).toBeLessThan(2.5);
  },
);
