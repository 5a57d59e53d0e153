import type { Backend } from '../core/training/backend.ts';
import type { WeightsOrigin } from '../core/training/weights-origin.ts';
import { presetById } from '../datasets/catalogue.ts';
import type { RunPhase, WorkerEvent } from '../protocol/events.ts';
import type { DataSet } from './data-set.ts';
import type { Device } from './device.ts';
import type { Draft } from './draft.ts';
import { compactRun, newRun, type Run, runAfter } from './run.ts';

/** The run that the worker holds, and those before it. */
export interface Runs {
  /** Null before the first run and after Reset. */
  readonly current: Run | null;
  /** Newest first. Their curves and answers stay; their weights are kept while there is room. */
  readonly earlier: readonly Run[];
  readonly lastNumber: number;
}

export const NO_RUNS: Runs = { current: null, earlier: [], lastNumber: 0 };

/** What people change about a run. */
export type RunLabel = Partial<Pick<Run, 'name' | 'hidden' | 'pinned'>>;

/** All runs, newest first. */
export function allRuns({ current, earlier }: Pick<Runs, 'current' | 'earlier'>): readonly Run[] {
  return current === null ? earlier : newestFirst([current, ...earlier]);
}

function newestFirst(runs: readonly Run[]): readonly Run[] {
  return runs.toSorted((a, b) => b.number - a.number);
}

/** What else is known of a run as it begins. */
export interface RunStart {
  readonly name?: string | undefined;
  readonly backend?: Backend | undefined;
  readonly carriedFrom?: WeightsOrigin | null;
  /** False where the test set is left alone at the end. */
  readonly judgesTest?: boolean;
}

/** The runs after a new one has frozen the draft; without a name it is called after its preset. */
export function withNewRun(runs: Runs, draft: Draft, start: RunStart = {}): Runs {
  const { name, backend, carriedFrom = null, judgesTest = true } = start;
  const number = runs.lastNumber + 1;
  const usual = presetById(draft.dataset, draft.presetId)?.title.split(' · ').at(0) ?? `Run ${number}`;
  const fresh = { ...newRun(number, draft, name ?? usual, backend), carriedFrom };
  const current = judgesTest ? fresh : { ...fresh, judgesTest };
  return { ...withoutCurrent(runs), current, lastNumber: number };
}

/** The runs after the current one was put away: kept among the earlier ones if an epoch of it is over. */
export function withoutCurrent({ current, earlier, lastNumber }: Runs): Runs {
  const kept =
    current !== null && current.epochs.length > 0
      ? [{ ...compactRun(current), evaluating: null }, ...earlier]
      : earlier;
  return { current: null, earlier: newestFirst(kept), lastNumber };
}

/** The runs after an earlier one has come back into the worker, standing still. */
export function withRestored(runs: Runs, run: Run): Runs {
  const { earlier, lastNumber } = withoutEarlier(withoutCurrent(runs), run.number);
  const phase = run.phase === 'finished' ? run.phase : 'paused';
  return { current: { ...run, phase }, earlier, lastNumber };
}

/** The runs with those of earlier visits; the next one is numbered after all of them. */
export function withKept(runs: Runs, kept: readonly Run[], lastNumber: number): Runs {
  const earlier = newestFirst([...runs.earlier, ...kept]);
  return { ...runs, earlier, lastNumber: Math.max(runs.lastNumber, lastNumber) };
}

/** The runs after one was renamed, hidden, shown, pinned or unpinned. */
export function withLabel(runs: Runs, number: number, label: RunLabel): Runs {
  const change = (run: Run) => (run.number === number ? { ...run, ...label } : run);
  return { ...runs, current: runs.current && change(runs.current), earlier: runs.earlier.map(change) };
}

/** The runs without an earlier one. */
export function withoutEarlier(runs: Runs, number: number): Runs {
  return { ...runs, earlier: runs.earlier.filter((run) => run.number !== number) };
}

/** The runs with an earlier one put back where it was. */
export function withEarlier(runs: Runs, run: Run): Runs {
  return { ...runs, earlier: newestFirst([...runs.earlier, run]) };
}

/**
 * The runs after an event of the worker. A run that gives way to another still tells of its last steps; events of one that
 * is not there any more change nothing. A dead worker fails the run that it held.
 */
export function runsAfter(runs: Runs, event: WorkerEvent): Runs {
  if (!('run' in event)) return runs;
  const { current, earlier } = runs;
  const number = event.run ?? current?.number;
  const change = (run: Run) => (run.number === number ? runAfter(run, event) : run);
  if (current?.number === number) return current === null ? runs : { ...runs, current: change(current) };
  return earlier.some((run) => run.number === number) ? { ...runs, earlier: earlier.map(change) } : runs;
}

/** The run of a number; null where it is not there. */
export function runOf(runs: Runs, number: number): Run | null {
  return allRuns(runs).find((run) => run.number === number) ?? null;
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
