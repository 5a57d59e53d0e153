import type { Graph } from '../../../src/core/network/graph.ts';
import type { BackendChoice } from '../../../src/core/training/backend.ts';
import { defaultRecipe, type Recipe } from '../../../src/core/training/recipe.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { createEngine } from '../../../src/engine/create-engine.ts';
import type { Engine, StreamListener, Trainer } from '../../../src/engine/engine.ts';

/** The real data set, as the app's server gives it. */
export const DATA_URL = new URL('/data/', location.href).href;

/** A signal that is never aborted. */
export const CALM = new AbortController().signal;

/** An evaluation that nobody watches. */
export const UNWATCHED = { signal: CALM, onProgress: () => {} };

/** 2,000 images, a fifth of them for validation: 32 steps an epoch. */
export const RECIPE: Recipe = {
  ...defaultRecipe(FASHION_MNIST),
  batchSize: 50,
  trainingImages: 2000,
  learningRate: 0.003,
};

/** A listener for data that must arrive, and that nobody else listens to. */
export const UNHEARD: StreamListener = {
  onSpec: () => {},
  onShard: () => {},
  onFailure: ({ message }) => {
    throw new Error(message);
  },
};

/** An engine that streams the data set. */
export async function startEngine(choice: BackendChoice): Promise<Engine> {
  const engine = createEngine();
  engine.openDataset(DATA_URL, UNHEARD);
  await engine.open(choice);
  return engine;
}

/** Losses and accuracies of some steps of a new training, read every `reading` steps. */
export async function curveOf(engine: Engine, graph: Graph, recipe: Recipe, steps: number, reading = steps) {
  const trainer = await engine.createTrainer(graph, recipe);
  const curve = await continueCurve(trainer, steps, reading);
  trainer.dispose();
  return curve;
}

/** Losses and accuracies of further steps. */
export async function continueCurve(trainer: Trainer, steps: number, reading = steps) {
  const losses: number[] = [];
  const accuracies: number[] = [];
  for (let step = 1; step <= steps; step++) {
    await trainer.trainStep(CALM);
    if (step % reading !== 0 && step !== steps) continue;
    const metrics = await trainer.readMetrics();
    losses.push(...metrics.losses);
    accuracies.push(...metrics.accuracies);
  }
  return { losses, accuracies };
}

/** Losses, accuracies, weights and slots after some steps by name. Disposes of the trainer. */
export async function stepResults(
  trainer: Trainer,
  steps: number,
): Promise<ReadonlyMap<string, Float32Array | Float64Array>> {
  const { losses, accuracies } = await continueCurve(trainer, steps);
  const { weights, slots } = await trainer.snapshot();
  trainer.dispose();
  if (losses.length !== steps) throw new Error(`${losses.length} losses of ${steps} steps.`);
  return new Map<string, Float32Array | Float64Array>([
    ['losses', Float64Array.from(losses)],
    ['accuracies', Float64Array.from(accuracies)],
    ...weights.map((values, i) => [`weight ${i}`, values] as const),
    ...slots.flatMap((slot, s) => slot.map((values, i) => [`slot ${s} of weight ${i}`, values] as const)),
  ]);
}
