import { HISTOGRAM_SAMPLES } from '../core/explaining/layer-histograms.ts';
import type { Graph } from '../core/network/graph.ts';
import type { Recipe } from '../core/training/recipe.ts';
import type { Engine } from '../engine/engine.ts';

/**
 * A power of two, so that multiplying by it rounds nothing; large, so that what a step of a gradient changes is not lost in
 * the rounding of the weights.
 */
const RATE = 1024;

/**
 * The gradients of the loss by each weight, for the first batch of a training: every batch norm, dropout and augmentation as
 * in its first step. `weights` and the gradients are in the order of the graph; what stands for weights that are not trained
 * means nothing. No engine gives gradients out: a second network takes one step of plain gradient descent, which changes each
 * weight by the rate times its gradient.
 */
export async function batchGradients(
  engine: Engine,
  { graph, recipe }: { readonly graph: Graph; readonly recipe: Recipe },
  weights: readonly Float32Array<ArrayBuffer>[],
): Promise<readonly Float32Array[]> {
  const descent: Recipe = {
    ...recipe,
    optimizer: { kind: 'sgd' },
    learningRate: RATE,
    schedule: { kind: 'constant' },
    weightDecay: 0,
    clipNorm: null,
    weightAveraging: 0,
    batchSize: Math.min(recipe.batchSize, HISTOGRAM_SAMPLES),
  };
  const trainer = await engine.createTrainer(graph, descent);
  try {
    await trainer.restore({ step: 0, weights, slots: [] });
    await trainer.trainStep(new AbortController().signal);
    const after = await trainer.readWeights();
    return weights.map((weight, index) => weight.map((value, at) => (value - (after[index]?.[at] ?? value)) / RATE));
  } finally {
    trainer.dispose();
  }
}
