import { expect, test } from 'vitest';
import { coveredImages, fallsOf } from '../../../../src/core/explaining/occlusion.ts';

const SIZE = { height: 28, width: 28, channels: 1 };
const white = new Uint8Array(784).fill(255);
const images = coveredImages(white, SIZE);
const count = images.length / 784;
const imageAt = (i: number) => images.subarray(i * 784, (i + 1) * 784);

test('the image comes first as it is, then 196 times with a black patch of 6 by 6, or what of it lies inside', () => {
  expect(count).toBe(197);
  expect(imageAt(0)).toEqual(white);
  const covered = Array.from({ length: 196 }, (_, i) => imageAt(i + 1).filter((value) => value === 0).length);
  // The patch begins and ends 2 pixels outside: 4 by 4 in the corners, 4 by 6 along the edges.
  expect(new Set(covered)).toEqual(new Set([16, 24, 36]));
  expect(covered.filter((pixels) => pixels === 36)).toHaveLength(12 * 12);
});

test('every pixel is covered at least four times, and inside nine times', () => {
  const covered = Array.from({ length: 196 }, (_, i) => imageAt(i + 1));
  const times = Array.from({ length: 784 }, (_, at) => covered.filter((image) => image[at] === 0).length);
  expect(Math.min(...times)).toBe(4);
  expect(times[14 * 28 + 14]).toBe(9);
});

test('a pixel gets the mean fall over the patches that cover it', () => {
  const key = 10 * 28 + 17;
  // A network that is 80 % sure of class 3 while it sees one pixel, and 20 % otherwise; of class 5 the other way round.
  const probabilities = new Float32Array(count * 10);
  for (let i = 0; i < count; i++) {
    const sees = imageAt(i)[key] === 255;
    probabilities[i * 10 + 3] = sees ? 0.8 : 0.2;
    probabilities[i * 10 + 5] = sees ? 0.2 : 0.8;
  }
  const falls = fallsOf(probabilities, 10, 3, SIZE);
  expect(falls[key]).toBeCloseTo(0.6, 5);
  expect(fallsOf(probabilities, 10, 5, SIZE)[key]).toBeCloseTo(-0.6, 5);
  // Out of reach of any patch that covers the pixel.
  expect(falls[10 * 28 + 25]).toBe(0);
  expect(falls[0]).toBe(0);
  // Two columns on, six of nine patches still cover it.
  expect(falls[key + 2]).toBeCloseTo((0.6 * 2) / 3, 5);
});
