import { describe, test } from 'vitest';
import type { DatasetSpec } from '../../../src/core/dataset/spec.ts';
import type { Loss } from '../../../src/core/training/recipe.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { numberFields } from '../../support/number-fields.ts';
import { graphFor, type Row } from '../support/networks.ts';
import { expectSameSteps, SGD, sharedGpu } from '../support/webgl-runs.ts';

const gpu = sharedGpu();

const TABLE: DatasetSpec = {
  ...FASHION_MNIST,
  samples: {
    kind: 'table',
    fields: numberFields('a', 'b', 'c', 'd', 'e', 'f'),
    answer: 'g',
    storage: 'float32',
    scale: 1,
  },
  classes: ['no', 'yes'],
};
const IMAGES: DatasetSpec = {
  ...FASHION_MNIST,
  samples: { kind: 'image', height: 9, width: 7, channels: 3, storage: 'float32', scale: 2 },
  classes: ['no', 'yes'],
};
const UNIT: Row = ['dense', { units: 1, activation: 'sigmoid' }];

describe('one output for two classes', () => {
  test.each<readonly [Loss, number]>([
    ['binaryCrossentropy', 0],
    ['binaryCrossentropy', 0.2],
    ['meanSquaredError', 0.1],
  ])('learns by %s, smoothed by %f, as on the tape', (loss, labelSmoothing) => {
    const bytes: DatasetSpec = { ...FASHION_MNIST, classes: ['no', 'yes'] };
    const graph = graphFor(bytes, ['flatten'], ['dense', { units: 5, activation: 'tanh', l2: 0.01 }], UNIT);
    for (const batch of [8, 1, 13]) expectSameSteps(gpu(), graph, { ...SGD, spec: { loss, labelSmoothing } }, batch);
  });
});

describe('samples that are stored as floats', () => {
  test('are rows of a table, with one output or two', () => {
    const spec = { loss: 'binaryCrossentropy', labelSmoothing: 0 } as const;
    expectSameSteps(gpu(), graphFor(TABLE, UNIT), { ...SGD, spec, learningRate: 1 }, 13);
    const two: Row = ['dense', { units: 2, activation: 'softmax' }];
    expectSameSteps(gpu(), graphFor(TABLE, ['batchNormalization'], ['dense', { units: 7 }], two), SGD, 8);
  });

  test('are images, divided by the scale', () => {
    const two: Row = ['dense', { units: 2, activation: 'softmax' }];
    expectSameSteps(gpu(), graphFor(IMAGES, ['conv2d', { filters: 5 }], ['flatten'], two), SGD, 8);
    expectSameSteps(gpu(), graphFor(IMAGES, ['flatten'], ['dense', { units: 7 }], two), SGD, 8);
  });
});
