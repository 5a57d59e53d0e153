import type { Checkpoint } from '../core/training/checkpoint.ts';
import type { ReadAnswers } from './answers.ts';
import type { ReadCheckpoint } from './checkpoints.ts';
import type { ReadSteps, Steps, StoredSteps } from './curves.ts';
import { type Run, stepOf } from './run.ts';

/**
 * Records of runs that came back as they were at an older checkpoint: what came after it stays stored until the run has done
 * something else from there.
 */
export function createTails() {
  const tails = new Map<number, { readonly stored: Run; readonly from: string }>();
  return {
    /** The record of a run, with the steps that it had before it went back. `written`: the run as it was written last. */
    whole(run: Run, written: Run | undefined): Run {
      const { number, name, hidden, pinned } = run;
      const isBack = written !== undefined && stepOf(run) < stepOf(written);
      if (isBack) tails.set(number, { stored: tails.get(number)?.stored ?? written, from: courseOf(run) });
      const tail = tails.get(number);
      if (tail?.from === courseOf(run)) return { ...tail.stored, name, hidden, pinned };
      tails.delete(number);
      return run;
    },
  };
}

/** What changes as soon as a run goes on. */
function courseOf(run: Run): string {
  const { adjustments, draft } = run;
  return [stepOf(run), adjustments.length, draft.recipe.epochs].join();
}

/** Reads what is stored of a run beside its record. */
export interface KeptParts {
  readonly checkpoint: ReadCheckpoint;
  readonly answers: ReadAnswers;
  /** The steps that are thinned in memory. */
  readonly steps: ReadSteps;
}

/** What is stored of the run that was deleted last, which can be undone. */
export function createRemovedLast(archive: KeptParts) {
  const nothing = { run: 0, checkpoint: null, validation: null, test: null, steps: null };
  let last: Pick<Run, 'validation' | 'test'> & { run: number; checkpoint: Checkpoint | null; steps: Steps | null } =
    nothing;
  return {
    /** `written`: the run as it was written last. */
    async remember(run: number, written: Run | undefined) {
      const [checkpoint, validation, test, steps] = await Promise.all([
        archive.checkpoint(run),
        archive.answers(run, 'validation'),
        archive.answers(run, 'test'),
        written?.thinned === undefined ? null : archive.steps(written),
      ]);
      last = { run, checkpoint, validation, test, steps };
    },
    /** Its thinned steps, where it is among runs that are to be written anew. */
    steps(anew: readonly Run[]): readonly StoredSteps[] {
      const { run, steps } = last;
      const isBack = anew.some(({ number }) => number === run);
      return isBack && steps !== null ? [{ run, first: 0, ...steps }] : [];
    },
    of: (run: number) => (last.run === run ? last.checkpoint : null),
    /** The run with the answers that it had, where it is back. */
    withAnswers(run: Run): Run {
      const { validation, test } = last;
      return last.run === run.number
        ? { ...run, validation: run.validation && (validation ?? run.validation), test: run.test && (test ?? run.test) }
        : run;
    },
  };
}
