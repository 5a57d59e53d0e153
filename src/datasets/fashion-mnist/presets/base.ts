import { outputFor } from '../../../core/network/presets/stack.ts';
import { defaultRecipe } from '../../../core/training/recipe.ts';
import { FASHION_MNIST } from '../spec.ts';

/** What the presets of this data set have in common. */

export const DEFAULT_RECIPE = defaultRecipe(FASHION_MNIST);

/** A probability for each garment at the end. */
export const OUTPUT = outputFor(FASHION_MNIST);
