import { expect, test } from 'vitest';
import {
  keptTo,
  RULED_FIELDS,
  type Rule,
  type RuledField,
  ruleProblems,
} from '../../../../src/core/classroom/rules.ts';
import { OPTIMIZERS } from '../../../../src/core/training/optimizers/registry.ts';
import { defaultRecipe, type Recipe, weightDecayOf } from '../../../../src/core/training/recipe.ts';
import { SCHEDULES } from '../../../../src/core/training/schedule.ts';
import { FIRST_DATASET } from '../../../../src/datasets/catalogue.ts';

const DATASET = FIRST_DATASET.spec;
const SET = defaultRecipe(DATASET);

/** A recipe that differs from the one that was set in every field. */
const OTHER: Recipe = {
  optimizer: OPTIMIZERS.adamw.defaults,
  learningRate: 0.03,
  schedule: SCHEDULES.cosine.defaults,
  weightDecay: 0.5,
  clipNorm: 3,
  loss: 'meanSquaredError',
  labelSmoothing: 0.3,
  classWeights: 'balanced',
  weightAveraging: 0.9,
  batchSize: 7,
  epochs: 99,
  trainingImages: 1234,
  validateOn: 'test',
  validationSplit: 0.4,
  labelNoise: 0.3,
  augmentation: { ...SET.augmentation, flip: !SET.augmentation.flip },
  testTimeFlip: true,
  earlyStopping: { patience: 9, restoreBest: false },
  seed: 7,
};

function withRules(...rules: readonly (readonly [RuledField, Rule])[]): ReadonlyMap<RuledField, Rule> {
  return new Map(rules);
}

test.each(RULED_FIELDS)('%s that is locked or hidden comes back as it was set, and nothing else does', (field) => {
  for (const kind of ['locked', 'hidden'] as const) {
    const rules = withRules([field, { kind }]);
    const kept = keptTo(OTHER, SET, rules);
    expect(kept).not.toEqual(OTHER);
    expect(keptTo(kept, SET, rules)).toBe(kept);
    expect(ruleProblems(OTHER, SET, rules, DATASET)).toEqual([expect.stringContaining('set by the assignment')]);
    expect(ruleProblems(kept, SET, rules, DATASET)).toEqual([]);
    const changed = Object.entries(kept).flatMap(([name, value]) =>
      JSON.stringify(value) === JSON.stringify(new Map<string, unknown>(Object.entries(OTHER)).get(name)) ? [] : [name],
    );
    expect(changed.length).toBeLessThanOrEqual(2);
  }
});

test('everything locked is the recipe that was set', () => {
  const rules = withRules(...RULED_FIELDS.map((field) => [field, { kind: 'locked' }] as const));
  expect(keptTo(OTHER, SET, rules)).toEqual(SET);
});

test('the weight decay is a field of its own, wherever the optimizer keeps it', () => {
  const locked = keptTo(OTHER, SET, withRules(['weightDecay', { kind: 'locked' }]));
  expect(weightDecayOf(locked)).toBe(weightDecayOf(SET));
  const optimizer = keptTo(OTHER, SET, withRules(['optimizer', { kind: 'locked' }]));
  expect(optimizer.optimizer).toEqual(SET.optimizer);
  expect(weightDecayOf(optimizer)).toBe(weightDecayOf(OTHER));
});

test('a limited field comes to the nearest value that is allowed, with a sentence', () => {
  const rules = withRules(['epochs', { kind: 'limited', min: 1, max: 5 }]);
  expect(keptTo(OTHER, SET, rules)).toEqual({ ...OTHER, epochs: 5 });
  expect(ruleProblems(OTHER, SET, rules, DATASET)).toEqual(['Epochs: The assignment allows 1 to 5.']);
  const within = { ...OTHER, epochs: 3 };
  expect(keptTo(within, SET, rules)).toBe(within);
  expect(ruleProblems(within, SET, rules, DATASET)).toEqual([]);
});
