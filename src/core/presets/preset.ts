import type { Network } from '../network.ts';
import type { Recipe } from '../recipe.ts';

/** A network and a recipe from a source, with what the source says about them. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** Author, work and year. */
  readonly source: string;
  /** What the report did and found, in two or three sentences. */
  readonly note: string;
  /** Figures as reported, as fractions; null where the report gives none. */
  readonly reported: { readonly trainAccuracy: number | null; readonly testAccuracy: number | null };
  readonly network: Network;
  readonly recipe: Recipe;
}
