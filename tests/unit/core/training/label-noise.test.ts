import { expect, test } from 'vitest';
import { streamKey } from '../../../../src/core/random.ts';
import { noisyCount, withNoise } from '../../../../src/core/training/label-noise.ts';

const LABELS = Uint8Array.from({ length: 1000 }, (_, i) => i % 10);
const KEY = streamKey(42, 'labelNoise', 3);

function changed(noisy: Uint8Array): number[] {
  return [...noisy.keys()].filter((i) => noisy[i] !== LABELS[i]);
}

test.each([0, 1, 137, 500, 1000])('exactly %i labels are replaced, each by a class that it was not', (count) => {
  const noisy = withNoise(LABELS, count, KEY, 10);
  expect(changed(noisy)).toHaveLength(count);
  expect(noisy.every((label) => label < 10)).toBe(true);
});

test('the labels that were given stay as they were', () => {
  const labels = LABELS.slice();
  withNoise(labels, 500, KEY, 10);
  expect(labels).toEqual(LABELS);
});

test('the same key gives the same labels, another key others', () => {
  expect(withNoise(LABELS, 300, KEY, 10)).toEqual(withNoise(LABELS, 300, KEY, 10));
  expect(withNoise(LABELS, 300, KEY, 10)).not.toEqual(withNoise(LABELS, 300, streamKey(43, 'labelNoise', 3), 10));
});

test('more noise keeps the noise there was, so that shares can be compared', () => {
  const less = withNoise(LABELS, 200, KEY, 10);
  const more = withNoise(LABELS, 400, KEY, 10);
  expect(changed(less).every((i) => more[i] === less[i])).toBe(true);
});

test('each of the nine other classes is as likely', () => {
  const labels = new Uint8Array(9000).fill(4);
  const noisy = withNoise(labels, 9000, KEY, 10);
  const counts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((c) => noisy.filter((label) => label === c).length);
  expect(counts[4]).toBe(0);
  const chiSquare = counts.reduce((sum, count, c) => (c === 4 ? sum : sum + (count - 1000) ** 2 / 1000), 0);
  // 8 degrees of freedom: 26.1 is passed by one fair draw in a thousand.
  expect(chiSquare).toBeLessThan(26.1);
});

test.each([0.1, 0.2, 0.333, 0.9])('a share of %d over shards of uneven size is exact in total', (share) => {
  const ends = [800, 1600, 2399, 3000, 3001];
  const counts = ends.map((end, i) => noisyCount(share, ends[i - 1] ?? 0, end));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(Math.round(share * 3001));
  for (const [i, count] of counts.entries()) expect(count).toBeLessThanOrEqual((ends[i] ?? 0) - (ends[i - 1] ?? 0));
});
