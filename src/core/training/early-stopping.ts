import type { EarlyStopping } from './recipe.ts';

/** The epoch, from 1, of the lowest of the losses so far, the first one on a tie; 0 where none is a number. */
export function bestOf(losses: readonly number[]): number {
  return losses.reduce((best, loss, i) => (loss < (losses[best - 1] ?? Number.POSITIVE_INFINITY) ? i + 1 : best), 0);
}

/** Whether a run stops after these validation losses: the last `patience` epochs brought none that is lower. */
export function shouldStop({ patience }: EarlyStopping, losses: readonly number[]): boolean {
  return losses.length - bestOf(losses) >= patience;
}
