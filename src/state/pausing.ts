import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Runs } from './runs.ts';

/** The number of the run that was told to pause and still moves: a step has to end first. Null where there is none. */
export type Pausing = StoreApi<number | null>;

/** What is told to pause is put there by whoever tells it; it leaves by itself. */
export function createPausing(runs: StoreApi<Runs>): Pausing {
  const pausing: Pausing = createStore(() => null);
  runs.subscribe(({ current }) => {
    const isMoving = current?.phase === 'compiling' || current?.phase === 'training';
    if (pausing.getState() !== null && !(isMoving && current.number === pausing.getState()))
      pausing.setState(null, true);
  });
  return pausing;
}
