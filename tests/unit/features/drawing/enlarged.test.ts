import { expect, test } from 'vitest';
import { imageOf } from '../../../../src/core/imaging/drawing.ts';
import { enlarged, padSideFor } from '../../../../src/features/drawing/enlarged.ts';

test.each([
  [28, 28, 280],
  [16, 16, 288],
  [20, 24, 288],
  [400, 300, 400],
])('an image of %i by %i pixels lies on a pad of %i, and comes back from it as it was', (height, width, side) => {
  const size = { height, width };
  expect(padSideFor(size)).toBe(side);
  const image = Uint8Array.from({ length: height * width }, (_, i) => 1 + ((i * 37) % 255));
  expect(imageOf(enlarged(image, size, side), side, size)).toEqual(image);
});

test('an image that is not square stands in the middle of the pad', () => {
  expect([...enlarged([7, 9], { height: 1, width: 2 }, 4)]).toEqual([0, 0, 0, 0, 7, 7, 9, 9, 7, 7, 9, 9, 0, 0, 0, 0]);
});
