import type { DatasetSpec } from '../core/dataset/spec.ts';
import { isSameDataset } from '../core/dataset/spec.ts';
import { type CarriedWeights, type LayerStart, layerStarts } from '../core/network/carried-weights.ts';
import type { Network } from '../core/network/network.ts';
import type { Checkpoint } from '../core/training/checkpoint.ts';
import type { WeightsOrigin, WeightsSource } from '../core/training/weights-origin.ts';
import type { WeightsFrom } from '../protocol/commands.ts';
import type { TrainedNetwork } from '../protocol/requests.ts';
import { analysisOf } from './analysis.ts';
import type { Draft } from './draft.ts';
import { stepOf } from './run.ts';
import { type Runs, runOf } from './runs.ts';

/** What the next run begins with: new weights, those of the run at hand, those of another run, or those of a network that was read. */
export type WeightsChoice =
  | { readonly kind: 'new' }
  | { readonly kind: 'current' }
  | { readonly kind: 'run'; readonly run: number }
  | {
      readonly kind: 'given';
      readonly source: WeightsSource;
      readonly trained: TrainedNetwork;
      readonly notes?: FileNotes;
    };

/** What a file has and has not, beside the weights that were taken out of it. */
export interface FileNotes {
  /** Why layers have no weights there, by their ids: `the file has no dense.weight`. */
  readonly lacking: ReadonlyMap<string, string>;
  /** The names of what no layer takes. */
  readonly unused: readonly string[];
}

/** What runs begin with unless something else is chosen. */
export const NEW_WEIGHTS: WeightsChoice = { kind: 'new' };

/** A network whose weights were chosen. */
export interface ChosenNetwork {
  readonly source: WeightsSource;
  readonly dataset: DatasetSpec;
  readonly network: Network;
  /** In the order of its graph, null for those that are not there; left out where all are. */
  readonly values?: CarriedWeights;
}

/** How a run begins with other weights than new ones. */
export interface WeightsStart {
  readonly from: WeightsFrom;
  readonly origin: WeightsOrigin;
}

/** The network whose weights a choice means; null for new ones, and where there is none. */
export function chosenNetwork(choice: WeightsChoice, runs: Runs): ChosenNetwork | null {
  if (choice.kind === 'given') return { source: choice.source, ...choice.trained };
  const number = choice.kind === 'run' ? choice.run : choice.kind === 'current' ? runs.current?.number : undefined;
  const run = number === undefined ? null : runOf(runs, number);
  if (run === null || stepOf(run) === 0) return null;
  const { dataset, network } = run.draft;
  return { source: { kind: 'run', run: run.number }, dataset, network };
}

/** What each layer of a draft begins with where it takes the weights of a network; none where one of the two has errors. */
export function startsOf(chosen: ChosenNetwork, draft: Pick<Draft, 'network' | 'dataset'>): readonly LayerStart[] {
  const [from, to] = [analysisOf(chosen).graph, analysisOf(draft).graph];
  return from === null || to === null ? [] : layerStarts(from, to, chosen.values);
}

/** The run whose checkpoint is needed to begin a draft with the chosen weights; null where the worker has them, or they are at hand. */
export function checkpointNeeded(choice: WeightsChoice, { dataset }: Draft, runs: Runs): number | null {
  if (choice.kind === 'given') return null;
  const { source } = chosenNetwork(choice, runs) ?? {};
  if (source?.kind !== 'run') return null;
  const { current } = runs;
  const isHeld = source.run === current?.number && isSameDataset(current.draft.dataset, dataset);
  return isHeld ? null : source.run;
}

/**
 * How a run of a draft begins with the chosen weights; null for new ones, and where no layer takes any. `checkpoint` is the one that
 * `checkpointNeeded` asks for.
 */
export function weightsStart(
  choice: WeightsChoice,
  draft: Draft,
  runs: Runs,
  checkpoint: Checkpoint | null,
): WeightsStart | null {
  const chosen = chosenNetwork(choice, runs);
  if (chosen === null) return null;
  const layers = startsOf(chosen, draft).flatMap(({ node, fresh }) => (fresh === null ? [node.spec.id] : []));
  const from = weightsOf(choice, chosen, checkpointNeeded(choice, draft, runs) !== null, checkpoint);
  return from === null || layers.length === 0 ? null : { from, origin: { ...chosen.source, layers } };
}

function weightsOf(
  choice: WeightsChoice,
  { dataset, network }: ChosenNetwork,
  isRead: boolean,
  checkpoint: Checkpoint | null,
): WeightsFrom | null {
  if (choice.kind === 'given') return { kind: 'given', ...choice.trained };
  if (!isRead) return { kind: 'current' };
  return checkpoint && { kind: 'given', dataset, network, values: checkpoint.snapshot.weights };
}
