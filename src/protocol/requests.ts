import type { DatasetSpec, Split } from '../core/dataset/spec.ts';
import type { Answerer, FeatureNeighbours } from '../core/explaining/feature-neighbours.ts';
import type { HiddenLayer } from '../core/explaining/hidden-layer.ts';
import type { NetworkInspection } from '../core/explaining/inspection.ts';
import type { EpochHistograms } from '../core/explaining/layer-histograms.ts';
import type { LabelledNeighbours } from '../core/explaining/nearest.ts';
import type { CarriedWeights } from '../core/network/carried-weights.ts';
import type { Network } from '../core/network/network.ts';
import type { PlannedMemory } from '../core/training/planned-memory.ts';
import type { RaceTime } from '../core/training/race.ts';
import type { Setup } from '../core/training/setup.ts';
import type { TrainingSpeed } from '../core/training/training-speed.ts';
import type { ErrorReport } from './error-report.ts';

/** What a network says of some samples. */
export interface PredictedAnswer extends Answerer {
  /** Of the classes: [n, classes]. */
  readonly probabilities: Float32Array<ArrayBuffer>;
}

/** The weights of a run, in the order of its graph. */
export interface RunWeights {
  /** Steps that they have taken. */
  readonly step: number;
  readonly values: readonly Float32Array<ArrayBuffer>[];
}

/** A network with its weights. */
export interface TrainedNetwork {
  /** What it was made for. */
  readonly dataset: DatasetSpec;
  readonly network: Network;
  /** In the order of its graph; null for those that are not there. */
  readonly values: CarriedWeights;
}

/** The values of the last hidden layer for n samples, and what the network says of them. */
export interface HiddenValues {
  readonly by: Answerer;
  readonly layer: HiddenLayer;
  /** [n, width of the layer]. */
  readonly values: Float32Array<ArrayBuffer>;
  /** The likeliest class of each sample: [n]. */
  readonly predicted: Uint8Array<ArrayBuffer>;
}

/** How far a request is, as a number of samples. */
export interface ImageProgress {
  readonly done: number;
  readonly total: number;
}

/** n samples as they are stored, and how many neighbours of each are wanted. */
interface NeighbourQuestion {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly k: number;
}

/** What is asked, what comes back and, where that takes long, what is heard meanwhile. */
interface Request<Question, Answer, Progress = never> {
  readonly question: Question;
  readonly answer: Answer;
  readonly progress: Progress;
}

/** Every request that the page makes of the worker. A new one is an entry here and its handler in the worker. */
export interface RequestMap {
  /**
   * Classifies n samples, as they are stored, with the newest weights; before a run has any, with the shipped network. Null where there is
   * no network.
   */
  readonly predict: Request<{ readonly pixels: Uint8Array<ArrayBuffer> }, PredictedAnswer | null>;
  /**
   * Classifies n samples as `predict` does, thousands at most, all with the same weights: a run takes no step meanwhile. Its
   * progress counts samples that are through the network.
   */
  readonly predictMany: Request<{ readonly pixels: Uint8Array<ArrayBuffer> }, PredictedAnswer | null, ImageProgress>;
  /**
   * The probabilities of the classes [n, classes] of n samples, as they are stored, by a network that the worker does not hold:
   * with these weights, in the order of its graph. Runs go on meanwhile.
   */
  readonly predictWith: Request<
    Pick<Setup, 'dataset' | 'network'> & {
      readonly weights: readonly Float32Array<ArrayBuffer>[];
      readonly pixels: Uint8Array<ArrayBuffer>;
    },
    Float32Array<ArrayBuffer>
  >;
  /**
   * Looks into the network with the newest weights, for a sample as it is stored; before a run has any, into the shipped one. Null
   * where there is no network. `layerId`: the layer whose values are wanted; null, or one that the network does not have,
   * for the first that is telling.
   */
  readonly inspect: Request<
    { readonly pixels: Uint8Array<ArrayBuffer>; readonly layerId: string | null },
    NetworkInspection | null
  >;
  /**
   * How weights, their changes and activations of a run are spread, epoch by epoch, as far as they were looked at. Null where
   * the worker does not have the run, or its network is too large for it.
   */
  readonly histograms: Request<{ readonly run: number }, readonly EpochHistograms[] | null>;
  /** n samples, as they are stored, by their places in a split. */
  readonly images: Request<
    { readonly split: Split; readonly indices: Uint32Array<ArrayBuffer> },
    Uint8Array<ArrayBuffer>
  >;
  /**
   * What the network with the newest weights makes of some samples of a split; before a run has any, the shipped one. Null where
   * there is no network. Its progress counts samples that are through the network.
   */
  readonly hiddenValues: Request<
    { readonly split: Split; readonly indices: Uint32Array<ArrayBuffer> },
    HiddenValues | null,
    ImageProgress
  >;
  /** The weights of a run as they are now; null where the run is not there any more, or has taken no step. */
  readonly weights: Request<{ readonly run: number }, RunWeights | null>;
  /** The network at an address that ships with the app for a data set; null where it cannot be had. */
  readonly shippedNetwork: Request<{ readonly url: string; readonly dataset: DatasetSpec }, TrainedNetwork | null>;
  /**
   * The k training samples nearest to each of n others, value by value, of those that have arrived. A newer request ends the
   * one under way.
   */
  readonly pixelNeighbours: Request<NeighbourQuestion, LabelledNeighbours>;
  /**
   * The k training samples that the network with the newest weights finds most like a sample, by the values of its
   * last hidden layer; before a run has any, the shipped network. A newer request ends the one under way. Its progress
   * counts the training samples that are through the network, of those that have arrived.
   */
  readonly featureNeighbours: Request<NeighbourQuestion, FeatureNeighbours, ImageProgress>;
  /**
   * How fast a setup trains on this device: measured for one to three seconds. For when no run trains, since both would be slower.
   */
  readonly trainingSpeed: Request<Setup, TrainingSpeed>;
  /**
   * The memory that training a setup takes on the backend that is open, as it is planned before anything is allocated. Null where
   * it is not planned, and where the network has errors.
   */
  readonly plannedMemory: Request<Setup, PlannedMemory | null>;
  /**
   * The losses of a new network, one for each step, as the learning rate rises from step to step (`core/training/rate-range.ts`): all, or
   * those until the loss diverged. Its progress is the losses so far. It makes way for runs.
   */
  readonly learningRateRange: Request<Setup, readonly number[], readonly number[]>;
  /**
   * How fast the backend that is open trains a setup, by steps of `seconds` at most. It ends earlier where another backend, whose
   * `best` step is given in seconds, is ten times ahead; null where there is no other.
   */
  readonly raceTime: Request<
    Setup & { readonly seconds: number; readonly best: number | null },
    Omit<RaceTime, 'backend'>
  >;
}

export type RequestName = keyof RequestMap;

export type QuestionOf<Name extends RequestName> = RequestMap[Name]['question'];

export type AnswerOf<Name extends RequestName> = RequestMap[Name]['answer'];

/** `never` for a request that does not say how far it is. */
export type ProgressOf<Name extends RequestName> = RequestMap[Name]['progress'];

/** A request as it crosses the thread. `request` numbers it, so that its answer finds whoever asked. */
export interface Ask<Name extends RequestName = RequestName> {
  readonly type: 'ask';
  readonly request: number;
  readonly name: Name;
  readonly question: QuestionOf<Name>;
}

/** The answer to a request: the last that is heard of it. */
export interface Answered<Name extends RequestName = RequestName> {
  readonly type: 'answered';
  readonly request: number;
  readonly name: Name;
  readonly answer: AnswerOf<Name>;
}

/** How far a request is; at most ten times a second. */
export interface RequestProgressed<Name extends RequestName = RequestName> {
  readonly type: 'requestProgressed';
  readonly request: number;
  readonly name: Name;
  readonly progress: ProgressOf<Name>;
}

/**
 * A request that will not be answered, and why: the last that is heard of it. The error's name is `AbortError` where the
 * request was cancelled, or had to make way for a newer one.
 */
export interface Refused {
  readonly type: 'refused';
  readonly request: number;
  readonly error: ErrorReport;
}

/** What the worker says of a request. */
export type RequestEvent = Answered | RequestProgressed | Refused;
