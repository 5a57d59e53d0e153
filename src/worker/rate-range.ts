import { costOf } from '../core/network/cost.ts';
import { analyse } from '../core/network/graph.ts';
import { hasDiverged, RATE_RANGE, rangeRateAt } from '../core/training/rate-range.ts';
import { recipeProblems } from '../core/training/recipe-problems.ts';
import type { Setup } from '../core/training/setup.ts';
import type { WorkerContext } from './context.ts';
import { RefusedError } from './errors.ts';

/** Milliseconds of steps between two readings of the losses, as in a run. */
const BETWEEN_READINGS = 100;
/** Bytes that the network may take: that of the last run is in memory, too. */
const MOST_MEMORY = 2 ** 30;

/** How a test is followed. */
export interface RateRangeControl {
  readonly signal: AbortSignal;
  /** Hears the losses so far, a loss for each step. */
  onProgress(losses: readonly number[]): void;
}

/**
 * Trains a new network while the learning rate rises from step to step (`rangeRateAt`), until the loss diverges: the losses, one for each
 * step. The recipe's own rate and schedule play no part; all else is as in a run. Rejects with an AbortError when aborted, and with a
 * RefusedError where the setup cannot be trained.
 */
export async function testRates(
  { network, dataset, recipe }: Setup,
  { engine, yieldToMessages, now }: WorkerContext,
  { signal, onProgress }: RateRangeControl,
): Promise<readonly number[]> {
  const { graph, issues } = analyse(network, dataset);
  const problem =
    issues.find(({ severity }) => severity === 'error')?.message ?? Object.values(recipeProblems(recipe, dataset))[0];
  if (graph === null || problem !== undefined) throw new RefusedError(problem);
  if (costOf(graph, recipe).memory.total > MOST_MEMORY)
    throw new RefusedError('The network is too large to be tested while that of the last run is in memory.');
  const trainer = await engine.createTrainer(graph, { ...recipe, schedule: { kind: 'constant' } }, signal);
  const losses: number[] = [];
  try {
    let began = now();
    for (let step = 0; step < RATE_RANGE.steps; step++) {
      await trainer.adjust({ learningRate: rangeRateAt(step) });
      await trainer.trainStep(signal);
      await yieldToMessages();
      signal.throwIfAborted();
      if (now() - began < BETWEEN_READINGS && step < RATE_RANGE.steps - 1) continue;
      losses.push(...(await trainer.readMetrics()).losses);
      if (hasDiverged(losses)) break;
      onProgress([...losses]);
      began = now();
    }
    return losses;
  } finally {
    trainer.dispose();
  }
}
