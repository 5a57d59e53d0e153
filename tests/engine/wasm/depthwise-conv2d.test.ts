import { test } from 'vitest';
import { depthwiseConv2d } from '../../../src/engine/tape/ops/depthwise-conv2d.ts';
import { imagesOf } from '../../../src/engine/tape/tensors.ts';
import { expectAgreement } from './support.ts';

interface Case {
  readonly images: readonly [number, number, number, number];
  readonly size: number;
  readonly multiplier?: number;
  readonly strides?: number;
  readonly dilation?: number;
  readonly padding?: 'same' | 'valid';
}

const CASES: readonly Case[] = [
  { images: [3, 14, 14, 16], size: 3, padding: 'same' },
  { images: [9, 7, 8, 5], size: 3 },
  { images: [2, 9, 9, 3], size: 2, multiplier: 3, padding: 'same' },
  { images: [2, 8, 7, 6], size: 3, strides: 2, padding: 'same' },
  { images: [1, 11, 11, 1], size: 5, strides: 3 },
  { images: [2, 10, 10, 4], size: 3, dilation: 2, padding: 'same', multiplier: 2 },
  { images: [17, 1, 1, 4], size: 1 },
];

for (const { images, size, multiplier = 1, strides = 1, dilation = 1, padding = 'valid' } of CASES) {
  const name = `[${images}], ${multiplier} filters of ${size}, stride ${strides}, dilation ${dilation}, ${padding}`;
  test(`a depthwise convolution and its gradients agree with tfjs: ${name}`, () =>
    expectAgreement(
      [{ shape: images }, { shape: [size, size, images[3], multiplier] }],
      (x, kernel) => depthwiseConv2d(imagesOf(x), imagesOf(kernel), { strides, padding, dilation }),
      5e-5,
    ));
}
