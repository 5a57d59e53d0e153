import { expect, test } from 'vitest';
import { maxPool, type PoolOptions } from '../../../src/engine/tape/ops/max-pool.ts';
import { imagesOf } from '../../../src/engine/tape/tensors.ts';
import { openWasm } from '../../../src/engine/wasm/open.ts';
import { expectAgreement, POOLINGS, resultsOf } from './support.ts';

test.each(POOLINGS)('max pooling of [%s] by %o agrees with tfjs', (shape, options) =>
  expectAgreement([{ shape }], (x) => maxPool(imagesOf(x), options)),
);

test('of equal values the first of the window, row by row, gets the gradient', async () => {
  await openWasm();
  for (const channels of [1, 4, 5]) {
    const values = new Float32Array(4 * 4 * channels).fill(0.5);
    const options: PoolOptions = { poolSize: 2, strides: 2, padding: 'valid' };
    const [, gradient] = resultsOf([{ shape: [1, 4, 4, channels], values }], (x) => maxPool(imagesOf(x), options));
    const touched = Array.from({ length: 16 }, (_, pixel) => gradient?.[pixel * channels] !== 0);
    expect(touched.flatMap((hit, pixel) => (hit ? [pixel] : []))).toEqual([0, 2, 8, 10]);
  }
});

test('a window with something that is not a number has no largest value', async () => {
  await openWasm();
  for (const channels of [1, 4]) {
    for (const pixel of [0, 1, 4, 5]) {
      const values = new Float32Array(4 * 4 * channels).fill(-1);
      values.fill(Number.NaN, pixel * channels, (pixel + 1) * channels);
      const options: PoolOptions = { poolSize: 2, strides: 2, padding: 'valid' };
      const [largest] = resultsOf([{ shape: [1, 4, 4, channels], values }], (x) => maxPool(imagesOf(x), options));
      expect([...(largest ?? [])].map(Number.isNaN)).toEqual(
        Array.from({ length: 4 * channels }, (_, i) => i < channels),
      );
    }
  }
});
