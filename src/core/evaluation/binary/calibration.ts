import { at } from '../../at.ts';
import type { Outcomes } from './outcomes.ts';

/** Samples of about the same probability. */
export interface ReliabilityBin {
  /** From above `low` (0 included) to `high`, included. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean probability of the positive class. */
  readonly confidence: number;
  /** The share that belongs to it. */
  readonly share: number;
}

/**
 * What becomes of probabilities, in bins of equal width, as scikit-learn's `calibration_curve`. Empty bins are left out. With
 * a calibrated network confidence and share are equal.
 */
export function reliability({ belongs, probabilities }: Outcomes, bins = 10): readonly ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, share: 0 }));
  const edges = Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);
  probabilities.forEach((probability, row) => {
    const edge = edges.findIndex((value) => probability <= value);
    const bin = at(sums, edge === -1 ? bins - 1 : edge);
    bin.count += 1;
    bin.confidence += probability;
    bin.share += at(belongs, row);
  });
  return sums.flatMap(({ count, confidence, share }, i) =>
    count === 0
      ? []
      : [{ low: i / bins, high: (i + 1) / bins, count, confidence: confidence / count, share: share / count }],
  );
}

/**
 * The expected calibration error (Guo et al., 2017): how far confidence and share are apart, as a mean over all samples;
 * 0 of none.
 */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const [distance, count] = bins.reduce(
    ([distances, counts], bin) => [distances + bin.count * Math.abs(bin.share - bin.confidence), counts + bin.count],
    [0, 0],
  );
  return count === 0 ? 0 : distance / count;
}

/** The mean squared distance of the probabilities from 0 and 1, as scikit-learn's `brier_score_loss`; 0 of none. */
export function brierScore({ belongs, probabilities }: Outcomes): number {
  const total = probabilities.reduce((sum, probability, row) => sum + (probability - at(belongs, row)) ** 2, 0);
  return belongs.length === 0 ? 0 : total / belongs.length;
}
