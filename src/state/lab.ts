import { createStore, type StoreApi } from 'zustand/vanilla';
import { type DatasetSpec, isSameDataset } from '../core/dataset/spec.ts';
import type { BackendChoice } from '../core/training/backend.ts';
import type { Command, DatasetSource } from '../protocol/commands.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import type { Port } from '../protocol/port.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createDataSetControl, type DataSetControl } from './data-set-control.ts';
import { type Device, deviceAfter, NO_DEVICE } from './device.ts';
import type { Draft } from './draft.ts';
import { createDraftStore, type DraftStore } from './draft-store.ts';
import { createDrawing } from './drawing.ts';
import type { Questions } from './questions.ts';
import { createRequests, isAbort, RequestError } from './requests.ts';
import { stepOf } from './run.ts';
import { NO_RUNS, type Runs, runOf, runsAfter } from './runs.ts';
import { createRunsControl, type RunsControl } from './runs-control.ts';
import type { StorageControl } from './storage.ts';

/** Everything that the page shows, and everything that it can do, by subject. */
export interface Lab {
  /** The network and the recipe that the next run will freeze. */
  readonly draft: DraftStore;
  /** The run that the worker holds and those before it. */
  readonly runs: RunsControl;
  /** What the page asks the worker. */
  readonly questions: Questions;
  readonly dataSet: DataSetControl;
  readonly device: StoreApi<Device>;
  /** What outlasts the page, and what does not. */
  readonly storage: StorageControl;
  /** The worker died of an error that it could not report itself: the run fails, and so does every request under way. */
  reportFailure(message: string): void;
}

/** What the lab stands on. */
export interface LabOptions {
  readonly port: Port<Command, WorkerEvent>;
  readonly initialDraft: Draft;
  /** The data sets that can be opened; the first one is opened at once. */
  readonly sources: readonly [DatasetSource, ...DatasetSource[]];
  /** The draft to begin with for a data set that was opened, where the draft is for another one. */
  draftFor(dataset: DatasetSpec): Draft;
  readonly backend: BackendChoice;
  readonly storage: StorageControl;
  /** The highest number of a run of earlier visits, as far as it is known. */
  readonly lastRun?: number;
}

/** Creates the stores, connects them with the worker behind `port`, and has it open the device and the data. */
export function createLab({ port, initialDraft, sources, draftFor, backend, storage, lastRun = 0 }: LabOptions): Lab {
  const draft = createDraftStore(initialDraft);
  const runs = createStore<Runs>(() => ({ ...NO_RUNS, lastNumber: lastRun }));
  const checkpoints = createCheckpoints();
  const device = createStore<Device>(() => NO_DEVICE);
  const send = (command: Command) => port.postMessage(command, []);
  const { ask, receive, rejectAll } = createRequests(send);
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
    runs.setState((state) => runsAfter(state, event));
    if (event.type === 'checkpointed') keep(event);
    dataSet.receive(event);
    device.setState((state) => deviceAfter(state, event));
    drawing.receive(event);
    receive(event);
  };
  // A drawing is a sample of the data set that it was made for.
  dataSet.store.subscribe(({ spec }, before) => {
    if (!isSameDataset(spec, before.spec)) drawing.show(null);
  });
  port.addEventListener('message', ({ data }) => take(data));
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
  send({ type: 'open', backend });
  dataSet.open(sources[0]);

  return {
    draft,
    runs: control,
    questions,
    dataSet,
    device,
    storage,
    reportFailure(message) {
      const error = { name: 'WorkerError', message, stack: null };
      take({ type: 'failed', run: null, error });
      rejectAll(error);
    },
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
