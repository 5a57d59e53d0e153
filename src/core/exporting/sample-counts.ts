import type { Recipe } from '../training/recipe.ts';

/** How many samples a run has, by what they are for. */
export interface SampleCounts {
  /** Set aside for validation. */
  readonly held: number;
  /** Trained on. */
  readonly trained: number;
  /** Steps of an epoch, whose last batch may have to be filled up. */
  readonly stepsPerEpoch: number;
  /** Whether the samples fill every batch. */
  readonly isFull: boolean;
}

/** What a recipe makes of its training samples. */
export function sampleCounts({ trainingImages, validateOn, validationSplit, batchSize }: Recipe): SampleCounts {
  const held = validateOn === 'split' ? Math.round(trainingImages * validationSplit) : 0;
  const trained = trainingImages - held;
  return { held, trained, stepsPerEpoch: Math.ceil(trained / batchSize), isFull: trained % batchSize === 0 };
}
