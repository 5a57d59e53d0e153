import { expect, test } from 'vitest';
import { NearestSearch } from '../../../src/core/explaining/nearest.ts';
import { streamKey, uint32At, uniforms } from '../../../src/core/random.ts';
import { FEATURE_BATCH, NetworkIndex } from '../../../src/engine/feature-index.ts';

/** Images whose first two pixels tell them apart, in a random order; the class is the last digit of the first. */
function imagesOf(count: number) {
  const key = streamKey(5, 'shuffle');
  const pixels = new Uint8Array(count * 784);
  for (let i = 0; i < count; i++) {
    pixels[i * 784] = uint32At(key, i) >>> 24;
    pixels[i * 784 + 1] = (uint32At(key, i) >>> 16) & 255;
  }
  return { values: pixels, labels: Uint8Array.from({ length: count }, (_, i) => (pixels[i * 784] ?? 0) % 10) };
}

/** A network that makes `width` values of the first two pixels, and counts what it is asked. */
class FakeNetwork {
  asked: number[] = [];
  readonly #width: number;
  readonly #weights: Float32Array;

  constructor(width: number) {
    this.#width = width;
    this.#weights = uniforms(streamKey(6, 'weights'), 2 * width);
  }

  async features(pixels: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    this.asked.push(pixels.length / 784);
    return Float32Array.from({ length: (pixels.length / 784) * this.#width }, (_, i) => {
      const [image, value] = [Math.floor(i / this.#width), i % this.#width];
      const [a = 0, b = 0] = pixels.subarray(image * 784, image * 784 + 2);
      return Math.max(0, a * (this.#weights[2 * value] ?? 0) - b * (this.#weights[2 * value + 1] ?? 0));
    });
  }
}

const CALM = { signal: new AbortController().signal, onProgress: () => {} };

async function exactly(network: FakeNetwork, width: number, query: Uint8Array, images: Uint8Array, k: number) {
  const search = new NearestSearch(await network.features(query), k, width);
  search.add(await network.features(images));
  return search.result;
}

test.each([
  ['few', 7],
  ['very many', 800],
])('of %s values an image, the nearest by all of them are found with their labels', async (_few, width) => {
  const { values: pixels, labels } = imagesOf(1500);
  const query = imagesOf(1501).values.slice(1500 * 784);
  const network = new FakeNetwork(width);
  const index = new NetworkIndex(network, width, () => ({ values: pixels, labels }));
  const found = await index.nearest(query, 5, CALM);
  const expected = await exactly(network, width, query, pixels, 5);
  expect(found).toEqual({ ...expected, labels: Uint8Array.from(expected.indices, (i) => labels[i] ?? 99) });
});

test('the images go through the network once, a batch at a time, and each batch is reported', async () => {
  const images = imagesOf(250);
  const network = new FakeNetwork(3);
  const index = new NetworkIndex(network, 3, () => images);
  const heard: number[][] = [];
  const control = { ...CALM, onProgress: (done: number, total: number) => void heard.push([done, total]) };
  await index.nearest(images.values.slice(0, 784), 2, control);
  expect(network.asked).toEqual([1, FEATURE_BATCH, FEATURE_BATCH, 50]);
  expect(heard).toEqual([
    [0, 250],
    [100, 250],
    [200, 250],
    [250, 250],
  ]);
  await index.nearest(images.values.slice(784, 1568), 2, control);
  expect(network.asked.slice(4)).toEqual([1]);
});

test('a search that is ended keeps what it has, and the next one goes on from there', async () => {
  const images = imagesOf(250);
  const network = new FakeNetwork(3);
  const index = new NetworkIndex(network, 3, () => images);
  const abort = new AbortController();
  const onProgress = (done: number) => {
    if (done === 100) abort.abort();
  };
  const ended = index.nearest(images.values.slice(0, 784), 2, { signal: abort.signal, onProgress });
  await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
  const { searched, indices } = await index.nearest(images.values.slice(0, 784), 1, CALM);
  expect([searched, [...indices]]).toEqual([250, [0]]);
  expect(network.asked.filter((count) => count > 1)).toEqual([100, 100, 50]);
});

test('images that arrive later are looked at too', async () => {
  let images = imagesOf(100);
  const network = new FakeNetwork(3);
  const index = new NetworkIndex(network, 3, () => images);
  const query = imagesOf(160).values.slice(159 * 784);
  expect((await index.nearest(query, 1, CALM)).searched).toBe(100);
  images = imagesOf(160);
  const { searched, indices, distances } = await index.nearest(query, 1, CALM);
  expect([searched, indices[0], distances[0]]).toEqual([160, 159, 0]);
});

test.each([4, 600])('a network of %i values that are not numbers any more finds nothing', async (width) => {
  const images = imagesOf(120);
  const features = async (pixels: Uint8Array) => new Float32Array((pixels.length / 784) * width).fill(Number.NaN);
  const found = await new NetworkIndex({ features }, width, () => images).nearest(new Uint8Array(784), 6, CALM);
  expect(found).toEqual({
    searched: 120,
    indices: new Uint32Array(),
    distances: new Float32Array(),
    labels: new Uint8Array(),
  });
});

test('before the first image has arrived nothing is found', async () => {
  const none = { values: new Uint8Array(), labels: new Uint8Array() };
  const found = await new NetworkIndex(new FakeNetwork(3), 3, () => none).nearest(new Uint8Array(784), 6, CALM);
  expect([found.searched, found.indices.length]).toEqual([0, 0]);
});
