import { expect, test } from 'vitest';
import { channelTiles, largest, tileAt, tilesOf } from '../../../../src/core/explaining/tiles.ts';

test('the channels of an image become tiles, each row by row', () => {
  // Two channels that lie side by side: one counts up, the other down.
  const tiles = channelTiles(Float32Array.of(1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6), [2, 3, 2]);
  expect(tiles).toMatchObject({ count: 2, height: 2, width: 3 });
  expect([...tileAt(tiles, 0)]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...tileAt(tiles, 1)]).toEqual([-1, -2, -3, -4, -5, -6]);
});

test('the units of a row become tiles of one pixel, and a sequence becomes one tile', () => {
  expect(channelTiles(Float32Array.of(7, 8), [2])).toEqual({
    count: 2,
    height: 1,
    width: 1,
    values: Float32Array.of(7, 8),
  });
  expect(channelTiles(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3])).toMatchObject({ count: 1, height: 2, width: 3 });
});

test('with a stride the tiles of the first part are taken, and what is missing is no number', () => {
  const tiles = tilesOf(Float32Array.of(1, 2, 30, 40, 5), { count: 2, height: 1, width: 2 }, 4);
  expect([...tiles.values]).toEqual([1, 5, 2, Number.NaN]);
});

test('the largest distance from 0 is NaN where a value is', () => {
  expect(largest(Float32Array.of(1, -3, 2))).toBe(3);
  expect(largest(Float32Array.of(1, Number.NaN, 2))).toBeNaN();
});
