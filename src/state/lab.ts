import { createStore, type StoreApi } from 'zustand/vanilla';
import { type DatasetSpec, isSameDataset } from '../core/dataset/spec.ts';
import type { BackendChoice } from '../core/training/backend.ts';
import type { Advance, Command, DatasetSource } from '../protocol/commands.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import { type BackendDecision, type ChooseBackend, createBackendGate } from './backend-gate.ts';
import { createCheckpoints } from './checkpoints.ts';
import { isComplete } from './data-set.ts';
import { createDataSetControl, type DataSetControl } from './data-set-control.ts';
import { type Device, deviceAfter, NO_DEVICE } from './device.ts';
import type { Draft } from './draft.ts';
import { createDraftStore, type DraftStore, lockableDraft } from './draft-store.ts';
import { createDrawing } from './drawing.ts';
import type { Questions } from './questions.ts';
import { createRequests, isAbort, RequestError } from './requests.ts';
import { stepOf } from './run.ts';
import { NO_RUNS, type Runs, runOf, runsAfter, withoutCurrent } from './runs.ts';
import { createRunsControl, lockableRuns, type RunsControl } from './runs-control.ts';
import type { StorageControl } from './storage.ts';
import { type Interruption, TrainingSupervisor } from './supervisor.ts';
import { createTabControl, type TabControl, unless } from './tab.ts';
import type { TrainingWorker } from './training-worker.ts';

/** Everything that the page shows, and everything that it can do, by subject. */
export interface Lab {
  /** The network and the recipe that the next run will freeze. */
  readonly draft: DraftStore;
  /** The run that the worker holds and those before it. */
  readonly runs: RunsControl;
  /** What the page asks the worker. */
  readonly questions: Questions;
  readonly dataSet: DataSetControl;
  /** Opens another data set; a run of the one before gives way, and can go on when its own is open again. */
  openDataset(source: DatasetSource): void;
  readonly device: StoreApi<Device>;
  /** How it was decided where runs train. */
  readonly decision: StoreApi<BackendDecision>;
  /** What outlasts the page, and what does not. */
  readonly storage: StorageControl;
  /** What happened to the worker, where something did. */
  readonly interruption: StoreApi<Interruption | null>;
  /** What this tab is among those that have the app open. While it reads along, draft and runs cannot be changed through the lab. */
  readonly tab: TabControl;
  /** Starts the worker whose files could not be fetched; nothing where all are here. */
  retryEngine(): void;
  /** How far the current run was last asked to train; null where it was asked to stop. */
  askedAdvance(): Advance | null;
}

/** What the lab stands on. */
export interface LabOptions {
  startWorker(): TrainingWorker;
  readonly initialDraft: Draft;
  /** The data sets that can be opened; the first one is opened at once. */
  readonly sources: readonly [DatasetSource, ...DatasetSource[]];
  /** The draft to begin with for a data set that was opened, where the draft is for another one. */
  draftFor(dataset: DatasetSpec): Draft;
  readonly backend: BackendChoice;
  /** Finds the backend on which a run is trained fastest; where it is left out, all are trained on the one that is open. */
  readonly chooseBackend?: ChooseBackend;
  readonly storage: StorageControl;
  /** The highest number of a run of earlier visits, as far as it is known. */
  readonly lastRun?: number;
}

/** Creates the stores, connects them with a worker, and has it open the device and the data. */
export function createLab(options: LabOptions): Lab {
  const { startWorker, initialDraft, sources, draftFor, backend, chooseBackend, storage, lastRun = 0 } = options;
  const tab = createTabControl();
  const draft = createDraftStore(initialDraft);
  const runs = createStore<Runs>(() => ({ ...NO_RUNS, lastNumber: lastRun }));
  const checkpoints = createCheckpoints();
  const device = createStore<Device>(() => NO_DEVICE);
  const send = (command: Command) => gate.send(command);
  const { ask, receive, resend, rejectAll } = createRequests(send);
  const reportRefusal = createRefusalReport(device);
  const drawing = createDrawing(ask, reportRefusal);
  const questions: Questions = { ask, reportRefusal, drawing: drawing.store, show: drawing.show };

  const dataSet = createDataSetControl({ sources, draft, draftFor, send });
  /** A checkpoint belongs to the run as the page knows it, or to none. */
  const keep = ({ run: number, checkpoint }: WorkerEvent & { type: 'checkpointed' }) => {
    const run = runOf(runs.getState(), number);
    if (run !== null && stepOf(run) === checkpoint.snapshot.step) checkpoints.put(number, checkpoint);
  };
  const take = (event: WorkerEvent) => {
    // Known before anybody hears that the run stands still.
    if (event.type === 'phaseChanged') checkpoints.expect(event.run, event.checkpointFollows === true);
    // Another tab knows how its runs are.
    if (!tab.isReading()) runs.setState((state) => runsAfter(state, event));
    if (event.type === 'checkpointed' && !tab.isReading()) keep(event);
    dataSet.receive(event);
    device.setState((state) => deviceAfter(state, event));
    drawing.receive(event);
    receive(event);
  };
  // A drawing is a sample of the data set that it was made for.
  dataSet.store.subscribe(({ spec }, before) => {
    if (!isSameDataset(spec, before.spec)) drawing.show(null);
  });
  const control = createRunsControl({
    runs,
    draft,
    dataSet,
    device,
    checkpoints,
    questions,
    send,
    onReset: drawing.refresh,
  });
  const supervisor = new TrainingSupervisor({
    startWorker,
    backend,
    runs,
    checkpoints,
    device,
    isDataComplete: () => isComplete(dataSet.store.getState()),
    isWatching: tab.isReading,
    reopenDataset: dataSet.reopen,
    receive: take,
    resendRequests: resend,
    rejectRequests: rejectAll,
  });
  const gate = createBackendGate({
    choose: chooseBackend,
    device,
    isDataComplete: () => isComplete(dataSet.store.getState()),
    supervisor,
  });
  supervisor.start();
  dataSet.open(sources[0]);

  return {
    draft: lockableDraft(draft, tab.isReading),
    runs: lockableRuns(control, tab.isReading),
    questions,
    dataSet,
    openDataset: unless(tab.isReading, (source: DatasetSource) => {
      runs.setState(withoutCurrent);
      dataSet.open(source);
    }),
    device,
    decision: gate.store,
    storage,
    interruption: supervisor.store,
    tab,
    retryEngine: () => supervisor.retry(),
    askedAdvance: () => supervisor.advance,
  };
}

/** Shows why a request was refused where failures of the worker are shown; one that only ended early is none. */
function createRefusalReport(device: StoreApi<Device>): Questions['reportRefusal'] {
  return (error) => {
    if (!(error instanceof RequestError) || isAbort(error)) return;
    const { name, message, stack = null } = error;
    device.setState({ failure: { name, message, stack } });
  };
}
