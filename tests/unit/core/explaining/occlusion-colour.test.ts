import { expect, test } from 'vitest';
import { coveredImages, fallsOf, patchSide } from '../../../../src/core/explaining/occlusion.ts';

const SIZE = { height: 24, width: 20, channels: 3 };
const VALUES = 24 * 20 * 3;
const white = new Uint8Array(VALUES).fill(255);
const images = coveredImages(white, SIZE);
const count = images.length / VALUES;
const imageAt = (i: number) => images.subarray(i * VALUES, (i + 1) * VALUES);
/** The pixels that are black in an image, and the channels that are black in one of them. */
function blackIn(image: Uint8Array): ReadonlyMap<number, number> {
  const black = new Map<number, number>();
  image.forEach((value, place) => {
    const pixel = Math.floor(place / 3);
    if (value === 0) black.set(pixel, (black.get(pixel) ?? 0) + 1);
  });
  return black;
}

test('the patch takes about a fifth of each side', () => {
  expect([patchSide(28), patchSide(24), patchSide(20), patchSide(3)]).toEqual([6, 5, 4, 1]);
});

test('covered pixels are black in all colours, and the image itself comes first', () => {
  expect([...imageAt(0)]).toEqual([...white]);
  for (let i = 1; i < count; i++) {
    const black = blackIn(imageAt(i));
    expect(black.size).toBeGreaterThan(0);
    expect(black.size).toBeLessThanOrEqual(5 * 4);
    expect(new Set(black.values())).toEqual(new Set([3]));
  }
});

test('every pixel is covered by some patch', () => {
  const covered = new Set(Array.from({ length: count - 1 }, (_, i) => [...blackIn(imageAt(i + 1)).keys()]).flat());
  expect(covered.size).toBe(24 * 20);
});

test('of four classes, a pixel gets the mean fall over the patches that cover it', () => {
  const key = 10 * 20 + 13;
  const probabilities = new Float32Array(count * 4);
  for (let i = 0; i < count; i++) {
    const sees = imageAt(i)[key * 3] === 255;
    probabilities[i * 4 + 2] = sees ? 0.75 : 0.25;
    probabilities[i * 4 + 3] = sees ? 0.25 : 0.75;
  }
  const falls = fallsOf(probabilities, 4, 2, SIZE);
  expect(falls).toHaveLength(24 * 20);
  expect(falls[key]).toBeCloseTo(0.5, 6);
  expect(fallsOf(probabilities, 4, 3, SIZE)[key]).toBeCloseTo(-0.5, 6);
  expect(falls[0]).toBe(0);
});
