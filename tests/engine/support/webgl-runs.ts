import { setBackend, tidy } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { at } from '../../../src/core/at.ts';
import { classCountOf, type DatasetSpec, sampleBytesOf, sampleSizeOf } from '../../../src/core/dataset/spec.ts';
import type { Graph } from '../../../src/core/network/graph.ts';
import { pcg4d } from '../../../src/core/pcg4d.ts';
import { areMatrices } from '../../../src/core/training/optimizers/muon.ts';
import { OPTIMIZERS, type OptimizerSpec } from '../../../src/core/training/optimizers/registry.ts';
import { CROSS_ENTROPY, type LossSpec } from '../../../src/core/training/recipe.ts';
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
import type { Gpu } from '../../../src/engine/webgl/gpu.ts';
import { LastingTextures, type Side } from '../../../src/engine/webgl/lasting-textures.ts';
import { REMEMBERED_STEPS } from '../../../src/engine/webgl/metrics-log.ts';
import { OrderTexture, SampleTexture } from '../../../src/engine/webgl/sample-texture.ts';
import { pairsOf } from '../../../src/engine/webgl/weight-pairs.ts';
import { expectClose, openGpu, tf } from '../kernels/support.ts';
import { RECIPE } from './training.ts';

const SEED = 7;
const SAMPLES = 60;

/** How the weights move. */
export interface Moves {
  readonly optimizer: OptimizerSpec;
  readonly learningRate: number;
  readonly clipNorm: number | null;
  readonly spec?: LossSpec;
}

export const SGD: Moves = { optimizer: { kind: 'sgd' }, learningRate: 0.01, clipNorm: null };
export const ADAM: Moves = { ...SGD, optimizer: OPTIMIZERS.adam.defaults };

interface Run {
  readonly losses: number[];
  readonly accuracies: number[];
  readonly weights: Float32Array[];
  readonly draws?: number;
}

const order = Uint32Array.from({ length: SAMPLES }, (_, i) => (i * 7) % SAMPLES);

/** Samples of a data set as they are stored: bytes, two of three 0, or floats about 0. */
function bytesOf(dataset: DatasetSpec): Uint8Array<ArrayBuffer> {
  const random = (i: number) => pcg4d(i, 1, 2, 3)[0] >>> 24;
  const length = SAMPLES * sampleSizeOf(dataset);
  if (dataset.samples.storage === 'uint8')
    return Uint8Array.from({ length }, (_, i) => random(i) * (i % 3 === 0 ? 1 : 0));
  return new Uint8Array(Float32Array.from({ length }, (_, i) => random(i) / 100 - 1.3).buffer);
}

function labelsOf(dataset: DatasetSpec): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: SAMPLES }, (_, i) => pcg4d(i, 4, 5, 6)[0] % classCountOf(dataset));
}

function placesOf(step: number, batch: number): number[] {
  return Array.from({ length: batch }, (_, n) => order[(step * batch + n) % SAMPLES] ?? 0);
}

/** tfjs on the processor. */
export async function openProcessor(): Promise<void> {
  tf.enableProdMode();
  await setBackend('cpu');
}

/** A gpu that all tests of a file share, beside tfjs on the processor. They must leave no texture behind. */
export function sharedGpu(): () => Gpu {
  let gpu: Gpu | null = null;
  beforeAll(async () => {
    await openProcessor();
    gpu = openGpu();
  });
  afterAll(() => {
    expect(gpu?.textures).toBe(0);
    gpu?.dispose();
  });
  return () => {
    if (gpu === null) throw new Error('Only tests have the gpu.');
    return gpu;
  };
}

/** The engine's tape on the processor. */
export function byTape(graph: Graph, moves: Moves, batch: number, steps: number): Run {
  const { optimizer, learningRate, clipNorm, spec = CROSS_ENTROPY } = moves;
  const { dataset } = graph;
  const weights = new NetworkWeights(graph, SEED);
  const model = new Model(graph, weights);
  const update = createOptimizer(optimizer, weights.trainable, areMatrices(graph));
  const [stored, labels, size] = [bytesOf(dataset), labelsOf(dataset), sampleBytesOf(dataset)];
  const losses: number[] = [];
  const accuracies: number[] = [];
  for (let step = 0; step < steps; step++) {
    tidy(() => {
      const chosen = placesOf(step, batch);
      const bytes = Uint8Array.from(chosen.flatMap((i) => [...stored.subarray(i * size, (i + 1) * size)]));
      const classes = tf.tensor1d(
        Int32Array.from(chosen, (i) => labels[i] ?? 0),
        'int32',
      );
      const context = { training: true, seed: SEED, step };
      const answer = lossGradients(
        model,
        { samples: samplesFromBytes(dataset, bytes), labels: classes },
        context,
        spec,
      );
      const gradients = clipNorm === null ? answer.gradients : clipByNorm(answer.gradients, clipNorm);
      update.apply(gradients, { step, learningRate, weightDecay: 0 });
      losses.push(answer.loss.dataSync()[0] ?? Number.NaN);
      accuracies.push((answer.hits.dataSync()[0] ?? Number.NaN) / batch);
    });
  }
  const values = weights.all.map(({ variable }) => variable.dataSync<'float32'>().slice());
  weights.dispose();
  update.dispose();
  return { losses, accuracies, weights: values };
}

/** The kernels. */
export function byKernels(gpu: Gpu, graph: Graph, moves: Moves, batch: number, steps: number): Run {
  const { optimizer, learningRate, clipNorm, spec = CROSS_ENTROPY } = moves;
  const { dataset } = graph;
  const recipe = { ...RECIPE, ...spec, optimizer, clipNorm, batchSize: batch, trainingImages: SAMPLES, seed: SEED };
  const drawn = drawnStep(graph, recipe, gpu);
  if (typeof drawn === 'string') throw new Error(drawn);
  const { step: recorded, draws } = drawn;
  const samples = new SampleTexture(gpu, dataset, SAMPLES);
  samples.write(0, bytesOf(dataset), labelsOf(dataset));
  const places = new OrderTexture(gpu, SAMPLES);
  places.write(order);
  const lasting = new LastingTextures(gpu, pairsOf(recorded.operations, recorded));
  for (const [i, values] of initialWeights(graph, SEED).entries()) lasting.write(at(recorded.weights, i), values);
  const metrics = gpu.texture({ width: REMEMBERED_STEPS, height: 1, layers: 1 });
  const outside = { samples: samples.values, labels: samples.labels, order: places.texture, metrics };
  const list = new DrawList(gpu, draws, { lasting, outside });
  for (let step = 0; step < steps; step++) {
    const place = [(step * batch) % SAMPLES, SAMPLES] as const;
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

/** Fails where the kernels learn otherwise than the tape. `tolerance`: of the weights. */
export function expectSameSteps(
  gpu: Gpu,
  graph: Graph,
  moves: Moves,
  batch: number,
  { steps = 3, tolerance = 2e-5 } = {},
): void {
  const [tape, ours] = [byTape(graph, moves, batch, steps), byKernels(gpu, graph, moves, batch, steps)];
  expectClose(ours.losses, tape.losses, 1e-5);
  expectClose(
    ours.accuracies.map((a) => Math.round(a * batch)),
    tape.accuracies.map((a) => Math.round(a * batch)),
  );
  for (const [i, expected] of tape.weights.entries()) expectClose(ours.weights[i] ?? [], expected, tolerance, 0.01);
}
