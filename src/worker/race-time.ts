import { analyse } from '../core/network/graph.ts';
import type { RaceTime } from '../core/training/race.ts';
import type { Trainer } from '../engine/engine.ts';
import type { QuestionOf } from '../protocol/requests.ts';
import type { WorkerContext } from './context.ts';
import { RefusedError } from './errors.ts';

/** Steps that tell how fast a backend is. */
const MOST_STEPS = 31;
/** A backend that is so many times slower than another is not measured any longer. */
const HOPELESS = 10;

/**
 * How fast the backend that is open trains a setup: until its first step is done, and a step after that, on some 30 steps or as many as
 * `seconds` allow. Rejects with a RefusedError where the network has errors.
 */
export async function raceTime(
  { network, dataset, recipe, seconds, best }: QuestionOf<'raceTime'>,
  context: Pick<WorkerContext, 'engine' | 'now' | 'yieldToMessages'>,
  signal: AbortSignal,
): Promise<Omit<RaceTime, 'backend'>> {
  const { graph, issues } = analyse(network, dataset);
  if (graph === null) throw new RefusedError(issues.find(({ severity }) => severity === 'error')?.message);
  const { engine, now } = context;
  const began = now();
  const trainer = await engine.createTrainer(graph, recipe, signal);
  try {
    await trainer.trainStep(signal);
    await trainer.readMetrics();
    const first = (now() - began) / 1000;
    const steps = stepsUntil(trainer, context, signal);
    // What a step needs only once is ready after the second.
    await steps(1);
    let [done, spent] = [0, 0];
    do {
      // Twice as many each time: waiting for the device counts less and less.
      const count = Math.min(Math.max(1, done), MOST_STEPS - done);
      spent += await steps(count);
      done += count;
    } while (done < MOST_STEPS && spent < seconds && !(best !== null && spent / done > HOPELESS * best));
    return { first, step: spent / done };
  } finally {
    trainer.dispose();
  }
}

/** Takes steps, waits until the device has done them, and gives the seconds that this took. */
function stepsUntil(
  trainer: Trainer,
  { now, yieldToMessages }: Pick<WorkerContext, 'now' | 'yieldToMessages'>,
  signal: AbortSignal,
) {
  return async (count: number): Promise<number> => {
    const began = now();
    for (let step = 0; step < count; step++) {
      await trainer.trainStep(signal);
      await yieldToMessages();
    }
    await trainer.readMetrics();
    return (now() - began) / 1000;
  };
}
