import { keptTo, type Rules } from '../core/classroom/rules.ts';
import { isSameDataset } from '../core/dataset/spec.ts';
import type { Setup } from '../core/training/setup.ts';
import type { Draft } from './draft.ts';
import type { DraftStore } from './draft-store.ts';

/** Rules, and what they were set with. */
export interface SetRules {
  readonly rules: Rules;
  readonly start: Setup;
}

/** A draft as near to what it is as rules allow; itself where it keeps to them, or is for another data set. */
function draftKeptTo(draft: Draft, { rules, start }: SetRules): Draft {
  if (!isSameDataset(draft.dataset, start.dataset)) return draft;
  const recipe = keptTo(draft.recipe, start.recipe, rules);
  return recipe === draft.recipe ? draft : { ...draft, recipe };
}

/**
 * Holds the draft to rules from now on, whatever changes it: a field, a preset, a run that is restored, Undo. What it is held to is no
 * step of Undo. Gives the function that ends it.
 */
export function holdTo({ store, history }: Pick<DraftStore, 'store' | 'history'>, rules: SetRules): () => void {
  const hold = () => {
    const draft = store.getState();
    const kept = draftKeptTo(draft, rules);
    if (kept === draft) return;
    const { pause, resume } = history.getState();
    pause();
    store.setState(kept, true);
    resume();
  };
  const stop = store.subscribe(hold);
  hold();
  return stop;
}
