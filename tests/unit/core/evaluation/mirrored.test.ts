import { expect, test } from 'vitest';
import type { ImageSamples } from '../../../../src/core/dataset/spec.ts';
import { mirrored } from '../../../../src/core/evaluation/mirrored.ts';

function images(height: number, width: number, channels: number, storage: ImageSamples['storage']): ImageSamples {
  return { kind: 'image', height, width, channels, storage, scale: 1 };
}

test('each row of each image is read from the right, pixel by pixel', () => {
  const two = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  expect([...mirrored(two, images(2, 3, 1, 'uint8'))]).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10]);
});

test('the channels of a pixel stay in their order', () => {
  const row = Uint8Array.of(1, 2, 3, 4, 5, 6);
  expect([...mirrored(row, images(1, 2, 3, 'uint8'))]).toEqual([4, 5, 6, 1, 2, 3]);
});

test('values of four bytes stay whole', () => {
  const values = Float32Array.of(0.5, -1, 2, 3);
  const result = mirrored(new Uint8Array(values.buffer), images(2, 2, 1, 'float32'));
  expect([...new Float32Array(result.buffer)]).toEqual([-1, 0.5, 3, 2]);
});
