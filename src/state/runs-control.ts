import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Checkpoint } from '../core/training/checkpoint.ts';
import type { Adjustment } from '../core/training/live-settings.ts';
import type { Setup } from '../core/training/setup.ts';
import type { Advance, Command } from '../protocol/commands.ts';
import type { ErrorReport } from '../protocol/error-report.ts';
import { type Answers, createAnswers } from './answers.ts';
import type { KeptRuns } from './archive.ts';
import type { Checkpoints, ReadCheckpoint } from './checkpoints.ts';
import { type Curves, createCurves } from './curves.ts';
import type { DataSetControl } from './data-set-control.ts';
import type { Device } from './device.ts';
import type { DraftStore } from './draft-store.ts';
import type { Questions } from './questions.ts';
import { createQueue, type Queue } from './queue.ts';
import { RequestError } from './requests.ts';
import type { Run } from './run.ts';
import {
  isBusy,
  isIdle,
  type RunLabel,
  type Runs,
  statusOf,
  withEarlier,
  withLabel,
  withoutCurrent,
  withoutEarlier,
} from './runs.ts';
import { newSeed } from './seed.ts';
import { createStarter } from './starter.ts';
import { unless } from './tab.ts';
import { checkpointNeeded, NEW_WEIGHTS, type WeightsChoice } from './weights-choice.ts';

/** In milliseconds: a pause that takes longer is said to be on its way. */
const PATIENCE_MS = 300;

/** The runs, and everything that can be done with them. */
export interface RunsControl {
  readonly store: StoreApi<Runs>;
  /** What the next run begins with. */
  readonly weights: StoreApi<WeightsChoice>;
  /** Runs that train one after the other, without the draft. */
  readonly queue: Queue;
  /** What each run can go on from. */
  readonly checkpoints: Checkpoints;
  /** What each run answered. */
  readonly answers: Answers;
  /** Every step of each run. */
  readonly curves: Curves;
  /** The numbers of the runs that can come back into the worker. */
  readonly restorable: StoreApi<ReadonlySet<number>>;
  /**
   * Freezes the draft into a new run and trains it as far as asked, opening its data set where another one is open. A faulty
   * draft starts nothing, nor does one whose data set is not available.
   */
  train(advance: Advance): void;
  pause(): void;
  /** The run that was told to pause a while ago, until it goes on; null where there is none. It may still wait for a step to end. */
  readonly pausing: StoreApi<number | null>;
  /** Goes on with a paused run, or starts a new one where there is none to go on with; nothing while one trains. */
  advance(advance: Advance): void;
  /** Pauses what trains; otherwise trains to the end. */
  toggle(): void;
  /** Changes settings of the current run from its next step on. */
  adjust(values: Adjustment): void;
  /** Makes the current run so many epochs long in all, and trains on. */
  extend(epochs: number): void;
  /** Back to before the run: its weights are dropped, its seed stays. */
  reset(): void;
  /** As `reset`, and another seed goes into the draft: other initial weights, another order of images. */
  resetWithNewSeed(): void;
  /** Puts a setup into the draft, where Undo takes it back, and trains it as a new run, called after the change. */
  tryOut(setup: Setup, change: string): void;
  /**
   * Puts the network and the recipe of a run into the draft. Where its weights are kept and nothing trains, the
   * run itself comes back as it was: it answers, and it can train on. Nothing where its data set is not there any more.
   */
  restore(run: Run): void;
  /**
   * Brings back the runs of earlier visits; the one that the worker held is the current one again, unless another was begun
   * on this visit. `read` gives what a run goes on from. False where a run of this visit has the number of one of them, and
   * nothing is brought back.
   */
  restoreKeptRuns(kept: KeptRuns, read: ReadCheckpoint): boolean;
  label(number: number, label: RunLabel): void;
  /** Forgets an earlier run; the function that comes back brings it back. */
  delete(run: Run): () => void;
  evaluateOnTestSet(): void;
  /** Measures some training samples, as many as there are for validation, with the weights as they are now. */
  evaluateOnTrainingSet(): void;
}

/** What the runs stand on. */
export interface RunsControlOptions {
  readonly runs: StoreApi<Runs>;
  readonly draft: DraftStore;
  readonly dataSet: Pick<DataSetControl, 'store' | 'isOpen' | 'isAvailable' | 'ensureOpen'>;
  readonly device: StoreApi<Device>;
  readonly checkpoints: Checkpoints;
  readonly questions: Pick<Questions, 'reportRefusal'>;
  send(command: Command): void;
  /** Called when the current run was dropped: another network answers now. */
  onReset(): void;
}

/** Control over the runs in a store: it sends commands, and leaves it to the worker's events to change them. */
export function createRunsControl(options: RunsControlOptions): RunsControl {
  const { runs, draft, dataSet, device, checkpoints, questions, send, onReset } = options;
  const weights = createStore((): WeightsChoice => NEW_WEIGHTS);
  const { start, restoreKeptRuns, restoreRun } = createStarter(options);
  const status = () => statusOf(runs.getState(), dataSet.store.getState(), device.getState());
  const current = createCurrentRun(runs, send);
  const train = (advance: Advance, name?: string) => {
    const [frozen, choice] = [draft.store.getState(), weights.getState()];
    const needed = checkpointNeeded(choice, frozen, runs.getState());
    if (needed === null || checkpoints.inMemory(needed) !== null) {
      start(frozen, advance, { name, weights: choice });
      return;
    }
    const begin = (checkpoint: Checkpoint | null) => {
      if (checkpoint === null) throw new RequestError(unreadable(needed));
      start(frozen, advance, { name, weights: choice, checkpoint });
    };
    checkpoints.read(needed).then(begin).catch(questions.reportRefusal);
  };
  const advance = (by: Advance) => {
    if (status() === 'paused') current.advance(by);
    else if (isIdle(status())) train(by);
  };
  const reset = () => {
    current.reset();
    runs.setState(withoutCurrent);
    onReset();
  };
  const { pause, pausing, adjust, extend, evaluateOnTestSet, evaluateOnTrainingSet } = current;
  return {
    store: runs,
    weights,
    queue: createQueue({
      runs,
      pause,
      advance: () => current.advance('run'),
      train: ({ draft: planned, name, judgesTest = true }, from) =>
        start(planned, 'run', { name, judgesTest, weights: from === null ? NEW_WEIGHTS : { kind: 'run', run: from } }),
    }),
    checkpoints,
    answers: createAnswers(),
    curves: createCurves(),
    restorable: checkpoints.numbers,
    train: (by) => train(by),
    advance,
    pause,
    pausing,
    toggle: () => (isBusy(status()) ? pause() : advance('run')),
    adjust,
    extend,
    reset,
    resetWithNewSeed() {
      reset();
      draft.setRecipe({ seed: newSeed() }, 'change seed');
    },
    tryOut({ dataset, network, recipe }, change) {
      draft.replace({ ...draft.store.getState(), dataset, network, recipe, change });
      train('run', change.replace(/^\+/, ''));
    },
    restore(run) {
      if (!dataSet.isAvailable(run.draft.dataset)) return;
      draft.replace({ ...run.draft, change: `restore run ${run.number}` });
      if (!isBusy(status())) restoreRun(run);
    },
    restoreKeptRuns,
    evaluateOnTestSet,
    evaluateOnTrainingSet,
    ...createRunsTable(runs),
  };
}

/** Why a run cannot begin with the weights of another. */
function unreadable(run: number): ErrorReport {
  const message = `The weights of run ${run} cannot be read any more. Choose other weights, or new ones, above the figures of the network.`;
  return { name: 'WeightsError', message, stack: null };
}

/** Commands about the current run; none of them does anything while there is no run. */
function createCurrentRun(runs: StoreApi<Runs>, send: (command: Command) => void) {
  const pausing = createStore((): number | null => null);
  const tell = (command: (run: number) => Command) => {
    const { current } = runs.getState();
    if (current !== null) send(command(current.number));
  };
  let timer: ReturnType<typeof setTimeout>;
  const advance = (by: Advance) => {
    clearTimeout(timer);
    pausing.setState(null, true);
    tell((run) => ({ type: 'advance', run, advance: by }));
  };
  return {
    advance,
    pausing,
    pause: () =>
      tell((run) => {
        clearTimeout(timer);
        timer = setTimeout(pausing.setState, PATIENCE_MS, run, true);
        return { type: 'pause', run };
      }),
    adjust: (values: Adjustment) => tell((run) => ({ type: 'adjust', run, values })),
    extend(epochs: number) {
      tell((run) => ({ type: 'extend', run, epochs }));
      advance('run');
    },
    reset: () => tell((run) => ({ type: 'reset', run })),
    evaluateOnTestSet: () => tell((run) => ({ type: 'evaluate', run, set: 'test' })),
    evaluateOnTrainingSet: () => tell((run) => ({ type: 'evaluate', run, set: 'trainSample' })),
  };
}

/** What people change about runs that were made. */
function createRunsTable(runs: StoreApi<Runs>) {
  return {
    label: (number: number, label: RunLabel) => runs.setState((state) => withLabel(state, number, label)),
    delete(run: Run) {
      runs.setState((state) => withoutEarlier(state, run.number));
      return () => runs.setState((state) => withEarlier(state, run));
    },
  };
}

/** The same control, with which nobody trains or changes a run while `isLocked`. Runs can still be put there. */
export function lockableRuns(control: RunsControl, isLocked: () => boolean): RunsControl {
  const { train, pause, advance, toggle, adjust, extend, reset, resetWithNewSeed, tryOut, restore, label } = control;
  const { queue, evaluateOnTestSet, evaluateOnTrainingSet } = control;
  return {
    ...control,
    queue: { ...queue, start: unless(isLocked, queue.start), goOn: unless(isLocked, queue.goOn) },
    train: unless(isLocked, train),
    pause: unless(isLocked, pause),
    advance: unless(isLocked, advance),
    toggle: unless(isLocked, toggle),
    adjust: unless(isLocked, adjust),
    extend: unless(isLocked, extend),
    reset: unless(isLocked, reset),
    resetWithNewSeed: unless(isLocked, resetWithNewSeed),
    tryOut: unless(isLocked, tryOut),
    restore: unless(isLocked, restore),
    label: unless(isLocked, label),
    delete: (run) => (isLocked() ? () => undefined : control.delete(run)),
    evaluateOnTestSet: unless(isLocked, evaluateOnTestSet),
    evaluateOnTrainingSet: unless(isLocked, evaluateOnTrainingSet),
  };
}
