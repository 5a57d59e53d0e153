import { describe, expect, test } from 'vitest';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import type { Network } from '../../../../src/core/network/network.ts';
import { coach } from '../../../../src/core/training/coach/coach.ts';
import { applyFix } from '../../../../src/core/training/coach/fixes.ts';
import { chanceAccuracy } from '../../../../src/core/training/coach/measures.ts';
import type { Observation, Verdict } from '../../../../src/core/training/coach/verdict.ts';
import { courseOf } from '../../../../src/core/training/loss-course.ts';
import { defaultRecipe, type Loss } from '../../../../src/core/training/recipe.ts';
import { SIGNS, WEATHER } from '../../../fixtures/specs/datasets.ts';
import { layers } from '../../../fixtures/specs/fixture.ts';
import { epochsOf } from './recorded.ts';

const FOUR: Network = {
  layers: layers(['flatten'], ['dense', { units: 8 }], ['dense', { units: 4, activation: 'softmax' }]),
};
const TWO: Network = { layers: layers(['dense', { units: 8 }], ['dense', { units: 1, activation: 'sigmoid' }]) };

/** What is said of two epochs at this loss and accuracy. */
function verdictAt(dataset: DatasetSpec, network: Network, level: number, accuracy: number, loss?: Loss): Verdict {
  const recipe = { ...defaultRecipe(dataset), ...(loss && { loss }) };
  const observation: Observation = {
    setup: { dataset, network, recipe },
    epochs: epochsOf([level, accuracy, level, accuracy], [level, accuracy, level, accuracy]),
    losses: courseOf(new Float32Array(200).fill(level)),
    stepsPerEpoch: 100,
    ended: true,
  };
  return coach(observation);
}

describe('the accuracy of guessing', () => {
  test('is one of the number of classes, and above it by chance on few samples', () => {
    expect(chanceAccuracy(1e12, 10)).toBeCloseTo(0.1, 5);
    expect(chanceAccuracy(1e12, 4)).toBeCloseTo(0.25, 5);
    expect(chanceAccuracy(1e12, 2)).toBeCloseTo(0.5, 5);
    // Three standard deviations of a share of 900 guesses among two.
    expect(chanceAccuracy(900, 2)).toBeCloseTo(0.5 + 3 / 60, 9);
    expect(chanceAccuracy(10_000, 10)).toBeCloseTo(0.1 + 3 * 0.003, 9);
  });
});

describe('a network that answers by chance', () => {
  test('has the same answer for every sign of four', () => {
    const verdict = verdictAt(SIGNS, FOUR, Math.log(4), 0.25);
    expect(verdict.kind).toBe('deadUnits');
    expect(verdict.sentence).toContain(
      'every sign gets the same answer, which is right 25.0\u202f% of the time, no better than chance.',
    );
  });

  test('has the same answer for every day of two', () => {
    const verdict = verdictAt(WEATHER, TWO, Math.log(2), 0.5);
    expect(verdict.kind).toBe('deadUnits');
    expect(verdict.sentence).toContain('every day gets the same answer, which is right 50.0\u202f% of the time');
    expect(verdictAt(WEATHER, TWO, Math.log(2), 0.5, 'binaryCrossentropy').kind).toBe('deadUnits');
  });

  test('is known by the loss of the squared error, too', () => {
    expect(verdictAt(SIGNS, FOUR, 0.75 / 4, 0.25, 'meanSquaredError').kind).toBe('deadUnits');
    expect(verdictAt(WEATHER, TWO, 0.25, 0.5, 'meanSquaredError').kind).toBe('deadUnits');
  });

  test('is not one that is right for half of four signs, or below the loss of chance', () => {
    expect(verdictAt(SIGNS, FOUR, Math.log(4), 0.5).kind).not.toBe('deadUnits');
    expect(verdictAt(SIGNS, FOUR, 0.9 * Math.log(4), 0.25).kind).not.toBe('deadUnits');
  });
});

describe('fixes', () => {
  test('offer no more samples than there are, and vary no rows of a table', () => {
    const setup = { dataset: WEATHER, network: TWO, recipe: defaultRecipe(WEATHER) };
    expect(applyFix(setup, { kind: 'trainingImages', images: 1200 })).toBeNull();
    const fewer = { ...setup, recipe: { ...setup.recipe, trainingImages: 100 } };
    expect(applyFix(fewer, { kind: 'trainingImages', images: 1200 })?.recipe.trainingImages).toBe(300);
    expect(applyFix(setup, { kind: 'augmentation', shift: 2 })).toBeNull();
    expect(
      applyFix({ dataset: SIGNS, network: FOUR, recipe: defaultRecipe(SIGNS) }, { kind: 'augmentation', shift: 2 })
        ?.label,
    ).toBe('+Flip and shift');
  });
});
