import { beforeAll, describe, expect, test } from 'vitest';
import { sizeOf } from '../../src/core/network/shape.ts';
import type { Backend } from '../../src/core/training/backend.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { softmaxRows } from '../../src/engine/scores.ts';
import { EVERY_KIND, graphOf, type Row, SMALL_DENSE, SMALL_RESIDUAL } from './support/networks.ts';
import { continueCurve, RECIPE, startEngine } from './support/training.ts';
import { expectClose } from './support/values.ts';

/** Networks whose layers lie in the textures of a plan in every way that there is, fused activations and all. */
const NETWORKS: readonly (readonly [name: string, rows: readonly Row[]])[] = [
  ['dense layers', SMALL_DENSE],
  ['an activation of its own behind a normalisation', EVERY_KIND],
  ['a shortcut', SMALL_RESIDUAL],
  [
    'odd sizes',
    [
      ['conv2d', { filters: 6, kernelSize: 3, activation: 'tanh' }],
      ['averagePooling2d'],
      ['conv2d', { filters: 5, kernelSize: 3, strides: 2, activation: 'linear' }],
      ['activation', { activation: 'relu' }],
      ['flatten'],
      ['dropout'],
      ['dense', { units: 7, activation: 'gelu' }],
      ['dense', { units: 10, activation: 'softmax' }],
    ],
  ],
];

const pixelsOf = (engine: Engine) => engine.samples('train', Uint32Array.of(3, 4, 5));

/** Weights of a little training on the processor, and what each layer gives for three images there by JavaScript. */
const trained = new Map<string, readonly Float32Array<ArrayBuffer>[]>();
const expected = new Map<string, readonly Float32Array[]>();

beforeAll(async () => {
  const engine = await startEngine('cpu');
  for (const [name, rows] of NETWORKS) {
    const graph = graphOf(...rows);
    const trainer = await engine.createTrainer(graph, { ...RECIPE, trainingImages: 1000, batchSize: 20 });
    await continueCurve(trainer, 2);
    trained.set(name, await trainer.readWeights());
    const values: Float32Array[] = [];
    for (const position of graph.nodes.keys()) values.push(await trainer.activations(pixelsOf(engine), position));
    expected.set(name, values);
    trainer.dispose();
  }
});

describe.each<Backend>(['webgl', 'wasm'])('on %s', (backend) => {
  let engine: Engine;
  let pixels: Uint8Array;

  beforeAll(async () => {
    engine = await startEngine(backend);
    // The images of the first batch are there once a step is done.
    const trainer = await engine.createTrainer(graphOf(...SMALL_DENSE), { ...RECIPE, trainingImages: 1000 });
    await continueCurve(trainer, 1);
    trainer.dispose();
    pixels = pixelsOf(engine);
  });

  test.each(NETWORKS)('each layer of a network with %s gives what it gives by JavaScript', async (name, rows) => {
    const graph = graphOf(...rows);
    const before = engine.memory();
    const network = await engine.createPredictor(graph, trained.get(name) ?? []);
    for (const [position, { output }] of graph.nodes.entries()) {
      const values = await network.activations(pixels, position);
      expect(values).toHaveLength(3 * sizeOf(output));
      expectClose(values, expected.get(name)?.[position] ?? []);
    }
    network.dispose();
    expect(engine.memory().tensors).toBe(before.tensors);
  });

  test('a layer stands before the activation behind it, and that one after', async () => {
    const graph = graphOf(...EVERY_KIND);
    const network = await engine.createPredictor(graph, trained.get(NETWORKS[1]?.[0] ?? '') ?? []);
    const [sums, activated] = [await network.activations(pixels, 1), await network.activations(pixels, 2)];
    expect(sums.some((value) => value < 0)).toBe(true);
    expectClose(
      activated,
      sums.map((value) => Math.max(0, value)),
    );
    network.dispose();
  });

  test('the last layer gives logits, one image what it gives among others, and an unknown layer is refused', async () => {
    const [name, rows] = NETWORKS[3] ?? ['', []];
    const graph = graphOf(...rows);
    const network = await engine.createPredictor(graph, trained.get(name) ?? []);
    const last = graph.nodes.length - 1;
    expectClose(softmaxRows(await network.activations(pixels, last), 10), await network.predict(pixels));
    const alone = await network.activations(pixels.subarray(784, 2 * 784), 0);
    const size = alone.length;
    expectClose(alone, (await network.activations(pixels, 0)).subarray(size, 2 * size));
    await expect(network.activations(pixels, graph.nodes.length)).rejects.toThrow(RangeError);
    network.dispose();
  });

  test('a network in training gives those of its newest weights', async () => {
    const graph = graphOf(...SMALL_RESIDUAL);
    const trainer = await engine.createTrainer(graph, { ...RECIPE, trainingImages: 1000, batchSize: 20 });
    for (const steps of [1, 2]) {
      await continueCurve(trainer, steps);
      const still = await engine.createPredictor(graph, await trainer.readWeights());
      expectClose(await trainer.activations(pixels, 0), await still.activations(pixels, 0));
      still.dispose();
    }
    trainer.dispose();
  });
});
