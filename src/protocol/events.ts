import type { DatasetSpec } from '../core/dataset/spec.ts';
import type { ShardArrival, StreamFailure } from '../core/dataset/stream-events.ts';
import type { Evaluation, EvaluationSet, Judgement, StepMetrics } from '../core/evaluation/evaluation.ts';
import type { BackendReport, MemoryReport } from '../core/training/backend.ts';
import type { Checkpoint } from '../core/training/checkpoint.ts';
import type { Adjustment } from '../core/training/live-settings.ts';
import type { ErrorReport } from './error-report.ts';
import type { RequestEvent } from './requests.ts';

/** Where a run stands. */
export type RunPhase = 'compiling' | 'training' | 'paused' | 'finished' | 'failed';

/** How a network did at the end of an epoch, all in inference mode; null where there is no validation set. */
export interface EpochReport {
  /** Epochs done, from 1. */
  readonly epoch: number;
  /** Steps done. */
  readonly step: number;
  /** Spent on judging, after the last step. */
  readonly judgingSeconds?: number;
  readonly trainSample: Judgement | null;
  readonly validation: Evaluation | null;
}

/** What happens to a run. Events of an old run are to be ignored. */
export type RunEvent =
  | {
      readonly type: 'phaseChanged';
      readonly run: number;
      readonly phase: RunPhase;
      readonly step: number;
      readonly stepsPerEpoch: number;
      /** What it goes on from is still being copied: `checkpointed` comes, unless the run goes on before. Else left out. */
      readonly checkpointFollows?: true;
    }
  /** At most ten times a second. */
  | {
      readonly type: 'progressed';
      readonly run: number;
      readonly metrics: StepMetrics;
      /** Training images a second since the last event; 0 when unknown. */
      readonly imagesPerSecond: number;
      readonly memory: MemoryReport;
    }
  /** All that the run goes on from after the steps that were told of so far, if this worker does not last. */
  | { readonly type: 'checkpointed'; readonly run: number; readonly checkpoint: Checkpoint }
  | { readonly type: 'epochEnded'; readonly run: number; readonly report: EpochReport }
  /** Settings of a run were changed; the change holds from step `step` on, counted from 0. */
  | { readonly type: 'adjusted'; readonly run: number; readonly step: number; readonly values: Adjustment }
  /** A run is now so many epochs long in all. */
  | { readonly type: 'extended'; readonly run: number; readonly epochs: number }
  /** Early stopping ends the run after this epoch; it is `finished` next. */
  | { readonly type: 'stoppedEarly'; readonly run: number; readonly epoch: number }
  /** The weights are again those of this epoch, the best one. */
  | { readonly type: 'bestRestored'; readonly run: number; readonly epoch: number }
  | {
      readonly type: 'evaluationProgressed';
      readonly run: number;
      readonly set: EvaluationSet;
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly type: 'evaluated';
      readonly run: number;
      readonly evaluation: Evaluation;
      /** How well the mean over each image and its mirror image does, where that was asked for. */
      readonly mirrored?: Judgement;
    }
  /** A run stopped, or with `run` null the worker could not carry out a command. */
  | { readonly type: 'failed'; readonly run: number | null; readonly error: ErrorReport };

/** What happens to the data set from `baseUrl`. Events of one that was open before are to be ignored. */
export type DatasetEvent =
  /** Its manifest has arrived: what it is. Before all of its shards. */
  | { readonly type: 'datasetOpened'; readonly baseUrl: string; readonly spec: DatasetSpec }
  | { readonly type: 'shardArrived'; readonly baseUrl: string; readonly arrival: ShardArrival }
  | { readonly type: 'streamFailed'; readonly baseUrl: string; readonly failure: StreamFailure };

/** What the worker tells the page. */
export type WorkerEvent =
  | { readonly type: 'opened'; readonly report: BackendReport }
  /** Work goes on that nothing else tells of. */
  | { readonly type: 'alive' }
  /** The answer to `ping`. */
  | { readonly type: 'pong' }
  | DatasetEvent
  | RunEvent
  | RequestEvent;
