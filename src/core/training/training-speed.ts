import { HISTOGRAM_TIME } from '../explaining/layer-histograms.ts';
import { judgedImages } from './coach/measures.ts';
import { isValidated } from './recipe.ts';
import type { Setup } from './setup.ts';

/** How fast a device trains a setup, as it was measured. All in seconds. */
export interface TrainingSpeed {
  /** What a run needs once: to build its network and to get it ready. */
  readonly once: number;
  /** One training step. */
  readonly step: number;
  /** One sample of those that are judged at the end of an epoch. */
  readonly judgedSample: number;
  /** The histograms at the end of an epoch; 0 where none are taken. */
  readonly histograms: number;
}

/** How long a whole run takes at a speed, in seconds; early stopping may end it before. */
export function runSeconds({ dataset, network, recipe }: Setup, speed: TrainingSpeed): number {
  const { once, step, judgedSample, histograms } = speed;
  const judged = judgedImages({ dataset, network, recipe });
  const samples = recipe.trainingImages - (recipe.validateOn === 'test' ? 0 : judged);
  const steps = Math.ceil(samples / recipe.batchSize);
  // The validation samples, and as many training samples.
  const judging = isValidated(recipe) ? 2 * judged * judgedSample : 0;
  const training = once + recipe.epochs * (steps * step + judging);
  const { share, seconds } = HISTOGRAM_TIME;
  return training + Math.min(recipe.epochs * histograms, histograms + seconds + share * training);
}
