import type { Evaluation } from '../../../src/core/evaluation/evaluation.ts';
import { analyse } from '../../../src/core/network/graph.ts';
import type { Setup } from '../../../src/core/training/setup.ts';
import type { Engine } from '../../../src/engine/engine.ts';
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
}

/** Trains a setup to its end, as the worker does; a loss that is not a number ends the run. */
export async function trainSetup(engine: Engine, setup: Setup): Promise<TrainedSetup> {
  const { graph } = analyse(setup.network, setup.dataset);
  if (graph === null) throw new Error('The network does not fit together.');
  const trainer = await engine.createTrainer(graph, setup.recipe);
  const { stepsPerEpoch } = trainer;
  const losses: number[] = [];
  const epochs = [];
  for (let epoch = 1; epoch <= setup.recipe.epochs && losses.every(Number.isFinite); epoch++) {
    losses.push(...(await continueCurve(trainer, stepsPerEpoch)).losses);
    const validation = await trainer.evaluate('validation', UNWATCHED);
    epochs.push({ epoch, validation, trainSample: await trainer.evaluate('trainSample', UNWATCHED) });
  }
  trainer.dispose();
  return { losses: Float32Array.from(losses), epochs, stepsPerEpoch };
}
