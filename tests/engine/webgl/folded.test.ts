import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { openGpu } from '../kernels/support.ts';
import { EVERY_KIND, graphFor, type Row, SMALL_RESIDUAL } from '../support/networks.ts';
import { byKernels, expectSameSteps, openProcessor, SGD } from '../support/webgl-runs.ts';

/** So small that batches of images, kernels and even the log of losses are folded. */
const SMALL = 500;

let small: ReturnType<typeof openGpu>;
let large: ReturnType<typeof openGpu>;
beforeAll(async () => {
  await openProcessor();
  [small, large] = [openGpu(SMALL), openGpu()];
});
afterAll(() => {
  expect(small.textures).toBe(0);
  for (const gpu of [small, large]) gpu.dispose();
});

/** All of its test set, too, has to fit into a texture. */
const FEW = { ...FASHION_MNIST, splits: { train: 60, test: 60 } };

const IMAGE_HEIGHT = 28;
const OUTPUT: Row = ['dense', { units: 10, activation: 'softmax' }];
const NETWORKS: Readonly<Record<string, readonly Row[]>> = {
  'every kind of layer': EVERY_KIND,
  'a residual network': SMALL_RESIDUAL,
  'a tall kernel': [['flatten'], ['dense', { units: 6, activation: 'tanh' }], OUTPUT],
  'a wide kernel, and a tall one': [
    ['averagePooling2d', { poolSize: 7, strides: 7 }],
    ['flatten'],
    ['dense', { units: 2100, activation: 'tanh', l2: 0.01 }],
    OUTPUT,
  ],
  'layers on rows': [
    ['conv2d', { filters: 5, strides: 2, padding: 'same' }],
    ['maxPooling2d'],
    ['depthwiseConv2d', { kernelSize: 2 }],
    ['layerNormalization'],
    ['patches', { patchSize: 2 }],
    ['positionEmbedding'],
    ['multiHeadAttention', { heads: 2, keySize: 3 }],
    ['flatten'],
    OUTPUT,
  ],
};

test.each(Object.entries(NETWORKS))('%s learns in folded textures as on the tape', (_name, rows) => {
  const graph = graphFor(FEW, ...rows);
  expectSameSteps(small, graph, SGD, 30);
  expectSameSteps(small, graph, { ...SGD, learningRate: 1, clipNorm: 0.05 }, 3, { steps: 1 });
});

test('what is folded has the same bits, and its weights can be read and written', () => {
  const graph = graphFor(FEW, ...EVERY_KIND);
  const moves = { ...SGD, optimizer: OPTIMIZERS.adam.defaults };
  const [folded, whole] = [small, large].map((gpu) => byKernels(gpu, graph, moves, 30, 4));
  expect(folded).toEqual(whole);
});

test('a batch of images that is taller than a texture of this device trains', () => {
  const rows: readonly Row[] = [['averagePooling2d', { poolSize: 4 }], ['flatten'], OUTPUT];
  const batch = Math.ceil((large.maxSize + 1) / IMAGE_HEIGHT);
  expectSameSteps(large, graphFor(FEW, ...rows), SGD, batch, { steps: 1 });
});
