import { expect, test, vi } from 'vitest';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { findNearestSamples } from '../../../src/state/nearest-samples.ts';

vi.mock('../../../src/datasets/fashion-mnist/unlikeness.ts', () => {
  throw new Error('There is no network.');
});

test('where what is known of the distances cannot be loaded, that is said, and the neighbours are there', async () => {
  const neighbours = {
    searched: 60_000,
    distances: Float32Array.of(90),
    indices: Uint32Array.of(7),
    labels: Uint8Array.of(3),
  };
  const nearest = await findNearestSamples(FASHION_MNIST, new Uint8Array(784), 1, async () => neighbours);
  expect(nearest).toMatchObject({ neighbours, percentile: null, better: null });
  expect(nearest?.text).toContain('could not be loaded. Draw again once there is a network.');
});
