import { RequestError } from './requests.ts';
import type { Run } from './run.ts';

/** Loss and accuracy of every step. */
export type Steps = Pick<Run, 'losses' | 'accuracies'>;

/** Reads the steps of a run that memory has only means of; null where they are not there, or cannot be read. */
export type ReadSteps = (run: Run) => Promise<Steps | null>;

/** Steps of a run that are stored one by one, from the step `first` on. */
export interface StoredSteps extends Steps {
  readonly run: number;
  readonly first: number;
}

/** Every step of every run: in memory, or where it outlasts the page. */
export interface Curves {
  /** The run with all its steps. Rejects with a RequestError where some cannot be read. */
  whole(run: Run): Promise<Run>;
  /** From now on this reads those that are not in memory. */
  addKept(read: ReadSteps): void;
}

/** Curves of which none are kept yet. */
export function createCurves(): Curves {
  let kept: ReadSteps = async () => null;
  return {
    async whole(run) {
      const { thinned, ...rest } = run;
      if (thinned === undefined) return run;
      const steps = await kept(run);
      if (steps !== null) return { ...rest, ...joined(steps, run) };
      const message = `The first ${thinned.steps} steps of run ${run.number} cannot be read from the storage of this browser.`;
      throw new RequestError({ name: 'StorageError', message, stack: null });
    },
    addKept(read) {
      kept = read;
    },
  };
}

/** Steps, and those after them. */
function joined(first: Steps, rest: Steps): Steps {
  const join = (figure: keyof Steps) => {
    const all = new Float32Array(first[figure].length + rest[figure].length);
    all.set(first[figure]);
    all.set(rest[figure], first[figure].length);
    return all;
  };
  return { losses: join('losses'), accuracies: join('accuracies') };
}
