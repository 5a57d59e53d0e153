import { expect, test } from 'vitest';
import {
  comparable,
  isUnanimous,
  type SharedMistake,
  sharedMistakes,
} from '../../../../src/core/evaluation/shared-mistakes.ts';
import { evaluationOf } from '../support/evaluation.ts';

/** What three networks say of the images 100 ... 105. */
const FIRST = evaluationOf([
  [6, 0, 0.75],
  [6, 6, 0.5],
  [6, 0, 0.9375],
  [4, 4, 0.875],
  [0, 6, 0.25],
  [2, 4, 0.75],
]);
const SECOND = evaluationOf([
  [6, 2, 0.5],
  [6, 0, 0.5],
  [6, 0, 0.5],
  [4, 4, 0.5],
  [0, 0, 0.5],
  [2, 4, 0.5],
]);
const THIRD = evaluationOf([
  [6, 0, 0.5],
  [6, 0, 0.5],
  [6, 0, 0.5],
  [4, 3, 0.5],
  [0, 0, 0.5],
  [2, 2, 0.5],
]);

/** `102: 0 x3 of 3`: an image, and each class with the networks that gave it. */
function textOf({ index, said, asked }: SharedMistake): string {
  return `${index}: ${said.map(({ predicted, networks }) => `${predicted} x${networks}`).join(', ')} of ${asked}`;
}

test('images that at least two networks get wrong are found, with what each of them said', () => {
  expect(sharedMistakes([FIRST, SECOND])).toEqual([
    {
      index: 102,
      row: 2,
      label: 6,
      predicted: 0,
      confidence: 0.9375,
      asked: 2,
      said: [{ predicted: 0, networks: 2 }],
      sure: (0.9375 + 0.5) / 2,
    },
    {
      index: 105,
      row: 5,
      label: 2,
      predicted: 4,
      confidence: 0.75,
      asked: 2,
      said: [{ predicted: 4, networks: 2 }],
      sure: (0.75 + 0.5) / 2,
    },
    {
      index: 100,
      row: 0,
      label: 6,
      predicted: 0,
      confidence: 0.75,
      asked: 2,
      said: [
        { predicted: 0, networks: 1 },
        { predicted: 2, networks: 1 },
      ],
      sure: 0.75,
    },
  ]);
});

test('of images that are agreed about alike, those come first of which the networks are surest', () => {
  const answers = [0.5, 0.75, 0.625].map((confidence) => [6, 0, confidence] as const);
  const other = evaluationOf(answers.map(([label, predicted]) => [label, predicted, 0.5] as const));
  expect(sharedMistakes([evaluationOf(answers), other]).map(({ index }) => index)).toEqual([101, 102, 100]);
});

test('those that all networks call the same come first, then those that most of them agree about', () => {
  const shared = sharedMistakes([FIRST, SECOND, THIRD]);
  expect(shared.map(textOf)).toEqual([
    '102: 0 x3 of 3',
    '100: 0 x2, 2 x1 of 3',
    // The true class comes last, however many gave it.
    '105: 4 x2, 2 x1 of 3',
    '101: 0 x2, 6 x1 of 3',
  ]);
  expect(shared.map(isUnanimous)).toEqual([true, false, false, false]);
});

test('the answer and its row are those of the first network, which may be right itself', () => {
  const [, , , right] = sharedMistakes([FIRST, SECOND, THIRD]);
  expect(right).toMatchObject({ index: 101, row: 1, label: 6, predicted: 6, confidence: 0.5 });
});

test('a network that was not asked about an image does not count against it', () => {
  const later = evaluationOf(
    [
      [2, 4, 0.5],
      [9, 5, 0.5],
    ],
    105,
  );
  expect(sharedMistakes([FIRST, SECOND, later]).map(textOf)).toEqual([
    '105: 4 x3 of 3',
    '102: 0 x2 of 2',
    '100: 0 x1, 2 x1 of 2',
  ]);
});

test('one network has no mistakes in common with others', () => {
  expect(sharedMistakes([FIRST])).toEqual([]);
  expect(sharedMistakes([])).toEqual([]);
});

test('a network that was trained twice alike counts once, and one that was asked about other images not at all', () => {
  const again = { ...SECOND, probabilities: SECOND.probabilities.slice() };
  const elsewhere = evaluationOf([[6, 0, 0.5]], 500);
  expect(comparable([FIRST, SECOND, again, elsewhere, THIRD])).toEqual([FIRST, SECOND, THIRD]);
  expect(comparable([FIRST, { ...FIRST, probabilities: FIRST.probabilities.slice() }])).toEqual([FIRST]);
});
