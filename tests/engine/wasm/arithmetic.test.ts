import { add, matMul, mul, relu, sub, type Tensor } from '@tensorflow/tfjs-core';
import { test } from 'vitest';
import { expectAgreement } from './support.ts';

const PRODUCTS: readonly (readonly [number[], number[], boolean, boolean])[] = [
  [[5, 7], [7, 3], false, false],
  [[7, 5], [7, 3], true, false],
  [[5, 7], [3, 7], false, true],
  [[7, 5], [3, 7], true, true],
  [[1, 64, 33], [1, 33, 20], false, false],
  [[4, 6, 5], [4, 5, 2], false, false],
];

test.each(PRODUCTS)('the product of [%s] and [%s], turned %s and %s, agrees with tfjs', (a, b, turnA, turnB) =>
  expectAgreement([{ shape: a }, { shape: b }], (left, right) => matMul(left, right, turnA, turnB), 5e-5),
);

const OPERATIONS: readonly (readonly [string, (a: Tensor, b: Tensor) => Tensor])[] = [
  ['a + b', (a, b) => add(a, b)],
  ['a - b', (a, b) => sub(a, b)],
  ['a * b', (a, b) => mul(a, b)],
  ['relu(a) * b', (a, b) => mul(relu(a), b)],
];

const SHAPES: readonly (readonly [number[], number[]])[] = [
  [[7], [7]],
  [
    [3, 5, 2],
    [3, 5, 2],
  ],
  [
    [129, 128],
    [129, 128],
  ],
  [[4, 3], [3]],
  [
    [2, 1, 3],
    [1, 4, 3],
  ],
];

for (const [name, operation] of OPERATIONS) {
  test.each(SHAPES)(`${name} of [%s] and [%s] agrees with tfjs`, (a, b) =>
    expectAgreement([{ shape: a }, { shape: b }], operation),
  );
}
