import { removeBackend } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import type { Activation } from '../../../src/core/network/activations.ts';
import { dense } from '../../../src/engine/tape/ops/dense.ts';
import { matrixOf, vectorOf } from '../../../src/engine/tape/tensors.ts';
import { openWasm } from '../../../src/engine/wasm/open.ts';
import { expectAgreement } from './support.ts';

const CASES: readonly (readonly [number, number, number, Activation])[] = [
  [128, 784, 512, 'linear'],
  [128, 784, 520, 'relu'],
  [32, 512, 10, 'linear'],
  [1, 784, 100, 'relu'],
  [7, 5, 3, 'relu'],
  [9, 784, 24, 'linear'],
  [13, 100, 17, 'sigmoid'],
  [6, 1, 8, 'linear'],
  [250, 10, 1, 'softmax'],
];

type Case = (typeof CASES)[number];

function expectDense([n, inputs, units, name]: Case): Promise<void> {
  return expectAgreement(
    [{ shape: [n, inputs] }, { shape: [inputs, units] }, { shape: [units] }],
    (x, kernel, bias) => dense(matrixOf(x), matrixOf(kernel), vectorOf(bias), name),
    1e-4,
  );
}

test.each(CASES)('a dense layer of %i images, %i inputs and %i units (%s) agrees with tfjs', (...shape) =>
  expectDense(shape),
);

test('a browser with neither threads nor fused instructions computes the same', async () => {
  await openWasm();
  removeBackend('wasm');
  const { processor } = await openWasm({ threads: 1, fused: false });
  expect(processor.threads).toBe(1);
  for (const shape of CASES) await expectDense(shape);
  removeBackend('wasm');
});
