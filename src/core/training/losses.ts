import { classCountOf, type DatasetSpec } from '../dataset/spec.ts';
import type { Ending } from '../network/endings.ts';
import type { Loss } from './recipe.ts';

/** What people call the losses, in the order of the picker. */
export const LOSS_TITLES: { readonly [Name in Loss]: string } = {
  categoricalCrossentropy: 'Cross-entropy',
  binaryCrossentropy: 'Binary cross-entropy',
  meanSquaredError: 'Mean squared error',
};

/** The losses that can be chosen for a data set, in the order of the picker. */
export function lossNames(dataset: DatasetSpec): readonly Loss[] {
  const names = ['categoricalCrossentropy', 'binaryCrossentropy', 'meanSquaredError'] as const;
  return names.filter((name) => name !== 'binaryCrossentropy' || classCountOf(dataset) === 2);
}

/**
 * The name of a loss for a network that ends like this: cross-entropy is called binary where a single unit gives the probability of
 * one of two classes. It is the same number.
 */
export function lossAtEnd(loss: Loss, { activation }: Ending): Loss {
  if (loss === 'meanSquaredError') return loss;
  return activation === 'sigmoid' ? 'binaryCrossentropy' : 'categoricalCrossentropy';
}
