import { classCountOf, type DatasetSpec } from '../../core/dataset/spec.ts';
import type { Preset } from '../../core/network/presets/preset.ts';
import { stack } from '../../core/network/presets/stack.ts';
import { defaultRecipe } from '../../core/training/recipe.ts';

/** The answer of weatherAUS.csv, and the column that Elvland used of it. */
const [ANSWER, COLUMN] = ['RainTomorrow', 'Humidity3pm'];

/**
 * Elvland's network of 2023 as he trained it, for the table that he had: weatherAUS.csv, which the app may not ship, and which is
 * recognised by its columns when somebody opens it. Null for any other data set. `alone`: whether its column is the only one, as
 * in the report, so that this is the network to begin with.
 */
export function australianPreset(dataset: DatasetSpec): { readonly preset: Preset; readonly alone: boolean } | null {
  const { samples } = dataset;
  if (samples.kind !== 'table' || samples.answer !== ANSWER || classCountOf(dataset) !== 2) return null;
  if (!samples.fields.some(({ name }) => name === COLUMN)) return null;
  const preset: Preset = {
    dataset,
    id: 'elvland-rain-australia',
    title: 'Rain tomorrow · Elvland 2023',
    group: 'Elvland 2023',
    reported: { trainAccuracy: 0.75, testAccuracy: 0.76 },
    network: stack(['dense', { units: 2, activation: 'softplus' }], ['dense', { units: 1, activation: 'sigmoid' }]),
    recipe: {
      ...defaultRecipe(dataset),
      loss: 'binaryCrossentropy',
      batchSize: 10,
      epochs: 3,
    },
  };
  return { preset, alone: samples.fields.length === 1 };
}
