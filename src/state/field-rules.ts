import { type NetworkRule, networkProblem } from '../core/classroom/network-rule.ts';
import { keptTo, type Rules } from '../core/classroom/rules.ts';
import { isSameDataset } from '../core/dataset/spec.ts';
import type { Network } from '../core/network/network.ts';
import type { Setup } from '../core/training/setup.ts';
import type { Draft } from './draft.ts';
import type { DraftStore } from './draft-store.ts';

/** Rules, and what they were set with. */
export interface SetRules {
  readonly rules: Rules;
  readonly network: NetworkRule;
  readonly start: Setup;
}

/** Whether a setup keeps to rules. One for another data set does: they say nothing about it. */
export function keepsTo({ dataset, network, recipe }: Setup, { rules, network: rule, start }: SetRules): boolean {
  if (!isSameDataset(dataset, start.dataset)) return true;
  return networkProblem(network, start, rule) === null && keptTo(recipe, start.recipe, rules) === recipe;
}

/**
 * Holds the draft to rules from now on, whatever changes it: a field, a card, a preset, a run that is restored, Undo. What it is held to is no
 * step of Undo. A network that does not keep to its rule gives way to the one before; `tell` gets the reason, and null with the next change
 * that is allowed. Gives the function that ends it.
 */
export function holdTo(
  { store, history }: Pick<DraftStore, 'store' | 'history'>,
  { rules, network: rule, start }: SetRules,
  tell: (problem: string | null) => void = () => undefined,
): () => void {
  let last: Network = start.network;
  let kept = store.getState();
  let isHolding = false;
  const put = (draft: Draft) => {
    const { pause, resume } = history.getState();
    isHolding = true;
    pause();
    store.setState(draft, true);
    resume();
    isHolding = false;
  };
  const hold = () => {
    const draft = store.getState();
    if (isHolding || !isSameDataset(draft.dataset, start.dataset)) return;
    const problem = networkProblem(draft.network, start, rule);
    if (draft.network !== last) tell(problem);
    if (problem === null) last = draft.network;
    const recipe = keptTo(draft.recipe, start.recipe, rules);
    // Where all of a change is taken back, the very draft from before is put back: that is no step of Undo.
    const isIdle = kept.network === last && kept.recipe === recipe && problem !== null;
    const next = isIdle ? kept : { ...draft, network: last, recipe };
    kept = draft.network === last && draft.recipe === recipe ? draft : next;
    if (kept !== draft) put(kept);
  };
  const stop = store.subscribe(hold);
  hold();
  return stop;
}
