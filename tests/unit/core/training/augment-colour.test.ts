import { describe, expect, test } from 'vitest';
import { streamKey, uint32At } from '../../../../src/core/random.ts';
import { augmentImage } from '../../../../src/core/training/augment.ts';
import { type AugmentationSpec, NO_AUGMENTATION } from '../../../../src/core/training/augmentation.ts';
import {
  type AugmentationParameters,
  erasedLengths,
  type ImageSize,
  parametersOf,
} from '../../../../src/core/training/augmentation-parameters.ts';
import { augmented } from '../../../../src/core/training/augmented.ts';

/** Higher than wide, with three colours. */
const SIZE: ImageSize = { height: 24, width: 20, channels: 3 };
const VALUES = SIZE.height * SIZE.width * SIZE.channels;
const KEY = streamKey(7, 'augmentation', 2, 3);
const IMAGE = Uint8Array.from({ length: VALUES }, (_, i) => uint32At(streamKey(1, 'sample'), i) >>> 24);
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

function changed(image: Uint8Array, changes: Partial<AugmentationParameters>): number[] {
  return bytes(augmented(image, { ...UNCHANGED, ...changes }, noNoise, SIZE));
}

function bytes(values: Float32Array): number[] {
  return Array.from(values, (value) => Math.round(255 * value));
}

function placeOf(x: number, y: number, channel: number): number {
  return (y * SIZE.width + x) * SIZE.channels + channel;
}

/** One channel of an image as an image of its own. */
function channelOf(image: Uint8Array, channel: number): Uint8Array {
  return image.filter((_, place) => place % SIZE.channels === channel);
}

describe('a colour image', () => {
  test('without any change is itself, byte for byte', () => {
    expect(changed(IMAGE, {})).toEqual([...IMAGE]);
    expect(bytes(augmentImage(IMAGE, NO_AUGMENTATION, KEY, 3, SIZE))).toEqual([...IMAGE]);
  });

  test('mirrored has its first column last, and mirrored twice is itself', () => {
    const mirrored = changed(IMAGE, { flip: true });
    for (const channel of [0, 1, 2]) expect(mirrored[placeOf(19, 5, channel)]).toBe(IMAGE[placeOf(0, 5, channel)]);
    expect(changed(Uint8Array.from(mirrored), { flip: true })).toEqual([...IMAGE]);
  });

  test('moved takes all channels of a pixel along, and leaves black behind', () => {
    const moved = changed(IMAGE, { shift: [2, -3] });
    for (let y = 0; y < SIZE.height; y++) {
      for (let x = 0; x < SIZE.width; x++) {
        for (const channel of [0, 1, 2]) {
          const came = x >= 2 && y + 3 < SIZE.height;
          expect(moved[placeOf(x, y, channel)]).toBe(came ? IMAGE[placeOf(x - 2, y + 3, channel)] : 0);
        }
      }
    }
  });

  test('turned spreads a dot over its neighbours, in its own colour', () => {
    const dot = new Uint8Array(VALUES);
    dot[placeOf(13, 11, 1)] = 200;
    const turned = changed(dot, { angle: Math.PI / 4 });
    const bright = turned.flatMap((value, place) => (value > 0 ? [place % 3] : []));
    expect(bright.length).toBeGreaterThan(1);
    expect(new Set(bright)).toEqual(new Set([1]));
    // Turning moves values and makes none: together they are about what the dot was.
    expect(Math.abs(turned.reduce((sum, value) => sum + value, 0) - 200)).toBeLessThanOrEqual(30);
  });

  test.each([
    ['turned', { angle: 0.3 }],
    ['enlarged', { scale: 1.2 }],
    ['brighter', { brightness: 1.3 }],
    ['all at once', { flip: true, shift: [1, 2], angle: -0.2, scale: 0.9, brightness: 0.8 }],
  ] as const)('%s is made of its channels, each changed as a gray image would be', (_name, changes) => {
    const whole = Uint8Array.from(changed(IMAGE, changes));
    const gray = { ...SIZE, channels: 1 };
    for (const channel of [0, 1, 2]) {
      const alone = augmented(channelOf(IMAGE, channel), { ...UNCHANGED, ...changes }, noNoise, gray);
      expect([...channelOf(whole, channel)]).toEqual(bytes(alone));
    }
  });

  test('is filled with noise of its own for each colour where it is erased, and nowhere else', () => {
    const erased = { left: 4, top: 6, right: 9, bottom: 18 };
    const noise = (place: number) => place / VALUES;
    const result = augmented(IMAGE, { ...UNCHANGED, erased }, noise, SIZE);
    for (let place = 0; place < VALUES; place++) {
      const pixel = Math.floor(place / 3);
      const [x, y] = [pixel % 20, Math.floor(pixel / 20)];
      const inside = x >= 4 && x < 9 && y >= 6 && y < 18;
      expect(result[place]).toBe(Math.fround(inside ? place / VALUES : (IMAGE[place] ?? 0) / 255));
    }
  });

  test('of another place in the batch gets other noise', () => {
    const erase = { ...NO_AUGMENTATION, erase: 1 };
    const noiseOf = (index: number) => {
      const { erased } = parametersOf(erase, KEY, index, SIZE);
      const place = placeOf(erased?.left ?? 0, erased?.top ?? 0, 0);
      return [...augmentImage(IMAGE, erase, KEY, index, SIZE).subarray(place, place + 9)];
    };
    expect(noiseOf(0)).not.toEqual(noiseOf(1));
    expect(noiseOf(1)).toEqual(noiseOf(1));
  });

  test('never leaves the range from black to white, whatever is switched on', () => {
    for (let i = 0; i < 50; i++) {
      const values = augmentImage(IMAGE, { ...EVERYTHING, brightness: 0.9 }, KEY, i, SIZE);
      expect(values).toHaveLength(VALUES);
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });
});

describe('erased rectangles', () => {
  const rectangles = Array.from(
    { length: 2000 },
    (_, i) => parametersOf({ ...NO_AUGMENTATION, erase: 1 }, KEY, i, SIZE).erased,
  ).flatMap((erased) => erased ?? []);

  test('lie inside the image, and reach all of its edges', () => {
    expect(rectangles).toHaveLength(2000);
    expect(Math.min(...rectangles.map(({ left }) => left))).toBe(0);
    expect(Math.min(...rectangles.map(({ top }) => top))).toBe(0);
    expect(Math.max(...rectangles.map(({ right }) => right))).toBe(20);
    expect(Math.max(...rectangles.map(({ bottom }) => bottom))).toBe(24);
  });

  test('are a seventh to half of each side long, each length as likely', () => {
    const lengths = (of: (rectangle: (typeof rectangles)[number]) => number) =>
      [...new Set(rectangles.map(of))].toSorted((a, b) => a - b);
    expect(lengths(({ left, right }) => right - left)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    expect(lengths(({ top, bottom }) => bottom - top)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test.each([1, 2, 3, 5, 8, 28, 64, 224])('fit a side of %i pixels', (side) => {
    const { least, sizes } = erasedLengths(side);
    expect(least).toBeGreaterThanOrEqual(1);
    expect(sizes).toBeGreaterThanOrEqual(1);
    expect(least + sizes - 1).toBeLessThanOrEqual(side);
  });
});
