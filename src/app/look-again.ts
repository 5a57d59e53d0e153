import type { StoreApi } from 'zustand/vanilla';
import { isBusy, type Runs } from '../state/runs.ts';

/** Milliseconds between two looks, at the least. */
const HOUR = 3_600_000;

/** What looking again stands on. */
export interface LookAgainOptions {
  readonly runs: StoreApi<Runs>;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Looks for a new version. */
  look(): void;
}

/** Looks again when somebody comes back to the page after an hour or more, and nothing trains that loading files would slow down. */
export function lookAgain({ runs, signal, look }: LookAgainOptions): void {
  let lookedAt = performance.now();
  const comeBack = () => {
    const isDue = document.visibilityState === 'visible' && performance.now() - lookedAt >= HOUR;
    const { current } = runs.getState();
    if (!isDue || (current !== null && isBusy(current.phase))) return;
    lookedAt = performance.now();
    look();
  };
  document.addEventListener('visibilitychange', comeBack, { signal });
}
