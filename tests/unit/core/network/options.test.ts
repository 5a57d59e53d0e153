import { describe, expect, test } from 'vitest';
import { definitionOf, LAYER_KINDS } from '../../../../src/core/network/layers/registry.ts';
import { createLayer } from '../../../../src/core/network/network.ts';
import { fieldProblem, optionProblems } from '../../../../src/core/network/options.ts';
import { recipeProblems } from '../../../../src/core/training/recipe-problems.ts';
import { DEFAULT_RECIPE } from '../../../../src/datasets/fashion-mnist/presets/base.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

describe('the fields of a layer', () => {
  test.each(LAYER_KINDS)('of %s take its defaults', (kind) => {
    expect(optionProblems(createLayer(kind, 'x'))).toEqual([]);
  });

  test.each(LAYER_KINDS)('of %s are its options, each once', (kind) => {
    const options = Object.keys(definitionOf(kind).defaults).filter((option) => option !== 'kind' && option !== 'off');
    const fields = definitionOf(kind).fields.map((field) => field.option);
    expect(fields.toSorted()).toEqual(options.toSorted());
  });

  test.each(LAYER_KINDS.flatMap((kind) => definitionOf(kind).fields.map((field) => ({ kind, field }))))(
    'of $kind explain themselves: $field.label',
    ({ field }) => {
      expect(field.explanation).toMatch(/^\S.{20,}\.$/);
      if (field.type !== 'integer' && field.type !== 'number') return;
      for (const step of field.steps ?? []) expect(fieldProblem(field, step)).toBeNull();
    },
  );
});

describe('a value out of range', () => {
  test.each([
    { values: { units: 0 }, message: 'Units must be at least 1.', allowed: [100] },
    { values: { units: 1e9 }, message: 'Units must be at most 8,192.', allowed: [100, 8192] },
    { values: { units: 2.5 }, message: 'Units must be a whole number.', allowed: [100, 3] },
    { values: { units: Number.NaN }, message: 'Units must be a number.', allowed: [100] },
    { values: { l2: -1 }, message: 'L2 must be at least 0.', allowed: [0] },
  ])('of $values is told in a sentence, with values that are allowed', ({ values, message, allowed }) => {
    const [problem] = optionProblems(createLayer('dense', 'x', values));
    expect(problem?.message).toBe(message);
    expect(problem?.values).toEqual(allowed);
  });

  test('of a choice or a switch names what is allowed', () => {
    const broken = { ...createLayer('conv2d', 'x'), padding: 'full', useBias: 1 };
    const fields = definitionOf('conv2d').fields.flatMap((field) => {
      const value = new Map<string, unknown>(Object.entries(broken)).get(field.option);
      return fieldProblem(field, value) ?? [];
    });
    expect(fields).toEqual(['Padding must be one of valid, same.', 'Bias must be on or off.']);
  });

  test('is found in each option at once', () => {
    const problems = optionProblems(createLayer('conv2d', 'x', { filters: 0, kernelSize: 4000, strides: 0.5 }));
    expect(problems.map((problem) => problem.option)).toEqual(['filters', 'kernelSize', 'strides']);
  });
});

describe('a recipe', () => {
  test('as it starts can be trained', () => {
    expect(recipeProblems(DEFAULT_RECIPE, FASHION_MNIST)).toEqual({});
  });

  test('is refused field by field', () => {
    const recipe = { ...DEFAULT_RECIPE, learningRate: 0, batchSize: 2000, epochs: 1.5, seed: -1 };
    expect(recipeProblems(recipe, FASHION_MNIST)).toEqual({
      learningRate: 'Learning rate must be at least 0.000001.',
      batchSize: 'Batch size must be at most 1,024.',
      epochs: 'Epochs must be a whole number.',
      seed: 'Seed must be at least 0.',
    });
  });
});
