import { type Tensor, tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { conv2d } from '../../../src/engine/tape/ops/conv2d.ts';
import { imagesOf, vectorOf } from '../../../src/engine/tape/tensors.ts';
import { openWasm } from '../../../src/engine/wasm/open.ts';
import { noise } from '../support/values.ts';
import { expectAgreement } from './support.ts';

const CASES = [
  { images: [3, 28, 28, 16], filters: 32, padding: 'same' },
  { images: [2, 14, 14, 32], filters: 16, padding: 'valid' },
  { images: [5, 7, 9, 16], filters: 16, padding: 'same' },
  { images: [19, 3, 5, 24], filters: 40, padding: 'same' },
  { images: [9, 7, 7, 64], filters: 64, padding: 'same' },
  { images: [5, 6, 14, 16], filters: 24, padding: 'same' },
  { images: [31, 3, 3, 16], filters: 16, padding: 'same' },
  { images: [7, 5, 8, 16], filters: 16, padding: 'same' },
] as const;

for (const { images, filters, padding } of CASES) {
  for (const activation of ['relu', 'linear'] as const) {
    test(`tiles: [${images}], ${filters} filters, ${padding}, ${activation}`, () =>
      expectAgreement(
        [{ shape: images }, { shape: [3, 3, images[3], filters] }, { shape: [filters] }],
        (...[x, kernel, bias]: Tensor[]) => {
          if (!x || !kernel || !bias) throw new Error('A convolution takes images, a kernel and a bias.');
          return conv2d(imagesOf(x), imagesOf(kernel), vectorOf(bias), {
            strides: 1,
            dilation: 1,
            padding,
            activation,
          });
        },
        5e-5,
      ));
  }
}

test('a window on nothing but zeros gives exactly the bias, as it does without tiles', async () => {
  await openWasm();
  const [size, channels] = [9, 16];
  // Something at single pixels only, so that most tiles are empty in part.
  const values = noise(size * size * channels, 1).map((value, i) =>
    [0, 23, 47, 70].includes(Math.floor(i / channels)) ? value : 0,
  );
  const seen = (place: number) =>
    [0, 23, 47, 70].some(
      (pixel) =>
        Math.abs(Math.floor(pixel / size) - Math.floor(place / size)) < 2 &&
        Math.abs((pixel % size) - (place % size)) < 2,
    );
  const results = tidy(() => {
    const kernel = tensor(noise(9 * channels * channels, 2), [3, 3, channels, channels]);
    const options = { strides: 1, dilation: 1, padding: 'same', activation: 'linear' } as const;
    const x = imagesOf(tensor(values, [1, size, size, channels]));
    return conv2d(x, imagesOf(kernel), vectorOf(zeros([channels])), options)
      .dataSync<'float32'>()
      .slice();
  });
  const empty = Array.from(results, (value, i) => (seen(Math.floor(i / channels)) ? 0 : value));
  expect(empty.filter((value) => value !== 0)).toEqual([]);
  expect(results.filter((value) => value === 0).length).toBeLessThan(results.length / 1.5);
});
