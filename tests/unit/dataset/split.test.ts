import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackShard } from '../../../src/dataset/shard.ts';
import { splitShard, validationCount } from '../../../src/dataset/split.ts';
import { dataFile, shardEntry } from './support.ts';

const { labels } = await unpackShard(shardEntry('train-00.bin'), 10, dataFile('train-00.bin'));

function countClasses(positions: Iterable<number>): number[] {
  const counts = Array.from({ length: 10 }, () => 0);
  for (const position of positions) counts[labels[position] ?? 0] = (counts[labels[position] ?? 0] ?? 0) + 1;
  return counts;
}

describe('validationCount', () => {
  it.each([
    [1000, 0.2, 200],
    [1000, 0, 0],
    [1000, 0.1234, 123],
    [1000, 0.1235, 124],
    [100, 0.5, 50],
    [1, 0.5, 0],
    [1000, 0.9999, 999],
  ])('takes of %d images, at a fraction of %d, %d', (count, fraction, expected) => {
    expect(validationCount(count, fraction)).toBe(expected);
  });

  it.each([-0.1, 1, Number.NaN])('refuses a fraction of %d', (fraction) => {
    expect(() => validationCount(1000, fraction)).toThrow(RangeError);
  });
});

describe('splitShard', () => {
  it('takes of each class of the first shard its share, the rest by largest remainders', () => {
    const { train, validation } = splitShard(labels, 10, 0.2, 42, 0);
    expect(validation.length).toBe(200);
    expect(train.length).toBe(800);
    const all = countClasses(labels.keys());
    expect(all).toEqual([107, 104, 86, 92, 95, 100, 100, 115, 102, 99]);
    // Shares: 21.4 20.8 17.2 18.4 19 20 20 23 20.4 19.8; three places remain: for both .8 and the lowest of the .4.
    expect(countClasses(validation)).toEqual([22, 21, 17, 18, 19, 20, 20, 23, 20, 20]);
  });

  it('parts the images without loss or overlap, both lists ascending, for any fraction, seed and length', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.nat(),
        fc.integer({ min: 1, max: 1000 }),
        (fraction, seed, length) => {
          const { train, validation } = splitShard(labels.subarray(0, length), 10, fraction, seed, 3);
          expect(validation.length).toBe(validationCount(length, fraction));
          expect(train).toEqual(train.toSorted());
          expect(validation).toEqual(validation.toSorted());
          expect([...train, ...validation].toSorted((a, b) => a - b)).toEqual([...Array(length).keys()]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is the same for the same seed and shard, and another for others', () => {
    const { validation } = splitShard(labels, 10, 0.2, 42, 0);
    expect(splitShard(labels, 10, 0.2, 42, 0).validation).toEqual(validation);
    expect(splitShard(labels, 10, 0.2, 43, 0).validation).not.toEqual(validation);
    expect(splitShard(labels, 10, 0.2, 42, 1).validation).not.toEqual(validation);
  });

  it('sets nothing aside at a fraction of 0', () => {
    const { train, validation } = splitShard(labels, 10, 0, 42, 0);
    expect(validation.length).toBe(0);
    expect(train).toEqual(Uint32Array.from(labels.keys()));
  });

  it('splits a shard of one class and one of a single image', () => {
    expect(splitShard(new Uint8Array(10).fill(7), 10, 0.3, 1, 0).validation.length).toBe(3);
    expect(splitShard(new Uint8Array(1), 10, 0.5, 1, 0)).toEqual({
      train: Uint32Array.of(0),
      validation: new Uint32Array(),
    });
  });
});
