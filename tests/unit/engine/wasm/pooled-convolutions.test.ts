import { expect, test } from 'vitest';
import { defaultRecipe } from '../../../../src/core/training/recipe.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { lengthOf } from '../../../../src/engine/step/buffer.ts';
import { planMemory } from '../../../../src/engine/step/plan-memory.ts';
import { recordAnswer, recordStep, weightBuffers } from '../../../../src/engine/step/record-step.ts';
import { pooledConvolutions } from '../../../../src/engine/wasm/step/pooled-convolutions.ts';
import { graphOf, type Row } from '../../../engine/support/networks.ts';

const DENSE: readonly Row[] = [['flatten'], ['dense', { units: 10, activation: 'softmax' }]];
const CONVOLUTION: Row = ['conv2d', { filters: 8, activation: 'relu' }];
const RECIPE = { ...defaultRecipe(FASHION_MNIST), batchSize: 2 };

function stepOf(...rows: readonly Row[]) {
  return recordStep(graphOf(...rows, ...DENSE), RECIPE).operations;
}

/** The names of what takes the place of a network's operations on images. */
function namesOf(...rows: readonly Row[]): readonly string[] {
  const names = pooledConvolutions(stepOf(...rows)).map(({ name }) => name);
  return names.filter((name) => /conv2d|pool/iu.test(name));
}

test('a first convolution is done together with the max pooling behind it, forward and backward', () => {
  expect(namesOf(CONVOLUTION, ['maxPooling2d'])).toEqual(['pooledConv2d', 'pooledConv2dKernelGradient']);
  expect(namesOf(['conv2d', { filters: 8, activation: 'linear', useBias: false }], ['maxPooling2d'])).toEqual([
    'pooledConv2d',
    'pooledConv2dKernelGradient',
  ]);
});

test('the gradient of its bias is the sum over the largest values', () => {
  const sums = pooledConvolutions(stepOf(CONVOLUTION, ['maxPooling2d'])).filter(({ name }) => name === 'columnSums');
  expect(sums).toContainEqual(expect.objectContaining({ attributes: { rows: 2 * 13 * 13, columns: 8 } }));
});

test('what all pixels of a convolution gave takes no memory', () => {
  const operations = stepOf(CONVOLUTION, ['maxPooling2d']);
  const full = 2 * 26 * 26 * 8;
  const lengths = (list: Parameters<typeof planMemory>[0]) => [...planMemory(list).lifetimes.keys()].map(lengthOf);
  expect(lengths(operations)).toContain(full);
  expect(lengths(pooledConvolutions(operations))).not.toContain(full);
});

test('a frozen convolution keeps no argmax', () => {
  const frozen: Row = ['conv2d', { filters: 8, activation: 'relu', frozen: true }];
  const [pooled] = pooledConvolutions(stepOf(frozen, ['maxPooling2d'])).filter(({ name }) => name === 'pooledConv2d');
  expect(pooled?.outputs).toMatchObject({ argmax: null });
  expect(namesOf(frozen, ['maxPooling2d'])).toEqual(['pooledConv2d']);
});

test('a convolution stays by itself where another layer reads it, comes between, or wants its gradient', () => {
  const apart = ['conv2d', 'maxPool', 'maxPoolGradient', 'conv2dKernelGradient'];
  expect(namesOf(CONVOLUTION, ['batchNormalization'], ['maxPooling2d'])).toEqual(apart);
  expect(namesOf(['conv2d', { filters: 8, activation: 'tanh' }], ['maxPooling2d'])).toEqual(apart);
  expect(namesOf(['conv2d', { filters: 12, activation: 'relu' }], ['maxPooling2d'])).toEqual(apart);
  const second = namesOf(['conv2d', { filters: 3, strides: 2 }], ['conv2d', { filters: 8 }], ['maxPooling2d']);
  expect(second).toContain('maxPoolGradient');
  expect(second).not.toContain('pooledConv2d');
  const twice: readonly Row[] = [['maxPooling2d'], ['branch', { from: 'conv2d-0' }], ['maxPooling2d']];
  const branched = namesOf(CONVOLUTION, ...twice, ['add', { from: 'maxPooling2d-1' }]);
  expect(branched).not.toContain('pooledConv2d');
});

test('a question is answered so too, but for one about the convolution itself', () => {
  const graph = graphOf(CONVOLUTION, ['maxPooling2d'], ...DENSE);
  const answered = (position: number) => {
    const { operations, output } = recordAnswer(graph, weightBuffers(graph), { batch: 1, position });
    return pooledConvolutions(operations, output).map(({ name }) => name);
  };
  expect(answered(3)).toContain('pooledConv2d');
  expect(answered(1)).toContain('pooledConv2d');
  expect(answered(0)).toEqual(['gather', 'conv2d']);
});
