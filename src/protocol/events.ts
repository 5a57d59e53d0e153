import type { ShardArrival, StreamFailure } from '../core/dataset/stream-events.ts';
import type { Evaluation, EvaluationSet, Judgement, StepMetrics } from '../core/evaluation/evaluation.ts';
import type { Alike, Answerer } from '../core/explaining/alike.ts';
import { inspectionBuffers, type NetworkInspection } from '../core/explaining/inspection.ts';
import type { LabelledNeighbours } from '../core/explaining/nearest.ts';
import type { BackendReport, MemoryReport } from '../core/training/backend.ts';
import type { Adjustment } from '../core/training/live-settings.ts';
import { type Snapshot, snapshotBuffers } from '../core/training/snapshot.ts';

/** An error as it crosses the thread. */
export interface ErrorReport {
  readonly name: string;
  /** What happened, what it means, what to do. */
  readonly message: string;
  readonly stack: string | null;
}

/** Where a run stands. */
export type RunPhase = 'compiling' | 'training' | 'paused' | 'finished' | 'failed';

/** How a network did at the end of an epoch, all in inference mode; null where there is no validation set. */
export interface EpochReport {
  /** Epochs done, from 1. */
  readonly epoch: number;
  /** Steps done. */
  readonly step: number;
  readonly trainSample: Judgement | null;
  readonly validation: Evaluation | null;
}

/** What a network says of some images. */
export interface PredictedAnswer extends Answerer {
  /** Softmax outputs: [n, 10]. */
  readonly probabilities: Float32Array<ArrayBuffer>;
}

/** The weights of a run, in the order of its graph. */
export interface RunWeights {
  /** Steps that they have taken. */
  readonly step: number;
  readonly values: readonly Float32Array<ArrayBuffer>[];
}

/** What the worker tells the page. Events of an old run are to be ignored. */
export type WorkerEvent =
  | { readonly type: 'opened'; readonly report: BackendReport }
  | { readonly type: 'shardArrived'; readonly arrival: ShardArrival }
  | { readonly type: 'streamFailed'; readonly failure: StreamFailure }
  | {
      readonly type: 'phaseChanged';
      readonly run: number;
      readonly phase: RunPhase;
      readonly step: number;
      readonly stepsPerEpoch: number;
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
  | { readonly type: 'evaluated'; readonly run: number; readonly evaluation: Evaluation }
  | {
      readonly type: 'predicted';
      readonly request: number;
      /** Null when there is no network. */
      readonly answer: PredictedAnswer | null;
    }
  /** Null when there is no network. */
  | { readonly type: 'inspected'; readonly request: number; readonly inspection: NetworkInspection | null }
  | { readonly type: 'imagesFetched'; readonly request: number; readonly pixels: Uint8Array<ArrayBuffer> }
  /** Null where the run is not there any more, or has taken no step. */
  | { readonly type: 'weightsFetched'; readonly request: number; readonly weights: RunWeights | null }
  /** Null where the run is not there any more, or not yet. */
  | { readonly type: 'snapshotFetched'; readonly request: number; readonly snapshot: Snapshot | null }
  /** Null where a newer question came before the answer. */
  | { readonly type: 'nearestFound'; readonly request: number; readonly neighbours: LabelledNeighbours | null }
  /** Training images that are through the network, of those that have arrived; at most ten times a second. */
  | {
      readonly type: 'alikeProgressed';
      readonly request: number;
      readonly done: number;
      readonly total: number;
    }
  /** Null where a newer question came before the answer, or nobody waited for it any more. */
  | { readonly type: 'alikeFound'; readonly request: number; readonly alike: Alike | null }
  /** A run stopped, or with `run` null the worker could not do what it was asked. */
  | { readonly type: 'failed'; readonly run: number | null; readonly error: ErrorReport };

/** The buffers in an event, to be transferred instead of copied. */
export function buffersOf(event: WorkerEvent): ArrayBuffer[] {
  switch (event.type) {
    case 'shardArrived':
      return [event.arrival.labels.buffer, event.arrival.preview.buffer];
    case 'progressed':
      return [event.metrics.losses.buffer, event.metrics.accuracies.buffer];
    case 'epochEnded':
      return event.report.validation === null ? [] : evaluationBuffers(event.report.validation);
    case 'evaluated':
      return evaluationBuffers(event.evaluation);
    case 'predicted':
      return event.answer === null ? [] : [event.answer.probabilities.buffer];
    case 'inspected':
      return event.inspection === null ? [] : inspectionBuffers(event.inspection);
    case 'imagesFetched':
      return [event.pixels.buffer];
    case 'weightsFetched':
      return event.weights === null ? [] : event.weights.values.map(({ buffer }) => buffer);
    case 'snapshotFetched':
      return event.snapshot === null ? [] : snapshotBuffers(event.snapshot);
    case 'nearestFound':
      return event.neighbours === null ? [] : neighbourBuffers(event.neighbours);
    case 'alikeFound':
      return event.alike?.type === 'found' ? neighbourBuffers(event.alike.neighbours) : [];
    case 'opened':
    case 'streamFailed':
    case 'phaseChanged':
    case 'adjusted':
    case 'extended':
    case 'stoppedEarly':
    case 'bestRestored':
    case 'evaluationProgressed':
    case 'alikeProgressed':
    case 'failed':
      return [];
    default:
      return event satisfies never;
  }
}

function evaluationBuffers({ indices, labels, probabilities }: Evaluation): ArrayBuffer[] {
  return [indices.buffer, labels.buffer, probabilities.buffer];
}

function neighbourBuffers({ indices, distances, labels }: LabelledNeighbours): ArrayBuffer[] {
  return [indices.buffer, distances.buffer, labels.buffer];
}
