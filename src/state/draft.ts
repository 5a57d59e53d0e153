import { classCountOf, type DatasetSpec } from '../core/dataset/spec.ts';
import { type Ending, endingOf } from '../core/network/endings.ts';
import { analyse } from '../core/network/graph.ts';
import { applyEdit, type Edit, type Network } from '../core/network/network.ts';
import type { Preset } from '../core/network/presets/preset.ts';
import { lossAtEnd } from '../core/training/losses.ts';
import { OPTIMIZERS, type OptimizerKind } from '../core/training/optimizers/registry.ts';
import type { Recipe } from '../core/training/recipe.ts';
import type { Setup } from '../core/training/setup.ts';

/** The data set, the network and the recipe that the next run will freeze. */
export interface Draft extends Setup {
  /** The preset it began as. */
  readonly presetId: string;
  /** What the last change did, as on the Undo button: `insert Conv2D`. */
  readonly change: string;
}

/** The draft that a preset stands for. The seed is the student's and stays. */
export function draftOf(preset: Preset, seed: number): Draft {
  const recipe = { ...preset.recipe, seed };
  return {
    dataset: preset.dataset,
    network: preset.network,
    recipe,
    presetId: preset.id,
    change: `choose ${preset.title}`,
  };
}

/** Whether a draft differs from the preset it began as, in more than the seed. */
export function isEdited(draft: Draft, preset: Preset): boolean {
  if (draft.network === preset.network && draft.recipe === preset.recipe) return false;
  const same = draftOf(preset, draft.recipe.seed);
  return JSON.stringify([draft.network, draft.recipe]) !== JSON.stringify([same.network, same.recipe]);
}

/** Whether both would train the same: data set, network and recipe are equal. */
export function isSameSetup(one: Setup, other: Setup): boolean {
  if (one.dataset !== other.dataset) return false;
  if (one.network === other.network && one.recipe === other.recipe) return true;
  return JSON.stringify([one.network, one.recipe]) === JSON.stringify([other.network, other.recipe]);
}

/** The draft after edits of its network, in order. With two classes the loss follows how the network ends. */
export function withEdits(draft: Draft, edits: readonly Edit[], change: string): Draft {
  const { dataset, recipe } = draft;
  const network = edits.reduce(applyEdit, draft.network);
  const edited = { ...draft, network, change };
  if (classCountOf(dataset) !== 2) return edited;
  const ending = endOf(network, dataset);
  if (ending === undefined || ending.units === endOf(draft.network, dataset)?.units) return edited;
  return { ...edited, recipe: { ...recipe, loss: lossAtEnd(recipe.loss, ending) } };
}

/** How a network ends; undefined where it cannot be trained yet. */
function endOf(network: Network, dataset: DatasetSpec): Ending | undefined {
  const { graph } = analyse(network, dataset);
  return graph === null ? undefined : endingOf(graph.nodes.at(-1)?.output ?? [], dataset);
}

/** The draft after a change of its recipe. */
export function withRecipe(draft: Draft, values: Partial<Recipe>, change: string): Draft {
  return { ...draft, recipe: { ...draft.recipe, ...values }, change };
}

/** Another optimizer starts with its own options and its usual learning rate. */
export function withOptimizer(draft: Draft, kind: OptimizerKind): Draft {
  const { defaults, learningRate, title } = OPTIMIZERS[kind];
  return withRecipe(draft, { optimizer: defaults, learningRate }, `use ${title}`);
}
