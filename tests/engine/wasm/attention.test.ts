import { type Rank, reshape } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { streamKey } from '../../../src/core/random.ts';
import { activate } from '../../../src/engine/tape/ops/activate.ts';
import { addToEach } from '../../../src/engine/tape/ops/add-to-each.ts';
import { attention } from '../../../src/engine/tape/ops/attention.ts';
import { normalizeByPlace } from '../../../src/engine/tape/ops/layer-normalization.ts';
import { matrixOf, vectorOf } from '../../../src/engine/tape/tensors.ts';
import { openWasm } from '../../../src/engine/wasm/open.ts';
import { noise } from '../support/values.ts';
import { expectAgreement, resultsOf } from './support.ts';

/** Batch, places, heads and the size of a head: one of each, multiples of four and not, more samples than threads. */
const HEADS = [
  [1, 1, 1, 1],
  [3, 5, 2, 3],
  [2, 49, 4, 16],
  [5, 16, 3, 9],
  [9, 4, 1, 8],
] as const;

test.each(HEADS)(
  'attention of %i samples with %i places, %i heads of %i numbers and its gradients agree with tfjs',
  (batch, places, heads, keySize) => {
    const rows = { shape: [batch * places, heads * keySize] };
    return expectAgreement([rows, rows, rows], (q, k, v) =>
      attention(matrixOf(q), matrixOf(k), matrixOf(v), { batch, places, heads, keySize }, null),
    );
  },
);

test('attention drops the same weights as tfjs', () => {
  const rows = { shape: [3 * 10, 2 * 4] };
  const shape = { batch: 3, places: 10, heads: 2, keySize: 4 };
  const dropped = { rate: 0.3, key: streamKey(5, 'dropout', 1, 2) };
  return expectAgreement([rows, rows, rows], (q, k, v) =>
    attention(matrixOf(q), matrixOf(k), matrixOf(v), shape, dropped),
  );
});

test('scores that are far apart give weights of 0 and 1, not numbers that are none', async () => {
  await openWasm();
  const far = { shape: [2, 4], values: Float32Array.from([60, 60, 60, 60, -60, -60, -60, -60]) };
  const values = { shape: [2, 4], values: Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]) };
  const shape = { batch: 1, places: 2, heads: 1, keySize: 4 };
  const [output] = resultsOf([far, far, values], (q, k, v) =>
    attention(matrixOf(q), matrixOf(k), matrixOf(v), shape, null),
  );
  expect([...(output ?? [])]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

const ROWS = [
  [4, 49, 64],
  [3, 7, 5],
  [700, 33],
  [2, 1],
];

test.each(ROWS)('layer normalisation of %i, %i ... and its gradients agree with tfjs', (...shape) => {
  const columns = { shape: [shape.at(-1) ?? 0] };
  return expectAgreement(
    [{ shape }, columns, columns],
    (x, gamma, beta) => normalizeByPlace(x, { gamma: vectorOf(gamma), beta: vectorOf(beta) }, 1e-3),
    1e-4,
  );
});

test('layer normalisation goes without a factor and an offset', () =>
  expectAgreement([{ shape: [6, 10] }], (x) => normalizeByPlace(x, { gamma: null, beta: null }, 1e-3), 1e-4));

test('GELU and its gradient agree with tfjs, near zero and far from it', () => {
  const values = noise(20_001, 3).map((value, i) => (i < 50 ? (i - 25) * 4 : 5 * value));
  return expectAgreement([{ shape: [20_001, 1], values }], (x) => activate(reshape<Rank.R2>(x, [20_001, 1]), 'gelu'));
});

test('the same values are added to each sample as tfjs adds them', () =>
  expectAgreement([{ shape: [9, 7, 5] }, { shape: [7, 5] }], (x, values) => addToEach(x, values)));
