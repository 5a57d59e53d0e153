import { expect, test } from 'vitest';
import { runDiff } from '../../../src/core/training/run-diff.ts';
import { demoPlans } from '../../../src/state/demo.ts';
import { isTrainable } from '../../../src/state/trainable.ts';

test('the demo is two runs of the same layers and seed that can be trained, named by what differs', () => {
  const [bare, regularised] = demoPlans();
  expect([bare, regularised].map(({ draft }) => isTrainable(draft))).toEqual([true, true]);
  const trained = [bare, regularised].map(
    ({ draft: { recipe } }) => recipe.trainingImages * (1 - recipe.validationSplit),
  );
  expect(trained).toEqual([1000, 18_000]);
  expect([bare.name, regularised.name]).toEqual([
    'No regularisation, 1,000 images',
    'Dropout, flip and shift, 18,000 images',
  ]);
  expect(runDiff(bare.draft, regularised.draft).slice(0, 3)).toEqual(['+Dropout 0.25', '+Flip', '+Shift 1']);
  expect(regularised.draft.recipe.seed).toBe(bare.draft.recipe.seed);
});
