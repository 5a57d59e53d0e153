import type { NumericField } from '../network/numeric-field.ts';
import { numberProblem } from '../network/options.ts';
import { briefText } from '../text/number-text.ts';
import { type AugmentationSpec, augmentationProblems } from './augmentation.ts';
import { type Recipe, weightDecayOf } from './recipe.ts';
import { augmentationDiff, change, switched } from './recipe-diff.ts';
import { RECIPE_RANGES } from './recipe-fields.ts';

/** What may be changed while a network trains; a change holds from the next step on. */
export interface LiveSettings {
  /** What the schedule is relative to. */
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly augmentation: AugmentationSpec;
  /** The rate of every layer that drops values; null: as each layer says. */
  readonly dropout: number | null;
}

/** New values for some of the settings. */
export type Adjustment = Partial<LiveSettings>;

/** The field of `dropout`. */
export const DROPOUT_FIELD: NumericField<'dropout'> = {
  option: 'dropout',
  label: 'Dropout',
  type: 'number',
  min: 0,
  max: 0.95,
  steps: [0, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5],
  explanation: 'The share of values that every dropout layer drops from now on; usual: 0.2 to 0.5.',
};

/** The settings that a recipe begins with. */
export function settingsOf(recipe: Recipe): LiveSettings {
  const { learningRate, augmentation } = recipe;
  return { learningRate, weightDecay: weightDecayOf(recipe), augmentation, dropout: null };
}

/** What is wrong with an adjustment, as a sentence; null when it can be made. */
export function adjustmentProblem({ learningRate, weightDecay, augmentation, dropout }: Adjustment): string | null {
  const problems = [
    learningRate === undefined ? null : numberProblem(RECIPE_RANGES.learningRate, learningRate),
    weightDecay === undefined ? null : numberProblem(RECIPE_RANGES.weightDecay, weightDecay),
    dropout === undefined || dropout === null ? null : numberProblem(DROPOUT_FIELD, dropout),
    ...(augmentation === undefined ? [] : Object.values(augmentationProblems(augmentation))),
  ];
  return problems.find((problem) => problem !== null) ?? null;
}

/** What an adjustment changes, as labels for its mark on the curves: `lr 1e-3 → 1e-4`. */
export function adjustmentLabels(before: LiveSettings, values: Adjustment): readonly string[] {
  const after = { ...before, ...values };
  return [
    ...change('lr', before.learningRate, after.learningRate, briefText),
    ...change('Dropout', before.dropout, after.dropout, (rate) => (rate === null ? 'as built' : briefText(rate))),
    ...augmentationDiff(before.augmentation, after.augmentation),
    ...switched('Weight decay', before.weightDecay, after.weightDecay, briefText),
  ];
}
