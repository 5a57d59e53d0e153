import { NO_AUGMENTATION } from '../core/training/augmentation.ts';
import { SCHEDULES } from '../core/training/schedule.ts';
import { overfittingDemo } from '../datasets/fashion-mnist/presets/own.ts';
import { type Draft, draftOf, withRecipe } from './draft.ts';
import type { Plan } from './queue.ts';
import { withDropoutRate } from './sweep.ts';

/** The same on every machine, so that the story is the one that was rehearsed. */
const SEED = 42;

/**
 * The demo for a class: a network that learns few images by heart, and the same one with what the coach would try. Both
 * were rehearsed: the first overfits from epoch 6 on, the second ends with a gap of 1.5 points.
 */
export function demoPlans(): readonly [Plan, Plan] {
  const draft = withRecipe(draftOf(overfittingDemo, SEED), { batchSize: 50 }, 'the demo');
  return [
    // As many images to validate on as to train on, so that the verdict is no accident.
    {
      name: 'No regularisation, 1,000 images',
      draft: withRecipe(draft, { trainingImages: 2000, validationSplit: 0.5, epochs: 12 }, 'the demo'),
    },
    { name: 'Dropout, flip and shift, 18,000 images', draft: regularised(draft) },
  ];
}

function regularised(draft: Draft): Draft {
  const augmentation = { ...NO_AUGMENTATION, flip: true, shift: 1 };
  const schedule = SCHEDULES.cosine.defaults;
  const values = { trainingImages: 20_000, validationSplit: 0.1, epochs: 6, augmentation, schedule };
  return { ...withRecipe(draft, values, 'the demo'), network: withDropoutRate(draft.network, 0.25) };
}
