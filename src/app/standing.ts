import type { Lab } from '../state/lab.ts';
import { isBusy } from '../state/runs.ts';

/** Milliseconds that a step under way, and what the worker tells of it, may take. */
const PATIENCE = 10_000;

/** Resolves when the current run stands still and its checkpoint is here, or when that takes too long; at once where there is no run. */
export function standing({ runs }: Lab): Promise<void> {
  const { store, checkpoints } = runs;
  const isDone = () => {
    const { current } = store.getState();
    if (current === null || current.phase === 'failed') return true;
    return !isBusy(current.phase) && !checkpoints.isComing(current.number);
  };
  if (isDone()) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
      resolve();
    };
    const look = () => isDone() && end();
    const timer = setTimeout(end, PATIENCE);
    const stops = [store.subscribe(look), checkpoints.listen(look)];
  });
}
