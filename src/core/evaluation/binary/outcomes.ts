import { at } from '../../at.ts';
import type { Answers, Confusion } from '../metrics.ts';

/** The answers to n samples, looked at as one question: does a sample belong to the positive class? */
export interface Outcomes {
  /** Whether it does: 0 or 1, [n]. */
  readonly belongs: Uint8Array;
  /** The probability that the network gives it: [n]. */
  readonly probabilities: Float32Array;
  /** How many do. */
  readonly positives: number;
}

/** The answers as a question about one class; all others are the rest. */
export function outcomesOf({ labels, probabilities, classes }: Answers, positive: number): Outcomes {
  const belongs = Uint8Array.from(labels, (label) => (label === positive ? 1 : 0));
  return {
    belongs,
    probabilities: Float32Array.from(labels, (_, row) => at(probabilities, row * classes + positive)),
    positives: belongs.reduce((total, one) => total + one, 0),
  };
}

/**
 * True (rows) against predicted (columns), the rest first and then the positive class, when a probability of at least
 * `threshold`, rounded to a float32 as the probabilities are, counts as the positive class.
 */
export function confusionAt({ belongs, probabilities }: Outcomes, threshold: number): Confusion {
  const counts: [[number, number], [number, number]] = [
    [0, 0],
    [0, 0],
  ];
  const least = Math.fround(threshold);
  belongs.forEach((one, row) => {
    counts[one === 1 ? 1 : 0][at(probabilities, row) >= least ? 1 : 0] += 1;
  });
  return counts;
}
