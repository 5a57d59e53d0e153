import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Backend } from '../core/training/backend.ts';
import type { RaceTime } from '../core/training/race.ts';
import type { Setup } from '../core/training/setup.ts';
import type { Command } from '../protocol/commands.ts';
import type { Device } from './device.ts';
import type { Supervisor } from './supervisor.ts';

/** Steps of a run that is too short for its backend to matter. */
const FEW_STEPS = 100;

/** A run for which the fastest backend is wanted. */
export interface BackendQuestion {
  readonly setup: Setup;
  /** Steps of the run. */
  readonly steps: number;
  /** The backend that is open, and the name of the device on which the first one was. */
  readonly open: Backend;
  readonly device: string;
  /** Whether a race can be held: the whole data set has arrived, and nothing else keeps the device busy. */
  readonly canRace: boolean;
  /** Called before each backend is tried. */
  onContender(backend: Backend): void;
}

/** The backend for a run, and the times by which it was chosen. */
export interface BackendAnswer {
  readonly backend: Backend;
  readonly times: readonly RaceTime[];
}

/** Finds the backend that trains a run fastest: by what is known from runs like it, or by a race. Null where none could be measured. */
export type ChooseBackend = (question: BackendQuestion) => Promise<BackendAnswer | null>;

/** How it was decided where runs train. */
export interface BackendDecision {
  /** The backend that is being measured; null while none is. */
  readonly trying: Backend | null;
  /** What the newest run was decided by; null where nothing was measured. */
  readonly times: readonly RaceTime[] | null;
}

/** What a gate stands on. */
export interface BackendGateOptions {
  /** Undefined where there is nothing to choose. */
  readonly choose: ChooseBackend | undefined;
  readonly device: StoreApi<Device>;
  /** Whether the whole data set has arrived. */
  isDataComplete(): boolean;
  readonly supervisor: Pick<Supervisor, 'send' | 'moveTo'>;
}

/** Where runs begin on the backend that is fastest for them. */
export interface BackendGate {
  readonly store: StoreApi<BackendDecision>;
  send(command: Command): void;
}

/**
 * A gate before the worker. A run that begins waits there until it is known which backend trains it fastest, and until a worker on
 * that backend is open; what is asked of runs meanwhile waits behind it. Where the graphics processor is not to be had, or a backend
 * was asked for, there is nothing to choose.
 */
export function createBackendGate({ choose, device, isDataComplete, supervisor }: BackendGateOptions): BackendGate {
  const store = createStore<BackendDecision>(() => ({ trying: null, times: null }));
  /** Another backend has another name for the device. */
  let name: string | null = null;
  /** What waits, and what was open then. */
  let waiting: { readonly held: Command[]; readonly report: Device['report'] } | null = null;
  /** Where the worker was lost meanwhile, the run has begun in another one. */
  const isLost = () => waiting !== null && device.getState().report !== waiting.report;

  const hold = async (
    run: Train,
    choose: ChooseBackend,
    { open, on }: { readonly open: Backend; readonly on: string },
  ) => {
    const held: Command[] = [run];
    waiting = { held, report: device.getState().report };
    const onContender = (trying: Backend) => store.setState({ trying });
    // Where it cannot be found out, the run begins where all is open.
    const answer = await choose({
      setup: run,
      steps: stepsOf(run),
      open,
      device: on,
      canRace: isDataComplete(),
      onContender,
    }).catch(() => null);
    store.setState({ trying: null, times: answer?.times ?? null });
    const lost = isLost();
    waiting = null;
    if (lost) held.shift();
    else if (answer !== null && answer.backend !== open && !isOver(held)) supervisor.moveTo(answer.backend);
    for (const command of held) supervisor.send(command);
  };
  return {
    store,
    send(command) {
      if (waiting !== null && !isLost() && !PASSING.includes(command.type)) {
        waiting.held.push(command);
        return;
      }
      const { report } = device.getState();
      name ??= report && (report.device ?? report.backend);
      const open = report?.fallback === null ? report.backend : null;
      if (choose && name !== null && open !== null && isNewRun(command)) void hold(command, choose, { open, on: name });
      else supervisor.send(command);
    },
  };
}

/** What is not about runs. */
const PASSING: readonly Command['type'][] = ['ask', 'cancel', 'ping', 'retryData'];

type Train = Command & { type: 'train' };

/** A run that begins, is long enough, and needs nothing of the worker that is there. */
function isNewRun(command: Command): command is Train {
  if (command.type !== 'train' || command.from !== undefined || command.standing !== undefined) return false;
  return command.weightsFrom?.kind !== 'current' && command.advance === 'run' && stepsOf(command) > FEW_STEPS;
}

/** Whether a run that waited is over before it began. */
function isOver([, ...later]: readonly Command[]): boolean {
  return later.some(({ type }) => type === 'reset' || type === 'train' || type === 'openDataset');
}

function stepsOf({ recipe }: Train): number {
  return recipe.epochs * Math.ceil(recipe.trainingImages / recipe.batchSize);
}
