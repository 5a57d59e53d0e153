import { expect, test } from 'vitest';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import { stepsPerEpoch } from '../../../src/dataset/order.ts';
import { CASES, STEPS, setupOf } from '../../parity/cases.ts';

const IDS = Object.keys(CASES);
const SETUPS = IDS.map((id) => setupOf(id));

test.each(IDS)('%s trains so many steps in one epoch, and nothing of it is drawn at random', (id) => {
  const { graph, recipe } = setupOf(id);
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
