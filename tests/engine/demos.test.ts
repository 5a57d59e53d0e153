import { expect, test } from 'vitest';
import { analyse } from '../../src/core/network/graph.ts';
import { coach } from '../../src/core/training/coach/coach.ts';
import type { Verdict } from '../../src/core/training/coach/verdict.ts';
import type { Setup } from '../../src/core/training/setup.ts';
import { FASHION_MNIST_DEMOS } from '../../src/datasets/fashion-mnist/demos.ts';
import { continueCurve, startEngine, UNWATCHED } from './support/training.ts';

const engine = await startEngine('wasm');

/** How a run of a demo ended. */
interface Outcome {
  readonly losses: readonly number[];
  /** Of the last epoch, in inference mode. */
  readonly training: number;
  readonly validation: number;
  readonly verdict: Verdict;
}

/** Trains to the end, as the worker does; a loss that is not a number ends the run. */
async function train(setup: Setup): Promise<Outcome> {
  const { graph } = analyse(setup.network, setup.dataset);
  if (graph === null) throw new Error('The network does not fit together.');
  const trainer = await engine.createTrainer(graph, setup.recipe);
  const { stepsPerEpoch } = trainer;
  const losses: number[] = [];
  const epochs = [];
  for (let epoch = 1; epoch <= setup.recipe.epochs && losses.every(Number.isFinite); epoch++) {
    losses.push(...(await continueCurve(trainer, stepsPerEpoch)).losses);
    const validation = await trainer.evaluate('validation', UNWATCHED);
    epochs.push({ epoch, validation, trainSample: await trainer.evaluate('trainSample', UNWATCHED) });
  }
  trainer.dispose();
  const verdict = coach({ setup, epochs, losses: Float32Array.from(losses), stepsPerEpoch, ended: true });
  const last = epochs.at(-1);
  return {
    losses,
    training: last?.trainSample.accuracy ?? 0,
    validation: last?.validation.accuracy ?? 0,
    verdict,
  };
}

async function outcomesOf(id: string): Promise<readonly [Outcome, Outcome]> {
  const demo = FASHION_MNIST_DEMOS.find((each) => each.id === id);
  if (demo === undefined) throw new Error(`There is no demo ${id}.`);
  const [first, second] = demo.runs;
  return [await train(first.setup), await train(second.setup)];
}

const gapOf = ({ training, validation }: Outcome) => training - validation;

test('dropout about halves the gap, and costs no validation accuracy', async () => {
  const [without, with_] = await outcomesOf('dropout');
  expect(without.verdict.tone).toBe('overfitting');
  expect(gapOf(without)).toBeGreaterThan(0.12);
  expect(gapOf(with_)).toBeLessThan(0.65 * gapOf(without));
  expect(with_.validation).toBeGreaterThan(without.validation - 0.015);
});

test('a learning rate that is too high learns nothing', async () => {
  const [usual, high] = await outcomesOf('learning-rate');
  expect(usual.validation).toBeGreaterThan(0.75);
  expect(high.validation).toBeLessThan(0.2);
  expect(Math.max(...high.losses)).toBeGreaterThan(100 * (high.losses[0] ?? 0));
});
