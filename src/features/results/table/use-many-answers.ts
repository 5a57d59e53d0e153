import { useEffect, useState } from 'react';
import { rowBytes } from '../../../core/dataset/rows.ts';
import type { TableSamples } from '../../../core/dataset/spec.ts';
import type { PredictedAnswer } from '../../../protocol/requests.ts';
import { isAbort } from '../../../state/requests.ts';
import { type Run, stepOf } from '../../../state/run.ts';
import { useQuestions, useRun } from '../../lab.tsx';

/** Rows to ask about: as rows are stored, [n, values]. */
interface ManyRows {
  readonly values: Float32Array<ArrayBuffer>;
}

/** A question with its answer. */
export interface Answered<Question> {
  readonly question: Question;
  readonly answer: PredictedAnswer;
}

/** The newest answer to such questions, and what went wrong with the last one. */
export interface ManyAnswers<Question> {
  readonly answered: Answered<Question> | null;
  readonly problem: string | null;
}

/**
 * Asks the newest network about many rows; again where it is another question, and when a run has come to rest, since while it
 * trains such questions would hold it up. The answer before stays until the next is there.
 */
export function useManyAnswers<Question extends ManyRows>(
  samples: TableSamples,
  question: Question | null,
): ManyAnswers<Question> {
  const { ask } = useQuestions();
  const moment = useRun(restingMoment);
  const [state, setState] = useState<ManyAnswers<Question>>({ answered: null, problem: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer to the same question is another one at another moment.
  useEffect(() => {
    if (question === null) return;
    const waiting = new AbortController();
    ask('predictMany', { pixels: rowBytes(samples, question.values) }, { signal: waiting.signal }).then(
      (answer) => answer !== null && setState({ answered: { question, answer }, problem: null }),
      (error: unknown) => {
        if (isAbort(error)) return;
        setState(({ answered }) => ({ answered, problem: error instanceof Error ? error.message : String(error) }));
      },
    );
    return () => waiting.abort();
  }, [ask, samples, question, moment]);
  return state;
}

/** A text that changes when a run begins, and when it comes to rest. */
function restingMoment(run: Run | null): string {
  if (run === null || stepOf(run) === 0) return 'none';
  return run.phase === 'training' ? `${run.number} trains` : `${run.number} ${stepOf(run)} ${run.restoredEpoch}`;
}
