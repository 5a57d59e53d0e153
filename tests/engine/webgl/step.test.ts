import { enableProdMode, setBackend, tidy } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at } from '../../../src/core/at.ts';
import type { Graph } from '../../../src/core/network/graph.ts';
import { isFrozen } from '../../../src/core/network/layers/registry.ts';
import { pcg4d } from '../../../src/core/pcg4d.ts';
import { OPTIMIZERS, type OptimizerSpec } from '../../../src/core/training/optimizers/registry.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { initialWeights } from '../../../src/engine/initial-weights.ts';
import { lossGradients } from '../../../src/engine/tape/loss.ts';
import { Model } from '../../../src/engine/tape/model.ts';
import { samplesFromBytes } from '../../../src/engine/tape/ops/batch-source.ts';
import { clipByNorm } from '../../../src/engine/tape/ops/clip-by-norm.ts';
import { createOptimizer } from '../../../src/engine/tape/ops/optimizer.ts';
import { NetworkWeights } from '../../../src/engine/tape/weights.ts';
import { answering } from '../../../src/engine/webgl/draw.ts';
import { DrawList } from '../../../src/engine/webgl/draw-list.ts';
import { drawnStep } from '../../../src/engine/webgl/drawn-step.ts';
import { LastingTextures, type Side } from '../../../src/engine/webgl/lasting-textures.ts';
import { REMEMBERED_STEPS } from '../../../src/engine/webgl/metrics-log.ts';
import { OrderTexture, SampleTexture } from '../../../src/engine/webgl/sample-texture.ts';
import { pairsOf } from '../../../src/engine/webgl/weight-pairs.ts';
import { expectClose, openGpu, tf } from '../kernels/support.ts';
import {
  EVERY_KIND,
  FROZEN,
  FROZEN_BASE,
  graphOf,
  type Row,
  SMALL_DENSE,
  SMALL_RESIDUAL,
} from '../support/networks.ts';
import { RECIPE } from '../support/training.ts';

const SEED = 7;
const IMAGES = 60;
const pixels = Uint8Array.from(
  { length: IMAGES * 784 },
  (_, i) => (pcg4d(i, 1, 2, 3)[0] >>> 24) * (i % 3 === 0 ? 1 : 0),
);
const labels = Uint8Array.from({ length: IMAGES }, (_, i) => pcg4d(i, 4, 5, 6)[0] % 10);
const order = Uint32Array.from({ length: IMAGES }, (_, i) => (i * 7) % IMAGES);

let gpu: ReturnType<typeof openGpu>;
beforeAll(async () => {
  enableProdMode();
  await setBackend('cpu');
  gpu = openGpu();
});
afterAll(() => gpu.dispose());

/** How the weights move. */
interface Moves {
  readonly optimizer: OptimizerSpec;
  readonly learningRate: number;
  readonly clipNorm: number | null;
}

const SGD: Moves = { optimizer: { kind: 'sgd' }, learningRate: 0.01, clipNorm: null };
const ADAM: Moves = { ...SGD, optimizer: OPTIMIZERS.adam.defaults };

interface Run {
  readonly losses: number[];
  readonly accuracies: number[];
  readonly weights: Float32Array[];
  readonly draws?: number;
}

function placesOf(step: number, batch: number): number[] {
  return Array.from({ length: batch }, (_, n) => order[(step * batch + n) % IMAGES] ?? 0);
}

/** The engine's tape on the processor. */
function byTape(graph: Graph, { optimizer, learningRate, clipNorm }: Moves, batch: number, steps: number): Run {
  const weights = new NetworkWeights(graph, SEED);
  const model = new Model(graph, weights);
  const moves = createOptimizer(optimizer, weights.trainable);
  const losses: number[] = [];
  const accuracies: number[] = [];
  for (let step = 0; step < steps; step++) {
    tidy(() => {
      const chosen = placesOf(step, batch);
      const bytes = Uint8Array.from(chosen.flatMap((i) => [...pixels.subarray(i * 784, i * 784 + 784)]));
      const classes = tf.tensor1d(
        Int32Array.from(chosen, (i) => labels[i] ?? 0),
        'int32',
      );
      const context = { training: true, seed: SEED, step };
      const answer = lossGradients(
        model,
        { samples: samplesFromBytes(FASHION_MNIST, bytes), labels: classes },
        context,
      );
      const gradients = clipNorm === null ? answer.gradients : clipByNorm(answer.gradients, clipNorm);
      moves.apply(gradients, { step, learningRate, weightDecay: 0 });
      losses.push(answer.loss.dataSync()[0] ?? Number.NaN);
      accuracies.push((answer.hits.dataSync()[0] ?? Number.NaN) / batch);
    });
  }
  const values = weights.all.map(({ variable }) => variable.dataSync<'float32'>().slice());
  weights.dispose();
  moves.dispose();
  return { losses, accuracies, weights: values };
}

/** The kernels. */
function byKernels(graph: Graph, { optimizer, learningRate, clipNorm }: Moves, batch: number, steps: number): Run {
  const recipe = { ...RECIPE, optimizer, clipNorm, batchSize: batch, trainingImages: IMAGES, seed: SEED };
  const drawn = drawnStep(graph, recipe, gpu);
  if (typeof drawn === 'string') throw new Error(drawn);
  const { step: recorded, draws } = drawn;
  const samples = new SampleTexture(gpu, FASHION_MNIST, IMAGES);
  samples.write(0, pixels, labels);
  const places = new OrderTexture(gpu, IMAGES);
  places.write(order);
  const lasting = new LastingTextures(gpu, pairsOf(recorded.operations));
  for (const [i, values] of initialWeights(graph, SEED).entries()) lasting.write(at(recorded.weights, i), values);
  const metrics = gpu.texture({ width: REMEMBERED_STEPS, height: 1, layers: 1 });
  const outside = { samples: samples.values, labels: samples.labels, order: places.texture, metrics };
  const list = new DrawList(gpu, draws, { lasting, outside });
  for (let step = 0; step < steps; step++) {
    const place = [(step * batch) % IMAGES, IMAGES] as const;
    list.run(sideOf(step), { ...answering(...place), step, learningRate, seed: SEED });
  }
  const logged = gpu.read(metrics);
  const weights = recorded.weights.map((buffer) => lasting.read(buffer, sideOf(steps)));
  for (const owner of [list, lasting, places, samples]) owner.dispose();
  gpu.free(metrics);
  return {
    losses: Array.from({ length: steps }, (_, s) => logged[4 * s] ?? Number.NaN),
    accuracies: Array.from({ length: steps }, (_, s) => logged[4 * s + 1] ?? Number.NaN),
    weights,
    draws: draws.length,
  };
}

function sideOf(step: number): Side {
  return step % 2 === 0 ? 0 : 1;
}

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
    const graph = graphOf(...rows);
    const [tape, ours] = [byTape(graph, SGD, batch, 3), byKernels(graph, SGD, batch, 3)];
    expectClose(ours.losses, tape.losses, 1e-5);
    expect(ours.accuracies.map((a) => Math.round(a * batch))).toEqual(
      tape.accuracies.map((a) => Math.round(a * batch)),
    );
    for (const [i, expected] of tape.weights.entries()) expectClose(ours.weights[i] ?? [], expected, 2e-5, 0.01);
  });

  test('clips the whole gradient as on the tape, to the length that was asked for', () => {
    const graph = graphOf(...rows);
    // Long steps along short gradients, so that what is left of them shows in the weights.
    const clipped: Moves = { ...SGD, learningRate: 10, clipNorm: 0.05 };
    const [start, tape, ours] = [
      byKernels(graph, clipped, 8, 0),
      byTape(graph, clipped, 8, 1),
      byKernels(graph, clipped, 8, 1),
    ];
    for (const [i, expected] of tape.weights.entries()) expectClose(ours.weights[i] ?? [], expected, 2e-5, 0.01);
    const trained = graph.nodes.flatMap(({ weights }) => weights.map(({ trainable }) => trainable));
    const moves = trained.flatMap((learns, i) =>
      learns ? Array.from(ours.weights[i] ?? [], (weight, j) => weight - (start.weights[i]?.[j] ?? 0)) : [],
    );
    expect(Math.hypot(...moves)).toBeCloseTo(0.5, 4);
  });
});

// Muon's matrices are left to the tape.
test.each(Object.values(OPTIMIZERS).filter(({ defaults }) => defaults.kind !== 'muon'))(
  '$title moves weights as on the tape',
  ({ defaults }) => {
    const graph = graphOf(...SMALL_DENSE);
    const moves: Moves = { ...SGD, optimizer: defaults };
    const [tape, ours] = [byTape(graph, moves, 16, 5), byKernels(graph, moves, 16, 5)];
    expectClose(ours.losses, tape.losses, 1e-4);
  },
);

test('a training step of the presets takes few draws', () => {
  const dense = graphOf(['flatten'], ['dense', { units: 512 }], ['dense', { units: 10, activation: 'softmax' }]);
  expect(byKernels(dense, ADAM, 32, 1).draws).toBeLessThanOrEqual(30);
});

test('clipping costs a draw for each layer with weights, and two', () => {
  const graph = graphOf(...SMALL_DENSE);
  const layers = graph.nodes.filter(({ weights }) => weights.length > 0).length;
  const [plain, clipped] = [null, 1].map(
    (clipNorm) => byKernels(graph, { ...ADAM, clipNorm }, 4, 1).draws ?? Number.NaN,
  );
  expect((clipped ?? 0) - (plain ?? 0)).toBe(layers + 2);
});

test('frozen weights stay as they were, bit for bit, and cost no draws', () => {
  const graph = graphOf(...FROZEN);
  const [start, end] = [byKernels(graph, ADAM, 8, 0), byKernels(graph, ADAM, 8, 5)];
  const owners = graph.nodes.flatMap(({ spec, weights }) => weights.map(({ name }) => ({ spec, name })));
  for (const [i, { spec, name }] of owners.entries()) {
    const isMoved = end.weights[i]?.some((weight, j) => weight !== start.weights[i]?.[j]);
    expect(isMoved, `${spec.id} ${name}`).toBe(!isFrozen(spec));
  }
  const thawed = FROZEN_BASE.map(([kind, options]): Row => [kind, { ...options, frozen: false }] as Row);
  const [few, many] = [FROZEN_BASE, thawed].map((rows) => byKernels(graphOf(...rows), ADAM, 4, 1).draws ?? Number.NaN);
  expect((many ?? 0) - (few ?? 0)).toBe(2 + 2 + 5 + 2);
});

test('a shortcut costs one draw forward and one back', () => {
  const inARow = SMALL_RESIDUAL.filter(([kind]) => kind !== 'add');
  const [residual, plain] = [SMALL_RESIDUAL, inARow].map(
    (rows) => byKernels(graphOf(...rows), ADAM, 4, 1).draws ?? Number.NaN,
  );
  expect((residual ?? 0) - (plain ?? 0)).toBe(2);
});

test.each([
  ['every kind of layer', EVERY_KIND],
  ['a residual network', SMALL_RESIDUAL],
])('the same seed gives the same bits in %s', (_name, rows) => {
  const graph = graphOf(...rows);
  const [first, second] = [1, 2].map(() => byKernels(graph, ADAM, 16, 6));
  expect(second).toEqual(first);
});

test('a list of draws leaves no texture behind', () => {
  const before = gpu.textures;
  for (const rows of [EVERY_KIND, SMALL_RESIDUAL]) byKernels(graphOf(...rows), ADAM, 4, 2);
  expect(gpu.textures).toBe(before);
});
