import type { DatasetSpec } from '../dataset/spec.ts';
import { numberText } from '../text/number-text.ts';
import { type Recipe, weightDecayOf, withWeightDecay } from '../training/recipe.ts';
import { recipeFields } from '../training/recipe-fields.ts';

/** The fields of a recipe that a rule can be about. `validation`: what is validated on, and the share that is set aside. */
export const RULED_FIELDS = [
  'optimizer',
  'learningRate',
  'epochs',
  'trainingImages',
  'batchSize',
  'schedule',
  'validation',
  'augmentation',
  'weightDecay',
  'clipNorm',
  'loss',
  'labelSmoothing',
  'weightAveraging',
  'classWeights',
  'labelNoise',
  'earlyStopping',
  'testTimeFlip',
  'seed',
] as const;

/** A field of a recipe that a rule can be about. */
export type RuledField = (typeof RULED_FIELDS)[number];

/** The fields that can be limited. */
export const LIMITED_FIELDS = [
  'learningRate',
  'epochs',
  'trainingImages',
  'batchSize',
  'weightDecay',
  'labelSmoothing',
  'labelNoise',
] as const;

/** A field that can be limited. */
export type LimitedField = (typeof LIMITED_FIELDS)[number];

/** What holds for a field: it stays as it was set, is not shown either, or lies within limits. */
export type Rule =
  | { readonly kind: 'locked' | 'hidden' }
  | { readonly kind: 'limited'; readonly min: number; readonly max: number };

/** What holds for the fields of a recipe; those that are not in it are free. */
export type Rules = ReadonlyMap<RuledField, Rule>;

/** Whether a field can be limited. */
export function isLimited(field: RuledField): field is LimitedField {
  return LIMITED_FIELDS.some((limited) => limited === field);
}

/** What a field is called. */
export function fieldTitle(field: RuledField, dataset: DatasetSpec): string {
  return field === 'trainingImages' ? recipeFields(dataset).trainingImages.label : TITLES[field];
}

const TITLES: { readonly [Field in Exclude<RuledField, 'trainingImages'>]: string } = {
  optimizer: 'Optimizer',
  learningRate: 'Learning rate',
  epochs: 'Epochs',
  batchSize: 'Batch size',
  schedule: 'Schedule',
  validation: 'Validation',
  augmentation: 'Augmentation',
  weightDecay: 'Weight decay',
  clipNorm: 'Clip gradient',
  loss: 'Loss',
  labelSmoothing: 'Label smoothing',
  weightAveraging: 'Average weights',
  classWeights: 'Class weights',
  labelNoise: 'Label noise',
  earlyStopping: 'Early stopping',
  testTimeFlip: 'Test-time flip',
  seed: 'Seed',
};

/** A recipe as near to `recipe` as the rules allow; itself where it keeps to them. `set`: the recipe that they were set with. */
export function keptTo(recipe: Recipe, set: Recipe, rules: Rules): Recipe {
  const kept = [...rules].reduce((now, [field, rule]) => ruled(now, set, field, rule), recipe);
  return JSON.stringify(kept) === JSON.stringify(recipe) ? recipe : kept;
}

function ruled(recipe: Recipe, set: Recipe, field: RuledField, rule: Rule): Recipe {
  if (rule.kind !== 'limited') return withField(recipe, set, field);
  if (!isLimited(field)) return recipe;
  const value = numberOf(recipe, field);
  const near = Math.min(Math.max(value, rule.min), rule.max);
  if (near === value) return recipe;
  return field === 'weightDecay' ? withWeightDecay(recipe, near) : { ...recipe, [field]: near };
}

/** A recipe with one field of another. */
function withField(recipe: Recipe, from: Recipe, field: RuledField): Recipe {
  switch (field) {
    case 'optimizer':
      // The weight decay is a field of its own, wherever it is kept.
      return withWeightDecay({ ...recipe, optimizer: from.optimizer }, weightDecayOf(recipe));
    case 'weightDecay':
      return withWeightDecay(recipe, weightDecayOf(from));
    case 'validation':
      return { ...recipe, validateOn: from.validateOn, validationSplit: from.validationSplit };
    default:
      return { ...recipe, [field]: from[field] };
  }
}

function numberOf(recipe: Recipe, field: LimitedField): number {
  return field === 'weightDecay' ? weightDecayOf(recipe) : recipe[field];
}

/** What of a recipe is not as the rules say, a sentence each. */
export function ruleProblems(recipe: Recipe, set: Recipe, rules: Rules, dataset: DatasetSpec): readonly string[] {
  return [...rules].flatMap(([field, rule]) => {
    if (keptTo(recipe, set, new Map([[field, rule]])) === recipe) return [];
    const title = fieldTitle(field, dataset);
    return [rule.kind === 'limited' ? `${title}: ${limitsText(rule)}` : `${title} was set by the assignment.`];
  });
}

/** Limits as a sentence. */
function limitsText({ min, max }: { readonly min: number; readonly max: number }): string {
  return `The assignment allows ${numberText(min)} to ${numberText(max)}.`;
}
