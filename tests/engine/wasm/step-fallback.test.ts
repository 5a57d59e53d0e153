import { afterEach, expect, test, vi } from 'vitest';
import { NetworkTrainer } from '../../../src/engine/tape/trainer.ts';
import { Processor } from '../../../src/engine/wasm/processor.ts';
import { graphOf, SMALL_DENSE } from '../support/networks.ts';
import { continueCurve, RECIPE, startEngine } from '../support/training.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('where recorded steps give wrong numbers, the tape trains, and leaves no memory behind', async () => {
  // Calls that are repeated do nothing; those of single operations work.
  vi.spyOn(Processor.prototype, 'prepare').mockReturnValue(() => {});
  const engine = await startEngine('wasm');
  const before = engine.memory();
  const trainer = await engine.createTrainer(graphOf(...SMALL_DENSE), RECIPE);
  expect(trainer).toBeInstanceOf(NetworkTrainer);
  expect((await continueCurve(trainer, 2)).losses.every((loss) => loss > 0)).toBe(true);
  trainer.dispose();
  expect(engine.memory()).toEqual(before);
});
