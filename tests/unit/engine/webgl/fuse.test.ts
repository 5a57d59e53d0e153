import { expect, test } from 'vitest';
import { defaultRecipe } from '../../../../src/core/training/recipe.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import type { Buffer } from '../../../../src/engine/step/buffer.ts';
import type { Operation } from '../../../../src/engine/step/operation.ts';
import { recordAnswer, recordStep, weightBuffers } from '../../../../src/engine/step/record-step.ts';
import { drawnStep } from '../../../../src/engine/webgl/drawn-step.ts';
import { fuse, operationsIn } from '../../../../src/engine/webgl/fuse.ts';
import { graphOf, type Row } from '../../../engine/support/networks.ts';

const RECIPE = defaultRecipe(FASHION_MNIST);

/** The names of what is carried out together, task by task. */
function tasksOf(operations: readonly Operation[], kept: Buffer | null = null): readonly string[] {
  return fuse(operations, kept).map((task) =>
    operationsIn(task)
      .map(({ name }) => name)
      .join(' + '),
  );
}

function stepOf(rows: readonly Row[], change: Partial<typeof RECIPE> = {}): readonly string[] {
  return tasksOf(recordStep(graphOf(...rows), { ...RECIPE, ...change }).operations);
}

const CONVOLUTIONAL: readonly Row[] = [
  ['conv2d', { filters: 4, activation: 'relu' }],
  ['maxPooling2d'],
  ['flatten'],
  ['dense', { units: 8, activation: 'tanh', l2: 0.01 }],
  ['dense', { units: 10, activation: 'softmax' }],
];

test('biases, functions, slopes, penalties and updates are carried out along with their neighbours', () => {
  expect(stepOf(CONVOLUTIONAL)).toEqual([
    'gather + augment',
    'conv2d',
    'maxPool',
    'dense + activate',
    'dense',
    'loss + penalty',
    'denseInputGradient + activateGradient',
    'denseKernelGradient + columnSums',
    'update + update',
    // The slope of the convolution's function comes before the pooling, and so along with the product.
    'denseInputGradient + activateGradient',
    'denseKernelGradient + columnSums + penaltyGradient + add',
    'update + update',
    'maxPoolGradient',
    'conv2dKernelGradient + columnSums',
    'update + update',
  ]);
});

test('where gradients are clipped, updates wait for all of them', () => {
  const clipped = stepOf(CONVOLUTIONAL, { clipNorm: 1 });
  expect(clipped.slice(-4)).toEqual(['clip', 'update + update', 'update + update', 'update + update']);
});

test('moving statistics follow along, and a sum of many takes one draw', () => {
  const rows: readonly Row[] = [
    ['conv2d', { filters: 4, activation: 'linear', useBias: false }],
    ['batchNormalization'],
    ['activation', { activation: 'relu' }],
    ['add', { from: 'conv2d-0' }],
    ['add', { from: 'conv2d-0' }],
    ['flatten'],
    ['dense', { units: 10, activation: 'softmax' }],
  ];
  expect(stepOf(rows)).toEqual([
    'gather + augment',
    'conv2d',
    'normalizeByBatch + follow + follow + activate',
    'add + add',
    'dense',
    'loss',
    'denseInputGradient',
    'denseKernelGradient + columnSums',
    'update + update',
    'activateGradient',
    'normalizeByBatchGradient',
    'update + update',
    'add + add',
    'conv2dKernelGradient',
    'update',
  ]);
});

test('what several read, or what is asked for, is not taken up by one of them', () => {
  const rows: readonly Row[] = [
    ['conv2d', { filters: 4, activation: 'linear' }],
    ['activation', { activation: 'tanh' }],
    ['add', { from: 'conv2d-0' }],
    ['flatten'],
    ['dense', { units: 10, activation: 'softmax' }],
  ];
  expect(stepOf(rows).slice(1, 4)).toEqual(['conv2d', 'activate', 'add']);
  const graph = graphOf(...rows);
  const { operations } = recordAnswer(graph, weightBuffers(graph), { batch: 2, position: 4 });
  const [conv] = operations.filter(({ name }) => name === 'conv2d');
  const fused = recordAnswer(graphOf(...rows.slice(0, 2), ...rows.slice(3)), [], { batch: 2, position: 1 });
  expect(conv).toBeDefined();
  expect(tasksOf(fused.operations)).toEqual(['gather', 'conv2d + activate']);
  const sums = fused.operations.find((operation) => operation.name === 'conv2d')?.outputs.y ?? null;
  expect(tasksOf(fused.operations, sums)).toEqual(['gather', 'conv2d', 'activate']);
});

test('sums of more values than a shader has samplers take a draw for each fifteen', () => {
  const many = Array.from({ length: 20 }, (): Row => ['add', { from: 'conv2d-0' }]);
  const rows: readonly Row[] = [
    ['conv2d', { filters: 1 }],
    ...many,
    ['flatten'],
    ['dense', { units: 10, activation: 'softmax' }],
  ];
  const drawn = drawnStep(graphOf(...rows), RECIPE, { maxTargets: 8, maxSize: 8192 });
  if (typeof drawn === 'string') throw new Error(drawn);
  const summands = drawn.draws
    .filter(({ kernel }) => kernel.name === 'sum')
    .map(({ reads }) => Object.keys(reads).length);
  // The last one also reads the value whose slope it multiplies in.
  expect(summands).toEqual([7, 15, 7, 16]);
});
