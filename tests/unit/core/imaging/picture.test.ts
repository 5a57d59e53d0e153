import { expect, test } from 'vitest';
import { cropped, pictureOf, turned } from '../../../../src/core/imaging/picture.ts';

/** Three by two pixels, told apart by their red. */
const picture = pictureOf({ width: 3, height: 2 }, (x, y) => [10 * y + x, 0, 0]);
const reds = ({ data }: { readonly data: Uint8ClampedArray }) => [...data].filter((_, i) => i % 4 === 0);

test('a picture is turned to the right, so many times', () => {
  const right = turned(picture, 1);
  expect([right.width, right.height, reds(right)]).toEqual([2, 3, [10, 0, 11, 1, 12, 2]]);
  expect(reds(turned(picture, 2))).toEqual([12, 11, 10, 2, 1, 0]);
  expect(reds(turned(picture, 3))).toEqual([2, 12, 1, 11, 0, 10]);
  expect(turned(picture, 4)).toEqual(picture);
});

test('a part is cut out of a picture', () => {
  const part = cropped(picture, { left: 1, top: 0, right: 3, bottom: 2 });
  expect([part.width, part.height, reds(part)]).toEqual([2, 2, [1, 2, 11, 12]]);
});
