import { describe, expect, test } from 'vitest';
import { NearestSearch } from '../../../../src/core/explaining/nearest.ts';
import { candidatesOf } from '../../../../src/core/imaging/drawing-changes.ts';
import {
  helpfulChange,
  ODD_PERCENTILE,
  oddDistance,
  oddityOf,
  oddityText,
} from '../../../../src/core/imaging/oddity.ts';
import { ODD_DISTANCES } from '../../../../src/core/imaging/oddity-table.ts';
import { ODD_IMAGES } from '../support/odd-images.ts';
import { testImages, trainingShards } from '../support/test-images.ts';

describe('the percentile', () => {
  // A white image has a brightness of 255, so its odd distance is the distance over the root of 255.
  const white = new Uint8Array(784).fill(255);
  const at = (percentile: number) => (ODD_DISTANCES[percentile] ?? Number.NaN) * Math.sqrt(255);

  test('has a table of 101 rising distances', () => {
    expect(ODD_DISTANCES).toHaveLength(101);
    expect(ODD_DISTANCES.every((value, i) => i === 0 || value > (ODD_DISTANCES[i - 1] ?? 0))).toBe(true);
  });

  test('lies straight between those of the table, and within 0 and 100', () => {
    expect(oddityOf(white, at(50))).toBeCloseTo(50, 6);
    expect(oddityOf(white, (at(95) + at(96)) / 2)).toBeCloseTo(95.5, 6);
    expect(oddityOf(white, 0)).toBe(0);
    expect(oddityOf(white, 255)).toBe(100);
  });

  test('of two images at the same distance, the fainter one is the odder', () => {
    const gray = new Uint8Array(784).fill(64);
    expect(oddDistance(gray, 20)).toBeCloseTo(20 / 8, 12);
    expect(oddityOf(gray, 20)).toBeGreaterThan(oddityOf(white, 20));
  });
});

describe('against all 60,000 training images', { timeout: 120_000 }, () => {
  const training = trainingShards();

  function percentileOf(pixels: Uint8Array): number {
    const search = new NearestSearch(pixels, 1, 784);
    for (const shard of training) search.add(shard);
    return oddityOf(pixels, search.result.distances[0] ?? 0);
  }

  test('test images are rarely odd, and noise, negatives and outlines nearly always are', () => {
    const images = testImages(12);
    const odd = (make: (image: Uint8Array, index: number) => Uint8Array) =>
      images.filter((image, i) => percentileOf(make(image, i)) >= ODD_PERCENTILE).length;
    expect(odd((image) => image)).toBeLessThanOrEqual(2);
    for (const make of Object.values(ODD_IMAGES)) expect(odd(make)).toBeGreaterThanOrEqual(11);
  });

  test('an ankle boot drawn as an outline is closer when it is filled', () => {
    const [boot = new Uint8Array(784)] = testImages(1);
    const outline = ODD_IMAGES['white outlines']?.(boot, 0) ?? new Uint8Array(784);
    const percentile = percentileOf(outline);
    const changed = candidatesOf(outline).map(({ change, pixels }) => ({ change, percentile: percentileOf(pixels) }));
    expect(percentile).toBeGreaterThanOrEqual(ODD_PERCENTILE);
    expect(helpfulChange(percentile, changed)).toBe('filled');
  });
});

describe('what is said', () => {
  test('nothing of a drawing that is like the data', () => {
    expect(oddityText(94.9, null)).toBeNull();
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
    expect(oddityText(97.8, null)).toBe(
      'This lies farther from all training images than 97 of 100 test images do, so the answer means little.',
    );
    expect(oddityText(100, 'filled')).toBe(
      'This lies farther from all training images than any test image does, so the answer means little. Filled, it would be closer: garments are shapes, not outlines.',
    );
  });
});
