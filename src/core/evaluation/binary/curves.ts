import { at } from '../../at.ts';
import type { Outcomes } from './outcomes.ts';

/** A rule "at least this probability counts as the positive class", and what it gives. */
export interface RocPoint {
  /** Infinity for the first point, where nothing counts as positive. */
  readonly threshold: number;
  /** Of those that do not belong to the class, the share that is taken for it. */
  readonly falsePositiveRate: number;
  /** Of those that belong to the class, the share that is found: the recall. */
  readonly truePositiveRate: number;
}

/** A point of the precision-recall curve. */
export interface PrecisionRecallPoint {
  /** Infinity for the last point, which belongs to no threshold: precision 1, recall 0. */
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
}

/** How many are taken for the positive class at a threshold: rightly and wrongly. */
interface Cut {
  readonly threshold: number;
  readonly hits: number;
  readonly falseAlarms: number;
}

/** A cut at each probability that occurs, from the largest down. */
function cutsOf({ belongs, probabilities }: Outcomes): readonly Cut[] {
  const order = Uint32Array.from(probabilities.keys()).sort((a, b) => at(probabilities, b) - at(probabilities, a));
  const cuts: Cut[] = [];
  let [hits, falseAlarms] = [0, 0];
  order.forEach((row, place) => {
    if (belongs[row] === 1) hits += 1;
    else falseAlarms += 1;
    const threshold = at(probabilities, row);
    const next = order[place + 1];
    if (next === undefined || at(probabilities, next) !== threshold) cuts.push({ threshold, hits, falseAlarms });
  });
  return cuts;
}

/**
 * The receiver operating characteristic, as scikit-learn's `roc_curve`: from (0, 0) to (1, 1), without the points that lie on
 * a line between their neighbours. Null where the class, or the rest, has no sample.
 */
export function rocCurve(outcomes: Outcomes): readonly RocPoint[] | null {
  const { positives, belongs } = outcomes;
  const negatives = belongs.length - positives;
  if (positives === 0 || negatives === 0) return null;
  const corners = cutsOf(outcomes).filter((cut, i, cuts) => {
    const [before, after] = [cuts[i - 1], cuts[i + 1]];
    return before === undefined || after === undefined || bends(before, cut, after);
  });
  const start = { threshold: Number.POSITIVE_INFINITY, hits: 0, falseAlarms: 0 };
  return [start, ...corners].map(({ threshold, hits, falseAlarms }) => ({
    threshold,
    falsePositiveRate: falseAlarms / negatives,
    truePositiveRate: hits / positives,
  }));
}

/** Whether the steps before and after a cut differ. */
function bends(before: Cut, cut: Cut, after: Cut): boolean {
  return (
    cut.hits - before.hits !== after.hits - cut.hits ||
    cut.falseAlarms - before.falseAlarms !== after.falseAlarms - cut.falseAlarms
  );
}

/** The area under a ROC curve by the trapezoidal rule, as scikit-learn's `roc_auc_score`: 0 ... 1. */
export function rocArea(curve: readonly RocPoint[]): number {
  return curve.slice(1).reduce((area, { falsePositiveRate, truePositiveRate }, i) => {
    const before = at(curve, i);
    const width = falsePositiveRate - before.falsePositiveRate;
    return area + (width * (truePositiveRate + before.truePositiveRate)) / 2;
  }, 0);
}

/**
 * Precision and recall at each probability that occurs, as scikit-learn's `precision_recall_curve`: from the smallest up, and
 * at the end the point of precision 1 and recall 0. Null where the class has no sample.
 */
export function precisionRecallCurve(outcomes: Outcomes): readonly PrecisionRecallPoint[] | null {
  const { positives } = outcomes;
  if (positives === 0) return null;
  const points = cutsOf(outcomes).map(({ threshold, hits, falseAlarms }) => ({
    threshold,
    precision: hits / (hits + falseAlarms),
    recall: hits / positives,
  }));
  return [...points.reverse(), { threshold: Number.POSITIVE_INFINITY, precision: 1, recall: 0 }];
}

/**
 * The mean of the precisions, each with the recall that is gained there as its weight, as scikit-learn's
 * `average_precision_score`: 0 ... 1.
 */
export function averagePrecision(curve: readonly PrecisionRecallPoint[]): number {
  return curve
    .slice(1)
    .reduce((total, { recall }, i) => total + (at(curve, i).recall - recall) * at(curve, i).precision, 0);
}
