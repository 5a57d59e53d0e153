import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { streamKey } from '../../../../src/core/random.ts';
import { augmentImage } from '../../../../src/core/training/augment.ts';
import { type AugmentationSpec, NO_AUGMENTATION } from '../../../../src/core/training/augmentation.ts';
import {
  type AugmentationParameters,
  type ImageSize,
  parametersOf,
} from '../../../../src/core/training/augmentation-parameters.ts';
import { augmented } from '../../../../src/core/training/augmented.ts';

interface GoldenCase {
  readonly flip: boolean;
  readonly shift: readonly [number, number];
  readonly degrees: number;
  readonly scale: number;
  readonly brightness: number;
  readonly gray: readonly number[];
}

const FIXTURE = new URL('../../../fixtures/augmentation/images.json', import.meta.url);
const golden: { readonly image: readonly number[]; readonly cases: readonly GoldenCase[] } = JSON.parse(
  readFileSync(FIXTURE, 'utf8'),
);
const BOOT = Uint8Array.from(golden.image);
const SIZE: ImageSize = { height: 28, width: 28, channels: 1 };
const KEY = streamKey(42, 'augmentation', 1, 7);
const UNCHANGED: AugmentationParameters = {
  flip: false,
  shift: [0, 0],
  angle: 0,
  scale: 1,
  brightness: 1,
  erased: null,
};
const EVERYTHING: AugmentationSpec = {
  flip: true,
  alternate: false,
  shift: 3,
  rotation: 30,
  scale: 0.2,
  erase: 0.5,
  brightness: 0.3,
};
const noNoise = () => Number.NaN;

/** The parameters of many images under a spec. */
function drawn(spec: Partial<AugmentationSpec>, count = 4000): readonly AugmentationParameters[] {
  return Array.from({ length: count }, (_, i) => parametersOf({ ...NO_AUGMENTATION, ...spec }, KEY, i, SIZE));
}

function bytes(gray: Float32Array): number[] {
  return Array.from(gray, (value) => Math.round(255 * value));
}

describe('an augmented image', () => {
  test.each(golden.cases)(
    'flip $flip, shift $shift, $degrees degrees, scale $scale, brightness $brightness is that of SciPy',
    ({ degrees, gray, ...parameters }) => {
      const result = augmented(BOOT, { ...UNCHANGED, ...parameters, angle: (degrees * Math.PI) / 180 }, noNoise, SIZE);
      for (const [pixel, value] of gray.entries()) expect(result[pixel]).toBeCloseTo(value, 5);
    },
  );

  test('without any change is the image itself, byte for byte', () => {
    expect(bytes(augmented(BOOT, UNCHANGED, noNoise, SIZE))).toEqual([...BOOT]);
    expect(bytes(augmentImage(BOOT, NO_AUGMENTATION, KEY, 3, SIZE))).toEqual([...BOOT]);
  });

  test('mirrored twice, or moved there and back, is the image itself', () => {
    const mirrored = augmented(BOOT, { ...UNCHANGED, flip: true }, noNoise, SIZE);
    const again = augmented(Uint8Array.from(bytes(mirrored)), { ...UNCHANGED, flip: true }, noNoise, SIZE);
    expect(bytes(again)).toEqual([...BOOT]);
    const middle = BOOT.map((value, i) => (i % 28 > 3 && i % 28 < 24 ? value : 0));
    const moved = augmented(middle, { ...UNCHANGED, shift: [4, 0] }, noNoise, SIZE);
    const back = augmented(Uint8Array.from(bytes(moved)), { ...UNCHANGED, shift: [-4, 0] }, noNoise, SIZE);
    expect(bytes(back)).toEqual([...middle]);
  });

  test('moved by one pixel right and two down has its corner there, and black behind it', () => {
    const dot = new Uint8Array(784);
    dot[0] = 200;
    const moved = bytes(augmented(dot, { ...UNCHANGED, shift: [1, 2] }, noNoise, SIZE));
    expect(moved.flatMap((value, i) => (value > 0 ? [[i, value]] : []))).toEqual([[2 * 28 + 1, 200]]);
  });

  test('is filled with noise where it is erased, and nowhere else', () => {
    const erased = { left: 2, top: 20, right: 6, bottom: 28 };
    const result = augmented(BOOT, { ...UNCHANGED, brightness: 2, erased }, (pixel) => pixel / 784, SIZE);
    const plain = augmented(BOOT, { ...UNCHANGED, brightness: 2 }, noNoise, SIZE);
    for (let pixel = 0; pixel < 784; pixel++) {
      const inside = pixel % 28 >= 2 && pixel % 28 < 6 && pixel >= 20 * 28;
      expect(result[pixel]).toBe(inside ? Math.fround(pixel / 784) : plain[pixel]);
    }
  });

  test('never leaves the range from black to white', () => {
    for (let i = 0; i < 50; i++) {
      const gray = augmentImage(BOOT, { ...EVERYTHING, brightness: 0.9 }, KEY, i, SIZE);
      expect(gray.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });
});

describe('what is drawn for an image', () => {
  test('is the same for the same seed, epoch, step and place in the batch, and for no other', () => {
    const of = (seed: number, epoch: number, step: number, index: number) =>
      JSON.stringify(parametersOf(EVERYTHING, streamKey(seed, 'augmentation', epoch, step), index, SIZE));
    expect(of(1, 2, 3, 4)).toBe(of(1, 2, 3, 4));
    const others = [of(1, 2, 3, 4), of(2, 2, 3, 4), of(1, 3, 3, 4), of(1, 2, 4, 4), of(1, 2, 3, 5)];
    expect(new Set(others).size).toBe(5);
  });

  test('does not change with an option that is switched on beside it', () => {
    const alone = parametersOf({ ...NO_AUGMENTATION, rotation: 30 }, KEY, 9, SIZE);
    expect(parametersOf(EVERYTHING, KEY, 9, SIZE).angle).toBe(alone.angle);
  });

  test('mirrors half of the images', () => {
    const flips = drawn({ flip: true }).filter(({ flip }) => flip).length;
    expect(Math.abs(flips - 2000)).toBeLessThan(4 * Math.sqrt(1000));
    expect(drawn({}).some(({ flip }) => flip)).toBe(false);
  });

  test('moves by every whole number of pixels up to the limit, each as often', () => {
    const counts = new Map<number, number>();
    for (const { shift } of drawn({ shift: 2 })) {
      for (const pixels of shift) counts.set(pixels, (counts.get(pixels) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    for (const count of counts.values()) expect(Math.abs(count - 1600)).toBeLessThan(4 * Math.sqrt(1280));
  });

  test('turns, scales and brightens evenly within the limits', () => {
    const images = drawn({ rotation: 30, scale: 0.2, brightness: 0.3 });
    const ranges = [
      { values: images.map(({ angle }) => angle), middle: 0, limit: Math.PI / 6 },
      { values: images.map(({ scale }) => scale), middle: 1, limit: 0.2 },
      { values: images.map(({ brightness }) => brightness), middle: 1, limit: 0.3 },
    ];
    for (const { values, middle, limit } of ranges) {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(Math.abs(mean - middle)).toBeLessThan((4 * limit) / Math.sqrt(3 * values.length));
      expect(Math.min(...values)).toBeLessThan(middle - 0.99 * limit);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(middle - limit);
      expect(Math.max(...values)).toBeLessThan(middle + limit);
    }
  });

  test('erases a rectangle of 4 to 14 pixels a side within the image, in the share of images asked for', () => {
    const rectangles = drawn({ erase: 0.25 }).flatMap(({ erased }) => erased ?? []);
    expect(Math.abs(rectangles.length - 1000)).toBeLessThan(4 * Math.sqrt(750));
    for (const { left, top, right, bottom } of rectangles) {
      expect(Math.min(left, top, 28 - right, 28 - bottom)).toBeGreaterThanOrEqual(0);
      expect([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]).toEqual(expect.arrayContaining([right - left, bottom - top]));
    }
    expect(drawn({ erase: 1 }).every(({ erased }) => erased !== null)).toBe(true);
    expect(drawn({ erase: 0 }).every(({ erased }) => erased === null)).toBe(true);
  });
});
