import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { engine as tfjs } from '@tensorflow/tfjs-core';
import { afterEach, expect, test, vi } from 'vitest';
import { at } from '../../../src/core/at.ts';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import { plannedBytes } from '../../../src/core/training/planned-memory.ts';
import type { Recipe } from '../../../src/core/training/recipe.ts';
import { GpuLostError } from '../../../src/engine/gpu-lost-error.ts';
import { RecordedTrainer } from '../../../src/engine/recorded-trainer.ts';
import { NetworkTrainer } from '../../../src/engine/tape/trainer.ts';
import { EVERY_KIND, FROZEN, graphOf, type Row, SMALL_RESIDUAL } from '../support/networks.ts';
import { BACKENDS_HERE } from '../support/on-backends.ts';
import { CALM, continueCurve, curveOf, RECIPE, startEngine, UNWATCHED } from '../support/training.ts';
import { expectClose } from '../support/values.ts';

const isHere = BACKENDS_HERE.includes('webgpu');

/** All that the kernels of dense networks do. */
const DENSE: readonly Row[] = [
  ['flatten'],
  ['dense', { units: 20, activation: 'relu', l2: 0.001 }],
  ['dropout', { rate: 0.25 }],
  ['dense', { units: 12, activation: 'tanh', l1: 0.0001 }],
  ['dense', { units: 10, activation: 'softmax' }],
];

/** Little of each, since every shape needs shaders of its own. */
const ON_SEQUENCES: readonly Row[] = [
  ['averagePooling2d', { poolSize: 9 }],
  ['depthwiseConv2d', { padding: 'same' }],
  ['gru', { units: 3, bidirectional: true, returnSequences: true }],
  ['flatten'],
  ['dense', { units: 6 }],
  ['dense', { units: 10, activation: 'softmax' }],
];

/** Attention as in a block of a transformer, of few shapes. */
const ON_PLACES: readonly Row[] = [
  ['patches', { patchSize: 14 }],
  ['dense', { units: 6 }],
  ['positionEmbedding'],
  ['layerNormalization'],
  ['multiHeadAttention', { heads: 2, keySize: 3, dropout: 0.2, l2: 0.01 }],
  ['add', { from: 'positionEmbedding-2' }],
  ['globalAveragePooling1d'],
  ['dense', { units: 10, activation: 'softmax' }],
];

const EVERYTHING: Recipe = {
  ...RECIPE,
  batchSize: 30,
  trainingImages: 500,
  clipNorm: 0.5,
  labelSmoothing: 0.1,
  labelNoise: 0.1,
  classWeights: 'balanced',
  weightDecay: 0.01,
  augmentation: { ...RECIPE.augmentation, flip: true, shift: 2 },
};

afterEach(() => {
  vi.restoreAllMocks();
});

test.skipIf(!isHere)('a recorded step on WebGPU takes the same steps as the tape, but for rounding', async () => {
  const graph = graphOf(...DENSE);
  const recorded = await curveOf(await startEngine('webgpu'), graph, EVERYTHING, 8, 3);
  const tape = await curveOf(await startEngine('cpu'), graph, EVERYTHING, 8);
  expect(recorded.losses).toHaveLength(8);
  expect(recorded.accuracies).toEqual(tape.accuracies);
  expectClose(recorded.losses, tape.losses, 1e-4);
});

test.skipIf(!isHere).each([
  { title: 'every kind of layer', rows: EVERY_KIND, change: {} },
  { title: 'a residual block', rows: SMALL_RESIDUAL, change: {} },
  { title: 'frozen layers', rows: FROZEN, change: {} },
  { title: 'attention', rows: ON_PLACES, change: {} },
  {
    title: 'layers on channels and sequences, matrices that Muon moves, and averaged weights',
    rows: ON_SEQUENCES,
    change: { optimizer: OPTIMIZERS.muon.defaults, learningRate: 0.01, weightDecay: 0.01, weightAveraging: 0.9 },
  },
])('a recorded step on WebGPU takes the same steps as the tape with $title', async ({ rows, change }) => {
  const graph = graphOf(...rows);
  const recipe = { ...RECIPE, batchSize: 12, trainingImages: 500, ...change };
  const engine = await startEngine('webgpu');
  const trainer = await engine.createTrainer(graph, recipe);
  expect(trainer).toBeInstanceOf(RecordedTrainer);
  const recorded = await continueCurve(trainer, 3);
  const weights = await trainer.readWeights();
  trainer.dispose();
  const reference = await (await startEngine('cpu')).createTrainer(graph, recipe);
  const tape = await continueCurve(reference, 3);
  expect(recorded.accuracies).toEqual(tape.accuracies);
  expectClose(recorded.losses, tape.losses, 1e-4);
  // Adam moves a weight whose gradient is all but 0 by whole steps, in a direction that rounding decides.
  const expected = await reference.readWeights();
  for (const [i, values] of weights.entries()) expectClose(values, at(expected, i), 0.01);
  reference.dispose();
});

test.skipIf(!isHere)(
  'a step takes the memory that was planned, and is one submission that compiles nothing, uploads no sample and reads nothing back',
  async () => {
    const engine = await startEngine('webgpu');
    const [graph, recipe] = [graphOf(...DENSE), { ...EVERYTHING, classWeights: 'none' as const }];
    const before = engine.memory().bytes;
    const trainer = await engine.createTrainer(graph, recipe);
    expect(trainer).toBeInstanceOf(RecordedTrainer);
    const planned = await engine.plannedMemory(graph, recipe);
    const taken = engine.memory().bytes - before;
    expect(planned && plannedBytes(planned)).toBe(taken);
    expect(await engine.fittingBatch(graph, { ...recipe, batchSize: 5 })).toBe(4);
    expect(engine.memory().bytes - before).toBe(taken);
    await continueCurve(trainer, 2);
    const submit = vi.spyOn(GPUQueue.prototype, 'submit');
    const writes = vi.spyOn(GPUQueue.prototype, 'writeBuffer');
    const others = [
      vi.spyOn(GPUDevice.prototype, 'createShaderModule'),
      vi.spyOn(GPUDevice.prototype, 'createBuffer'),
      vi.spyOn(GPUBuffer.prototype, 'mapAsync'),
    ];
    for (let step = 0; step < 4; step++) await trainer.trainStep(CALM);
    expect(submit).toHaveBeenCalledTimes(4);
    for (const spy of others) expect(spy).not.toHaveBeenCalled();
    const uploaded = writes.mock.calls.map(([, , data]) => data.byteLength);
    expect(Math.max(...uploaded)).toBeLessThan(20_000);
    trainer.dispose();
  },
);

test.skipIf(!isHere)('a training goes on from a snapshot with the same bits, and answers by its weights', async () => {
  const engine = await startEngine('webgpu');
  const graph = graphOf(...DENSE);
  const before = engine.memory();
  const trainer = await engine.createTrainer(graph, EVERYTHING);
  await continueCurve(trainer, 3);
  const snapshot = await trainer.snapshot();
  const curve = await continueCurve(trainer, 3);
  const evaluation = await trainer.evaluate('validation', UNWATCHED);
  const other = await engine.createTrainer(graph, EVERYTHING);
  await other.restore(snapshot);
  expect(await continueCurve(other, 3)).toEqual(curve);
  const again = await other.evaluate('validation', UNWATCHED);
  expect(again.probabilities).toEqual(evaluation.probabilities);
  expect(again.loss).not.toBe((await untrained(engine)).loss);
  trainer.dispose();
  other.dispose();
  expect(engine.memory().tensors).toBe(before.tensors);

  async function untrained(of: typeof engine) {
    const fresh = await of.createTrainer(graph, EVERYTHING);
    const answers = await fresh.evaluate('validation', UNWATCHED);
    fresh.dispose();
    return answers;
  }
});

test.skipIf(!isHere)('where a shader does not compile, the tape trains', async () => {
  const engine = await startEngine('webgpu');
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync').mockRejectedValue(new Error('no such instruction'));
  // No other test has shaders for this number of units.
  const graph = graphOf(['flatten'], ['dense', { units: 23 }], ['dense', { units: 10, activation: 'softmax' }]);
  const trainer = await engine.createTrainer(graph, { ...RECIPE, batchSize: 10, trainingImages: 500 });
  expect(trainer).toBeInstanceOf(NetworkTrainer);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('no such instruction'));
  trainer.dispose();
});

// The last: the page has one device, which is gone afterwards.
test.skipIf(!isHere)('a lost device is told, and nothing waits for it', async () => {
  const engine = await startEngine('webgpu');
  const trainer = await engine.createTrainer(graphOf(...DENSE), EVERYTHING);
  await trainer.trainStep(CALM);
  const backend = tfjs().registry['webgpu'];
  if (!(backend instanceof WebGPUBackend)) throw new Error('WebGPU is not open.');
  backend.device.destroy();
  await backend.device.lost;
  await expect(trainer.trainStep(CALM)).rejects.toThrow(GpuLostError);
  await expect(trainer.readMetrics()).rejects.toThrow(GpuLostError);
});
