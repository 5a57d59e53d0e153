import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { analyse } from '../../src/core/network/graph.ts';
import { createLayer } from '../../src/core/network/network.ts';
import { coach } from '../../src/core/training/coach/coach.ts';
import { applyFix } from '../../src/core/training/coach/fixes.ts';
import type { Observation } from '../../src/core/training/coach/verdict.ts';
import { courseOf } from '../../src/core/training/loss-course.ts';
import type { Setup } from '../../src/core/training/setup.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { continueCurve, RECIPE, startEngine, UNWATCHED } from './support/training.ts';

const engine = await startEngine('webgl');

/** Far more weights than 400 images can pin down. */
const LARGE: Setup = {
  dataset: FASHION_MNIST,
  network: {
    layers: [
      createLayer('flatten', 'flatten'),
      createLayer('dense', 'hidden', { units: 256 }),
      createLayer('dense', 'output', { units: 10, activation: 'softmax' }),
    ],
  },
  recipe: { ...RECIPE, trainingImages: 500, batchSize: 32, epochs: 14 },
};

/** Trains to the end, as the worker does. */
async function train(setup: Setup): Promise<Observation> {
  const { graph } = analyse(setup.network, setup.dataset);
  if (graph === null) throw new Error('The network does not fit together.');
  const trainer = await engine.createTrainer(graph, setup.recipe);
  const { stepsPerEpoch } = trainer;
  const losses: number[] = [];
  const epochs: Observation['epochs'][number][] = [];
  for (let epoch = 1; epoch <= setup.recipe.epochs; epoch++) {
    losses.push(...(await continueCurve(trainer, stepsPerEpoch)).losses);
    const validation = await trainer.evaluate('validation', UNWATCHED);
    const trainSample = await trainer.evaluate('trainSample', UNWATCHED);
    epochs.push({ epoch, trainSample, validation });
  }
  trainer.dispose();
  return { setup, epochs, losses: courseOf(Float32Array.from(losses)), stepsPerEpoch, ended: true };
}

/** The mean gap of the last three epochs. */
function gapOf({ epochs }: Observation): number {
  const gaps = epochs
    .slice(-3)
    .map(({ trainSample, validation }) => (trainSample?.accuracy ?? 0) - (validation?.accuracy ?? 0));
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

test('a large network on few garments is told to overfit, and the first remedy narrows the gap', async () => {
  const before = memory().numTensors;
  const plain = await train(LARGE);
  const verdict = coach(plain);
  expect(verdict.tone).toBe('overfitting');
  expect(verdict.gapSince).not.toBeNull();
  expect(gapOf(plain)).toBeGreaterThan(0.12);
  const [remedy] = verdict.fixes;
  const fixed = remedy && applyFix(LARGE, remedy);
  expect(fixed?.label).toBe('+Flip and shift');
  if (fixed) expect(gapOf(await train(fixed))).toBeLessThan(0.6 * gapOf(plain));
  expect(memory().numTensors).toBe(before);
});
