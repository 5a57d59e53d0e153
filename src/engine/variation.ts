import type { RandomKey } from '../core/random.ts';
import type { Alternation } from '../core/training/alternating-flip.ts';
import type { AugmentationSpec } from '../core/training/augmentation.ts';

/** How the images of a batch are augmented. */
export interface Variation {
  readonly spec: AugmentationSpec;
  readonly key: RandomKey;
  /** Which of them are mirrored; null where that is drawn for each image of the batch. */
  readonly alternation: Alternation | null;
}
