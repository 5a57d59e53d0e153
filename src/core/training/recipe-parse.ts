import type { DatasetSpec } from '../dataset/spec.ts';
import { lossNames } from './losses.ts';
import { OPTIMIZERS } from './optimizers/registry.ts';
import { CLASS_WEIGHTS, DEFAULT_EARLY_STOPPING, defaultRecipe, type Recipe, VALIDATION_SETS } from './recipe.ts';
import { SCHEDULES } from './schedule.ts';

/**
 * A recipe for a data set out of stored or shared data: what is missing, or of another type than it should be, is as in the default
 * recipe, so that recipes from before an option existed train as they did. Numbers out of range stay, for
 * `recipeProblems` to explain.
 */
export function parseRecipe(value: unknown, dataset: DatasetSpec): Recipe {
  const given = entriesOf(value);
  const usual = defaultRecipe(dataset);
  const stopping = given.get('earlyStopping');
  const norm = given.get('clipNorm');
  return {
    ...completed(usual, value),
    optimizer: completed(entryOf(OPTIMIZERS, given.get('optimizer'), 'adam').defaults, given.get('optimizer')),
    schedule: completed(entryOf(SCHEDULES, given.get('schedule'), 'constant').defaults, given.get('schedule')),
    loss: lossNames(dataset).find((name) => name === given.get('loss')) ?? usual.loss,
    classWeights: CLASS_WEIGHTS.find((name) => name === given.get('classWeights')) ?? usual.classWeights,
    validateOn: VALIDATION_SETS.find((name) => name === given.get('validateOn')) ?? usual.validateOn,
    clipNorm: typeof norm === 'number' ? norm : usual.clipNorm,
    earlyStopping:
      typeof stopping === 'object' && stopping ? completed(DEFAULT_EARLY_STOPPING, stopping) : usual.earlyStopping,
  };
}

/**
 * `defaults`, with the values of the same type that `value` has in their place; objects within likewise. The kind stays:
 * it chose the defaults.
 */
function completed<Values extends object>(defaults: Values, value: unknown): Values {
  const given = entriesOf(value);
  const taken = Object.entries(defaults).map(([key, usual]) => {
    const own: unknown = given.get(key);
    if (typeof usual === 'object' && usual !== null) return [key, completed(usual, own)];
    return [key, key !== 'kind' && typeof own === typeof usual ? own : usual];
  });
  return { ...defaults, ...Object.fromEntries(taken) };
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function nameOf<Name extends string>(names: { readonly [N in Name]: unknown }, value: unknown, usual: Name): Name {
  return isNameIn(names, value) ? value : usual;
}

function entryOf<Name extends string, Entry>(
  entries: { readonly [N in Name]: Entry },
  spec: unknown,
  usual: Name,
): Entry {
  return entries[nameOf(entries, entriesOf(spec).get('kind'), usual)];
}

function isNameIn<Name extends string>(names: { readonly [N in Name]: unknown }, value: unknown): value is Name {
  return typeof value === 'string' && Object.hasOwn(names, value);
}
