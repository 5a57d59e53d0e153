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
] as const;

/** The name of a figure. */
export type Figure = (typeof FIGURES)[number];

/** A figure of a run, as `dense.validationAccuracy`. */
export interface FigureOf {
  readonly run: string;
  readonly figure: Figure;
}

/** That a figure is larger or smaller than a number or another figure, by at least so much. */
export interface Condition {
  readonly left: FigureOf;
  readonly is: 'above' | 'below';
  readonly right: FigureOf | number;
  /** 0 where it is left out. */
  readonly by?: number | undefined;
}

/** Runs by their ids. */
export type MeasuredRuns = ReadonlyMap<string, MeasuredRun>;

/** A figure of a run; NaN where the run has none. */
export function figureOf({ epochs, losses }: MeasuredRun, figure: Figure): number {
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
    default:
      return figure satisfies never;
  }
}

/** Whether a condition holds; false while a figure of it is not known. */
function holds({ left, is, right, by = 0 }: Condition, runs: MeasuredRuns): boolean {
  const value = figureValue(left, runs);
  const other = typeof right === 'number' ? right : figureValue(right, runs);
  return is === 'above' ? value >= other + by : value <= other - by;
}

function figureValue({ run, figure }: FigureOf, runs: MeasuredRuns): number {
  const measured = runs.get(run);
  return measured === undefined ? Number.NaN : figureOf(measured, figure);
}

/** The id of the option that turned out to be right: of the first outcome whose conditions all hold. */
export function measuredOption(
  outcomes: readonly { readonly option: string; readonly when: readonly Condition[] }[],
  runs: MeasuredRuns,
): string | undefined {
  return outcomes.find(({ when }) => when.every((condition) => holds(condition, runs)))?.option;
}

/** A text with each `{run.figure}` in it replaced by what was measured; a figure that is not known is `…`. */
export function withFigures(text: string, runs: MeasuredRuns): string {
  return text.replace(/\{(\w+)\.(\w+)\}/g, (whole, run: string, name: string) => {
    const figure = FIGURES.find((known) => known === name);
    if (figure === undefined) return whole;
    const value = figureValue({ run, figure }, runs);
    return Number.isNaN(value) ? '…' : figureText(figure, value);
  });
}

/** A figure as people read it: `88.2 %`, `0.341`, `12.0 points`. */
function figureText(figure: Figure, value: number): string {
  if (figure === 'bestEpoch') return String(value);
  if (figure === 'gap') return `${decimalText(100 * value, 1)} points`;
  return figure.endsWith('Loss') || figure === 'rise' ? lossText(value) : percentText(value);
}
