import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Split } from '../core/dataset/spec.ts';
import type { Alike } from '../core/explaining/alike.ts';
import type { NetworkInspection } from '../core/explaining/inspection.ts';
import type { LabelledNeighbours } from '../core/explaining/nearest.ts';
import type { BackendChoice } from '../core/training/backend.ts';
import type { Adjustment } from '../core/training/live-settings.ts';
import type { Setup } from '../core/training/setup.ts';
import type { Snapshot } from '../core/training/snapshot.ts';
import type { Advance, Command } from '../protocol/commands.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import type { Port } from '../protocol/port.ts';
import { createAlikeQuestions, type Watcher } from './alike.ts';
import { type Drawing, NO_DRAWING } from './answer.ts';
import { type DataSet, dataSetAfter, emptyDataSet } from './data-set.ts';
import { type Device, deviceAfter, NO_DEVICE } from './device.ts';
import type { Draft } from './draft.ts';
import { createDraftStore, type DraftStore } from './draft-store.ts';
import type { KeptRuns } from './kept-runs.ts';
import { createQueue, type Plan, type Queue } from './queue.ts';
import { Requests } from './requests.ts';
import type { Run } from './run.ts';
import {
  isBusy,
  isIdle,
  NO_RUNS,
  type RunLabel,
  type Runs,
  runsAfter,
  statusOf,
  withEarlier,
  withLabel,
  withoutCurrent,
  withoutEarlier,
} from './runs.ts';
import { newSeed } from './seed.ts';
import { createStarter } from './starter.ts';

/** Everything that the page shows, and everything that it can do. */
export interface Lab {
  readonly draft: DraftStore;
  readonly runs: StoreApi<Runs>;
  readonly dataSet: StoreApi<DataSet>;
  readonly device: StoreApi<Device>;
  readonly drawing: StoreApi<Drawing>;
  /** Whether the next run begins with the weights of the current one, in layers that are still the same. */
  readonly keepsWeights: StoreApi<boolean>;
  /** Runs that train one after the other, without the draft. */
  readonly queue: Queue;
  /** The numbers of the earlier runs whose weights are still here. */
  readonly restorable: StoreApi<ReadonlySet<number>>;
  /** Freezes the draft into a new run and trains it as far as asked; a faulty draft starts nothing. */
  train(advance: Advance): void;
  pause(): void;
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
   * run itself comes back as it was: it answers, and it can train on.
   */
  restore(run: Run): void;
  /**
   * Brings back the runs of an earlier visit; the one that the worker held is the current one again. False where a run was
   * already made on this visit, and nothing is brought back.
   */
  bringBack(kept: KeptRuns): boolean;
  /** Everything that a run could go on from; null where the worker does not hold it, or failed. */
  fetchSnapshot(run: number): Promise<Snapshot | null>;
  labelRun(number: number, label: RunLabel): void;
  /** Forgets an earlier run; the function that comes back brings it back. */
  deleteRun(run: Run): () => void;
  evaluateOnTestSet(): void;
  retryData(): void;
  /** Asks the network about a drawing; null clears it. While an answer is under way, only the newest drawing waits. */
  show(pixels: Uint8Array<ArrayBuffer> | null): void;
  /** The worker died of an error that it could not report itself. */
  reportFailure(message: string): void;
  /** Pixels [n, 784] of images by their place in the data set; null where the worker failed. */
  fetchImages(split: Split, indices: Uint32Array): Promise<Uint8Array | null>;
  /**
   * The k training images nearest to each of n others [n, 784], of those that have arrived; null where a newer question
   * came first or the worker failed.
   */
  findNearest(pixels: Uint8Array, k: number): Promise<LabelledNeighbours | null>;
  /**
   * What the newest network has inside, for an image [784] and the layer with this id, null for the first that is telling;
   * null where there is no network or the worker failed.
   */
  inspect(pixels: Uint8Array, layerId: string | null): Promise<NetworkInspection | null>;
  /**
   * The k training images that the newest network finds most like an image [784]; null where a newer question came first,
   * the watcher lost interest, or the worker failed.
   */
  findAlike(pixels: Uint8Array, k: number, watcher: Watcher): Promise<Alike | null>;
}

/** What the lab stands on. */
export interface LabOptions {
  readonly port: Port<Command, WorkerEvent>;
  readonly initialDraft: Draft;
  /** Absolute address of the data folder. */
  readonly baseUrl: string;
  /** Absolute address of the manifest of the network that ships with the app; null where there is none. */
  readonly shippedUrl: string | null;
  readonly backend: BackendChoice;
}

/** Creates the stores, connects them with the worker behind `port`, and has it open the device and the data. */
export function createLab({ port, initialDraft, baseUrl, shippedUrl, backend }: LabOptions): Lab {
  const draft = createDraftStore(initialDraft);
  const runs = createStore<Runs>(() => NO_RUNS);
  const dataSet = createStore<DataSet>(() => emptyDataSet(initialDraft.dataset));
  const device = createStore<Device>(() => NO_DEVICE);
  const keepsWeights = createStore(() => false);
  const send = (command: Command) => port.postMessage(command, []);
  const { drawing, show, hear } = createDrawing(send);
  const { receive, ...questions } = createQuestions(send);
  const { start, putAway, bringBack, comeBack, restorable } = createStarter({ runs, device, send, ...questions });

  const take = (event: WorkerEvent) => {
    runs.setState((state) => runsAfter(state, event));
    dataSet.setState((state) => dataSetAfter(state, event));
    device.setState((state) => deviceAfter(state, event));
    hear(event);
    receive(event);
  };
  port.addEventListener('message', ({ data }) => take(data));
  send({ type: 'open', dataset: initialDraft.dataset, baseUrl, shippedUrl, backend });

  /** Sends a command about the current run, if there is one. */
  const tell = (command: (run: number) => Command) => {
    const { current } = runs.getState();
    if (current !== null) send(command(current.number));
  };

  const status = () => statusOf(runs.getState(), dataSet.getState(), device.getState());
  const train = (advance: Advance, name?: string) =>
    void start(draft.store.getState(), advance, { name, keeps: keepsWeights.getState() });
  const advance = (by: Advance) => {
    if (status() === 'paused') tell((run) => ({ type: 'advance', run, advance: by }));
    else if (isIdle(status())) train(by);
  };
  const pause = () => tell((run) => ({ type: 'pause', run }));
  const queue = createQueue({ runs, pause, train: (plan: Plan) => start(plan.draft, 'run', { name: plan.name }) });

  const reset = () => {
    putAway();
    tell((run) => ({ type: 'reset', run }));
    runs.setState(withoutCurrent);
    show(drawing.getState().pixels);
  };

  return {
    draft,
    runs,
    dataSet,
    device,
    drawing,
    keepsWeights,
    queue,
    restorable,
    train: (by) => train(by),
    advance,
    pause,
    toggle: () => (isBusy(status()) ? pause() : advance('run')),
    adjust: (values) => tell((run) => ({ type: 'adjust', run, values })),
    extend(epochs) {
      tell((run) => ({ type: 'extend', run, epochs }));
      tell((run) => ({ type: 'advance', run, advance: 'run' }));
    },
    reset,
    resetWithNewSeed() {
      reset();
      draft.setRecipe({ seed: newSeed() }, 'change seed');
    },
    tryOut({ network, recipe }, change) {
      draft.replace({ ...draft.store.getState(), network, recipe, change });
      train('run', change.replace(/^\+/, ''));
    },
    restore(run) {
      draft.replace({ ...run.draft, change: `restore run ${run.number}` });
      if (!isBusy(status())) comeBack(run);
    },
    bringBack,
    labelRun: (number, label) => runs.setState((state) => withLabel(state, number, label)),
    deleteRun(run) {
      runs.setState((state) => withoutEarlier(state, run.number));
      return () => runs.setState((state) => withEarlier(state, run));
    },
    evaluateOnTestSet: () => tell((run) => ({ type: 'evaluate', run, set: 'test' })),
    retryData: () => send({ type: 'retryData' }),
    show,
    reportFailure: (message) => take(deathOf(message)),
    ...questions,
  };
}

function deathOf(message: string): WorkerEvent {
  return { type: 'failed', run: null, error: { name: 'WorkerError', message, stack: null } };
}

/** Keeps one question about the drawing under way, and asks again when the network has learned. */
function createDrawing(send: (command: Command) => void) {
  const drawing = createStore<Drawing>(() => NO_DRAWING);
  let asked: Uint8Array | null = null;
  let request = 0;
  const ask = () => {
    const { pixels } = drawing.getState();
    if (pixels === null || asked !== null) return;
    asked = pixels;
    request++;
    send({ type: 'predict', request, pixels });
  };
  const hear = (event: WorkerEvent) => {
    if (event.type === 'failed') asked = null;
    if (event.type === 'epochEnded' || event.type === 'phaseChanged') ask();
    // A run's first steps take over from the network that ships with the app.
    if (event.type === 'progressed' && drawing.getState().answer?.run !== event.run) ask();
    if (event.type !== 'predicted' || event.request !== request) return;
    const { pixels } = drawing.getState();
    const outdated = asked !== pixels;
    asked = null;
    if (pixels !== null) drawing.setState({ answer: event.answer });
    if (outdated) ask();
  };
  const show = (pixels: Uint8Array<ArrayBuffer> | null) => {
    drawing.setState((state) => ({ pixels, answer: pixels === null ? null : state.answer }));
    ask();
  };
  return { drawing, show, hear };
}

/** Asks the worker for what is not streamed to the page, and matches its answers with the questions. */
function createQuestions(send: (command: Command) => void) {
  const images = new Requests<Uint8Array>();
  const neighbours = new Requests<LabelledNeighbours>();
  const fetchImages = (split: Split, indices: Uint32Array) =>
    images.ask((request) => send({ type: 'fetchImages', request, split, indices: Uint32Array.from(indices) }));
  const findNearest = (pixels: Uint8Array, k: number) =>
    neighbours.ask((request) => send({ type: 'findNearest', request, pixels: Uint8Array.from(pixels), k }));
  const inspections = new Requests<NetworkInspection>();
  const inspect = (pixels: Uint8Array, layerId: string | null) =>
    inspections.ask((request) => send({ type: 'inspect', request, pixels: Uint8Array.from(pixels), layerId }));
  const alike = createAlikeQuestions(send);
  const snapshots = new Requests<Snapshot>();
  const fetchSnapshot = (run: number) => snapshots.ask((request) => send({ type: 'fetchSnapshot', request, run }));
  const receive = (event: WorkerEvent) => {
    if (event.type === 'snapshotFetched') snapshots.answer(event.request, event.snapshot);
    if (event.type === 'imagesFetched') images.answer(event.request, event.pixels);
    if (event.type === 'inspected') inspections.answer(event.request, event.inspection);
    if (event.type === 'nearestFound') neighbours.answer(event.request, event.neighbours);
    if (event.type === 'failed' && event.run === null)
      for (const kind of [images, neighbours, snapshots, inspections]) kind.giveUp();
    alike.receive(event);
  };
  return { fetchImages, findNearest, inspect, findAlike: alike.find, fetchSnapshot, receive };
}
