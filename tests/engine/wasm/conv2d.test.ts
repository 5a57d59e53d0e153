import type { Tensor } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { type Conv2dOptions, conv2d } from '../../../src/engine/tape/ops/conv2d.ts';
import { imagesOf, vectorOf } from '../../../src/engine/tape/tensors.ts';
import { openWasm } from '../../../src/engine/wasm/open.ts';
import { expectAgreement, type Input, resultsOf } from './support.ts';

interface Case extends Partial<Conv2dOptions> {
  readonly images: readonly [number, number, number, number];
  readonly filters: number;
  readonly size: number;
  readonly bias?: boolean;
}

const CASES: readonly Case[] = [
  { images: [3, 28, 28, 1], filters: 32, size: 3 },
  { images: [2, 14, 14, 32], filters: 16, size: 3, padding: 'same' },
  { images: [1, 7, 9, 5], filters: 11, size: 3, padding: 'same' },
  { images: [9, 5, 5, 3], filters: 10, size: 5 },
  { images: [17, 6, 6, 4], filters: 8, size: 3, activation: 'linear' },
  { images: [2, 8, 7, 4], filters: 8, size: 3, strides: 2, padding: 'same' },
  { images: [2, 8, 7, 8], filters: 16, size: 3, strides: 2, padding: 'same' },
  { images: [3, 9, 10, 16], filters: 9, size: 3, strides: 2 },
  { images: [2, 7, 5, 8], filters: 8, size: 1, strides: 2, padding: 'same' },
  { images: [2, 11, 9, 8], filters: 8, size: 5, strides: 3, padding: 'same' },
  { images: [2, 9, 8, 8], filters: 3, size: 2, strides: 3 },
  { images: [2, 1, 7, 8], filters: 4, size: 3, strides: 2, padding: 'same' },
  { images: [2, 9, 8, 2], filters: 3, size: 2, strides: 3 },
  { images: [2, 11, 11, 6], filters: 9, size: 4, strides: 2, padding: 'same', bias: false },
  { images: [2, 10, 10, 3], filters: 4, size: 1, padding: 'same' },
  { images: [1, 6, 6, 2], filters: 1, size: 5, strides: 4, padding: 'same' },
  { images: [2, 12, 12, 3], filters: 5, size: 3, dilation: 2 },
  { images: [2, 12, 11, 3], filters: 5, size: 3, dilation: 3, padding: 'same', activation: 'tanh' },
  { images: [1, 1, 1, 7], filters: 9, size: 3, padding: 'same' },
  // Wide: cut by filters, the last band with fewer and the last panel not full.
  { images: [3, 2, 3, 210], filters: 562, size: 3, padding: 'same' },
];

function inputsOf({ images, filters, size, bias = true }: Case): readonly Input[] {
  const kernel = { shape: [size, size, images[3], filters] };
  return bias ? [{ shape: images }, kernel, { shape: [filters] }] : [{ shape: images }, kernel];
}

function forwardOf({ strides = 1, padding = 'valid', dilation = 1, activation = 'relu' }: Case) {
  const options = { strides, padding, dilation, activation };
  return (...[x, kernel, bias]: Tensor[]) => {
    if (!x || !kernel) throw new Error('A convolution takes images and a kernel.');
    return conv2d(imagesOf(x), imagesOf(kernel), bias ? vectorOf(bias) : null, options);
  };
}

for (const shape of CASES) {
  const { images, filters, size, strides = 1, dilation = 1, padding = 'valid' } = shape;
  const name = `[${images}], ${filters} filters of ${size}, stride ${strides}, dilation ${dilation}, ${padding}`;
  test(`a convolution and its gradients agree with tfjs: ${name}`, () =>
    expectAgreement(inputsOf(shape), forwardOf(shape), 5e-5));
}

test('a convolution gives the same bits each time', async () => {
  await openWasm();
  const shape: Case = { images: [37, 14, 14, 6], filters: 20, size: 3, padding: 'same' };
  const [first, second] = [0, 1].map(() => resultsOf(inputsOf(shape), forwardOf(shape)));
  expect(second).toEqual(first);
});
