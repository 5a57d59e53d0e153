import { describe, expect, it } from 'vitest';
import { batchAt, shuffleEpoch, shuffleShard, stepsPerEpoch } from '../../../src/dataset/order.ts';

const images = Uint32Array.from({ length: 800 }, (_, i) => 5000 + i);

describe('stepsPerEpoch', () => {
  it.each([
    [48_000, 32, 1500],
    [48_000, 128, 375],
    [8000, 128, 63],
    [80, 128, 1],
  ])('shows %d images, %d a step, in %d steps', (count, batchSize, steps) => {
    expect(stepsPerEpoch(count, batchSize)).toBe(steps);
  });
});

describe('batchAt', () => {
  const order = Uint32Array.of(10, 11, 12, 13, 14);

  it('fills the last batch of an epoch from its beginning', () => {
    expect([0, 1, 2].map((step) => [...batchAt(order, step, 2)])).toEqual([
      [10, 11],
      [12, 13],
      [14, 10],
    ]);
  });

  it('goes round as often as it takes where a batch is larger than the epoch', () => {
    expect([...batchAt(order, 0, 12)]).toEqual([10, 11, 12, 13, 14, 10, 11, 12, 13, 14, 10, 11]);
  });
});

describe.each([
  ['shuffleShard', shuffleShard],
  ['shuffleEpoch', shuffleEpoch],
])('%s', (_, shuffle) => {
  it('keeps every image, moves nearly all of them, and leaves its argument alone', () => {
    const order = shuffle(images, 42, 3);
    expect(order.toSorted()).toEqual(images);
    expect(order.filter((image, place) => image === images[place]).length).toBeLessThan(10);
    expect(images[0]).toBe(5000);
  });

  it('is the same for the same seed and number, and another for others', () => {
    expect(shuffle(images, 42, 3)).toEqual(shuffle(images, 42, 3));
    expect(shuffle(images, 43, 3)).not.toEqual(shuffle(images, 42, 3));
    expect(shuffle(images, 42, 4)).not.toEqual(shuffle(images, 42, 3));
  });
});

it('never shuffles a later epoch as it did a shard of the first', () => {
  expect(shuffleEpoch(images, 42, 1)).not.toEqual(shuffleShard(images, 42, 1));
});
