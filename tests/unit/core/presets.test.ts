import { describe, expect, test } from 'vitest';
import { analyse } from '../../../src/core/graph.ts';
import { PRESETS, presetById } from '../../../src/core/presets/catalogue.ts';
import { recipeProblems } from '../../../src/core/recipe.ts';

const PARAMETERS: Readonly<Record<string, number>> = {
  'ciutacu-cnn': 542_230,
  'malca-sitalkil-512': 407_050,
};

describe('presets', () => {
  test.each(PRESETS)('$id builds, has its parameters, and can be trained', ({ id, network, recipe }) => {
    const { graph, totals, issues } = analyse(network);
    expect(issues).toEqual([]);
    expect(graph).not.toBeNull();
    expect(totals.trainable + totals.nonTrainable).toBe(PARAMETERS[id]);
    expect(recipeProblems(recipe)).toEqual({});
  });

  test('have ids of their own, and are found by them', () => {
    expect(new Set(PRESETS.map((preset) => preset.id)).size).toBe(PRESETS.length);
    for (const preset of PRESETS) expect(presetById(preset.id)).toBe(preset);
    expect(presetById('nobody')).toBeUndefined();
  });

  test('start with the network of Ciutacu', () => {
    expect(PRESETS[0].id).toBe('ciutacu-cnn');
  });
});
