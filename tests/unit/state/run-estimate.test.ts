import { expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { type Draft, draftOf, withRecipe } from '../../../src/state/draft.ts';
import { newRun, type Run } from '../../../src/state/run.ts';
import { estimateOf } from '../../../src/state/run-estimate.ts';

const change = (recipe: Partial<Draft['recipe']>) => withRecipe(draftOf(ciutacuCnn, 42), recipe, 'test');
const draft = change({ trainingImages: 1000, validationSplit: 0.2, batchSize: 20, epochs: 5 });
const epoch = { epoch: 1, step: 40, trainSample: null, validation: null, confusion: null, seconds: 2 };

/** A run of one epoch: 40 steps in 2 seconds, and half a second to judge it. */
function measured(number: number, of: Draft): Run {
  const losses = new Float32Array(40);
  const epochs = [{ ...epoch, judgingSeconds: 0.5 }];
  return { ...newRun(number, of, 'CNN', 'wasm'), stepsPerEpoch: 40, losses, accuracies: losses, seconds: 2, epochs };
}

test('there is no estimate without a measured run', () => {
  expect(estimateOf([draft], [])).toBeNull();
  expect(estimateOf([draft], [newRun(1, draft, 'CNN')])).toBeNull();
});

test('of the same again it is what the steps and the judging took, and a moment to start', () => {
  const estimate = estimateOf([draft, draft], [measured(1, draft)]);
  expect(estimate?.seconds).toBeCloseTo(2 * (5 * 2.5 + 0.2));
});

test('it goes by the run that is most like the draft', () => {
  const other = withRecipe(draft, { batchSize: 200 }, 'test');
  const runs = [measured(3, other), measured(2, draft), measured(1, draft)];
  expect(estimateOf([draft], runs)?.by.number).toBe(2);
});

test('a larger batch takes fewer steps, each of them longer', () => {
  const larger = withRecipe(draft, { batchSize: 80 }, 'test');
  const seconds = estimateOf([larger], [measured(1, draft)])?.seconds ?? 0;
  expect(seconds).toBeLessThan(5 * 2.5 + 0.2);
  expect(seconds).toBeGreaterThan(5 * (0.5 + 2 / 4));
});

test('an epoch that waited for the data does not count', () => {
  const run = measured(1, draft);
  const epochs = [40, 42, 44].map((seconds, i) => ({ ...epoch, epoch: i + 1, seconds, judgingSeconds: 0.5 }));
  expect(estimateOf([draft], [{ ...run, seconds: 44, epochs }])?.seconds).toBeCloseTo(5 * 2.5 + 0.2);
});
