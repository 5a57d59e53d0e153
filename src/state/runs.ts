import type { RunPhase, WorkerEvent } from '../protocol/events.ts';
import type { DataSet } from './data-set.ts';
import type { Device } from './device.ts';
import type { Draft } from './draft.ts';
import { newRun, type Run, runAfter } from './run.ts';

/** The run that the worker holds, and the numbers given so far. */
export interface Runs {
  /** Null before the first run and after Reset. */
  readonly current: Run | null;
  readonly lastNumber: number;
}

export const NO_RUNS: Runs = { current: null, lastNumber: 0 };

/** The runs after a new one has frozen the draft. */
export function withNewRun(runs: Runs, draft: Draft): Runs {
  const number = runs.lastNumber + 1;
  return { current: newRun(number, draft), lastNumber: number };
}

/** The runs after the current one was put back to its start. */
export function withoutCurrent(runs: Runs): Runs {
  return { ...runs, current: null };
}

/** The runs after an event of the worker. Events of an old run change nothing; a dead worker fails the run it held. */
export function runsAfter(runs: Runs, event: WorkerEvent): Runs {
  const { current } = runs;
  if (current === null || !('run' in event)) return runs;
  if (event.run !== current.number && event.run !== null) return runs;
  return { ...runs, current: runAfter(current, event) };
}

/** Where the lab stands, as the page says it: before a run, the data and the device; then the run. */
export type LabStatus = 'loading' | 'ready' | RunPhase;

export function statusOf(runs: Runs, dataSet: DataSet, device: Device): LabStatus {
  if (runs.current !== null) return runs.current.phase;
  return device.report === null || dataSet.trainingImages === 0 ? 'loading' : 'ready';
}

/** Whether the network is being built or trained. */
export function isBusy(status: LabStatus): boolean {
  return status === 'compiling' || status === 'training';
}

/** Whether a new run can start without ending one under way. */
export function isIdle(status: LabStatus): boolean {
  return status === 'ready' || status === 'finished' || status === 'failed';
}
