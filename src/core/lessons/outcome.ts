import { FIGURES, type Figure, figureOf, figureText, type MeasuredRun } from './figures.ts';

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

/** The name of the run with the highest validation accuracy of a lesson, as if it were one more. */
export const CHOSEN = 'chosen';

/** Some runs, and the one of them with the highest validation accuracy as `chosen`, once all are there. */
export function withChosen(ids: readonly string[], runs: MeasuredRuns): MeasuredRuns {
  const all = ids.flatMap((id) => runs.get(id) ?? []);
  const [best] = all.toSorted((a, b) => figureOf(b, 'validationAccuracy') - figureOf(a, 'validationAccuracy'));
  return all.length < ids.length || best === undefined ? runs : new Map([...runs, [CHOSEN, best]]);
}

/** Whether conditions all hold; false while a figure of one is not known. */
export function allHold(conditions: readonly Condition[], runs: MeasuredRuns): boolean {
  return conditions.every((condition) => holds(condition, runs));
}

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
  return outcomes.find(({ when }) => allHold(when, runs))?.option;
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
