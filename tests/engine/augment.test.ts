import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { DatasetSpec } from '../../src/core/dataset/spec.ts';
import { streamKey, uint32At } from '../../src/core/random.ts';
import { type Alternation, alternationAt, isMirrored } from '../../src/core/training/alternating-flip.ts';
import { augmentImage } from '../../src/core/training/augment.ts';
import { type AugmentationSpec, NO_AUGMENTATION } from '../../src/core/training/augmentation.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import type { Device } from '../../src/engine/device.ts';
import { augment } from '../../src/engine/tape/ops/augment.ts';
import { samplesFromBytes } from '../../src/engine/tape/ops/batch-source.ts';
import { imagesOf } from '../../src/engine/tape/tensors.ts';
import { testOnBackends } from './support/on-backends.ts';

const BATCH = 40;
const SIZE = { height: 28, width: 28, channels: 1 };
const POSITIONS = Uint32Array.from({ length: BATCH }, (_, i) => (i * 7919) % 60_000);
const BYTES = { white: 1, bytes: true, positions: POSITIONS };
const KEY = streamKey(42, 'augmentation', 3, 11);
const PIXELS = Uint8Array.from({ length: BATCH * 784 }, (_, i) => uint32At(streamKey(1, 'sample'), i) >>> 24);
const EVERYTHING: AugmentationSpec = {
  flip: true,
  alternate: false,
  shift: 4,
  rotation: 45,
  scale: 0.5,
  erase: 0.5,
  brightness: 0.9,
};

/** A batch augmented by the device, and by the reference. */
async function both(device: Device, spec: AugmentationSpec, alternation: Alternation | null = null) {
  const variation = { spec, key: KEY, alternation };
  const images = tf.tidy(() => augment(imagesOf(samplesFromBytes(FASHION_MNIST, PIXELS)), variation, BYTES));
  const actual = await device.read(images);
  images.dispose();
  const expected = Array.from({ length: BATCH }, (_, i) =>
    augmentImage(
      PIXELS.subarray(784 * i, 784 * (i + 1)),
      spec,
      KEY,
      i,
      SIZE,
      alternation === null ? undefined : isMirrored(alternation, POSITIONS[i] ?? 0),
    ),
  );
  return { actual, expected: Float32Array.from(expected.flatMap((image) => [...image])) };
}

const CASES: readonly Partial<AugmentationSpec>[] = [
  {},
  { flip: true },
  { shift: 8 },
  { erase: 1 },
  { flip: true, shift: 3, erase: 0.5, brightness: 0.5 },
];

testOnBackends('whole pixels are those of the reference, byte for byte', async (device) => {
  for (const change of CASES) {
    const { actual, expected } = await both(device, { ...NO_AUGMENTATION, ...change });
    const bytes = (values: Float32Array) => Array.from(values, (value) => Math.round(1024 * value));
    expect(bytes(actual)).toEqual(bytes(expected));
  }
});

testOnBackends('alternating flip mirrors some images in one epoch and the others in the next', async (device) => {
  const spec = { ...NO_AUGMENTATION, flip: true, alternate: true };
  const plain = Array.from(PIXELS, (byte) => Math.round((1024 * byte) / 255));
  const mirrored: boolean[][] = [];
  for (const epoch of [0, 1]) {
    const { actual, expected } = await both(device, spec, alternationAt(42, epoch));
    const values = Array.from(actual, (value) => Math.round(1024 * value));
    expect(values).toEqual(Array.from(expected, (value) => Math.round(1024 * value)));
    const isChanged = (_: unknown, i: number) =>
      values.slice(784 * i, 784 * (i + 1)).some((value, j) => value !== plain[784 * i + j]);
    mirrored.push(Array.from({ length: BATCH }, isChanged));
  }
  expect(mirrored[1]).toEqual(mirrored[0]?.map((is) => !is));
  expect(new Set(mirrored[0]).size).toBe(2);
});

testOnBackends('turned and scaled images are those of the reference', async (device) => {
  for (const spec of [{ ...NO_AUGMENTATION, rotation: 45 }, { ...NO_AUGMENTATION, scale: 0.5 }, EVERYTHING]) {
    const { actual, expected } = await both(device, spec);
    const errors = actual.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)));
    // A place between pixels is known to about 1e-5 in float32, and neighbouring pixels of noise differ by up to 1.
    expect(Math.max(...errors)).toBeLessThan(5e-5);
  }
});

testOnBackends('images of another size, with colors and another scale, are those of the reference', async (device) => {
  const size = { height: 12, width: 9, channels: 3 };
  const white = 255 / 100;
  const spec: DatasetSpec = {
    ...FASHION_MNIST,
    samples: { kind: 'image', ...size, storage: 'uint8', scale: 100 },
  };
  const values = size.height * size.width * size.channels;
  const pixels = PIXELS.subarray(0, BATCH * values);
  const images = tf.tidy(() =>
    augment(
      imagesOf(samplesFromBytes(spec, pixels)),
      { spec: EVERYTHING, key: KEY, alternation: null },
      { white, bytes: true, positions: POSITIONS },
    ),
  );
  const actual = await device.read(images);
  images.dispose();
  const expected = Array.from({ length: BATCH }, (_, i) =>
    augmentImage(pixels.subarray(values * i, values * (i + 1)), EVERYTHING, KEY, i, size),
  );
  const wanted = expected.flatMap((image) => Array.from(image, (value) => value * white));
  const errors = actual.map((value, i) => Math.abs(value - (wanted[i] ?? Number.NaN)));
  expect(Math.max(...errors)).toBeLessThan(5e-5 * white);
});
