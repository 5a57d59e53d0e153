import { expect, test } from 'vitest';
import { cutOut, hasPlainBorder } from '../../../../src/core/imaging/cut-out.ts';
import { type Picture, pictureOf, rgbAt } from '../../../../src/core/imaging/picture.ts';
import { isShirt, shirtOnFloor } from '../support/shirt-on-floor.ts';

const SIZE = { width: 240, height: 320 };

/** The share of pixels on which the cut-out subject and the shirt agree, of all that either has. */
function overlap(picture: Picture, background: number): number {
  let [both, either] = [0, 0];
  for (let y = 0; y < SIZE.height; y++)
    for (let x = 0; x < SIZE.width; x++) {
      const isSubject = rgbAt(picture, x, y).some((value) => value !== background);
      const isOn = isShirt(x / SIZE.width, y / SIZE.height);
      if (isSubject && isOn) both++;
      if (isSubject || isOn) either++;
    }
  return both / either;
}

test.each([
  ['a blue shirt', [40, 70, 150], 255],
  ['a white shirt', [235, 235, 230], 0],
  ['a dark green shirt', [20, 60, 40], 255],
] as const)('%s is cut out of a wooden floor', (_name, colour, background) => {
  const photo = shirtOnFloor(SIZE, colour);
  expect(hasPlainBorder(photo)).toBe(false);
  const made = cutOut(photo);
  if (made === null) throw new Error('No shirt was found.');
  expect(rgbAt(made, 2, 2)).toEqual([background, background, background]);
  expect(overlap(made, background)).toBeGreaterThan(0.9);
});

test('paper and a wall with a shadow are plain', () => {
  expect(hasPlainBorder(pictureOf(SIZE, () => [250, 250, 250]))).toBe(true);
  expect(hasPlainBorder(pictureOf(SIZE, (_, y) => new Array(3).fill(225 - y / 16)))).toBe(true);
});

test('where nothing stands out of the floor there is no subject', () => {
  expect(cutOut(shirtOnFloor(SIZE, null))).toBeNull();
});
