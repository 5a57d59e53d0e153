import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  clusteredOrder,
  difference,
  mostFrequentMistakes,
  normalised,
  reordered,
} from '../../../../src/core/evaluation/confusion-order.ts';

/** Ten classes of 100 images, all right but for these cells. */
function confusion(cells: readonly (readonly [label: number, predicted: number, count: number])[]): number[][] {
  const counts = Array.from({ length: 10 }, (_, r) => new Array<number>(10).fill(0).with(r, 100));
  for (const [label, predicted, count] of cells) {
    const row = counts[label] ?? [];
    row[predicted] = count;
    row[label] = (row[label] ?? 0) - count;
  }
  return counts;
}

test('by row the shares tell what became of a garment, by column what an answer stands for', () => {
  const counts = [
    [6, 2],
    [1, 1],
  ];
  expect(normalised(counts, 'row')).toEqual([
    [0.75, 0.25],
    [0.5, 0.5],
  ]);
  expect(normalised(counts, 'column')).toEqual([
    [6 / 7, 2 / 3],
    [1 / 7, 1 / 3],
  ]);
});

test('a class without an image has shares of 0, not NaN', () => {
  const counts = [
    [0, 0],
    [0, 5],
  ];
  expect(normalised(counts, 'row')).toEqual([
    [0, 0],
    [0, 1],
  ]);
  expect(normalised(counts, 'column')).toEqual([
    [0, 0],
    [0, 1],
  ]);
});

test('the difference of two runs says where the first has more', () => {
  expect(
    difference(
      [
        [0.75, 0.25],
        [0, 1],
      ],
      [
        [0.5, 0.5],
        [0, 1],
      ],
    ),
  ).toEqual([
    [0.25, -0.25],
    [0, 0],
  ]);
});

test('garments that are taken for each other stand side by side', () => {
  // Tops among themselves, shoes among themselves; shirts with T-shirts most of all.
  const order = clusteredOrder(
    confusion([
      [6, 0, 30],
      [0, 6, 20],
      [2, 4, 20],
      [4, 2, 15],
      [6, 2, 9],
      [6, 4, 6],
      [5, 7, 8],
      [7, 9, 12],
      [9, 7, 10],
      [3, 0, 2],
    ]),
  );
  const places = (classes: readonly number[]) => classes.map((c) => order.indexOf(c)).toSorted((a, b) => a - b);
  const spread = (classes: readonly number[]) => (places(classes).at(-1) ?? 0) - (places(classes)[0] ?? 0);
  expect([spread([0, 6]), spread([2, 4]), spread([7, 9])]).toEqual([1, 1, 1]);
  expect([spread([0, 2, 4, 6]), spread([5, 7, 9])]).toEqual([3, 2]);
  // The shirt's end meets the pullover's end, which it is taken for more than for a coat.
  expect(spread([6, 2])).toBe(1);
});

test('without a mistake the order of the data set stays', () => {
  expect(clusteredOrder(confusion([]))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('every class stands in the order exactly once, and the same counts give the same order', () => {
  const counts = fc.array(fc.array(fc.nat(50), { minLength: 10, maxLength: 10 }), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(counts, (matrix) => {
      const order = clusteredOrder(matrix);
      expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(clusteredOrder(structuredClone(matrix))).toEqual(order);
    }),
  );
});

test('reordering moves rows and columns together', () => {
  const counts = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ];
  expect(reordered(counts, [2, 0, 1])).toEqual([
    [9, 7, 8],
    [3, 1, 2],
    [6, 4, 5],
  ]);
});

test('the most frequent mistakes come first, those of the same count in the order of the table, and none that are right', () => {
  const counts = confusion([
    [6, 0, 12],
    [2, 4, 30],
    [4, 2, 12],
  ]);
  const named = (most: number) =>
    mostFrequentMistakes(counts, most).map(({ truth, predicted, count }) => [truth, predicted, count]);
  expect(named(9)).toEqual([
    [2, 4, 30],
    [4, 2, 12],
    [6, 0, 12],
  ]);
  expect(named(1)).toEqual([[2, 4, 30]]);
  expect(mostFrequentMistakes(confusion([]), 5)).toEqual([]);
});
