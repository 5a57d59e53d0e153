import type { StoreApi } from 'zustand/vanilla';
import type { Snapshot } from '../core/training/snapshot.ts';
import type { Advance, Command } from '../protocol/commands.ts';
import type { DataSetControl } from './data-set-control.ts';
import type { Device } from './device.ts';
import type { Draft } from './draft.ts';
import type { KeptRuns } from './kept-runs.ts';
import type { Questions } from './questions.ts';
import { type Run, stepOf } from './run.ts';
import { liveSettings } from './run-settings.ts';
import { type Runs, withKept, withNewRun, withoutCurrent, withRestored } from './runs.ts';
import { createSnapshotCache } from './snapshot-cache.ts';
import { isTrainable } from './trainable.ts';

/** How a run starts, beside its draft. */
export interface StartOptions {
  readonly name?: string | undefined;
  /** Begins with the weights of the current run, where it has any. */
  readonly keeps?: boolean;
  /** False where the test set is left alone at the end. */
  readonly judgesTest?: boolean;
}

/** Puts runs into the worker, one in the place of the other, and keeps the weights of those that give way. */
export interface Starter {
  /** The numbers of the runs whose weights are kept. */
  readonly restorable: StoreApi<ReadonlySet<number>>;
  /** Freezes a draft into a new run and has it trained; gives its number, or null where the draft cannot be trained. */
  start(frozen: Draft, advance: Advance, options?: StartOptions): number | null;
  /** As of the runs. */
  restoreKeptRuns(kept: KeptRuns): boolean;
  /** Saves the weights of the current run before another takes its place. */
  archiveCurrentRun(): void;
  /** Makes an earlier run the current one again, as it was, standing still; nothing where its weights or its data set are not here. */
  restoreRun(run: Run): void;
}

/** What a starter stands on. */
export interface StarterOptions {
  readonly runs: StoreApi<Runs>;
  readonly device: StoreApi<Device>;
  send(command: Command): void;
  readonly questions: Pick<Questions, 'ask' | 'reportRefusal'>;
  readonly dataSet: Pick<DataSetControl, 'isOpen' | 'ensureOpen'>;
}

/** A starter over the runs of a lab. */
export function createStarter({ runs, device, send, questions, dataSet }: StarterOptions): Starter {
  const cache = createSnapshotCache((run) => questions.ask('snapshot', { run }), questions.reportRefusal);
  const archiveCurrentRun = () => {
    const { current } = runs.getState();
    if (current !== null && current.epochs.length > 0 && current.phase !== 'failed') cache.keep(current.number);
  };
  /** A run of another data set gives way before that one is closed. */
  const ensureOpen = ({ dataset }: Draft) =>
    dataSet.ensureOpen(dataset, () => {
      archiveCurrentRun();
      runs.setState(withoutCurrent);
    });
  const restoreRun = (run: Run) => {
    const from = cache.snapshotOf(run.number);
    if (from === null || run.number === runs.getState().current?.number || !ensureOpen(run.draft)) return;
    archiveCurrentRun();
    runs.setState((state) => withRestored(state, run));
    for (const command of commandsFor(run, from)) send(command);
  };
  return {
    restorable: cache.store,
    archiveCurrentRun,
    start(frozen, advance, { name, keeps = false, judgesTest = true } = {}) {
      if (!isTrainable(frozen) || !ensureOpen(frozen)) return null;
      archiveCurrentRun();
      const { current } = runs.getState();
      const keepsWeights = keeps && current !== null && stepOf(current) > 0;
      const carriedFrom = keepsWeights ? current.number : undefined;
      const backend = device.getState().report?.backend;
      runs.setState((state) => withNewRun(state, frozen, { name, backend, carriedFrom, judgesTest }));
      const { lastNumber: run } = runs.getState();
      const { dataset, network, recipe } = frozen;
      send({
        type: 'train',
        run,
        dataset,
        network,
        recipe,
        advance,
        ...(keepsWeights && { keepsWeights }),
        ...(!judgesTest && { judgesTest }),
      });
      return run;
    },
    restoreRun,
    restoreKeptRuns({ runs: kept, snapshots, current, lastNumber }) {
      if (runs.getState().lastNumber > 0) return false;
      runs.setState(withKept(kept, lastNumber));
      for (const [run, snapshot] of snapshots) cache.put(run, snapshot);
      const held = kept.find(({ number }) => number === current);
      if (held !== undefined && dataSet.isOpen(held.draft.dataset)) restoreRun(held);
      return true;
    },
  };
}

/** What brings a run back from its weights: as far as it was, with the settings that it had, and standing still. */
function commandsFor(restored: Run, from: Snapshot): readonly Command[] {
  const { number: run, draft, adjustments, judgesTest, phase, test } = restored;
  const { dataset, network, recipe } = draft;
  const adjusted = adjustments.length > 0 ? [{ type: 'adjust', run, values: liveSettings(restored) } as const] : [];
  const standing = { phase: phase === 'finished' ? phase : 'paused', isTested: test !== null } as const;
  const start = { type: 'train', run, dataset, network, recipe, advance: 'run', from, standing } as const;
  return [judgesTest === false ? { ...start, judgesTest } : start, ...adjusted];
}
