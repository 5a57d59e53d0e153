import { expect, test } from 'vitest';
import { averagePool, globalAveragePool } from '../../../src/engine/tape/ops/average-pool.ts';
import type { PoolOptions } from '../../../src/engine/tape/ops/max-pool.ts';
import { imagesOf } from '../../../src/engine/tape/tensors.ts';
import { openWasm } from '../../../src/engine/wasm/open.ts';
import { expectAgreement, POOLINGS, resultsOf } from './support.ts';

test.each(POOLINGS)('average pooling of [%s] by %o agrees with tfjs', (shape, options) =>
  expectAgreement([{ shape }], (x) => averagePool(imagesOf(x), options)),
);

test.each([[[4, 7, 7, 64]], [[2, 5, 3, 6]], [[1, 2, 9, 3]], [[3, 1, 1, 5]]])(
  'the mean over whole images [%s] agrees with tfjs',
  (shape) => expectAgreement([{ shape }], (x) => globalAveragePool(imagesOf(x))),
);

test('pixels that padding adds do not count', async () => {
  await openWasm();
  const values = new Float32Array(9).fill(1);
  const options: PoolOptions = { poolSize: 3, strides: 2, padding: 'same' };
  const [means] = resultsOf([{ shape: [1, 3, 3, 1], values }], (x) => averagePool(imagesOf(x), options));
  expect([...(means ?? [])]).toEqual([1, 1, 1, 1].map((value) => expect.closeTo(value, 6)));
});
