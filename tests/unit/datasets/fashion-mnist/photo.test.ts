import { describe, expect, test } from 'vitest';
import { type Picture, pictureOf } from '../../../../src/core/imaging/picture.ts';
import { PHOTO } from '../../../../src/datasets/fashion-mnist/photo/photo.ts';
import { sharpened } from '../../../../src/datasets/fashion-mnist/photo/sharpen.ts';
import { shirtOnFloor } from '../../core/support/shirt-on-floor.ts';
import { testImages } from '../../core/support/test-images.ts';

type Colour = readonly [number, number, number];
const WHITE: Colour = [255, 255, 255];

/** A photo of one rectangle. */
function photo(width: number, height: number, inside: (x: number, y: number) => Colour | null, background = WHITE) {
  return pictureOf({ width, height }, (x, y) => inside(x, y) ?? background);
}

/** A rectangle from (left, top) of this colour. */
function box(left: number, top: number, width: number, height: number, colour: Colour) {
  return (x: number, y: number) => (x >= left && x < left + width && y >= top && y < top + height ? colour : null);
}

function stepOf(picture: Picture, name: string, negate?: boolean) {
  const step = PHOTO.imageOf(picture, { negate })?.steps.find((candidate) => candidate.name === name);
  if (step === undefined) throw new Error(`The photo has no step ${name}.`);
  return step;
}

const rowOf = (pixels: Uint8Array, y: number) => [...pixels.subarray(y * 28, (y + 1) * 28)];

describe('step by step', () => {
  const shirt = photo(200, 300, box(40, 50, 140, 70, [0, 0, 0]));

  test('the border is trimmed away, also where it is not quite the colour of the corners', () => {
    const noisy = photo(200, 300, (x, y) => box(40, 50, 140, 70, [0, 0, 0])(x, y) ?? [243 + ((x * y) % 13), 250, 255]);
    for (const picture of [shirt, noisy]) {
      const { picture: trimmed, changed } = stepOf(picture, 'trim');
      expect([trimmed.width, trimmed.height, changed]).toEqual([140, 70, true]);
    }
  });

  test('beyond 5 % of the largest distance between two colours a pixel belongs to the garment', () => {
    const grays = (value: number) => photo(60, 60, box(20, 20, 10, 20, [value, value, value]));
    expect(PHOTO.imageOf(grays(243))).toBeNull();
    expect(stepOf(grays(242), 'trim').picture).toMatchObject({ width: 10, height: 20 });
  });

  test('the longest edge becomes 28, the garment stands in the middle and glows on black', () => {
    expect(stepOf(shirt, 'scale').picture).toMatchObject({ width: 28, height: 14 });
    const { pixels, negated } = PHOTO.imageOf(shirt) ?? { pixels: new Uint8Array(), negated: false };
    expect(negated).toBe(true);
    expect(rowOf(pixels, 6)).toEqual(new Array(28).fill(0));
    expect(rowOf(pixels, 7)).toEqual(new Array(28).fill(255));
    expect(rowOf(pixels, 20)).toEqual(new Array(28).fill(255));
    expect(rowOf(pixels, 21)).toEqual(new Array(28).fill(0));
  });

  test('a light garment on black is not negated, unless it is asked for', () => {
    const glowing = photo(100, 100, box(10, 10, 80, 80, [200, 200, 200]), [0, 0, 0]);
    expect(PHOTO.imageOf(glowing)?.negated).toBe(false);
    expect(PHOTO.imageOf(glowing)?.pixels[0]).toBe(200);
    expect(PHOTO.imageOf(glowing, { negate: true })?.pixels[0]).toBe(55);
  });

  test('colours become gray by their brightness', () => {
    const halves = (x: number, y: number): Colour | null =>
      box(20, 1, 56, 56, x < 48 ? [0, 255, 0] : [0, 0, 255])(x, y);
    const framed = photo(100, 58, halves);
    expect(PHOTO.imageOf(framed)?.pixels[0]).toBe(255 - 182);
    expect(PHOTO.imageOf(framed)?.pixels[27]).toBe(255 - 18);
  });

  test('a gray background becomes black, and white paper changes nothing', () => {
    const onGray = photo(100, 100, box(30, 10, 40, 80, [0, 0, 0]), [205, 205, 205]);
    expect(stepOf(onGray, 'gray').picture.data[0]).toBe(50);
    expect(stepOf(onGray, 'background')).toMatchObject({ changed: true });
    expect(PHOTO.imageOf(onGray)?.pixels[0]).toBe(0);
    expect(PHOTO.imageOf(onGray)?.pixels[14]).toBe(255);
    expect(stepOf(shirt, 'background').changed).toBe(false);
  });

  test('a transparent picture lies on white paper', () => {
    const clear = photo(50, 50, box(10, 10, 30, 30, [9, 9, 9]), [0, 0, 0]);
    clear.data.forEach((_, i) => {
      const inGarment = clear.data[i - 3] === 9;
      if (i % 4 === 3) clear.data[i] = inGarment ? 255 : 0;
    });
    expect(PHOTO.imageOf(clear)?.negated).toBe(true);
    expect(PHOTO.imageOf(clear)?.pixels[0]).toBe(246);
  });

  test('every step is there to be looked at, in the order of the paper', () => {
    expect(PHOTO.imageOf(shirt)?.steps.map(({ name }) => name)).toEqual([
      'trim',
      'scale',
      'sharpen',
      'centre',
      'negate',
      'gray',
      'background',
    ]);
  });

  test('a photo of one colour has nothing on it', () => {
    expect(PHOTO.imageOf(photo(40, 40, () => null))).toBeNull();
  });
});

describe('framing', () => {
  /** A black garment on white, 280x280. */
  const garment = (left: number, top: number, width: number, height: number) =>
    stepOf(photo(280, 280, box(left, top, width, height, [0, 0, 0])), 'trim');

  test('a garment in the middle, from edge to edge, is framed already, to within a pixel of the result', () => {
    expect(garment(40, 0, 200, 280).changed).toBe(false);
    expect(garment(46, 6, 200, 270).changed).toBe(false);
  });

  test('a garment that stands aside, or reaches neither edge, is cut out', () => {
    expect(garment(60, 0, 200, 280).picture).toMatchObject({ width: 200, height: 280 });
    expect(garment(40, 10, 200, 260).picture).toMatchObject({ width: 200, height: 260 });
  });
});

describe('sharpening', () => {
  test('what scaling took no detail from is not sharpened', () => {
    const checks =
      (side: number) =>
      (x: number, y: number): Colour =>
        (Math.floor(x / side) + Math.floor(y / side)) % 2 === 0 ? [200, 200, 200] : [90, 90, 90];
    const [coarse, fine] = [photo(280, 280, checks(10), WHITE), photo(280, 280, checks(7), WHITE)];
    expect(stepOf(coarse, 'sharpen', true).changed).toBe(false);
    expect(stepOf(fine, 'sharpen', true).changed).toBe(true);
  });

  const edge = pictureOf({ width: 8, height: 8 }, (x) => (x < 4 ? [100, 100, 100] : [150, 150, 150]));

  test('an outline gets steeper, and what lies flat stays', () => {
    const { data } = sharpened(edge);
    const values = Array.from({ length: 8 }, (_, x) => data[(3 * 8 + x) * 4]);
    // A Gaussian of sigma 1 over 3x3: of its sum 4.8976, 1.3423 lies in the column beside the middle.
    // What is taken away is divided by twice the sum less what the neighbours have: 2 * 4.8976 - 3.8976.
    const more = (50 * 1.3423) / 5.8976;
    expect(values[3]).toBe(Math.round(100 - more));
    expect(values[4]).toBe(Math.round(150 + more));
    expect([values[0], values[1], values[6], values[7]]).toEqual([100, 100, 150, 150]);
  });

  test('a picture of one colour stays as it is', () => {
    const flat = pictureOf({ width: 5, height: 3 }, () => [77, 88, 99]);
    expect(sharpened(flat)).toEqual(flat);
  });
});

describe('the round trip of test images', () => {
  /** An image as a dark-on-white photo of 280x280, from a function that gives the gray value at (x, y) of the image. */
  function asPhoto(at: (x: number, y: number) => number): Picture {
    return pictureOf({ width: 280, height: 280 }, (x, y) => {
      const value = 255 - Math.round(at((x + 0.5) / 10, (y + 0.5) / 10));
      return [value, value, value];
    });
  }

  const pixel = (image: Uint8Array, x: number, y: number) =>
    image[Math.min(27, Math.max(0, y)) * 28 + Math.min(27, Math.max(0, x))] ?? 0;

  /** Every pixel as a square. */
  const inSquares = (image: Uint8Array) => asPhoto((x, y) => pixel(image, Math.floor(x), Math.floor(y)));

  /** Straight from the middle of each pixel to the next, as browsers enlarge. */
  const smoothly = (image: Uint8Array) =>
    asPhoto((x, y) => {
      const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
      const [right, down] = [x - 0.5 - left, y - 0.5 - top];
      const row = (at: number) => pixel(image, left, at) * (1 - right) + pixel(image, left + 1, at) * right;
      return row(top) * (1 - down) + row(top + 1) * down;
    });

  /** Mean absolute differences of the first test images from what comes back. */
  function differences(enlarge: (image: Uint8Array) => Picture): number[] {
    return testImages(100).map((image) => {
      const { pixels = new Uint8Array(784) } = PHOTO.imageOf(enlarge(image)) ?? {};
      return pixels.reduce((sum, value, p) => sum + Math.abs(value - (image[p] ?? 0)), 0) / 784;
    });
  }

  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  test('enlarged in squares, the first hundred come back exactly', () => {
    expect(differences(inSquares)).toEqual(new Array(100).fill(0));
  });

  test('enlarged smoothly, they come back with a mean difference of 1.6 of 255', () => {
    const found = differences(smoothly);
    expect(mean(found)).toBeLessThan(12);
    expect(mean(found)).toBeCloseTo(1.6, 1);
  });
});

describe('a photo whose background is not plain', () => {
  const onFloor = shirtOnFloor({ width: 240, height: 320 }, [40, 70, 150]);

  test('of a shirt on a wooden floor becomes a shirt on black', () => {
    const made = PHOTO.imageOf(onFloor);
    expect(made?.background).toBe('removed');
    expect(made?.steps.map(({ name }) => name)[0]).toBe('cutOut');
    const at = (x: number, y: number) => made?.pixels[y * 28 + x] ?? 0;
    expect([at(0, 27), at(27, 27), at(0, 20), at(14, 0)]).toEqual([0, 0, 0, 0]);
    expect(at(14, 14)).toBeGreaterThan(100);
  });

  test('keeps it where that is chosen, and says so', () => {
    const made = PHOTO.imageOf(onFloor, { keepBackground: true });
    expect(made?.background).toBe('busy');
    expect(made?.steps.map(({ name }) => name)).not.toContain('cutOut');
    expect(made?.pixels).not.toEqual(PHOTO.imageOf(onFloor)?.pixels);
  });

  test('is removed on demand where its colours are so close that it was taken for plain', () => {
    const boards = pictureOf({ width: 240, height: 320 }, (x, y) => {
      const isShirt = (x > 72 && x < 168 && y > 48) || (x > 32 && x < 208 && y > 48 && y < 112);
      if (isShirt && y < 272) return [42, 59, 102];
      return y % 80 < 40 ? [185, 138, 82] : [163, 118, 63];
    });
    expect(PHOTO.imageOf(boards)?.background).toBe('plain');
    const made = PHOTO.imageOf(boards, { keepBackground: false });
    expect(made?.background).toBe('removed');
    expect(made?.pixels[27 * 28]).toBe(0);
    expect(made?.pixels[14 * 28 + 14]).toBeGreaterThan(100);
  });

  test('is told from a plain one that the garment reaches', () => {
    const striped = photo(240, 320, box(100, 0, 40, 320, [0, 0, 0]));
    expect(PHOTO.imageOf(striped)?.background).toBe('plain');
  });
});
