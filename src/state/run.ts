import { last } from '../core/at.ts';
import {
  type Evaluation,
  type EvaluationSet,
  hasAnswers,
  type Judgement,
  type Outcome,
} from '../core/evaluation/evaluation.ts';
import { hasSameValues } from '../core/same-values.ts';
import type { Backend } from '../core/training/backend.ts';
import type { Checkpoint } from '../core/training/checkpoint.ts';
import { longer } from '../core/training/curves.ts';
import type { Adjustment } from '../core/training/live-settings.ts';
import { compact, type Series } from '../core/training/series.ts';
import { type Thinned, thinnedUntil } from '../core/training/thinned.ts';
import type { WeightsOrigin } from '../core/training/weights-origin.ts';
import type { ErrorReport } from '../protocol/error-report.ts';
import type { RunEvent, RunPhase } from '../protocol/events.ts';
import { fittingBatchOf } from './analysis.ts';
import { type Draft, withRecipe } from './draft.ts';
import { type EpochRecord, recordOf } from './epoch-record.ts';

/** Settings as they were changed, and the step from which on the change holds. */
export interface AdjustmentMark {
  readonly step: number;
  readonly values: Adjustment;
}

/** One training, from the draft that it froze to its test result. */
export interface Run {
  readonly number: number;
  readonly name: string;
  readonly draft: Draft;
  /** Where it trains; null while that is not known. */
  readonly backend: Backend | null;
  /** Where its first weights came from, in layers that they fit; null for new weights. */
  readonly carriedFrom: WeightsOrigin | null;
  /** Not drawn on the charts. */
  readonly hidden: boolean;
  /** Drawn stronger, and the last to give way to newer ones. */
  readonly pinned: boolean;
  readonly phase: RunPhase;
  readonly stepsPerEpoch: number;
  /** The first steps where they are thinned in memory, because the run is long; else left out. */
  readonly thinned?: Thinned;
  /** Loss and accuracy of every other step so far, in training mode. */
  readonly losses: Series;
  readonly accuracies: Series;
  readonly epochs: readonly EpochRecord[];
  /** Settings that were changed while it trained, in order: marks on the curves. */
  readonly adjustments: readonly AdjustmentMark[];
  /** The epoch after which early stopping ended it; null where it did not. */
  readonly stoppedAt: number | null;
  /** The epoch whose weights it has again, the best one; null where it has its last ones. */
  readonly restoredEpoch: number | null;
  /** The newest answers to the validation set. Those of runs that are put away and kept are read when they are asked for. */
  readonly validation: Outcome | null;
  readonly test: Outcome | null;
  /** How well the mean over each test image and its mirror image does, where the recipe asks for it; else left out. */
  readonly testMirrored?: Judgement;
  /** The answers to some training samples with the weights as they are now, where they were asked for. They are not kept. */
  readonly training?: Evaluation;
  /** False where the test set is left alone at the end, as in a sweep; else left out. */
  readonly judgesTest?: boolean;
  /** How far the evaluation under way is, 0 ... 1; null when there is none. */
  readonly evaluating: number | null;
  readonly imagesPerSecond: number;
  /** Spent on training steps; evaluation comes on top. */
  readonly seconds: number;
  /** Why it failed, for the student. */
  readonly failure: string | null;
  /** Where it ran out of memory: the largest power of two that fits, null where there is none. Else left out. */
  readonly fittingBatch?: number | null;
}

/** Steps done. */
export function stepOf(run: Run): number {
  return (run.thinned?.steps ?? 0) + run.losses.length;
}

/** Steps that the whole run takes; 0 until the worker has said so. */
export function totalSteps(run: Run): number {
  return run.stepsPerEpoch * run.draft.recipe.epochs;
}

/** A run as it was after so many steps; as it is where it has not come that far. */
export function runAtStep(run: Run, step: number): Run {
  if (step >= stepOf(run)) return run;
  return {
    ...run,
    ...stepsUntil(run, step),
    epochs: run.epochs.filter((record) => record.step <= step),
    adjustments: run.adjustments.filter((mark) => mark.step <= step),
  };
}

/** The steps before one of them. Within those that are thinned, those that make no whole mean have that mean. */
function stepsUntil(
  { thinned, losses, accuracies }: Run,
  step: number,
): Pick<Run, 'thinned' | 'losses' | 'accuracies'> {
  const at = thinned?.steps ?? 0;
  if (thinned === undefined || step >= at)
    return { losses: losses.slice(0, step - at), accuracies: accuracies.slice(0, step - at) };
  const kept = thinnedUntil(thinned, step);
  const rest = (means: Series) => new Float32Array(step - kept.steps).fill(means[kept.losses.length] ?? Number.NaN);
  return { thinned: kept, losses: rest(thinned.losses), accuracies: rest(thinned.accuracies) };
}

/** The same run as it is to be stored: without room for the steps to come. */
export function compactRun(run: Run): Run {
  const [losses, accuracies] = [compact(run.losses), compact(run.accuracies)];
  return losses === run.losses && accuracies === run.accuracies ? run : { ...run, losses, accuracies };
}

/** The same run without its answers, of which it still has how good they were. */
export function withoutAnswers(run: Run): Run {
  const { training, ...kept } = run;
  const { validation, test } = run;
  const isWithout = [validation, test].every((outcome) => outcome === null || !hasAnswers(outcome));
  if (isWithout) return training === undefined ? run : kept;
  return { ...kept, validation: judgementOf(validation), test: judgementOf(test) };
}

function judgementOf(outcome: Outcome | null): Judgement | null {
  return outcome && { loss: outcome.loss, accuracy: outcome.accuracy };
}

/** Whether nothing but steps lies between two states of a run: their losses and accuracies, their speed, and their time. */
export function differsOnlyInSteps(one: Run, other: Run): boolean {
  const { losses, accuracies, imagesPerSecond, seconds } = one;
  const hasBegun = stepOf(one) > 0 === stepOf(other) > 0;
  return hasBegun && hasSameValues(one, { ...other, losses, accuracies, imagesPerSecond, seconds });
}

/** A run that trains on to its last epoch. */
const NOT_STOPPED = { stoppedAt: null, restoredEpoch: null } as const;

/** A run as it was before its first step. */
export function runAtStart(run: Run): Run {
  const { number, name, draft, backend, carriedFrom, hidden, pinned, judgesTest } = run;
  const fresh = { ...newRun(number, draft, name, backend), carriedFrom, hidden, pinned };
  return judgesTest === undefined ? fresh : { ...fresh, judgesTest };
}

/**
 * Whether a run without a checkpoint takes the same course again from its own start: its weights were its own, and nobody changed
 * a setting. Where an epoch was over, too much would be done again.
 */
export function canBeginAgain({ carriedFrom, adjustments, epochs, phase }: Run): boolean {
  return carriedFrom === null && adjustments.length === 0 && epochs.length === 0 && phase !== 'failed';
}

/** A run as it was at a checkpoint; as it is where it has not done more since. */
export function runAtCheckpoint(run: Run, { snapshot: { step }, judgedEpochs, course }: Checkpoint): Run {
  if (step === stepOf(run) && judgedEpochs >= run.epochs.length) return run;
  const { epochs, training: _, testMirrored: __, ...at } = runAtStep(run, step);
  return {
    ...at,
    ...NOT_STOPPED,
    phase: 'paused',
    draft: withRecipe(run.draft, { epochs: last(course.lengths) }, run.draft.change),
    epochs: epochs.slice(0, judgedEpochs),
    seconds: (run.seconds * step) / stepOf(run),
    validation: null,
    test: null,
    evaluating: null,
    failure: null,
  };
}

/** A run as it starts. */
export function newRun(number: number, draft: Draft, name: string, backend: Backend | null = null): Run {
  return {
    number,
    name,
    draft,
    backend,
    carriedFrom: null,
    hidden: false,
    pinned: false,
    phase: 'compiling',
    stepsPerEpoch: 0,
    losses: new Float32Array(),
    accuracies: new Float32Array(),
    epochs: [],
    adjustments: [],
    ...NOT_STOPPED,
    validation: null,
    test: null,
    evaluating: null,
    imagesPerSecond: 0,
    seconds: 0,
    failure: null,
  };
}

/** Where a run has its answers to a set. */
const FIGURES: { readonly [Set in EvaluationSet]: 'training' | 'validation' | 'test' } = {
  trainSample: 'training',
  validation: 'validation',
  test: 'test',
};

/** A run whose answers to training samples are of weights that it does not have any more. */
function withoutTraining({ training: _, ...run }: Run): Run {
  return run;
}

/** The run after an event that is about it. */
export function runAfter(run: Run, event: RunEvent): Run {
  switch (event.type) {
    case 'phaseChanged':
      return atPhase({ ...run, phase: event.phase, stepsPerEpoch: event.stepsPerEpoch || run.stepsPerEpoch });
    case 'progressed':
      // What a run did that another was put in the place of.
      if (event.metrics.firstStep !== stepOf(run)) return run;
      return {
        ...withoutTraining(run),
        losses: longer(run.losses, event.metrics.losses),
        accuracies: longer(run.accuracies, event.metrics.accuracies),
        imagesPerSecond: event.imagesPerSecond,
        seconds: run.seconds + secondsOf(event, run.draft.recipe.batchSize),
      };
    case 'checkpointed':
      return run;
    case 'epochEnded':
      return {
        ...run,
        epochs: [...run.epochs, recordOf(event.report, run.seconds)],
        validation: event.report.validation ?? run.validation,
      };
    case 'adjusted':
      return { ...run, adjustments: [...run.adjustments, { step: event.step, values: event.values }] };
    case 'extended':
      return { ...run, ...NOT_STOPPED, draft: withRecipe(run.draft, { epochs: event.epochs }, run.draft.change) };
    case 'stoppedEarly':
      return { ...run, stoppedAt: event.epoch };
    case 'bestRestored':
      return { ...withoutTraining(run), restoredEpoch: event.epoch };
    case 'evaluationProgressed':
      return { ...run, evaluating: event.done / event.total };
    case 'evaluated':
      return evaluated(run, event);
    case 'failed':
      return failedRun(run, event.error);
    default:
      return event satisfies never;
  }
}

function evaluated({ testMirrored, ...run }: Run, { evaluation, mirrored }: RunEvent & { type: 'evaluated' }): Run {
  const beside = evaluation.set === 'test' ? mirrored : testMirrored;
  return {
    ...run,
    evaluating: null,
    [FIGURES[evaluation.set]]: evaluation,
    ...(beside !== undefined && { testMirrored: beside }),
  };
}

/** A run that entered another phase. One that is over needs no room for more steps. */
function atPhase(run: Run): Run {
  return run.phase === 'finished' || run.phase === 'failed' ? compactRun(run) : run;
}

function failedRun(run: Run, { message, availableBytes, fittingBatch }: ErrorReport): Run {
  const failed = atPhase({ ...run, phase: 'failed', evaluating: null, failure: message });
  if (fittingBatch !== undefined) return { ...failed, fittingBatch };
  if (availableBytes === undefined) return failed;
  return { ...failed, fittingBatch: fittingBatchOf(run.draft, availableBytes) };
}

/** How long the steps of one report took, from the speed that it gives. */
function secondsOf({ metrics, imagesPerSecond }: RunEvent & { type: 'progressed' }, batchSize: number): number {
  return imagesPerSecond > 0 ? (metrics.losses.length * batchSize) / imagesPerSecond : 0;
}
