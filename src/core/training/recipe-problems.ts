import type { DatasetSpec } from '../dataset/spec.ts';
import { numericProblems } from '../network/numeric-field.ts';
import { fieldProblem, numberProblem } from '../network/options.ts';
import { augmentationProblems } from './augmentation.ts';
import { OPTIMIZERS } from './optimizers/registry.ts';
import { isValidated, type Recipe } from './recipe.ts';
import { type NumericOption, PATIENCE_FIELD, RECIPE_RANGES, recipeFields } from './recipe-fields.ts';
import { SCHEDULES } from './schedule.ts';

/** The options of a recipe that can be at fault, as a form marks them. */
export type RecipeOption = NumericOption | 'optimizer' | 'schedule' | 'augmentation' | 'earlyStopping';

/** Everything wrong with a recipe for a data set, by option; an empty record means that it can be trained. */
export function recipeProblems(recipe: Recipe, dataset: DatasetSpec): Partial<Record<RecipeOption, string>> {
  const { clipNorm, ...fields } = recipeFields(dataset);
  const parts: readonly (readonly [RecipeOption, string | null | undefined])[] = [
    ['clipNorm', recipe.clipNorm === null ? null : numberProblem(clipNorm, recipe.clipNorm)],
    ['optimizer', optimizerProblem(recipe)],
    ['schedule', firstOf(numericProblems(SCHEDULES[recipe.schedule.kind].fields, recipe.schedule))],
    ['augmentation', firstOf(augmentationProblems(recipe.augmentation))],
    ['earlyStopping', earlyStoppingProblem(recipe, dataset)],
  ];
  const found = parts.flatMap(([option, problem]) => (problem ? [[option, problem] as const] : []));
  return { ...numericProblems(Object.values(fields), recipe), ...Object.fromEntries(found) };
}

function firstOf(problems: Readonly<Partial<Record<string, string>>>): string | undefined {
  return Object.values(problems)[0];
}

function optimizerProblem({ optimizer }: Recipe): string | null {
  const values = new Map<string, unknown>(Object.entries(optimizer));
  const problems = OPTIMIZERS[optimizer.kind].fields.map((field) => fieldProblem(field, values.get(field.option)));
  const decay = 'weightDecay' in optimizer ? numberProblem(RECIPE_RANGES.weightDecay, optimizer.weightDecay) : null;
  return problems.find((problem) => problem !== null) ?? decay;
}

function earlyStoppingProblem(recipe: Recipe, { words: { sample } }: DatasetSpec): string | null {
  if (recipe.earlyStopping === null) return null;
  if (recipe.validateOn === 'test') {
    return `Early stopping would choose the best epoch by the test set, which must never be used to choose. Set ${sample.many} aside for validation.`;
  }
  if (!isValidated(recipe)) {
    return `Early stopping watches the validation loss, and no ${sample.many} are set aside. Choose a validation split above 0.`;
  }
  return numberProblem(PATIENCE_FIELD, recipe.earlyStopping.patience);
}
