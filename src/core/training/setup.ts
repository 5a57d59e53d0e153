import type { Network } from '../network/network.ts';
import type { Recipe } from './recipe.ts';

/** A network and how it is trained: what a run freezes. */
export interface Setup {
  readonly network: Network;
  readonly recipe: Recipe;
}
