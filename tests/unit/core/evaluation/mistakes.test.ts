import { expect, test } from 'vitest';
import { answersOf, filtered, sorted } from '../../../../src/core/evaluation/mistakes.ts';
import { evaluationOf } from '../support/evaluation.ts';

const answers = answersOf(
  evaluationOf([
    [6, 0, 0.75],
    [6, 6, 0.5],
    [6, 0, 0.9375],
    [4, 4, 0.875],
    [0, 6, 0.25],
    [6, 0, 0.75],
  ]),
);
const places = (list: readonly { index: number }[]) => list.map(({ index }) => index);

test('an answer names the image by its place in the data set', () => {
  expect(answers[2]).toEqual({ index: 102, row: 2, label: 6, predicted: 0, confidence: 0.9375 });
});

test('a cell of the matrix opens all of its images, the most confident first', () => {
  const cell = sorted(filtered(answers, { label: 6, predicted: 0 }), 'mostConfident');
  expect(places(cell)).toEqual([102, 100, 105]);
});

test('filters let through what they name, and both ends of a range of confidence', () => {
  expect(places(filtered(answers, {}))).toEqual([100, 101, 102, 103, 104, 105]);
  expect(places(filtered(answers, { outcome: 'right' }))).toEqual([101, 103]);
  expect(places(filtered(answers, { predicted: 0 }))).toEqual([100, 102, 105]);
  expect(places(filtered(answers, { confidence: [0.5, 0.75] }))).toEqual([100, 101, 105]);
});

test('the most confident errors and the least confident hits come first', () => {
  expect(places(sorted(filtered(answers, { outcome: 'wrong' }), 'mostConfident'))).toEqual([102, 100, 105, 104]);
  expect(places(sorted(filtered(answers, { outcome: 'right' }), 'leastConfident'))).toEqual([101, 103]);
  expect(places(sorted(answers, 'index'))).toEqual([100, 101, 102, 103, 104, 105]);
});
