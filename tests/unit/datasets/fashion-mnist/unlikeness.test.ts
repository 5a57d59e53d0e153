import { describe, expect, test } from 'vitest';
import { NearestSearch } from '../../../../src/core/explaining/nearest.ts';
import { candidatesOf } from '../../../../src/core/imaging/drawing-changes.ts';
import {
  helpfulChange,
  percentileOf,
  UNLIKE_PERCENTILE,
  unlikenessDistance,
  unlikenessText,
} from '../../../../src/core/imaging/unlikeness.ts';
import { IMAGE_SIZE } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { UNLIKENESS } from '../../../../src/datasets/fashion-mnist/unlikeness.ts';
import { PERCENTILES } from '../../../../src/datasets/fashion-mnist/unlikeness-table.ts';
import { ODD_IMAGES } from '../../core/support/odd-images.ts';
import { testImages, trainingShards } from '../../core/support/test-images.ts';

describe('the percentile', () => {
  // A white image has a brightness of 255, so its distance in the table is the distance over the root of 255.
  const white = new Uint8Array(784).fill(255);
  const at = (percentile: number) => (PERCENTILES[percentile] ?? Number.NaN) * Math.sqrt(255);

  test('has a table of 101 rising distances', () => {
    expect(PERCENTILES).toHaveLength(101);
    expect(PERCENTILES.every((value, i) => i === 0 || value > (PERCENTILES[i - 1] ?? 0))).toBe(true);
  });

  test('lies straight between those of the table, and within 0 and 100', () => {
    expect(percentileOf(white, at(50), UNLIKENESS)).toBeCloseTo(50, 6);
    expect(percentileOf(white, (at(95) + at(96)) / 2, UNLIKENESS)).toBeCloseTo(95.5, 6);
    expect(percentileOf(white, 0, UNLIKENESS)).toBe(0);
    expect(percentileOf(white, 255, UNLIKENESS)).toBe(100);
  });

  test('of two images at the same distance, the fainter one is the odder', () => {
    const gray = new Uint8Array(784).fill(64);
    expect(unlikenessDistance(gray, 20)).toBeCloseTo(20 / 8, 12);
    expect(percentileOf(gray, 20, UNLIKENESS)).toBeGreaterThan(percentileOf(white, 20, UNLIKENESS));
  });
});

describe('against all 60,000 training images', { timeout: 120_000 }, () => {
  const training = trainingShards();

  function measured(pixels: Uint8Array): number {
    const search = new NearestSearch(pixels, 1, 784);
    for (const shard of training) search.add(shard);
    return percentileOf(pixels, search.result.distances[0] ?? 0, UNLIKENESS);
  }

  test('test images are rarely odd, and noise, negatives and outlines nearly always are', () => {
    const images = testImages(12);
    const odd = (make: (image: Uint8Array, index: number) => Uint8Array) =>
      images.filter((image, i) => measured(make(image, i)) >= UNLIKE_PERCENTILE).length;
    expect(odd((image) => image)).toBeLessThanOrEqual(2);
    for (const make of Object.values(ODD_IMAGES)) expect(odd(make)).toBeGreaterThanOrEqual(11);
  });

  test('an ankle boot drawn as an outline is closer when it is filled', () => {
    const [boot = new Uint8Array(784)] = testImages(1);
    const outline = ODD_IMAGES['white outlines']?.(boot, 0) ?? new Uint8Array(784);
    const percentile = measured(outline);
    const changed = candidatesOf(outline, IMAGE_SIZE).map(({ change, pixels }) => ({
      change,
      percentile: measured(pixels),
    }));
    expect(percentile).toBeGreaterThanOrEqual(UNLIKE_PERCENTILE);
    expect(helpfulChange(percentile, changed)).toBe('filled');
  });
});

describe('what is said', () => {
  test('nothing of a drawing that is like the data', () => {
    expect(unlikenessText(94.9, null, UNLIKENESS)).toBeNull();
    expect(helpfulChange(94.9, [{ change: 'filled', percentile: 1 }])).toBeNull();
  });

  test('a change is offered when it brings the drawing 20 percentiles closer, the best of several', () => {
    expect(helpfulChange(96, [{ change: 'mirrored', percentile: 77 }])).toBeNull();
    expect(
      helpfulChange(96, [
        { change: 'mirrored', percentile: 76 },
        { change: 'filled', percentile: 40 },
      ]),
    ).toBe('filled');
    expect(helpfulChange(100, [])).toBeNull();
  });

  test('how odd it is, in whole images of a hundred, and what would help', () => {
    expect(unlikenessText(97.8, null, UNLIKENESS)).toBe(
      'This is farther from all training images than 97 of 100 test images are, so the answer means little.',
    );
    expect(unlikenessText(100, 'filled', UNLIKENESS)).toBe(
      'This is farther from all training images than any test image is, so the answer means little. Filled, it would be closer: the garments in the data set are shapes, not outlines.',
    );
  });
});
