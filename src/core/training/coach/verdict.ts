import type { Judgement } from '../../evaluation/evaluation.ts';
import type { Confusion } from '../../evaluation/metrics.ts';
import type { LossCourse } from '../loss-course.ts';
import type { Setup } from '../setup.ts';
import { applyFix, type CoachFix } from './fixes.ts';

/** What the coach sees of a run. Test images are not part of it. */
export interface Observation {
  readonly setup: Setup;
  /** Epochs so far; judgements in inference mode, null where there is no validation set. */
  readonly epochs: readonly {
    readonly epoch: number;
    readonly trainSample: Judgement | null;
    readonly validation: Judgement | null;
    /** Of the validation set; null or left out where it is not known. */
    readonly confusion?: Confusion | null;
  }[];
  /** The losses of the steps so far, in training mode. */
  readonly losses: LossCourse;
  /** 0 while it is not known. */
  readonly stepsPerEpoch: number;
  /** Whether the run has come to its end, early or not. */
  readonly ended: boolean;
  /** The epoch whose weights the run ended with, where those of the best one were put back; null or left out: the last. */
  readonly restoredEpoch?: number | null;
}

export type VerdictKind =
  | 'tooEarly'
  | 'noValidation'
  | 'diverged'
  | 'deadUnits'
  | 'overfitting'
  | 'gap'
  | 'majority'
  | 'noisy'
  | 'underfitting'
  | 'stillLearning'
  | 'fitsWell'
  | 'unclear';

/** How good or bad it is. */
export type VerdictTone = 'none' | 'learning' | 'good' | 'overfitting' | 'broken';

/** What the curves mean, in plain words, and what to try. */
export interface Verdict {
  readonly kind: VerdictKind;
  readonly tone: VerdictTone;
  /** As a heading: `Overfitting since epoch 7`. */
  readonly title: string;
  /** The text after the heading, with the run's own numbers. */
  readonly sentence: string;
  /** The epoch of the lowest validation loss; null where nothing was validated. */
  readonly bestEpoch: number | null;
  /** The epoch from which on the gap may be shaded; null where it is not real. */
  readonly gapSince: number | null;
  /**
   * What to try, the most promising first: each changes the setup, leaves it trainable, and differs from the others.
   */
  readonly fixes: readonly CoachFix[];
}

const TONES: { readonly [Kind in VerdictKind]: VerdictTone } = {
  tooEarly: 'none',
  noValidation: 'none',
  diverged: 'broken',
  deadUnits: 'broken',
  overfitting: 'overfitting',
  gap: 'overfitting',
  majority: 'learning',
  noisy: 'none',
  underfitting: 'learning',
  stillLearning: 'learning',
  fitsWell: 'good',
  unclear: 'none',
};

/** A verdict without epochs to mark. `fixes` are candidates: what does not apply to the setup is left out. */
export function verdictOf(
  kind: VerdictKind,
  setup: Setup,
  title: string,
  sentence: string,
  fixes: readonly CoachFix[],
): Verdict {
  const fitting = fixes.filter((fix) => applyFix(setup, fix) !== null);
  const first = fitting.filter(({ kind: own }, i) => fitting.findIndex((fix) => fix.kind === own) === i);
  return { kind, tone: TONES[kind], title, sentence, bestEpoch: null, gapSince: null, fixes: first };
}
