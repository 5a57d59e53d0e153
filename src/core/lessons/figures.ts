import { confusionOf } from '../evaluation/confusion.ts';
import { type Answers, classificationReport, type Scores } from '../evaluation/metrics.ts';
import { thresholdedReport } from '../evaluation/thresholded.ts';
import { decimalText, lossText, percentText } from '../text/number-text.ts';

/** What is measured of a run that has ended. */
export interface MeasuredRun {
  /** Epoch by epoch, in inference mode: on some training samples and on the validation set. Accuracies are fractions. */
  readonly epochs: readonly {
    readonly trainSample: { readonly loss: number; readonly accuracy: number } | null;
    readonly validation: { readonly loss: number; readonly accuracy: number } | null;
  }[];
  /** The loss of every step; what is not a number ended the run. */
  readonly losses: ArrayLike<number>;
  /** On the test set at its end, where it was judged on that. */
  readonly test?: { readonly accuracy: number } | null | undefined;
  /** What it answered to the validation set at its end, where that is known. */
  readonly answers?: Answers | null | undefined;
  /** Spent on training steps. */
  readonly seconds?: number;
}

/** The figures that lessons speak of. */
export const FIGURES = [
  /** Of the last epoch. */
  'validationAccuracy',
  'trainingAccuracy',
  'validationLoss',
  'trainingLoss',
  /** Training less validation accuracy. */
  'gap',
  /** Of the best epoch by validation accuracy. */
  'bestAccuracy',
  /** The epoch with the least validation loss. */
  'bestEpoch',
  /** Validation accuracy after the first epoch. */
  'firstAccuracy',
  /** How far the validation loss rose above its least value. */
  'rise',
  /** The standard deviation of the losses of single steps in the last epoch. */
  'noise',
  'testAccuracy',
  /** Of the last class of the data set, on the validation set. */
  'recall',
  'precision',
  /** Over all validation samples, where only outputs above 0.5 count as answers. */
  'thresholdedRecall',
  /** Seconds spent on training steps. */
  'seconds',
] as const;

/** The name of a figure. */
export type Figure = (typeof FIGURES)[number];

/** A figure of a run; NaN where the run has none. */
export function figureOf(run: MeasuredRun, figure: Figure): number {
  const { epochs, losses, answers, test } = run;
  const accuracies = epochs.map(({ validation }) => validation?.accuracy ?? Number.NaN);
  const validationLosses = epochs.map(({ validation }) => validation?.loss ?? Number.NaN);
  const last = epochs.at(-1);
  const lastLoss = validationLosses.at(-1) ?? Number.NaN;
  switch (figure) {
    case 'validationAccuracy':
      return accuracies.at(-1) ?? Number.NaN;
    case 'trainingAccuracy':
      return last?.trainSample?.accuracy ?? Number.NaN;
    case 'validationLoss':
      return lastLoss;
    case 'trainingLoss':
      return last?.trainSample?.loss ?? Number(losses[losses.length - 1] ?? Number.NaN);
    case 'gap':
      return (last?.trainSample?.accuracy ?? Number.NaN) - (accuracies.at(-1) ?? Number.NaN);
    case 'bestAccuracy':
      return Math.max(...accuracies);
    case 'bestEpoch':
      return validationLosses.indexOf(Math.min(...validationLosses)) + 1;
    case 'firstAccuracy':
      return accuracies[0] ?? Number.NaN;
    case 'rise':
      return lastLoss - Math.min(...validationLosses);
    case 'noise':
      return deviation(Array.from(losses).slice(-Math.floor(losses.length / Math.max(1, epochs.length))));
    case 'testAccuracy':
      return test?.accuracy ?? Number.NaN;
    case 'recall':
    case 'precision':
      return lastClass(answers)?.[figure] ?? Number.NaN;
    case 'thresholdedRecall':
      return answers ? thresholdedReport(answers).micro.recall : Number.NaN;
    case 'seconds':
      return run.seconds ?? Number.NaN;
    default:
      return figure satisfies never;
  }
}

function lastClass(answers: Answers | null | undefined): Scores | undefined {
  return answers ? classificationReport(confusionOf(answers)).classes.at(-1) : undefined;
}

/** The standard deviation of a sample; NaN of fewer than two values. */
function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
}

/** A figure as people read it: `88.2 %`, `0.341`, `12.0 points`, `3.1 s`. */
export function figureText(figure: Figure, value: number): string {
  if (figure === 'bestEpoch') return String(value);
  if (figure === 'gap') return `${decimalText(100 * value, 1)} points`;
  if (figure === 'seconds') return `${decimalText(value, 1)}\u202fs`;
  const isLoss = figure.endsWith('Loss') || figure === 'rise' || figure === 'noise';
  return isLoss ? lossText(value) : percentText(value);
}
