import { expect, test } from 'vitest';
import { NO_AUGMENTATION } from '../../../src/core/training/augmentation.ts';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import { stepsPerEpoch } from '../../../src/dataset/order.ts';
import { elvlandVgg } from '../../../src/datasets/fashion-mnist/presets/elvland.ts';
import { smallResNet } from '../../../src/datasets/fashion-mnist/presets/own.ts';
import { CASES, caseOf, EARLY_STEPS, STEPS, setupOf, spansOf } from '../../parity/cases.ts';

const IDS = Object.keys(CASES);
const SETUPS = IDS.flatMap((id) => caseOf(id).seeds.map((seed) => setupOf(id, seed)));

test.each(IDS)('%s trains so many steps in one epoch, and nothing of it is drawn at random', (id) => {
  const { graph, recipe } = setupOf(id, 7);
  expect(recipe.seed).toBe(7);
  expect(recipe.augmentation).toEqual(NO_AUGMENTATION);
  expect(stepsPerEpoch(recipe.trainingImages, recipe.batchSize)).toBe(STEPS);
  expect(recipe.trainingImages).toBe(STEPS * recipe.batchSize);
  const rates = graph.nodes.flatMap(({ spec }) =>
    'dropout' in spec ? [spec.dropout] : 'rate' in spec ? [spec.rate] : [],
  );
  expect(rates.every((rate) => rate === 0)).toBe(true);
});

test('every optimizer has a case', () => {
  const kinds = SETUPS.map(({ recipe }) => recipe.optimizer.kind);
  expect(Object.keys(OPTIMIZERS).filter((kind) => !kinds.some((each) => each === kind))).toEqual([]);
});

test.each(IDS)('%s has a median distance of one training, and early ones where rounding errors grow', (id) => {
  const each = caseOf(id);
  expect(new Set(each.seeds).size).toBe(each.seeds.length);
  expect(each.seeds.length % 2).toBe(1);
  if (each.limit === 'fixed') return expect(spansOf(each)).toEqual([STEPS]);
  expect(each.seeds.length).toBeGreaterThan(1);
  expect(spansOf(each)).toEqual([EARLY_STEPS, STEPS]);
});

test.each([
  ['elvland', elvlandVgg],
  ['residual', smallResNet],
])('%s learns at the rate of its preset', (id, { recipe: { learningRate, optimizer, schedule, labelSmoothing } }) => {
  expect(setupOf(id, 1).recipe).toMatchObject({ learningRate, optimizer, schedule, labelSmoothing });
});
