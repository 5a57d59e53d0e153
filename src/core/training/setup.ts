import type { DatasetSpec } from '../dataset/spec.ts';
import type { Network } from '../network/network.ts';
import type { Recipe } from './recipe.ts';

/** A network, and how and on what it is trained: what a run freezes. */
export interface Setup {
  readonly dataset: DatasetSpec;
  readonly network: Network;
  readonly recipe: Recipe;
}
