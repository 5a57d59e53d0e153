import { describe, expect, test } from 'vitest';
import { runDiff } from '../../../src/core/training/run-diff.ts';
import { demosFor } from '../../../src/datasets/demos.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { demoPlans } from '../../../src/state/demo.ts';
import { isTrainable } from '../../../src/state/trainable.ts';
import { SIGNS } from '../../fixtures/specs/datasets.ts';

/** What sets the two runs of each demo apart: one factor. */
const FACTORS: Readonly<Record<string, RegExp>> = {
  Dropout: /^\+Dropout 0\.5 ×2$/,
  Augmentation: /^\+(?:Flip|Shift 1)$/,
  'More data': /^(?:images|validation)/,
  'Batch normalisation': /^\+BatchNorm/,
  'Learning rate too high': /^lr /,
};

describe('demos', () => {
  const demos = demosFor(FASHION_MNIST);

  test('are chosen by their factor', () => {
    expect(demos.map(({ title }) => title)).toEqual(Object.keys(FACTORS));
    expect(demosFor(SIGNS)).toEqual([]);
  });

  test.each(demos.map((demo) => [demo.title, demo] as const))('%s: two runs that differ in it alone', (title, demo) => {
    const [first, second] = demoPlans(demo);
    if (first === undefined || second === undefined) throw new Error('A demo is two runs.');
    expect([first, second].map(({ draft }) => isTrainable(draft))).toEqual([true, true]);
    expect(second.draft.recipe.epochs).toBe(first.draft.recipe.epochs);
    expect(second.draft.recipe.seed).toBe(first.draft.recipe.seed);
    const changes = runDiff(first.draft, second.draft);
    expect(changes.length).toBeGreaterThan(0);
    for (const change of changes) expect(change).toMatch(FACTORS[title] ?? /^$/);
  });
});
