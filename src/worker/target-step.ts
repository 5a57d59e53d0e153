import type { Trainer } from '../engine/engine.ts';
import type { Advance } from '../protocol/commands.ts';

/** The step at which to stop: the end of the run, the next batch, or the end of the epoch that is under way. */
export function targetStep(trainer: Pick<Trainer, 'step' | 'stepsPerEpoch'>, epochs: number, advance: Advance): number {
  const end = epochs * trainer.stepsPerEpoch;
  switch (advance) {
    case 'run':
      return end;
    case 'batch':
      return Math.min(end, trainer.step + 1);
    case 'epoch':
      return Math.min(end, (Math.floor(trainer.step / trainer.stepsPerEpoch) + 1) * trainer.stepsPerEpoch);
    default:
      return advance satisfies never;
  }
}
