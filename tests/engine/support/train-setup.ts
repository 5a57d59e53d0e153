import type { Evaluation } from '../../../src/core/evaluation/evaluation.ts';
import { carriedWeights, withCarried } from '../../../src/core/network/carried-weights.ts';
import { analyse, type Graph } from '../../../src/core/network/graph.ts';
import { shouldStop } from '../../../src/core/training/early-stopping.ts';
import type { Setup } from '../../../src/core/training/setup.ts';
import type { Engine, Trainer } from '../../../src/engine/engine.ts';
import type { TrainedNetwork } from '../../../src/protocol/requests.ts';
import { continueCurve, UNWATCHED } from './training.ts';

/** A run as it ended. */
export interface TrainedSetup {
  readonly losses: Float32Array<ArrayBuffer>;
  /** In inference mode, at the end of each epoch. */
  readonly epochs: readonly {
    readonly epoch: number;
    readonly trainSample: Evaluation;
    readonly validation: Evaluation;
  }[];
  readonly stepsPerEpoch: number;
  /** Null where the test set was left alone. */
  readonly test: Evaluation | null;
  /** What it trained, and its weights at the end. */
  readonly trained: TrainedNetwork;
}

/** What else there is to a training. */
interface TrainingOptions {
  readonly judgesTest?: boolean;
  /** The network whose weights it begins with, in the layers that they fit. */
  readonly from?: TrainedNetwork | undefined;
}

/** Trains a setup to its end or until early stopping, as the worker does; a loss that is not a number ends the run. */
export async function trainSetup(
  engine: Engine,
  setup: Setup,
  { judgesTest = false, from }: TrainingOptions = {},
): Promise<TrainedSetup> {
  const { earlyStopping } = setup.recipe;
  const { graph } = analyse(setup.network, setup.dataset);
  if (graph === null) throw new Error('The network does not fit together.');
  const trainer = await engine.createTrainer(graph, setup.recipe);
  if (from !== undefined) await carry(trainer, from, graph);
  const { stepsPerEpoch } = trainer;
  const losses: number[] = [];
  const epochs = [];
  for (let epoch = 1; epoch <= setup.recipe.epochs && losses.every(Number.isFinite); epoch++) {
    losses.push(...(await continueCurve(trainer, stepsPerEpoch)).losses);
    const validation = await trainer.evaluate('validation', UNWATCHED);
    epochs.push({ epoch, validation, trainSample: await trainer.evaluate('trainSample', UNWATCHED) });
    const judged = epochs.map((record) => record.validation.loss);
    if (earlyStopping !== null && shouldStop(earlyStopping, judged)) break;
  }
  const test = judgesTest ? await trainer.evaluate('test', UNWATCHED) : null;
  const trained = { dataset: setup.dataset, network: setup.network, values: await trainer.readWeights() };
  trainer.dispose();
  return { losses: Float32Array.from(losses), epochs, stepsPerEpoch, test, trained };
}

/** As the worker does it. */
async function carry(trainer: Trainer, { dataset, network, values }: TrainedNetwork, graph: Graph): Promise<void> {
  const before = analyse(network, dataset).graph;
  if (before === null) throw new Error('The network before does not fit together.');
  const fresh = await trainer.snapshot();
  await trainer.restore({ ...fresh, weights: withCarried(fresh.weights, carriedWeights(before, values, graph)) });
}
