import { describe, expect, test } from 'vitest';
import { compareSketch, levelSketch, sketchAt, sketchEpochs } from '../../../../src/core/lessons/sketch.ts';

test('a sketch has the first and the last epoch, and few points between', () => {
  expect(sketchEpochs(1)).toEqual([1]);
  expect(sketchEpochs(5)).toEqual([1, 2, 3, 4, 5]);
  expect(sketchEpochs(40)).toEqual([1, 7, 12, 18, 23, 29, 34, 40]);
  expect(levelSketch(3, 1.2)).toEqual([0.6, 0.6, 0.6]);
});

test('between its points it is straight', () => {
  const sketch = [0.8, 0.2, 0, 0, 0, 0, 0, 1];
  expect([1, 4, 7, 37, 40].map((epoch) => sketchAt(sketch, 40, epoch))).toEqual(
    [0.8, 0.5, 0.2, 0.5, 1].map((value) => expect.closeTo(value, 12)),
  );
  expect(sketchAt([0.3], 1, 1)).toBe(0.3);
});

describe('a sketch and what was measured, in one sentence', () => {
  test.each([
    [
      'another best epoch',
      [0.1, 0.5, 0.9],
      [0.1, 0.7, 0.6],
      'accuracy',
      'On average the two curves are 16.7 points apart: yours is best in epoch 3, the measured one in epoch 2, and at the end yours is at 90\u202f%, the measured one at 60\u202f%.',
    ],
    [
      'the same best epoch',
      [1, 0.5, 0.8],
      [1, 0.4, 0.5],
      'loss',
      'On average the two curves are 0.133 apart: both are best in epoch 2, and at the end yours is at 0.800, the measured one at 0.500.',
    ],
    ['nothing measured', [1], [], 'loss', ''],
    ['no number measured', [1], [Number.NaN], 'loss', ''],
  ] as const)('%s', (_name, sketch, measured, figure, sentence) =>
    expect(compareSketch(sketch, measured, figure)).toBe(sentence),
  );
});
