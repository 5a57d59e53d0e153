import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DatasetSpec, sampleBytesOf } from '../../../src/core/dataset/spec.ts';
import type { Shape } from '../../../src/core/network/shape.ts';
import { streamKey, uint32At } from '../../../src/core/random.ts';
import { alternationAt, isMirrored } from '../../../src/core/training/alternating-flip.ts';
import { augmentImage } from '../../../src/core/training/augment.ts';
import { type AugmentationSpec, NO_AUGMENTATION } from '../../../src/core/training/augmentation.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import type { Kernel } from '../../../src/engine/webgl/kernel.ts';
import { variationUniforms } from '../../../src/engine/webgl/kernels/augmented-pixel.ts';
import { gather, gatherAugmented, type StoredSamples } from '../../../src/engine/webgl/kernels/gather.ts';
import { packedGray } from '../../../src/engine/webgl/kernels/gray.ts';
import { extentOf, type ImageLayout, layoutOf } from '../../../src/engine/webgl/layout.ts';
import { OrderTexture, SampleTexture, sampleLayout } from '../../../src/engine/webgl/sample-texture.ts';
import { expectClose, imageValues, openGpu, runKernel } from './support.ts';

const BATCH = 6;
const PLACES = Uint32Array.of(3, 77, 0, 41, 5, 99);
const KEY = streamKey(42, 'augmentation', 1, 2);
const EVERYTHING: AugmentationSpec = {
  flip: true,
  alternate: false,
  shift: 2,
  rotation: 30,
  scale: 0.3,
  erase: 0.5,
  brightness: 0.5,
};
const WHOLE_PIXELS: AugmentationSpec = { ...NO_AUGMENTATION, flip: true, shift: 2, erase: 0.5 };

let gpu: ReturnType<typeof openGpu>;
beforeAll(() => {
  gpu = openGpu();
});
afterAll(() => gpu.dispose());

function specOf([height = 1, width = 1, channels = 1]: Shape, scale = 255): DatasetSpec {
  return { ...FASHION_MNIST, samples: { kind: 'image', height, width, channels, storage: 'uint8', scale } };
}

/** A hundred samples of bytes, the same each time. */
function bytesFor(spec: DatasetSpec): Uint8Array {
  return Uint8Array.from({ length: 100 * sampleBytesOf(spec) }, (_, i) => uint32At(streamKey(1, 'sample'), i) >>> 24);
}

function storedAs({ layout, spec }: SampleTexture): StoredSamples {
  return { layout, values: spec.samples };
}

/** What a kernel makes of the batch at `PLACES`: the values in the order of the layout. */
function gathered(spec: DatasetSpec, layout: ImageLayout, kernelFor: (stored: SampleTexture) => Kernel, more = {}) {
  const stored = new SampleTexture(gpu, spec, 100);
  const order = new OrderTexture(gpu, BATCH);
  const bytes = bytesFor(spec);
  const size = sampleBytesOf(spec);
  // In two parts, of which the second begins within a row.
  const second = stored.rowStart(37);
  stored.write(0, bytes.subarray(0, 37 * size), new Uint8Array(37));
  stored.write(second, bytes.subarray(second * size), new Uint8Array(100 - second));
  order.write(PLACES);
  const inputs = { samples: stored.values, order: order.texture };
  const [texels] = runKernel(gpu, kernelFor(stored), inputs, [extentOf(layout)], { place: [0, BATCH], ...more });
  stored.dispose();
  order.dispose();
  return imageValues(layout, texels ?? new Float32Array());
}

/** The samples at `PLACES` in a row, each made into numbers by `of`. */
function expected(spec: DatasetSpec, of: (bytes: Uint8Array, n: number) => ArrayLike<number>): number[] {
  const size = sampleBytesOf(spec);
  const bytes = bytesFor(spec);
  return [...PLACES].flatMap((place, n) => Array.from(of(bytes.subarray(place * size, (place + 1) * size), n)));
}

/** Images, their values in a row, and gray ones with four pixels in a texel. */
function layoutsOf(shape: Shape): readonly ImageLayout[] {
  const images = layoutOf(BATCH, shape);
  return [images, layoutOf(BATCH, [sampleBytesOf(specOf(shape))]), packedGray(images)].filter(
    (layout) => layout !== null,
  );
}

const SHAPES: readonly Shape[] = [
  [28, 28, 1],
  [5, 7, 1],
  [20, 24, 3],
  [3, 5, 4],
  [4, 3, 6],
  [2, 3, 8],
];

describe.each(SHAPES)('images of %i x %i x %i', (...shape) => {
  const size = { height: shape[0] ?? 1, width: shape[1] ?? 1, channels: shape[2] ?? 1 };

  test.each([255, 1, 100])('are gathered as images and in a row, divided by %i', (scale) => {
    const spec = specOf(shape, scale);
    for (const layout of layoutsOf(shape)) {
      const values = gathered(spec, layout, (stored) => gather(layout, storedAs(stored)));
      expectClose(
        values,
        expected(spec, (bytes) => Float32Array.from(bytes, (byte) => byte / scale)),
      );
    }
  });

  test.each([
    ['by whole pixels', WHOLE_PIXELS, 1e-6],
    // A place between pixels is known to about 1e-5 in float32, and neighbouring pixels of noise differ by up to 1.
    ['in every way', EVERYTHING, 5e-5],
  ])('are augmented %s as by the reference', (_how, variation, tolerance) => {
    const spec = specOf(shape);
    for (const layout of layoutsOf(shape)) {
      const kernelFor = (stored: SampleTexture) => gatherAugmented(layout, storedAs(stored), size);
      const values = gathered(
        spec,
        layout,
        kernelFor,
        variationUniforms({ spec: variation, key: KEY, alternation: null }),
      );
      const wanted = expected(spec, (bytes, n) => augmentImage(bytes, variation, KEY, n, size));
      expectClose(values, wanted, tolerance);
    }
  });

  test.each([0, 1])('are mirrored by turns in epoch %i as by the reference, by their places in the store', (epoch) => {
    const spec = specOf(shape);
    const alternation = alternationAt(7, epoch);
    const variation: AugmentationSpec = { ...WHOLE_PIXELS, alternate: true };
    for (const layout of layoutsOf(shape)) {
      const kernelFor = (stored: SampleTexture) => gatherAugmented(layout, storedAs(stored), size);
      const values = gathered(spec, layout, kernelFor, variationUniforms({ spec: variation, key: KEY, alternation }));
      const wanted = expected(spec, (bytes, n) =>
        augmentImage(bytes, variation, KEY, n, size, isMirrored(alternation, PLACES[n] ?? 0)),
      );
      expectClose(values, wanted, 1e-6);
    }
  });
});

test('small images lie side by side, and more of them than there are rows lie closer; what is too large is told', () => {
  expect(sampleLayout(784, 60_000, 16_384)).toEqual({ texels: 196, perRow: 20 });
  expect(sampleLayout(785, 1000, 16_384)).toEqual({ texels: 197, perRow: 20 });
  expect(sampleLayout(3, 100, 2048)).toEqual({ texels: 1, perRow: 2048 });
  expect(sampleLayout(784, 500_000, 16_384)).toEqual({ texels: 196, perRow: 31 });
  expect(sampleLayout(784, 2_000_000, 16_384)).toBeNull();
  expect(sampleLayout(70_000, 10, 16_384)).toEqual({ texels: 17_500, perRow: 1 });
  expect(sampleLayout(70_000, 10_000, 16_384)).toBeNull();
});
