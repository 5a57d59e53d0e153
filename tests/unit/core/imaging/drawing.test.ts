import { expect, test } from 'vitest';
import { imageOf } from '../../../../src/core/imaging/drawing.ts';

const MNIST = { height: 28, width: 28 };

/** A black drawing with one white rectangle. */
function drawing(side: number, left: number, top: number, width: number, height: number): Uint8Array {
  const inside = (x: number, y: number) => x >= left && x < left + width && y >= top && y < top + height;
  return Uint8Array.from({ length: side * side }, (_, i) => (inside(i % side, Math.floor(i / side)) ? 255 : 0));
}

test('an empty drawing gives no image', () => {
  expect(imageOf(new Uint8Array(78_400), 280, MNIST)).toBeNull();
});

test('a small drawing in a corner fills the longest edge and stands in the middle', () => {
  const image = imageOf(drawing(280, 10, 200, 56, 28), 280, MNIST) ?? new Uint8Array();
  const rows = Array.from({ length: 28 }, (_, y) => image.subarray(y * 28, (y + 1) * 28).every((v) => v === 255));
  expect(rows).toEqual(Array.from({ length: 28 }, (_, y) => y >= 7 && y < 21));
  expect(image.filter((value) => value !== 255 && value !== 0)).toHaveLength(0);
});

test('an image of the data set enlarged ten times comes back exactly', () => {
  const original = Uint8Array.from({ length: 784 }, (_, i) => 1 + ((i * 37) % 255));
  const enlarged = Uint8Array.from({ length: 78_400 }, (_, i) => {
    const [x, y] = [Math.floor((i % 280) / 10), Math.floor(i / 2800)];
    return original[y * 28 + x] ?? 0;
  });
  expect(imageOf(enlarged, 280, MNIST)).toEqual(original);
});

test('gray is averaged over the area of a pixel', () => {
  const stripes = Uint8Array.from({ length: 56 * 56 }, (_, i) => ((i % 56) % 2 === 0 ? 200 : 100));
  expect(imageOf(stripes, 56, MNIST)).toEqual(new Uint8Array(784).fill(150));
});

test('where the margins cannot be equal, the left and the upper one are a pixel wider, as in the data set', () => {
  const tall = imageOf(drawing(280, 0, 0, 130, 280), 280, MNIST) ?? new Uint8Array();
  expect([...tall.subarray(0, 28)].map((value) => value > 0).indexOf(true)).toBe(8);
  const wide = imageOf(drawing(280, 0, 0, 280, 150), 280, MNIST) ?? new Uint8Array();
  expect(Array.from({ length: 28 }, (_, y) => (wide[y * 28] ?? 0) > 0).indexOf(true)).toBe(7);
});

test('a drawing becomes an image of any size, and keeps its proportions in one that is not square', () => {
  const digit = imageOf(drawing(272, 0, 0, 136, 272), 272, { height: 16, width: 16 }) ?? new Uint8Array();
  expect(rows(digit, 16)).toEqual(new Array(16).fill('    ########    '));
  const tall = imageOf(drawing(60, 0, 0, 60, 60), 60, { height: 8, width: 4 }) ?? new Uint8Array();
  expect(rows(tall, 4)).toEqual(['    ', '    ', '####', '####', '####', '####', '    ', '    ']);
});

function rows(image: Uint8Array, width: number): string[] {
  return Array.from({ length: image.length / width }, (_, y) =>
    Array.from(image.subarray(y * width, (y + 1) * width), (value) => (value === 255 ? '#' : ' ')).join(''),
  );
}
