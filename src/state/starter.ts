import type { StoreApi } from 'zustand/vanilla';
import type { Checkpoint } from '../core/training/checkpoint.ts';
import type { Advance, Command } from '../protocol/commands.ts';
import type { KeptRuns } from './archive.ts';
import type { Checkpoints, ReadCheckpoint } from './checkpoints.ts';
import type { DataSetControl } from './data-set-control.ts';
import type { Device } from './device.ts';
import type { Draft } from './draft.ts';
import type { Questions } from './questions.ts';
import { resumeCommand } from './resumption.ts';
import { type Run, runAtCheckpoint, runAtStart } from './run.ts';
import { allRuns, type Runs, withKept, withNewRun, withoutCurrent, withRestored } from './runs.ts';
import { isTrainable } from './trainable.ts';
import { checkpointNeeded, NEW_WEIGHTS, type WeightsChoice, weightsStart } from './weights-choice.ts';

/** How a run starts, beside its draft. */
export interface StartOptions {
  readonly name?: string | undefined;
  /** What it begins with; new weights where it is left out, and where no layer takes those that were chosen. */
  readonly weights?: WeightsChoice | undefined;
  /** The checkpoint that those weights are read from; where it is left out, one that is in memory. */
  readonly checkpoint?: Checkpoint | null;
  /** False where the test set is left alone at the end. */
  readonly judgesTest?: boolean;
}

/** Puts runs into the worker, one in the place of the other. */
export interface Starter {
  /** Freezes a draft into a new run and has it trained; gives its number, or null where the draft cannot be trained. */
  start(frozen: Draft, advance: Advance, options?: StartOptions): number | null;
  /** As of the runs. */
  restoreKeptRuns(kept: KeptRuns, read: ReadCheckpoint): boolean;
  /** Makes an earlier run the current one again, as it was at its checkpoint, standing still; nothing where that or its data set is not here. */
  restoreRun(run: Run): void;
}

/** What a starter stands on. */
export interface StarterOptions {
  readonly runs: StoreApi<Runs>;
  readonly device: StoreApi<Device>;
  readonly checkpoints: Checkpoints;
  send(command: Command): void;
  readonly questions: Pick<Questions, 'reportRefusal'>;
  readonly dataSet: Pick<DataSetControl, 'isOpen' | 'ensureOpen'>;
}

/** A starter over the runs of a lab. */
export function createStarter({ runs, device, checkpoints, send, questions, dataSet }: StarterOptions): Starter {
  /** A run of another data set gives way before that one is closed. */
  const ensureOpen = ({ dataset }: Draft) => dataSet.ensureOpen(dataset, () => runs.setState(withoutCurrent));
  const resume = (run: Run, from: Checkpoint | null) => {
    if (!ensureOpen(run.draft)) return;
    const restored = from === null ? runAtStart(run) : runAtCheckpoint(run, from);
    runs.setState((state) => withRestored(state, restored));
    send(resumeCommand(restored, from));
  };
  const restoreRun = (run: Run, isWanted = (_from: Checkpoint) => true) => {
    const before = runs.getState().current;
    if (run.number === before?.number) return;
    const from = checkpoints.inMemory(run.number);
    if (from !== null) return resume(run, from);
    checkpoints.read(run.number).then((read) => {
      // Another run took its turn meanwhile.
      if (read === null || runs.getState().current?.number !== before?.number) return;
      if (isWanted(read)) resume(run, read);
    }, questions.reportRefusal);
  };
  return {
    start(frozen, advance, { name, weights = NEW_WEIGHTS, checkpoint, judgesTest = true } = {}) {
      if (!isTrainable(frozen)) return null;
      // Looked at before a run of another data set gives way.
      const needed = checkpointNeeded(weights, frozen, runs.getState());
      const read = checkpoint ?? (needed === null ? null : checkpoints.inMemory(needed));
      const begin = weightsStart(weights, frozen, runs.getState(), read);
      if (!ensureOpen(frozen)) return null;
      const carriedFrom = begin?.origin ?? null;
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
        ...(begin && { weightsFrom: begin.from }),
        ...(!judgesTest && { judgesTest }),
      });
      return run;
    },
    restoreRun: (run) => restoreRun(run),
    restoreKeptRuns({ runs: kept, checkpoints: numbers, current, lastNumber }, read) {
      const mine = allRuns(runs.getState());
      if (mine.some(({ number }) => number <= lastNumber)) return false;
      runs.setState((state) => withKept(state, kept, lastNumber));
      checkpoints.addKept(numbers, read);
      const held = kept.find(({ number }) => number === current);
      if (mine.length > 0 || held === undefined || !dataSet.isOpen(held.draft.dataset)) return true;
      // One that came to no checkpoint begins again.
      if (!numbers.has(held.number)) {
        resume(held, null);
        return true;
      }
      // One that ended is not taken back to a step before its end.
      restoreRun(held, (from) => held.phase !== 'finished' || runAtCheckpoint(held, from) === held);
      return true;
    },
  };
}
