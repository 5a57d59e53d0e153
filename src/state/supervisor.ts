import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Backend, type BackendChoice, nextBackend } from '../core/training/backend.ts';
import type { Advance, Command } from '../protocol/commands.ts';
import type { ErrorReport } from '../protocol/error-report.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import type { Checkpoints } from './checkpoints.ts';
import { type Device, NO_DEVICE, NOT_LOADED } from './device.ts';
import { continueCommand, interruptedRun, isAtWork } from './resumption.ts';
import { type Run, stepOf } from './run.ts';
import type { Runs } from './runs.ts';
import type { TrainingWorker } from './training-worker.ts';
import { createWatchdog, type Watchdog } from './watchdog.ts';

/** The worker was replaced by another. */
interface Replaced {
  readonly kind: 'replaced';
  readonly cause: 'gpuLost' | 'stopped' | 'hung' | 'failed';
  /** The run that goes on, and the step from which; null where there is none. */
  readonly run: number | null;
  readonly step: number;
  /** Where it trained, and where it does now; null while that is not known. */
  readonly from: Backend | null;
  readonly to: Backend | null;
  /** What the engine said. */
  readonly message: string;
}

/** What happened to the worker: it has been silent for so many seconds, and may come back; or it was replaced. */
export type Interruption = { readonly kind: 'silent'; readonly seconds: number } | Replaced;

/** Keeps a worker at work: one that died, hangs, failed or lost its GPU is replaced, and its run goes on from its checkpoint. */
export interface Supervisor {
  /** The newest interruption; null where there was none, or another run has begun since. */
  readonly store: StoreApi<Interruption | null>;
  send(command: Command): void;
  /** Starts the first worker. */
  start(): void;
  /** Starts the worker whose files could not be fetched; nothing where all are here. */
  retry(): void;
  /** Has a worker on another backend take the place of this one; the run at hand has not begun in this one. */
  moveTo(backend: Backend): void;
}

/** What a supervisor stands on. */
export interface SupervisorOptions {
  startWorker(): TrainingWorker;
  readonly backend: BackendChoice;
  readonly runs: StoreApi<Runs>;
  readonly checkpoints: Checkpoints;
  readonly device: StoreApi<Device>;
  /** Whether the whole data set has arrived. */
  isDataComplete(): boolean;
  /** Whether the runs are those of another tab, of which this worker knows nothing. */
  isWatching?(): boolean;
  /** Has the data set that is open streamed again. */
  reopenDataset(): void;
  /** Hears what the worker says. */
  receive(event: WorkerEvent): void;
  /** Sends all requests under way to the new worker. */
  resendRequests(): void;
  /** No worker will answer the requests under way. */
  rejectRequests(error: ErrorReport): void;
}

/** Errors that a new worker would meet as well, or that are the answer to what was asked. */
const FINAL = ['DivergedError', 'RefusedError', 'OutOfMemoryError', 'AbortError'];

const GONE = {
  name: 'WorkerError',
  message: 'The training engine has stopped. Train again, or reload the page.',
  stack: null,
};

/** From new weights it would be another run. */
const LOST_BEGINNING = {
  name: 'WorkerError',
  message: 'The training engine stopped before this run had taken the weights that it was to begin with. Train again.',
  stack: null,
};

/** Supervises the workers that `startWorker` starts, one at a time. */
export class TrainingSupervisor implements Supervisor {
  readonly store = createStore<Interruption | null>(() => null);
  readonly #options: SupervisorOptions;
  readonly #watchdog: Watchdog;
  #worker: TrainingWorker | null = null;
  /** What the newest worker was asked to run on. */
  #choice: BackendChoice;
  /** Whether files of a worker could not be fetched, which is tried again on request. */
  #isMissing = false;
  /** How far the run was last asked to train; null where it was asked to stop. */
  #advance: Advance | null = null;
  /** How often workers were replaced in a run. */
  #troubles = { run: 0, count: 0 };

  constructor(options: SupervisorOptions) {
    const { isDataComplete, runs } = options;
    this.#options = options;
    this.#choice = options.backend;
    this.#watchdog = createWatchdog({
      isAtWork: () => this.#worker !== null && isAtWork(this.#current()),
      isWaiting: () => !isDataComplete(),
      ping: () => this.#post({ type: 'ping' }),
      onSlow: (seconds) => this.store.setState({ kind: 'silent', seconds }, true),
      onAwake: () => this.store.getState()?.kind === 'silent' && this.store.setState(null, true),
      onHung: () => this.#replace('hung', 'It stopped responding.'),
    });
    runs.subscribe(({ current }, before) => {
      if (current?.number !== before.current?.number) this.#forget(current);
      this.#watchdog.update();
    });
  }

  start(): void {
    this.#connect(this.#options.backend);
  }

  send(command: Command): void {
    if (command.type === 'train' || command.type === 'advance') this.#advance = command.advance;
    if (command.type === 'pause') this.#advance = null;
    // After workers were given up, another run is another chance.
    if (this.#worker === null && command.type === 'train')
      this.#restart(this.#isMissing ? this.#choice : this.#options.backend);
    if (this.#worker === null && command.type === 'ask' && !this.#isMissing) this.#options.rejectRequests(GONE);
    this.#post(command);
  }

  retry(): void {
    if (this.#isMissing) this.#continue(this.#choice);
  }

  moveTo(backend: Backend): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#restart(backend);
    this.#options.runs.setState(({ current }) => ({ current: current && { ...current, backend } }));
    this.#options.resendRequests();
  }

  /** How far the run was last asked to train; null where it was asked to stop. */
  get advance(): Advance | null {
    return this.#advance;
  }

  /** The run that the worker holds. */
  #current(): Run | null {
    return this.#options.isWatching?.() ? null : this.#options.runs.getState().current;
  }

  #post(command: Command): void {
    this.#worker?.port.postMessage(command, []);
  }

  #connect(choice: BackendChoice): void {
    const worker = this.#options.startWorker();
    this.#worker = worker;
    this.#choice = choice;
    worker.port.addEventListener('message', ({ data }) => {
      if (worker === this.#worker) this.#hear(data);
    });
    worker.onDeath((message) => {
      if (worker !== this.#worker) return;
      if (message === null) this.#miss();
      else this.#replace('stopped', message);
    });
    this.#post({ type: 'open', backend: choice });
  }

  #hear(event: WorkerEvent): void {
    this.#watchdog.hear(event);
    const error = troubleIn(event);
    if (event.type === 'opened') this.#noteBackend(event.report.backend);
    if (event.type === 'failed' && event.error.name === NOT_LOADED) this.#miss(event.error.message);
    else if (error === null) this.#options.receive(event);
    else this.#replace(error.name === 'GpuLostError' ? 'gpuLost' : 'failed', error.message);
  }

  /** A run that was interrupted is told of the backend on which it goes on. */
  #noteBackend(to: Backend): void {
    const interruption = this.store.getState();
    if (interruption?.kind !== 'replaced' || interruption.to !== null) return;
    this.store.setState({ ...interruption, to }, true);
    if (this.#current() === null) return;
    this.#options.runs.setState(({ current }) => ({ current: current && { ...current, backend: to } }));
  }

  /** Puts another worker in the place of this one, on the next backend where that was done before in this run. */
  #replace(cause: Replaced['cause'], message: string): void {
    const { device, backend } = this.#options;
    this.#worker?.terminate();
    this.#worker = null;
    const run = this.#current()?.number ?? 0;
    const from = device.getState().report?.backend ?? null;
    const count = run === this.#troubles.run ? this.#troubles.count + 1 : 1;
    this.#troubles = { run, count };
    const choice = count === 1 ? (from ?? backend) : from && nextBackend(from);
    if (choice === null) this.#giveUp(message);
    else this.#goOn(choice, { cause, from, message });
  }

  /** Has another worker go on from the checkpoint of the run. */
  #goOn(choice: BackendChoice, what: Pick<Replaced, 'cause' | 'from' | 'message'>): void {
    const { run } = this.#interrupted();
    const place = { run: run?.number ?? null, step: run === null ? 0 : stepOf(run) };
    this.store.setState({ kind: 'replaced', ...what, ...place, to: null }, true);
    this.#continue(choice);
  }

  /** What is left of the run that was interrupted, and its checkpoint. */
  #interrupted() {
    const { checkpoints, receive } = this.#options;
    const held = this.#current();
    const checkpoint = held && checkpoints.inMemory(held.number);
    if (held !== null && held.carriedFrom !== null && held.phase !== 'failed' && checkpoint === null)
      receive({ type: 'failed', run: held.number, error: LOST_BEGINNING });
    const current = this.#current();
    const run = current && current.phase !== 'failed' ? interruptedRun(current, checkpoint, this.#advance) : null;
    return { run, checkpoint };
  }

  /** Starts a worker, which takes over what another was asked. */
  #continue(choice: BackendChoice): void {
    const { runs, resendRequests } = this.#options;
    const { run, checkpoint } = this.#interrupted();
    this.#restart(choice);
    if (run !== null) {
      runs.setState({ current: run });
      this.#post(continueCommand(run, checkpoint, this.#advance));
    }
    resendRequests();
  }

  /** A worker in the place of one that is gone. */
  #restart(choice: BackendChoice): void {
    this.#isMissing = false;
    this.#watchdog.restart();
    this.#options.device.setState(NO_DEVICE, true);
    this.#connect(choice);
    this.#options.reopenDataset();
  }

  /** Files of the worker could not be fetched. No backend is to blame, so nothing is counted, and all that it was asked waits. */
  #miss(message = ''): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#isMissing = true;
    this.#options.device.setState({ report: null, failure: { name: NOT_LOADED, message, stack: null } });
  }

  #giveUp(message: string): void {
    const { device, receive, rejectRequests } = this.#options;
    const error = { name: 'WorkerError', message, stack: null };
    const run = this.#current()?.number ?? null;
    if (run === null) device.setState({ failure: error });
    else receive({ type: 'failed', run, error });
    rejectRequests(error);
    this.store.setState(null, true);
  }

  /** What happened to one run does not concern another. */
  #forget(current: Run | null): void {
    const interruption = this.store.getState();
    if (interruption?.kind === 'replaced' && interruption.run !== (current?.number ?? null))
      this.store.setState(null, true);
  }
}

/** The error of an event that another worker may not meet; null where there is none. */
function troubleIn(event: WorkerEvent): ErrorReport | null {
  if (event.type === 'refused') return event.error.name === 'GpuLostError' ? event.error : null;
  if (event.type !== 'failed' || FINAL.includes(event.error.name)) return null;
  return event.run === null && event.error.name !== 'GpuLostError' ? null : event.error;
}
