import { overfittingDemo } from '../core/presets/own.ts';
import { type Draft, draftOf, withRecipe } from './draft.ts';
import type { Plan } from './queue.ts';
import { withDropoutRate } from './sweep.ts';

/** The same on every machine, so that the story is the one that was rehearsed. */
const SEED = 42;

/** Long enough for the first run to turn, and for the second to be seen not to. */
const LENGTH = { epochs: 12, batchSize: 50 } as const;

/** The demo for a class: a network that learns few images by heart, and the same one with what the coach would try. */
export function demoPlans(): readonly [Plan, Plan] {
  const draft = withRecipe(draftOf(overfittingDemo, SEED), LENGTH, 'the demo');
  return [
    {
      name: 'No regularisation, 1,000 images',
      // As many images to validate on as to train on, so that the verdict is no accident.
      draft: withRecipe(draft, { trainingImages: 2000, validationSplit: 0.5 }, 'the demo'),
    },
    { name: 'Dropout, 9,000 images', draft: regularised(draft) },
  ];
}

function regularised(draft: Draft): Draft {
  const larger = withRecipe(draft, { trainingImages: 10_000, validationSplit: 0.1 }, 'the demo');
  return { ...larger, network: withDropoutRate(draft.network, 0.5) };
}
