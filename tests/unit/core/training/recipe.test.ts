import { describe, expect, test } from 'vitest';
import { fieldProblem, numberProblem } from '../../../../src/core/network/options.ts';
import { AUGMENTATION_FIELDS, isAugmented, NO_AUGMENTATION } from '../../../../src/core/training/augmentation.ts';
import { OPTIMIZERS } from '../../../../src/core/training/optimizers/registry.ts';
import {
  DEFAULT_EARLY_STOPPING,
  isValidated,
  type Recipe,
  weightDecayOf,
  withWeightDecay,
} from '../../../../src/core/training/recipe.ts';
import { PATIENCE_FIELD, recipeFields } from '../../../../src/core/training/recipe-fields.ts';
import { parseRecipe } from '../../../../src/core/training/recipe-parse.ts';
import { recipeProblems } from '../../../../src/core/training/recipe-problems.ts';
import { SCHEDULES } from '../../../../src/core/training/schedule.ts';
import { DEFAULT_RECIPE } from '../../../../src/datasets/fashion-mnist/presets/base.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

const NUMERIC = [...Object.values(recipeFields(FASHION_MNIST)), PATIENCE_FIELD, ...AUGMENTATION_FIELDS];

describe('the fields of a recipe', () => {
  test.each(NUMERIC)('$label explains itself, says what is usual, and takes each of its steps', (field) => {
    expect(field.explanation).toMatch(/^[A-Z].{20,}\.$/);
    if (field.option !== 'seed' && field.option !== 'trainingImages') expect(field.explanation).toContain('usual:');
    for (const step of field.steps) expect(numberProblem(field, step)).toBeNull();
    expect(field.steps).toEqual(field.steps.toSorted((a, b) => a - b));
  });

  test.each(Object.values(OPTIMIZERS))('the options of $title explain themselves and start allowed', (entry) => {
    const values = new Map<string, unknown>(Object.entries(entry.defaults));
    for (const field of entry.fields) {
      expect(field.explanation).toMatch(/^[A-Z].{20,}\.$/);
      expect(fieldProblem(field, values.get(field.option))).toBeNull();
    }
    const edited = [
      ...entry.fields.map((field) => field.option),
      ...(values.has('weightDecay') ? ['weightDecay'] : []),
    ];
    expect(edited).toEqual([...values.keys()].filter((key) => key !== 'kind'));
    expect(recipeProblems({ ...DEFAULT_RECIPE, optimizer: entry.defaults }, FASHION_MNIST)).toEqual({});
  });
});

describe('a recipe', () => {
  const faulty = (values: Partial<Recipe>) => recipeProblems({ ...DEFAULT_RECIPE, ...values }, FASHION_MNIST);

  test('begins with everything off that can be off', () => {
    expect(recipeProblems(DEFAULT_RECIPE, FASHION_MNIST)).toEqual({});
    expect(isAugmented(DEFAULT_RECIPE.augmentation)).toBe(false);
    expect(isAugmented({ ...NO_AUGMENTATION, rotation: 5 })).toBe(true);
    expect(isAugmented({ ...NO_AUGMENTATION, flip: true })).toBe(true);
  });

  test('is refused for each field that is out of range', () => {
    expect(faulty({ weightDecay: -1, labelSmoothing: 1, labelNoise: 1 })).toEqual({
      weightDecay: 'Weight decay must be at least 0.',
      labelSmoothing: 'Label smoothing must be at most 0.5.',
      labelNoise: 'Label noise must be at most 0.9.',
    });
  });

  test('may clip the gradient or not, but not to nothing', () => {
    expect(faulty({ clipNorm: 1 })).toEqual({});
    expect(faulty({ clipNorm: 0 })).toEqual({ clipNorm: 'Clip gradient must be at least 0.001.' });
  });

  test('is refused for a faulty option of its optimizer, its schedule or its augmentation', () => {
    const adam = { kind: 'adam', beta1: 1, beta2: 0.999, epsilon: 1e-7 } as const;
    expect(faulty({ optimizer: adam })).toEqual({ optimizer: 'Beta 1 must be at most 0.99999.' });
    const adamw = { ...OPTIMIZERS.adamw.defaults, weightDecay: 2 };
    expect(faulty({ optimizer: adamw })).toEqual({ optimizer: 'Weight decay must be at most 1.' });
    const schedule = { kind: 'cosine', finalShare: 2 } as const;
    expect(faulty({ schedule })).toEqual({ schedule: 'Ends at must be at most 1.' });
    const augmentation = { ...NO_AUGMENTATION, shift: 1.5 };
    expect(faulty({ augmentation })).toEqual({ augmentation: 'Shift must be a whole number.' });
  });

  test('cannot stop early without validation images, nor by the test set', () => {
    const earlyStopping = DEFAULT_EARLY_STOPPING;
    expect(faulty({ earlyStopping })).toEqual({});
    expect(faulty({ earlyStopping, validationSplit: 0 }).earlyStopping).toMatch(/^Early stopping watches/);
    expect(faulty({ earlyStopping, validateOn: 'test' }).earlyStopping).toMatch(/by the test set/);
    expect(faulty({ earlyStopping: { patience: 0, restoreBest: true } })).toEqual({
      earlyStopping: 'Patience must be at least 1.',
    });
  });

  test('is validated when images are set aside or the test set is used', () => {
    expect(isValidated(DEFAULT_RECIPE)).toBe(true);
    expect(isValidated({ ...DEFAULT_RECIPE, validationSplit: 0 })).toBe(false);
    expect(isValidated({ ...DEFAULT_RECIPE, validationSplit: 0, validateOn: 'test' })).toBe(true);
  });

  test('keeps one weight decay: that of AdamW in the optimizer, that of the others beside it', () => {
    const sgd = withWeightDecay({ ...DEFAULT_RECIPE, optimizer: OPTIMIZERS.sgd.defaults }, 0.01);
    expect(sgd.weightDecay).toBe(0.01);
    expect(weightDecayOf(sgd)).toBe(0.01);
    const adamw = withWeightDecay({ ...sgd, optimizer: OPTIMIZERS.adamw.defaults }, 0.02);
    expect(adamw.optimizer).toMatchObject({ weightDecay: 0.02 });
    expect(weightDecayOf(adamw)).toBe(0.02);
  });
});

describe('a stored recipe', () => {
  test('comes back as it was', () => {
    const recipe: Recipe = {
      ...DEFAULT_RECIPE,
      optimizer: { kind: 'momentum', momentum: 0.8, nesterov: true },
      schedule: { ...SCHEDULES.oneCycle.defaults, warmUpShare: 0.2 },
      clipNorm: 5,
      loss: 'meanSquaredError',
      classWeights: 'balanced',
      validateOn: 'test',
      augmentation: { ...NO_AUGMENTATION, flip: true, shift: 2 },
      earlyStopping: { patience: 7, restoreBest: false },
    };
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)), FASHION_MNIST)).toEqual(recipe);
  });

  test('of before the schedules trains as it did', () => {
    const old = {
      optimizer: { kind: 'sgd' },
      learningRate: 0.05,
      batchSize: 128,
      epochs: 5,
      trainingImages: 10_000,
      validationSplit: 0.1,
      seed: 7,
    };
    expect(parseRecipe(old, FASHION_MNIST)).toEqual({ ...DEFAULT_RECIPE, ...old });
  });

  test.each([
    null,
    'recipe',
    7,
    [],
    { optimizer: 'adam', schedule: { kind: 'toString' }, epochs: '15', loss: 1, classWeights: 'all' },
  ])('that is %j becomes the default one', (value) =>
    expect(parseRecipe(value, FASHION_MNIST)).toEqual(DEFAULT_RECIPE),
  );

  test('leaves out what no recipe has', () => {
    expect(parseRecipe(JSON.parse('{"__proto__": {"seed": 1}, "colour": "red"}'), FASHION_MNIST)).toEqual(
      DEFAULT_RECIPE,
    );
  });

  test('keeps a number out of range, so that it can be explained', () => {
    expect(recipeProblems(parseRecipe({ batchSize: 0 }, FASHION_MNIST), FASHION_MNIST)).toEqual({
      batchSize: 'Batch size must be at least 1.',
    });
  });
});
