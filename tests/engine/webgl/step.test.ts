import { describe, expect, test } from 'vitest';
import { isFrozen } from '../../../src/core/network/layers/registry.ts';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import { expectClose } from '../kernels/support.ts';
import {
  EVERY_KIND,
  FROZEN,
  FROZEN_BASE,
  graphOf,
  type Row,
  SMALL_DENSE,
  SMALL_RESIDUAL,
} from '../support/networks.ts';
import { ADAM, byKernels, byTape, expectSameSteps, type Moves, SGD, sharedGpu } from '../support/webgl-runs.ts';

const gpu = sharedGpu();

const NETWORKS: Readonly<Record<string, readonly Row[]>> = {
  'a dense network': SMALL_DENSE,
  'every kind of layer': EVERY_KIND,
  'Ciutacu in small': [
    ['conv2d', { filters: 8, kernelInitializer: 'heUniform' }],
    ['maxPooling2d'],
    ['flatten'],
    ['dense', { units: 20, kernelInitializer: 'heUniform' }],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  'two convolutions, a stride, a pool and odd channels': [
    ['conv2d', { filters: 6, padding: 'same', activation: 'tanh' }],
    ['conv2d', { filters: 5, strides: 2, activation: 'elu', l2: 0.01 }],
    ['batchNormalization', { momentum: 0.9 }],
    ['maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' }],
    ['flatten'],
    ['dropout', { rate: 0.3 }],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  'normalised features of an image': [
    ['conv2d', { filters: 4, strides: 3, activation: 'linear' }],
    ['batchNormalization', { scale: false }],
    ['flatten'],
    ['batchNormalization', { center: false }],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  'activations that stand alone': [
    ['conv2d', { filters: 4, strides: 3, activation: 'gelu' }],
    ['activation', { activation: 'sigmoid' }],
    ['flatten'],

    ['dense', { units: 7, activation: 'swish', useBias: false }],
    ['activation', { activation: 'leakyRelu' }],
    ['dense', { units: 10, activation: 'linear' }],
    ['activation', { activation: 'softmax' }],
  ],
  'a residual block, and one with a projection': [
    ['conv2d', { filters: 4, strides: 2, padding: 'same', activation: 'linear', useBias: false }],
    ['batchNormalization'],
    ['activation', { activation: 'relu' }],
    ['conv2d', { filters: 4, padding: 'same', activation: 'linear', useBias: false }],
    ['batchNormalization'],
    ['add', { from: 'activation-2' }],
    ['activation', { activation: 'relu' }],
    ['conv2d', { filters: 6, strides: 2, padding: 'same', activation: 'linear', useBias: false }],
    ['batchNormalization'],
    ['branch', { from: 'activation-6' }],
    ['conv2d', { filters: 6, kernelSize: 1, strides: 2, padding: 'same', activation: 'linear', useBias: false }],
    ['batchNormalization'],
    ['add', { from: 'batchNormalization-8' }],
    ['activation', { activation: 'relu' }],
    ['globalAveragePooling2d'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  'sums of whatever there is, read by several': [
    ['conv2d', { filters: 5, strides: 4, padding: 'same', activation: 'tanh' }],
    ['add', { from: 'conv2d-0' }],
    ['activation', { activation: 'sigmoid' }],
    ['conv2d', { filters: 5, padding: 'same', activation: 'elu' }],
    ['add', { from: 'activation-2' }],
    ['add', { from: 'conv2d-0' }],
    ['activation', { activation: 'gelu' }],
    ['averagePooling2d', { poolSize: 3, strides: 2, padding: 'same' }],
    ['branch', { from: 'activation-2' }],
    ['maxPooling2d', { poolSize: 2, strides: 2, padding: 'same' }],
    ['add', { from: 'averagePooling2d-7' }],
    ['flatten'],
    ['activation', { activation: 'tanh' }],
    ['branch', { from: 'flatten-11' }],
    ['dropout', { rate: 0.3 }],
    ['add', { from: 'activation-12' }],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  'channels side by side, in fours and not, and whole ones dropped': [
    ['conv2d', { filters: 8, strides: 2, activation: 'relu' }],
    ['spatialDropout2d', { rate: 0.3 }],
    ['branch', { from: 'input' }],
    ['conv2d', { filters: 4, strides: 2, activation: 'tanh' }],
    ['concatenate', { from: 'spatialDropout2d-1' }],
    ['averagePooling2d', { poolSize: 2 }],
    ['branch', { from: 'conv2d-3' }],
    ['maxPooling2d', { poolSize: 2 }],
    ['spatialDropout2d', { rate: 0.2 }],
    ['conv2d', { filters: 3, kernelSize: 1 }],
    ['concatenate', { from: 'averagePooling2d-5' }],
    ['flatten'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  'each place normalised by itself': [
    ['conv2d', { filters: 6, strides: 2, activation: 'relu' }],
    ['maxPooling2d'],
    ['layerNormalization'],
    ['conv2d', { filters: 8, activation: 'linear' }],
    ['layerNormalization', { center: false }],
    ['activation', { activation: 'relu' }],
    ['flatten'],
    ['dense', { units: 7 }],
    ['layerNormalization', { scale: false }],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  'rows of an image as a sequence, with a softmax in between': [
    ['reshape', { targetShape: [28, 28] }],
    ['dense', { units: 6, activation: 'softmax' }],
    ['positionEmbedding'],
    ['layerNormalization'],
    ['globalAveragePooling1d'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  'filters of their own for each channel': [
    ['conv2d', { filters: 6, strides: 2, activation: 'relu' }],
    ['depthwiseConv2d', { kernelSize: 3, padding: 'same', depthMultiplier: 1, activation: 'relu' }],
    ['depthwiseConv2d', { kernelSize: 3, strides: 2, depthMultiplier: 2, useBias: false }],
    ['separableConv2d', { filters: 5, padding: 'same', activation: 'tanh' }],
    ['flatten'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  'a small vision transformer': [
    ['patches', { patchSize: 7 }],
    ['dense', { units: 12 }],
    ['positionEmbedding'],
    ['layerNormalization'],
    ['multiHeadAttention', { heads: 3, keySize: 4 }],
    ['add', { from: 'positionEmbedding-2' }],
    ['multiHeadAttention', { heads: 2, keySize: 5, dropout: 0.2 }],
    ['globalAveragePooling1d'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  'frozen layers among trained ones': FROZEN,
  'a head on frozen layers': FROZEN_BASE,
  'shortcuts from the input': [
    ['conv2d', { filters: 1, padding: 'same', activation: 'relu' }],
    ['add', { from: 'input' }],
    ['averagePooling2d', { poolSize: 4, strides: 4 }],
    ['branch', { from: 'input' }],
    ['averagePooling2d', { poolSize: 4, strides: 4 }],
    ['add', { from: 'averagePooling2d-2' }],
    ['flatten'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
};

describe.each(Object.entries(NETWORKS))('%s', (_name, rows) => {
  test.each([8, 1, 13])('learns as on the tape, at batch %i', (batch) => {
    expectSameSteps(gpu(), graphOf(...rows), SGD, batch);
  });

  test('clips the whole gradient as on the tape, to the length that was asked for', () => {
    const graph = graphOf(...rows);
    // Long steps along short gradients, so that what is left of them shows in the weights.
    const clipped: Moves = { ...SGD, learningRate: 10, clipNorm: 0.05 };
    const [start, tape, ours] = [
      byKernels(gpu(), graph, clipped, 8, 0),
      byTape(graph, clipped, 8, 1),
      byKernels(gpu(), graph, clipped, 8, 1),
    ];
    for (const [i, expected] of tape.weights.entries()) expectClose(ours.weights[i] ?? [], expected, 2e-5, 0.01);
    const trained = graph.nodes.flatMap(({ weights }) => weights.map(({ trainable }) => trainable));
    const moves = trained.flatMap((learns, i) =>
      learns ? Array.from(ours.weights[i] ?? [], (weight, j) => weight - (start.weights[i]?.[j] ?? 0)) : [],
    );
    expect(Math.hypot(...moves)).toBeCloseTo(0.5, 4);
  });
});

test.each(Object.values(OPTIMIZERS))('$title moves weights as on the tape', ({ defaults }) => {
  const graph = graphOf(...SMALL_DENSE);
  const moves: Moves = { ...SGD, optimizer: defaults };
  const [tape, ours] = [byTape(graph, moves, 16, 5), byKernels(gpu(), graph, moves, 16, 5)];
  expectClose(ours.losses, tape.losses, 1e-4);
});

test.each([
  { kernelSize: 11, filters: 4 },
  { kernelSize: 12, filters: 4 },
  { kernelSize: 18, filters: 6, strides: 2 },
  { kernelSize: 33, filters: 5 },
])('a window of $kernelSize pixels learns as on the tape', (options) => {
  const conv: Row = ['conv2d', { ...options, padding: 'same', activation: 'tanh' }];
  const rows: readonly Row[] = [['averagePooling2d', { poolSize: 2 }], conv, conv, ['globalAveragePooling2d']];
  expectSameSteps(gpu(), graphOf(...rows, ['dense', { units: 10, activation: 'softmax' }]), SGD, 4, { steps: 1 });
});

test('more penalties than a shader has samplers are part of the loss', () => {
  const many = Array.from({ length: 17 }, (): Row => ['dense', { units: 4, activation: 'tanh', l2: 0.1 }]);
  const rows: readonly Row[] = [['averagePooling2d', { poolSize: 7 }], ['flatten'], ...many];
  expectSameSteps(gpu(), graphOf(...rows, ['dense', { units: 10, activation: 'softmax' }]), SGD, 4);
});

test('a training step of the presets takes few draws', () => {
  const dense = graphOf(['flatten'], ['dense', { units: 512 }], ['dense', { units: 10, activation: 'softmax' }]);
  expect(byKernels(gpu(), dense, ADAM, 32, 1).draws).toBeLessThanOrEqual(30);
});

test('clipping costs a draw for each layer with weights, and two', () => {
  const graph = graphOf(...SMALL_DENSE);
  const layers = graph.nodes.filter(({ weights }) => weights.length > 0).length;
  const [plain, clipped] = [null, 1].map(
    (clipNorm) => byKernels(gpu(), graph, { ...ADAM, clipNorm }, 4, 1).draws ?? Number.NaN,
  );
  expect((clipped ?? 0) - (plain ?? 0)).toBe(layers + 2);
});

test('frozen weights stay as they were, bit for bit, and cost no draws', () => {
  const graph = graphOf(...FROZEN);
  const [start, end] = [byKernels(gpu(), graph, ADAM, 8, 0), byKernels(gpu(), graph, ADAM, 8, 5)];
  const owners = graph.nodes.flatMap(({ spec, weights }) => weights.map(({ name }) => ({ spec, name })));
  for (const [i, { spec, name }] of owners.entries()) {
    const isMoved = end.weights[i]?.some((weight, j) => weight !== start.weights[i]?.[j]);
    expect(isMoved, `${spec.id} ${name}`).toBe(!isFrozen(spec));
  }
  const thawed = FROZEN_BASE.map(([kind, options]): Row => [kind, { ...options, frozen: false }] as Row);
  const [few, many] = [FROZEN_BASE, thawed].map(
    (rows) => byKernels(gpu(), graphOf(...rows), ADAM, 4, 1).draws ?? Number.NaN,
  );
  expect((many ?? 0) - (few ?? 0)).toBe(2 + 2 + 5 + 2);
});

test('a shortcut costs one draw forward and one back', () => {
  const inARow = SMALL_RESIDUAL.filter(([kind]) => kind !== 'add');
  const [residual, plain] = [SMALL_RESIDUAL, inARow].map(
    (rows) => byKernels(gpu(), graphOf(...rows), ADAM, 4, 1).draws ?? Number.NaN,
  );
  expect((residual ?? 0) - (plain ?? 0)).toBe(2);
});

test.each([
  ['every kind of layer', EVERY_KIND],
  ['a residual network', SMALL_RESIDUAL],
])('the same seed gives the same bits in %s', (_name, rows) => {
  const graph = graphOf(...rows);
  const [first, second] = [1, 2].map(() => byKernels(gpu(), graph, ADAM, 16, 6));
  expect(second).toEqual(first);
});

test('a list of draws leaves no texture behind', () => {
  const before = gpu().textures;
  for (const rows of [EVERY_KIND, SMALL_RESIDUAL]) byKernels(gpu(), graphOf(...rows), ADAM, 4, 2);
  expect(gpu().textures).toBe(before);
});
