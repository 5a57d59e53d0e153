import { isValidated, type Recipe } from '../core/training/recipe.ts';
import type { EvaluationControl, Trainer } from '../engine/engine.ts';
import type { EpochReport } from '../protocol/events.ts';

/** How a network did at the end of an epoch, and how long it took to find out. */
export type EpochJudgement = Pick<EpochReport, 'trainSample' | 'validation' | 'judgingSeconds'>;

/**
 * Judges a network on the validation images and on a fixed sample of the training images, if the recipe sets images aside.
 * `now` gives milliseconds.
 */
export async function judgeEpoch(
  trainer: Trainer,
  recipe: Recipe,
  control: EvaluationControl,
  now: () => number,
): Promise<EpochJudgement> {
  if (!isValidated(recipe)) return { trainSample: null, validation: null, judgingSeconds: 0 };
  const began = now();
  const validation = await trainer.evaluate('validation', control);
  const { loss, accuracy } = await trainer.evaluate('trainSample', control);
  return { trainSample: { loss, accuracy }, validation, judgingSeconds: (now() - began) / 1000 };
}
