import { type Evaluation, hasAnswers } from '../core/evaluation/evaluation.ts';
import type { Run } from './run.ts';

/** The sets to which the answers of a run are kept. */
export type AnsweredSet = 'validation' | 'test';

/** Reads what a run answered to a set from where it outlasts the page; null where there is nothing, or it cannot be read. */
export type ReadAnswers = (run: number, set: AnsweredSet) => Promise<Evaluation | null>;

/** What runs answered: in memory where they are at work, else where it outlasts the page. */
export interface Answers {
  /** The newest answers of a run to a set; null where there are none, or they cannot be read. */
  read(run: Run, set: AnsweredSet): Promise<Evaluation | null>;
  /** From now on `read` reads those that are not in memory. */
  addKept(read: ReadAnswers): void;
}

/** Answers of which none are kept yet. */
export function createAnswers(): Answers {
  let kept: ReadAnswers = async () => null;
  return {
    async read(run, set) {
      const outcome = run[set];
      if (outcome === null || hasAnswers(outcome)) return outcome;
      const found = await kept(run.number, set);
      // The run may have gone on meanwhile, or another tab has put other answers there.
      return found !== null && Object.is(found.loss, outcome.loss) && found.accuracy === outcome.accuracy
        ? found
        : null;
    },
    addKept(read) {
      kept = read;
    },
  };
}
