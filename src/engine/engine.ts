import type { DatasetSpec, Split } from '../core/dataset/spec.ts';
import type { ShardArrival, StreamFailure } from '../core/dataset/stream-events.ts';
import type { Evaluation, EvaluationSet, StepMetrics } from '../core/evaluation/evaluation.ts';
import type { LabelledNeighbours } from '../core/explaining/nearest.ts';
import type { Graph } from '../core/network/graph.ts';
import type { BackendChoice, BackendReport, MemoryReport } from '../core/training/backend.ts';
import type { Course } from '../core/training/checkpoint.ts';
import type { Adjustment } from '../core/training/live-settings.ts';
import type { PlannedMemory } from '../core/training/planned-memory.ts';
import type { Recipe } from '../core/training/recipe.ts';
import type { Snapshot } from '../core/training/snapshot.ts';

/** The seam between training and everything else. Types only: nothing here loads tfjs. */

/** Gets the events of the data set as it arrives. */
export interface StreamListener {
  /** What the data set is; called once, before the first shard. */
  onSpec(spec: DatasetSpec): void;
  onShard(arrival: ShardArrival): void;
  onFailure(failure: StreamFailure): void;
}

/** How a caller controls a long evaluation: it stops between batches when aborted, and reports its progress. */
export interface EvaluationControl {
  readonly signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/**
 * A network that can be asked. It owns device memory until `dispose`. It takes samples as the data set stores them:
 * [n, bytes of a sample].
 */
export interface Predictor {
  /** Probabilities of the classes: [n, classes]. */
  predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>>;
  /**
   * Values of the last hidden layer (`core/explaining/hidden-layer.ts`) in inference mode: [n, width]; of a network without
   * one the samples as it takes them.
   */
  features(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>>;
  /**
   * What the layer at this position of the graph gives out in inference mode, after its own activation: [n, ...its shape];
   * of the last layer the logits, before softmax or sigmoid. A RangeError where there is no such layer.
   */
  activations(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>>;
  dispose(): void;
}

/**
 * The training samples by what a network makes of them. It is made when it is first asked, and what is made is kept. Takes
 * one question at a time.
 */
export interface FeatureIndex {
  /**
   * The k training samples, of those that have arrived, whose values of the last hidden layer are nearest to those of a
   * sample; fewer where fewer are there, and none where the values are not numbers any more. Takes the samples that it does
   * not know yet through the network, a few at a time, letting messages in between; rejects with an AbortError when
   * aborted.
   */
  nearest(sample: Uint8Array, k: number, control: EvaluationControl): Promise<LabelledNeighbours>;
}

/** A network in training. */
export interface Trainer extends Predictor {
  readonly stepsPerEpoch: number;
  /** Steps done so far over the whole run. */
  readonly step: number;
  /**
   * Trains on one batch; waits for the samples where the network outruns the stream, and then rejects with an AbortError
   * when aborted. Reads nothing back from the device.
   */
  trainStep(signal: AbortSignal): Promise<void>;
  /** Reads the metrics of all steps since the last reading. */
  readMetrics(): Promise<StepMetrics>;
  /**
   * Answers to a whole set, once all its samples have arrived; rejects with an AbortError when aborted. No step may be
   * taken meanwhile. Loss and accuracy of an empty set are NaN.
   */
  evaluate(set: EvaluationSet, control: EvaluationControl): Promise<Evaluation>;
  /** Every weight as it is now, in the order of the graph. No step may be taken meanwhile. */
  readWeights(): Promise<readonly Float32Array<ArrayBuffer>[]>;
  /** Changes settings from the next step on. No step may be taken meanwhile. */
  adjust(values: Adjustment): Promise<void>;
  /** Makes the run so many epochs long in all; the schedule begins anew for those that are added. */
  extend(epochs: number): void;
  /** The settings from the next step on, and how long the run is. */
  readonly course: Course;
  /** Goes on with the settings and the lengths that the run had before. No step may be taken meanwhile. */
  follow(course: Course): void;
  /**
   * The weights and all that the optimizer remembers. No step may be taken meanwhile. Lets messages in where that is much, and then
   * rejects with an AbortError when aborted.
   */
  snapshot(signal?: AbortSignal): Promise<Snapshot>;
  /**
   * Goes on from a snapshot, which may be of another trainer or backend; metrics that nobody has read are lost. Rejects
   * with a RangeError where it is of another network or optimizer. No step may be taken meanwhile.
   */
  restore(snapshot: Snapshot): Promise<void>;
}

/** One engine a worker. After a GpuLostError it must be opened again, or the worker replaced. */
export interface Engine {
  /** Opens the backend that was asked for, or the processor where that is not to be had; the report says which and why. */
  open(choice: BackendChoice): Promise<BackendReport>;
  /**
   * Starts to stream a data set from `baseUrl`, an absolute address, shard after shard. The one that was open before is
   * closed: its stream ends and its memory is freed. Trainers of it must have been disposed of.
   */
  openDataset(baseUrl: string, listener: StreamListener): void;
  /** Ends the stream and frees the memory of the data set. Trainers of it must have been disposed of. */
  closeDataset(): void;
  /** Goes on after a stream failure. */
  retryData(): void;
  /** Samples that have arrived, as they are stored: [n, bytes of a sample]. A RangeError names one that has not arrived. */
  samples(split: Split, indices: Uint32Array): Uint8Array<ArrayBuffer>;
  /**
   * The k training samples, of those that have arrived, nearest to each of n others, which come as they are stored; fewer
   * than k where fewer are there. Lets messages in between; rejects with an AbortError when aborted.
   */
  nearest(samples: Uint8Array, k: number, signal: AbortSignal): Promise<LabelledNeighbours>;
  /**
   * Builds the network with initial weights from the recipe's seed, and compiles what a step needs ahead of the first.
   * `open` and `openDataset` must have been called. Waits until the size of the data set is known; rejects with a
   * RangeError where the network is made for another one, and with an AbortError when aborted.
   */
  createTrainer(graph: Graph, recipe: Recipe, signal?: AbortSignal): Promise<Trainer>;
  /**
   * A network from its weights, in the order of the graph; a RangeError where they do not fit. `open` must have been
   * called.
   */
  createPredictor(graph: Graph, weights: readonly Float32Array[]): Promise<Predictor>;
  /** An index of the training samples by a network, whose weights must stay as they are for as long as it is asked. */
  createIndex(graph: Graph, network: Predictor): FeatureIndex;
  /**
   * The memory that a training would take on the backend that is open; null where it is not planned before it is allocated.
   */
  plannedMemory(graph: Graph, recipe: Recipe): Promise<PlannedMemory | null>;
  /**
   * The largest power of two, below the recipe's batch, with which a training has room on the backend that is open, beside what it
   * holds. Null where not even a single sample has; undefined where that is not planned. Takes that memory for a moment.
   */
  fittingBatch(graph: Graph, recipe: Recipe): Promise<number | null | undefined>;
  memory(): MemoryReport;
}
