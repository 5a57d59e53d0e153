import { expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { differenceSentence, pairedDifferences } from '../../../src/features/paired-differences.ts';
import { repeatsOf } from '../../../src/features/sweep/repeats.ts';
import { draftOf, withRecipe } from '../../../src/state/draft.ts';

/** Trials of some batch sizes with the seeds 1, 2, 3 and so on; undefined where one has no result yet. */
function trialsOf(results: Readonly<Record<number, readonly (number | undefined)[]>>) {
  return Object.entries(results).flatMap(([batchSize, values]) =>
    values.map((accuracy, i) => ({
      name: `batch ${batchSize}, seed ${i + 1}`,
      draft: withRecipe(draftOf(ciutacuCnn, i + 1), { batchSize: Number(batchSize) }, ''),
      run: undefined,
      best: accuracy === undefined ? undefined : { epoch: 1, accuracy, loss: 1 - accuracy },
    })),
  );
}

const sentences = (results: Parameters<typeof trialsOf>[0], figure: 'accuracy' | 'loss' = 'accuracy') =>
  pairedDifferences(repeatsOf(trialsOf(results)) ?? [], figure).map((each) => differenceSentence(each, figure));

test('a difference that every seed shows is hardly chance, and the test is named', () => {
  // The differences are the first of the fixtures of scipy: p = 0.000886.
  const before = [0.8, 0.81, 0.79, 0.8, 0.82];
  const after = [0.812, 0.818, 0.805, 0.811, 0.829];
  expect(sentences({ 16: before, 64: after })).toEqual([
    'batch 64 against batch 16: +1.1\u202fpt on average over 5 seeds, from +0.8\u202fpt to +1.5\u202fpt. This is hardly chance: if the two were equally good, <0.1\u202f% of such experiments would differ at least as much (paired t-test, p < 0.001).',
  ]);
});

test('one that the seeds do not agree on can be chance', () => {
  const [sentence = ''] = sentences({ 16: [0.8, 0.8, 0.8], 64: [0.82, 0.79, 0.81] });
  expect(sentence).toContain('This difference can be chance: if the two were equally good');
  expect(sentence).toContain('from −1.0\u202fpt to +2.0\u202fpt');
  // t = 0.756 with 2 degrees of freedom.
  expect(sentence).toContain('p = 0.529');
});

test('runs are paired by their seeds, and those without a partner are left out', () => {
  expect(sentences({ 16: [0.8, undefined, 0.7, 0.6], 64: [0.9, 0.1, 0.8, undefined] }, 'loss')).toEqual([
    'batch 64 against batch 16: −0.100 on average over 2 seeds, with each the same.',
  ]);
  expect(sentences({ 16: [0.8, 0.7], 64: [undefined, undefined] })).toEqual([]);
  expect(sentences({ 16: [0.8, undefined], 64: [0.81, undefined] })).toEqual([
    'batch 64 against batch 16: +1.0\u202fpt on average over 1 seed. One seed cannot tell a difference from chance.',
  ]);
});
