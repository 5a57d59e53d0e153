import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sizeOf } from '../../src/core/network/shape.ts';
import type { AugmentationSpec } from '../../src/core/training/augmentation.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { openDevice } from '../../src/engine/device.ts';
import type { Engine, Trainer } from '../../src/engine/engine.ts';
import { drawnStep } from '../../src/engine/webgl/drawn-step.ts';
import { digits, type ProofDataset, patches, points } from '../support/proof-datasets.ts';
import { graphFor, type Row } from './support/networks.ts';
import { BACKENDS_HERE } from './support/on-backends.ts';
import { arrivalOf, engineWith, recipeFor, serveFolders } from './support/proof.ts';
import { tapeTrainer } from './support/tape-trainer.ts';
import { continueCurve, UNWATCHED } from './support/training.ts';
import { expectClose } from './support/values.ts';

const [PATCHES, DIGITS, POINTS] = [patches(), digits(), points()];

const AUGMENTATION: AugmentationSpec = {
  flip: false,
  alternate: false,
  shift: 1,
  rotation: 5,
  scale: 0.1,
  erase: 0.2,
  brightness: 0.1,
};

let addressOf: (dataset: ProofDataset) => string;
beforeAll(async () => {
  addressOf = await serveFolders([PATCHES, DIGITS, POINTS]);
});
afterAll(() => vi.unstubAllGlobals());

/** A convolutional network with batch normalisation. */
function convolutional({ spec }: ProofDataset) {
  return graphFor(
    spec,
    ['conv2d', { filters: 8, padding: 'same', activation: 'linear' }],
    ['batchNormalization', { momentum: 0.8 }],
    ['activation', { activation: 'relu' }],
    ['maxPooling2d'],
    ['conv2d', { filters: 12, activation: 'relu' }],
    ['maxPooling2d'],
    ['flatten'],
    ['dense', { units: spec.classes.length, activation: 'softmax' }],
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What a trainer says of the first test samples and of the whole test set. */
async function sayingsOf(engine: Engine, trainer: Trainer, layers: number) {
  const some = engine.samples(
    'test',
    Uint32Array.from({ length: 7 }, (_, i) => 3 * i),
  );
  const activations: Float32Array[] = [];
  for (let position = -1; position < layers; position++) {
    activations.push(await trainer.activations(some, position));
  }
  return {
    test: await trainer.evaluate('test', UNWATCHED),
    answers: await trainer.predict(some),
    features: await trainer.features(some),
    activations,
  };
}

describe.each([
  ['color images', PATCHES],
  ['digits from IDX files', DIGITS],
])('%s', (_name, dataset) => {
  const graph = convolutional(dataset);
  const classes = dataset.spec.classes.length;

  test.each(BACKENDS_HERE)('are learned on %s, augmented, far better than by guessing', async (backend) => {
    const engine = await engineWith(backend, addressOf(dataset));
    const before = engine.memory().tensors;
    const trainer = await engine.createTrainer(graph, recipeFor(dataset, { augmentation: AUGMENTATION }));
    const { losses } = await continueCurve(trainer, 3 * trainer.stepsPerEpoch);
    const { loss, accuracy, labels, probabilities } = await trainer.evaluate('test', UNWATCHED);
    expect(mean(losses.slice(0, 3))).toBeGreaterThan(0.8 * Math.log(classes));
    expect(mean(losses.slice(-8))).toBeLessThan(0.5 * Math.log(classes));
    expect(loss).toBeLessThan(0.5 * Math.log(classes));
    expect(accuracy).toBeGreaterThan(0.85);
    expect(labels).toEqual(dataset.samples.test.labels);
    expect(probabilities).toHaveLength(labels.length * classes);
    trainer.dispose();
    expect(engine.memory().tensors).toBe(before);
  });

  test('train alike on every backend, by the kernels and on the tape, but for rounding', async () => {
    const recipe = recipeFor(dataset, { augmentation: AUGMENTATION, optimizer: { kind: 'sgd' } });
    const curves = new Map<string, readonly number[]>();
    for (const backend of BACKENDS_HERE) {
      const engine = await engineWith(backend, addressOf(dataset));
      const trainer = await engine.createTrainer(graph, recipe);
      curves.set(backend, (await continueCurve(trainer, 8)).losses);
      trainer.dispose();
    }
    const device = await openDevice('webgl');
    if (device.gpu === null) throw new Error('The kernels do not work here.');
    expect(drawnStep(graph, recipe, device.gpu)).not.toBeTypeOf('string');
    const taped = await tapeTrainer(graph, recipe, addressOf(dataset));
    curves.set('tape on webgl', (await continueCurve(taped, 8)).losses);
    taped.dispose();
    const expected = curves.get('cpu') ?? [];
    expect(expected).toHaveLength(8);
    for (const losses of curves.values()) {
      for (const [step, loss] of losses.entries()) expect(loss).toBeCloseTo(expected[step] ?? Number.NaN, 3);
    }
  });

  test('are answered alike on every backend: test set, features, activations and neighbours', async () => {
    const first = await engineWith('cpu', addressOf(dataset));
    const trainer = await first.createTrainer(graph, recipeFor(dataset));
    await continueCurve(trainer, 6);
    const [snapshot, weights] = [await trainer.snapshot(), await trainer.readWeights()];
    const expected = await sayingsOf(first, trainer, graph.nodes.length);
    trainer.dispose();
    const query = dataset.samples.test.values.slice(0, dataset.samples.test.values.length / 200);
    const known = await first.nearest(query, 3, UNWATCHED.signal);
    expect(known.searched).toBe(dataset.spec.splits.train);
    for (const backend of BACKENDS_HERE) {
      const engine = await engineWith(backend, addressOf(dataset));
      const other = await engine.createTrainer(graph, recipeFor(dataset));
      await other.restore(snapshot);
      const said = await sayingsOf(engine, other, graph.nodes.length);
      other.dispose();
      expect(said.test.labels).toEqual(expected.test.labels);
      expectClose(said.test.probabilities, expected.test.probabilities);
      expectClose([said.test.loss], [expected.test.loss]);
      expectClose(said.answers, expected.answers);
      expectClose(said.features, expected.features);
      for (const [i, values] of said.activations.entries()) expectClose(values, expected.activations[i] ?? []);
      expect(said.activations[0]).toHaveLength(7 * sizeOf(graph.nodes[0]?.input ?? []));
      expect(await engine.nearest(query, 3, UNWATCHED.signal)).toEqual(known);
      const network = await engine.createPredictor(graph, weights);
      expectClose(await network.predict(query), expected.answers.subarray(0, classes));
      const near = await engine.createIndex(graph, network).nearest(query, 2, UNWATCHED);
      expect(near.searched).toBe(dataset.spec.splits.train);
      expectClose(near.distances, near.distances.toSorted());
      network.dispose();
    }
  });
});

describe('a table of floats in two classes', () => {
  const OUTPUTS: readonly (readonly [string, Row])[] = [
    ['two units of softmax', ['dense', { units: 2, activation: 'softmax' }]],
    ['one unit of sigmoid', ['dense', { units: 1, activation: 'sigmoid' }]],
  ];

  test.each(OUTPUTS.flatMap(([name, row]) => (['webgl', 'wasm', 'cpu'] as const).map((on) => ({ name, row, on }))))(
    'is learned by $name on $on',
    async ({ row, on }) => {
      const graph = graphFor(POINTS.spec, ['dense', { units: 12, activation: 'tanh' }], row);
      const engine = await engineWith(on, addressOf(POINTS));
      const before = memory().numTensors;
      const recipe = recipeFor(POINTS, { loss: 'binaryCrossentropy', learningRate: 0.03, labelNoise: 0.02 });
      const trainer = await engine.createTrainer(graph, recipe);
      const { losses } = await continueCurve(trainer, 8 * trainer.stepsPerEpoch);
      const { accuracy, loss, probabilities, classes } = await trainer.evaluate('test', UNWATCHED);
      expect(mean(losses.slice(0, 3))).toBeGreaterThan(0.5);
      expect(loss).toBeLessThan(0.35);
      expect(accuracy).toBeGreaterThan(0.9);
      expect([classes, probabilities.length]).toEqual([2, 2 * POINTS.spec.splits.test]);
      const some = engine.samples('test', Uint32Array.of(4, 9));
      expectClose(
        await trainer.predict(some),
        [4, 9].flatMap((i) => [...probabilities.slice(2 * i, 2 * i + 2)]),
        1e-6,
      );
      expectClose(
        await trainer.activations(some, -1),
        new Float32Array(some.buffer).map((value) => value / 10),
        1e-6,
      );
      const units = row[0] === 'dense' ? (row[1]?.units ?? 0) : 0;
      const logits = await trainer.activations(some, 1);
      expect(logits).toHaveLength(2 * units);
      const lead = units === 1 ? (logits[1] ?? 0) : (logits[3] ?? 0) - (logits[2] ?? 0);
      expect(1 / (1 + Math.exp(-lead))).toBeCloseTo(probabilities[2 * 9 + 1] ?? Number.NaN, 5);
      const network = await engine.createPredictor(graph, await trainer.readWeights());
      expectClose(await network.predict(some), await trainer.predict(some), 1e-6);
      const own = engine.samples('train', Uint32Array.of(11));
      expect((await engine.nearest(own, 2, UNWATCHED.signal)).indices[0]).toBe(11);
      const near = await engine.createIndex(graph, network).nearest(own, 2, UNWATCHED);
      expect([near.indices[0], near.searched]).toEqual([11, POINTS.spec.splits.train]);
      network.dispose();
      trainer.dispose();
      expect(memory().numTensors).toBe(before);
    },
  );
});

test('one engine opens one data set after the other, and networks keep to theirs', async () => {
  const engine = createEngine();
  await engine.open('webgl');
  const heard: string[] = [];
  const told = (id: string) => heard.push(id);
  const before = engine.memory();
  for (const dataset of [DIGITS, PATCHES, POINTS, DIGITS]) {
    await arrivalOf(engine, addressOf(dataset), ({ id }) => told(id));
    const { values, labels } = dataset.samples.train;
    const size = values.length / labels.length;
    expect(engine.samples('train', Uint32Array.of(5))).toEqual(values.slice(5 * size, 6 * size));
    const graph = graphFor(dataset.spec, ...(dataset === POINTS ? [] : ([['flatten']] as const)), [
      'dense',
      { units: dataset.spec.classes.length, activation: 'softmax' },
    ]);
    const trainer = await engine.createTrainer(graph, recipeFor(dataset));
    const { losses } = await continueCurve(trainer, 3);
    expect(losses.every(Number.isFinite)).toBe(true);
    trainer.dispose();
  }
  expect(heard).toEqual(['font-digits', 'patches', 'points', 'font-digits']);
  await expect(engine.createTrainer(convolutional(PATCHES), recipeFor(PATCHES))).rejects.toThrow(
    'The network is made for Patches, and Digits is open.',
  );
  expect(engine.memory().tensors).toBe(before.tensors);
});

test('a data set that is closed before it has arrived says nothing more, and lets go of whoever waits for it', async () => {
  const engine = createEngine();
  await engine.open('wasm');
  const heard: string[] = [];
  const listener = (name: string) => ({
    onSpec: () => heard.push(name),
    onShard: () => heard.push(name),
    onFailure: () => heard.push(name),
  });
  engine.openDataset(addressOf(PATCHES), listener('patches'));
  const waiting = engine.createTrainer(convolutional(PATCHES), recipeFor(PATCHES));
  const closed = expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  engine.openDataset(addressOf(DIGITS), listener('digits'));
  await closed;
  await arrivalOf(engine, addressOf(DIGITS));
  expect(heard).not.toContain('patches');
});
