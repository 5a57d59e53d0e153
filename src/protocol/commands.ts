import type { DatasetSpec } from '../core/dataset/spec.ts';
import type { EvaluationSet } from '../core/evaluation/evaluation.ts';
import type { Network } from '../core/network/network.ts';
import type { BackendChoice } from '../core/training/backend.ts';
import type { Checkpoint } from '../core/training/checkpoint.ts';
import type { Adjustment } from '../core/training/live-settings.ts';
import type { Recipe } from '../core/training/recipe.ts';
import type { Ask, TrainedNetwork } from './requests.ts';

/** How far to train: until the last epoch, or by one batch or one epoch. */
export type Advance = 'run' | 'batch' | 'epoch';

/** How a run stood still when its weights were kept. */
export interface Standing {
  readonly phase: 'paused' | 'finished';
  /** Whether its test result is known. */
  readonly isTested: boolean;
}

/** Weights that a run begins with: those of the run before as they are now, or those of a network that is given. */
export type WeightsFrom = { readonly kind: 'current' } | ({ readonly kind: 'given' } & TrainedNetwork);

/** Where a data set is. */
export interface DatasetSource {
  /** Absolute address of its folder, with a slash at the end. */
  readonly baseUrl: string;
  /** What is expected there; null where only the manifest there can tell. */
  readonly expected: DatasetSpec | null;
  /** Absolute address of the manifest of a network that was trained on it before; null where there is none. */
  readonly pretrainedUrl: string | null;
}

/** What the page asks of the worker. `run` numbers the training that a command is about. */
export type Command =
  /** Opens the device; once. */
  | { readonly type: 'open'; readonly backend: BackendChoice }
  /** Streams a data set from now on; the one before is closed, and a run of it dropped. */
  | { readonly type: 'openDataset'; readonly source: DatasetSource }
  | { readonly type: 'retryData' }
  /** Starts a new run; the one before is dropped. */
  | {
      readonly type: 'train';
      readonly run: number;
      /** What the network is for: the data set that is open. */
      readonly dataset: DatasetSpec;
      readonly network: Network;
      readonly recipe: Recipe;
      readonly advance: Advance;
      /** Where to go on from, of the same network and optimizer; a fresh start where it is left out. */
      readonly from?: Checkpoint;
      /** The run stood still at `from`, and does again: it is built, and takes no step until it is asked to. */
      readonly standing?: Standing;
      /** False where the test set is left alone at the end. */
      readonly judgesTest?: boolean;
      /** Weights to begin with, in the layers that they fit; new ones where it is left out. */
      readonly weightsFrom?: WeightsFrom;
    }
  /** Goes on with a paused run. */
  | { readonly type: 'advance'; readonly run: number; readonly advance: Advance }
  | { readonly type: 'pause'; readonly run: number }
  /** Changes settings of a run from its next step on, whether it trains or not. */
  | { readonly type: 'adjust'; readonly run: number; readonly values: Adjustment }
  /** Makes a run, ended or not, so many epochs long in all; `advance` goes on with one that has ended. */
  | { readonly type: 'extend'; readonly run: number; readonly epochs: number }
  /** Drops the run and frees what it holds. */
  | { readonly type: 'reset'; readonly run: number }
  | { readonly type: 'evaluate'; readonly run: number; readonly set: EvaluationSet }
  | Ask
  /** The page wants to know whether the worker is alive, which answers `pong`. */
  | { readonly type: 'ping' }
  /** Nobody waits for the answer to this request any more. */
  | { readonly type: 'cancel'; readonly request: number };
