import { at } from '../../at.ts';
import type { Answers, Confusion } from '../metrics.ts';
import { confusionAt, outcomesOf } from './outcomes.ts';

/** How probabilities of two classes become answers: the positive class from this probability on, and else the other one. */
export interface Decision {
  /** The label of the positive class, 0 or 1. */
  readonly positive: number;
  /** 0 ... 1; a probability that equals it counts as positive. */
  readonly threshold: number;
}

/** The class, 0 or 1, that a sample is given. */
export function decidedClass({ probabilities }: Answers, row: number, { positive, threshold }: Decision): number {
  return at(probabilities, 2 * row + positive) >= Math.fround(threshold) ? positive : 1 - positive;
}

/** True (rows) against decided classes (columns) of two, in the order of the labels. */
export function decidedConfusion(answers: Answers, { positive, threshold }: Decision): Confusion {
  const counts = confusionAt(outcomesOf(answers, positive), threshold);
  return positive === 1 ? counts : counts.toReversed().map((row) => row.toReversed());
}
