import { expect, test } from 'vitest';
import { sizeOf } from '../../../src/core/network/shape.ts';
import { graphOf, trainingFlops } from '../../bench/cases.ts';

test.each([
  ['A', 407_050],
  ['B', 542_230],
  ['C', 584_170],
])('case %s has %i parameters', (name, parameters) => {
  const weights = graphOf(name).nodes.flatMap((node) => node.weights);
  expect(weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(parameters);
});

test('case R is residual, with batch normalisation', () => {
  const kinds = new Set(graphOf('R').nodes.map(({ spec }) => spec.kind));
  expect([...kinds]).toEqual(expect.arrayContaining(['add', 'batchNormalization', 'conv2d']));
});

test('a case that does not exist is named', () => {
  expect(() => graphOf('Q')).toThrow('There is no case Q.');
});

test('a step costs three products a layer, and two for the first, whose input needs no gradient', () => {
  expect(trainingFlops(graphOf('A'))).toBe(2 * (2 * 784 * 512) + 3 * (2 * 512 * 10));
});
