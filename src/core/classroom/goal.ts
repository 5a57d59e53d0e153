import { type Figure, figureOf, figureText, type MeasuredRun } from '../lessons/figures.ts';
import { countText } from '../text/number-text.ts';

/** What a goal can be about, in the order of the picker. */
export const MEASURES = [
  'validationAccuracy',
  'bestAccuracy',
  'testAccuracy',
  'validationLoss',
  'gap',
  'parameters',
  'seconds',
] as const satisfies readonly (Figure | 'parameters')[];

/** What a condition of a goal is about: a figure of a run, or the number of parameters of its network. */
export type Measure = (typeof MEASURES)[number];

/** That a measure is above or below a bound. Accuracies and gaps are fractions. */
export interface GoalCondition {
  readonly measure: Measure;
  readonly is: 'over' | 'under';
  readonly bound: number;
}

/** A condition beside what was measured: NaN where it was not. */
export interface CheckedCondition extends GoalCondition {
  readonly value: number;
  readonly isMet: boolean;
}

/** What a goal is checked with. */
export interface Measured {
  /** Null where there is no run yet. */
  readonly run: MeasuredRun | null;
  /** Of the network of the run, or else of the draft; NaN where it does not fit together. */
  readonly parameters: number;
}

/** How a measure is called, and what its bound is typed in: so many times the figure, and the unit. */
export const MEASURE_WORDS: {
  readonly [M in Measure]: { readonly title: string; readonly scale: number; readonly unit: string };
} = {
  validationAccuracy: { title: 'Validation accuracy', scale: 100, unit: '%' },
  bestAccuracy: { title: 'Best validation accuracy', scale: 100, unit: '%' },
  testAccuracy: { title: 'Test accuracy', scale: 100, unit: '%' },
  validationLoss: { title: 'Validation loss', scale: 1, unit: '' },
  gap: { title: 'Training less validation accuracy', scale: 100, unit: 'points' },
  parameters: { title: 'Parameters', scale: 1, unit: '' },
  seconds: { title: 'Training time', scale: 1, unit: 's' },
};

/** Every condition of a goal beside what was measured. */
export function checkGoal(goal: readonly GoalCondition[], measured: Measured): readonly CheckedCondition[] {
  return goal.map((condition) => {
    const value = measureOf(measured, condition.measure);
    const isMet = condition.is === 'over' ? value > condition.bound : value < condition.bound;
    return { ...condition, value, isMet };
  });
}

function measureOf({ run, parameters }: Measured, measure: Measure): number {
  if (measure === 'parameters') return parameters;
  if (run === null) return Number.NaN;
  const value = figureOf(run, measure);
  // Of no epochs, the best is none; and no time was spent.
  return Number.isFinite(value) && (measure !== 'seconds' || run.epochs.length > 0) ? value : Number.NaN;
}

/** A condition in words: `Validation accuracy over 88.0 %`. */
export function conditionText({ measure, is, bound }: GoalCondition): string {
  return `${MEASURE_WORDS[measure].title} ${is} ${measureText(measure, bound)}`;
}

/** A figure of a goal in words; a dash where it was not measured. */
export function measureText(measure: Measure, value: number): string {
  if (!Number.isFinite(value)) return '–';
  return measure === 'parameters' ? countText(value) : figureText(measure, value);
}
