import { at } from '../at.ts';

/** What a network answered to n images. */
export interface Answers {
  /** True classes: [n]. */
  readonly labels: Uint8Array;
  /** Row-major: [n, classes]. */
  readonly probabilities: Float32Array;
  readonly classes: number;
}

/** How often each true class (row) was given each prediction (column): `[classes][classes]` counts. */
export type Confusion = readonly (readonly number[])[];

/** Precision, recall and their harmonic mean as fractions, and the number of images behind them. */
export interface Scores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

/** scikit-learn's `classification_report`: a row for each class, and three ways to average them. */
export interface ClassificationReport {
  readonly classes: readonly Scores[];
  /** Over all images at once; for one label an image, precision, recall and F1 all equal the accuracy. */
  readonly micro: Scores;
  /** Every class counts the same. */
  readonly macro: Scores;
  /** Every class counts by its number of images. */
  readonly weighted: Scores;
  /** Every image counts the same; null where each has exactly one answer, and this would be the accuracy again. */
  readonly samples: Scores | null;
  readonly accuracy: number;
  /**
   * Whether scikit-learn would print the micro average as one figure named accuracy: where each image has exactly one
   * answer, and each class is the true or the predicted one of some image.
   */
  readonly microIsAccuracy: boolean;
}

/** A fraction, 0 where nothing is divided, as scikit-learn has it by default. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** The sum of a list of numbers; 0 of none. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Scores from counts: how many answers are right, how many were given, and how many images there are to find. */
export function scoresOf(hits: number, predicted: number, support: number): Scores {
  const precision = ratio(hits, predicted);
  const recall = ratio(hits, support);
  return { precision, recall, f1: ratio(2 * hits, predicted + support), support };
}

/** The mean of the classes' scores, each with the weight that `weightOf` gives it. */
export function averageOf(classes: readonly Scores[], weightOf: (scores: Scores) => number): Scores {
  const weight = sum(classes.map(weightOf));
  const mean = (figure: 'precision' | 'recall' | 'f1') =>
    ratio(sum(classes.map((scores) => scores[figure] * weightOf(scores))), weight);
  const support = sum(classes.map((scores) => scores.support));
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1'), support };
}

/** Precision, recall, F1 and support of every class and their averages; where nothing is divided, 0. */
export function classificationReport(confusion: Confusion): ClassificationReport {
  const predicted = confusion.map((_, c) => sum(confusion.map((row) => at(row, c))));
  const classes = confusion.map((row, c) => scoresOf(at(row, c), at(predicted, c), sum(row)));
  const total = sum(predicted);
  const hits = sum(confusion.map((row, c) => at(row, c)));
  return {
    classes,
    micro: scoresOf(hits, total, total),
    macro: averageOf(classes, () => 1),
    weighted: averageOf(classes, (scores) => scores.support),
    samples: null,
    accuracy: ratio(hits, total),
    microIsAccuracy: classes.every(({ support }, c) => support + at(predicted, c) > 0),
  };
}
