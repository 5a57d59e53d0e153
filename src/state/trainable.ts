import { recipeProblems } from '../core/training/recipe-problems.ts';
import { analysisOf, refusalOfDraft } from './analysis.ts';
import type { Draft } from './draft.ts';

/** Whether a draft can be trained: no error in the network, no faulty field in the recipe, room for it on the device. */
export function isTrainable(draft: Draft): boolean {
  const fits =
    analysisOf(draft).graph !== null && Object.keys(recipeProblems(draft.recipe, draft.dataset)).length === 0;
  return fits && refusalOfDraft(draft) === null;
}
