import { expect, test } from 'vitest';
import { normalizeByBatch } from '../../../src/engine/tape/ops/batch-normalization.ts';
import { vectorOf } from '../../../src/engine/tape/tensors.ts';
import { openWasm } from '../../../src/engine/wasm/open.ts';
import { noise } from '../support/values.ts';
import { expectAgreement, resultsOf } from './support.ts';

const SHAPES = [
  [4, 14, 14, 32],
  [3, 5, 5, 7],
  [64, 10],
  [128, 28, 28, 3],
  [2, 1, 1, 1],
];

test.each(SHAPES)('normalisation of %i, %i ... and its gradients agree with tfjs', (...shape) => {
  const channels = { shape: [shape.at(-1) ?? 0] };
  return expectAgreement(
    [{ shape }, channels, channels],
    (x, gamma, beta) => normalizeByBatch(x, { gamma: vectorOf(gamma), beta: vectorOf(beta) }, 1e-3).output,
    1e-4,
  );
});

test('channels far from zero keep their digits', async () => {
  await openWasm();
  const values = noise(64 * 5, 3).map((value) => value * 1e-2 + 100);
  const [output] = resultsOf(
    [{ shape: [64, 5], values }],
    (x) => normalizeByBatch(x, { gamma: null, beta: null }, 1e-7).output,
  );
  const channel = Array.from({ length: 64 }, (_, row) => output?.[row * 5] ?? Number.NaN);
  const mean = channel.reduce((sum, value) => sum + value, 0) / 64;
  const variance = channel.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 64;
  expect(mean).toBeCloseTo(0, 2);
  expect(variance).toBeCloseTo(1, 2);
});
