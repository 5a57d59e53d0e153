import type { Trainer } from '../../src/engine/engine.ts';
import type { Subject } from './measure.ts';

/** A trainer of the app as a subject: its steps one after the other, and then their metrics. */
export function stepping(trainer: Trainer): Subject {
  const { signal } = new AbortController();
  return {
    maxSteps: trainer.stepsPerEpoch,
    async train(steps) {
      for (let step = 0; step < steps; step++) await trainer.trainStep(signal);
      await trainer.readMetrics();
    },
  };
}
