import type { Backend } from '../core/training/backend.ts';
import { CONTENDERS, type RaceTime, secondsOf } from '../core/training/race.ts';
import type { Setup } from '../core/training/setup.ts';
import type { DatasetSource } from '../protocol/commands.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import { createRequests } from './requests.ts';
import type { TrainingWorker } from './training-worker.ts';

/** Seconds of steps that each backend gets. */
const STEPS_SECONDS = 0.4;
/** Seconds that a backend may take where nothing else is said. */
const PATIENCE = { least: 2, most: 10 };
/** Training samples that a contender waits for: they come in the first files of a data set. */
const FEW_SAMPLES = 1000;

/** What a race stands on. */
export interface RaceOptions {
  startWorker(): TrainingWorker;
  /** Where the data set of the setup is. */
  readonly source: DatasetSource;
  readonly setup: Setup;
  /** Steps of the run. */
  readonly steps: number;
  /** Seconds that a backend may take to start and to be measured, at least and at most. */
  readonly patience?: { readonly least: number; readonly most: number };
  /** Called before each backend is tried. */
  onContender?(backend: Backend): void;
}

/**
 * Lets each backend train a setup for some steps, one after another, each in a worker of its own: what is open stays as it is. A
 * backend that is not to be had here, fails, or takes longer than another needs for the whole run has no time in the answer.
 */
export async function raceBackends({
  onContender,
  patience: { least, most } = PATIENCE,
  ...options
}: RaceOptions): Promise<readonly RaceTime[]> {
  const times: RaceTime[] = [];
  for (const backend of CONTENDERS) {
    onContender?.(backend);
    const best = times.length === 0 ? null : Math.min(...times.map(({ step }) => step));
    const shortest = Math.min(...times.map((time) => secondsOf(time, options.steps)));
    const patience = Math.min(most, Math.max(least, shortest));
    const time = await timeOf(backend, { best, patience }, options);
    if (time !== null) times.push({ backend, ...time });
  }
  return times;
}

async function timeOf(
  backend: Backend,
  { best, patience }: { readonly best: number | null; readonly patience: number },
  { startWorker, source, setup }: Omit<RaceOptions, 'onContender' | 'patience'>,
): Promise<Omit<RaceTime, 'backend'> | null> {
  const worker = startWorker();
  const { ask, receive } = createRequests((command) => worker.port.postMessage(command, []));
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), 1000 * patience);
  try {
    return await new Promise<Omit<RaceTime, 'backend'> | null>((resolve) => {
      timer.signal.addEventListener('abort', () => resolve(null));
      worker.onDeath(() => resolve(null));
      const hear = (event: WorkerEvent) => {
        receive(event);
        if (event.type === 'failed' || event.type === 'streamFailed') resolve(null);
        if (event.type !== 'opened') return;
        // Another one was opened in its place.
        if (event.report.backend !== backend) return resolve(null);
        ask('raceTime', { ...fewSamples(setup), seconds: STEPS_SECONDS, best }, { signal: timer.signal }).then(
          resolve,
          // It loses, whatever the reason is: what is open now trains on, and tells of what goes wrong there.
          () => resolve(null),
        );
      };
      worker.port.addEventListener('message', ({ data }) => hear(data));
      worker.port.postMessage({ type: 'open', backend }, []);
      worker.port.postMessage({ type: 'openDataset', source }, []);
    });
  } finally {
    clearTimeout(timeout);
    worker.terminate();
  }
}

/** The setup on the first few of its samples, so that nothing waits for the others. */
function fewSamples({ recipe, ...rest }: Setup): Setup {
  const trainingImages = Math.min(recipe.trainingImages, Math.max(FEW_SAMPLES, 4 * recipe.batchSize));
  return { ...rest, recipe: { ...recipe, trainingImages } };
}
