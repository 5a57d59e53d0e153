import { expect, test } from 'vitest';
import { NearestSearch } from '../../../../src/core/explaining/nearest.ts';
import { streamKey, uint32At } from '../../../../src/core/random.ts';
import { testImages } from '../support/test-images.ts';

const images = testImages(300);

function joined(list: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(list.length * 784);
  list.forEach((image, i) => {
    all.set(image, i * 784);
  });
  return all;
}

/** The root of the mean squared difference, the plain way. */
function distance(a: Uint8Array, b: Uint8Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0) / 784);
}

test('the nearest images are those that sorting all distances gives', () => {
  const queries = images.slice(0, 5);
  const others = images.slice(5);
  const search = new NearestSearch(joined(queries), 8, 784);
  search.add(joined(others));
  const { searched, indices, distances } = search.result;
  expect(searched).toBe(295);
  queries.forEach((query, q) => {
    const all = others.map((other, index) => ({ index, far: distance(query, other) }));
    const expected = all.toSorted((a, b) => a.far - b.far || a.index - b.index).slice(0, 8);
    expect([...indices.subarray(q * 8, q * 8 + 8)]).toEqual(expected.map(({ index }) => index));
    expect([...distances.subarray(q * 8, q * 8 + 8)]).toEqual(expected.map(({ far }) => Math.fround(far)));
  });
});

test('blocks of any size give the same answer as one block', () => {
  const queries = joined(images.slice(0, 3));
  const whole = new NearestSearch(queries, 4, 784);
  whole.add(joined(images.slice(3)));
  const parts = new NearestSearch(queries, 4, 784);
  for (const [start, end] of [
    [3, 4],
    [4, 120],
    [120, 300],
  ])
    parts.add(joined(images.slice(start, end)));
  expect(parts.result).toEqual(whole.result);
});

test('of images at the same distance the first ones stay', () => {
  const query = new Uint8Array(784).fill(100);
  const search = new NearestSearch(query, 2, 784);
  search.add(joined([110, 90, 110, 105].map((value) => new Uint8Array(784).fill(value))));
  expect([...search.result.indices]).toEqual([3, 0]);
  expect([...search.result.distances]).toEqual([5, 10]);
});

test('an image finds itself at distance 0', () => {
  const noise = Uint8Array.from({ length: 784 }, (_, i) => uint32At(streamKey(1, 'sample'), i) >>> 24);
  const search = new NearestSearch(noise, 1, 784);
  search.add(joined([...images.slice(0, 7), noise]));
  expect([search.result.indices[0], search.result.distances[0]]).toEqual([7, 0]);
});

test('with fewer images than asked for, the last places are infinitely far', () => {
  const search = new NearestSearch(images[0] ?? new Uint8Array(784), 3, 784);
  search.add(joined(images.slice(0, 2)));
  const { distances } = search.result;
  expect([distances[0], Number.isFinite(distances[1]), distances[2]]).toEqual([0, true, Number.POSITIVE_INFINITY]);
});

test('rows of other values and of any length are compared the same way', () => {
  const search = new NearestSearch(Float32Array.of(1, 1, 1), 2, 3);
  search.add(Float32Array.of(1, 1, 4, 1, 1, 1.5, -2, 1, 1));
  search.add(Float32Array.of(Number.NaN, 1, 1, 1, 1, 1));
  const { searched, indices, distances } = search.result;
  expect([searched, [...indices]]).toEqual([5, [4, 1]]);
  expect([...distances]).toEqual([0, Math.fround(Math.sqrt(0.25 / 3))]);
});
