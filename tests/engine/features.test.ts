import { beforeAll, describe, expect, test } from 'vitest';
import { lastHidden } from '../../src/core/explaining/hidden-layer.ts';
import type { Graph } from '../../src/core/network/graph.ts';
import type { Backend } from '../../src/core/training/backend.ts';
import type { Engine, Predictor } from '../../src/engine/engine.ts';
import { softmaxRows } from '../../src/engine/scores.ts';
import { graphOf, type Row, SMALL_DENSE, SMALL_RESIDUAL } from './support/networks.ts';
import { continueCurve, RECIPE, startEngine, UNWATCHED } from './support/training.ts';
import { expectClose } from './support/values.ts';

const OUTPUT: Row = ['dense', { units: 10, activation: 'softmax' }];

/** Networks whose last hidden layer lies in the textures of a plan in every way that there is. */
const NETWORKS: readonly (readonly [name: string, rows: readonly Row[]])[] = [
  ['a dense layer', SMALL_DENSE],
  ['means of channels', SMALL_RESIDUAL],
  [
    'a convolution behind Flatten and Dropout',
    [['conv2d', { filters: 6, strides: 2 }], ['flatten'], ['dropout'], OUTPUT],
  ],
  ['a pooling', [['conv2d', { filters: 5 }], ['maxPooling2d'], ['flatten'], OUTPUT]],
  [
    'an activation behind a normalisation',
    [
      ['flatten'],
      ['dense', { units: 9, activation: 'linear' }],
      ['batchNormalization'],
      ['activation', { activation: 'elu' }],
      OUTPUT,
    ],
  ],
  // Beyond the kernels: on WebGL it is answered by the tape.
  ['a recurrent layer', [['reshape', { targetShape: [28, 28] }], ['gru', { units: 5 }], OUTPUT]],
  ['the pixels', [['flatten'], OUTPUT]],
];

/** Weights of a little training on the processor, the same for every backend. */
const trained = new Map<string, readonly Float32Array<ArrayBuffer>[]>();
/** Features of the same images on the processor by JavaScript. */
const expected = new Map<string, Float32Array>();
let pixels: Uint8Array;

/** 103 images: more than go through the network at once. */
const places = Uint32Array.from({ length: 103 }, (_, i) => i);

beforeAll(async () => {
  const engine = await startEngine('cpu');
  for (const [name, rows] of NETWORKS) {
    const graph = graphOf(...rows);
    const trainer = await engine.createTrainer(graph, { ...RECIPE, trainingImages: 1000, batchSize: 20 });
    await continueCurve(trainer, 2);
    pixels = engine.samples('train', places);
    trained.set(name, await trainer.readWeights());
    expected.set(name, await trainer.features(pixels));
    trainer.dispose();
  }
});

/** The network's probabilities, worked out here from what enters its output layer: a dense layer of 10. */
function byOutputLayer(features: Float32Array, width: number, weights: readonly Float32Array[]): Float32Array {
  const [kernel = new Float32Array(), bias = new Float32Array()] = weights.slice(-2);
  const logits = Float32Array.from({ length: (features.length / width) * 10 }, (_, at) => {
    const [image, c] = [Math.floor(at / 10), at % 10];
    const row = features.subarray(image * width, (image + 1) * width);
    return row.reduce((sum, value, i) => sum + value * (kernel[i * 10 + c] ?? Number.NaN), bias[c] ?? Number.NaN);
  });
  return softmaxRows(logits, 10);
}

describe.each<Backend>(['webgl', 'wasm', 'cpu'])('on %s', (backend) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await startEngine(backend);
  });

  async function withPredictor(name: string, graph: Graph, body: (network: Predictor) => Promise<void>) {
    const before = engine.memory();
    const network = await engine.createPredictor(graph, trained.get(name) ?? []);
    await body(network);
    network.dispose();
    expect(engine.memory().tensors).toBe(before.tensors);
  }

  test.each(NETWORKS)('%s gives the features that it gives by JavaScript', async (name, rows) => {
    await withPredictor(name, graphOf(...rows), async (network) => {
      expectClose(await network.features(pixels), expected.get(name) ?? []);
    });
  });

  test.each(NETWORKS)('the output layer makes of the features of %s what the network predicts', async (name, rows) => {
    const graph = graphOf(...rows);
    await withPredictor(name, graph, async (network) => {
      const answers = byOutputLayer(await network.features(pixels), lastHidden(graph).width, trained.get(name) ?? []);
      expectClose(answers, await network.predict(pixels));
    });
  });

  test('one image has the features that it has among others', async () => {
    const [name, rows] = NETWORKS[0] ?? ['', []];
    await withPredictor(name, graphOf(...rows), async (network) => {
      const alone = await network.features(pixels.subarray(3 * 784, 4 * 784));
      expectClose(alone, (expected.get(name) ?? new Float32Array()).subarray(3 * 16, 4 * 16));
    });
  });

  test('an index finds the training images whose features are nearest', async () => {
    const [name, rows] = NETWORKS[0] ?? ['', []];
    const graph = graphOf(...rows);
    // Its first step waits for the first images.
    const trainer = await engine.createTrainer(graph, { ...RECIPE, trainingImages: 1000 });
    await continueCurve(trainer, 1);
    trainer.dispose();
    await withPredictor(name, graph, async (network) => {
      const index = engine.createIndex(graph, network);
      const query = engine.samples('train', Uint32Array.of(17));
      const found = await index.nearest(query, 4, UNWATCHED);
      const [wanted, others] = [
        await network.features(query),
        await network.features(engine.samples('train', found.indices)),
      ];
      const byHand = Array.from({ length: 4 }, (_, i) => {
        const square = wanted.reduce((sum, value, j) => sum + (value - (others[i * 16 + j] ?? Number.NaN)) ** 2, 0);
        return Math.sqrt(square / 16);
      });
      expect([found.indices[0], found.searched % 1000]).toEqual([17, 0]);
      expectClose(found.distances, byHand);
      expect(found.distances).toEqual(found.distances.toSorted());
    });
  });

  test('a network in training has those of its newest weights', async () => {
    const graph = graphOf(...SMALL_RESIDUAL);
    const trainer = await engine.createTrainer(graph, { ...RECIPE, trainingImages: 1000, batchSize: 20 });
    await continueCurve(trainer, 3);
    const still = await engine.createPredictor(graph, await trainer.readWeights());
    expectClose(await trainer.features(pixels), await still.features(pixels));
    await continueCurve(trainer, 1);
    const later = await trainer.features(pixels);
    expect(later).not.toEqual(await still.features(pixels));
    still.dispose();
    trainer.dispose();
  });
});
