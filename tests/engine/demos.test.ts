import { expect, test } from 'vitest';
import { coach } from '../../src/core/training/coach/coach.ts';
import { courseOf } from '../../src/core/training/loss-course.ts';
import type { DemoRun } from '../../src/datasets/demo.ts';
import { FASHION_MNIST_DEMOS } from '../../src/datasets/fashion-mnist/demos.ts';
import { trainSetup } from './support/train-setup.ts';
import { startEngine } from './support/training.ts';

const engine = await startEngine('wasm');

async function train({ setup }: DemoRun) {
  const trained = await trainSetup(engine, setup);
  const last = trained.epochs.at(-1);
  return {
    losses: trained.losses,
    training: last?.trainSample.accuracy ?? 0,
    validation: last?.validation.accuracy ?? 0,
    verdict: coach({ setup, ...trained, losses: courseOf(trained.losses), ended: true }),
  };
}

async function outcomesOf(id: string) {
  const demo = FASHION_MNIST_DEMOS.find((each) => each.id === id);
  if (demo === undefined) throw new Error(`There is no demo ${id}.`);
  const [first, second] = demo.runs;
  return [await train(first), await train(second)] as const;
}

const gapOf = ({ training, validation }: { readonly training: number; readonly validation: number }) =>
  training - validation;

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
