import { useEffect, useRef, useState } from 'react';
import { type Evaluation, hasAnswers } from '../core/evaluation/evaluation.ts';
import type { AnsweredSet } from '../state/answers.ts';
import type { Run } from '../state/run.ts';
import { useLab } from './lab.tsx';

/** Whose answers to which set. */
export interface AnswersWanted {
  readonly run: Run;
  readonly set: AnsweredSet;
}

interface Found {
  readonly key: string;
  readonly answers: readonly (Evaluation | null)[];
}

/**
 * Answers of some runs, in their order, each null where there are none. Those that are not in memory are read while they are
 * shown; undefined until all of them are here.
 */
export function useAnswers(wanted: readonly AnswersWanted[]): readonly (Evaluation | null)[] | undefined {
  const { answers } = useLab().runs;
  const [found, setFound] = useState<Found>();
  const key = wanted.map(({ run, set }) => keyOf(run, set)).join();
  const isHere = wanted.every(({ run, set }) => inMemory(run, set) !== undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the answers depend on.
  useEffect(() => {
    if (isHere) return setFound(undefined);
    let isWanted = true;
    void Promise.all(wanted.map(({ run, set }) => answers.read(run, set))).then((read) => {
      if (isWanted) setFound({ key, answers: read });
    });
    return () => {
      isWanted = false;
    };
  }, [key, isHere]);
  return useSteady(
    isHere ? wanted.map(({ run, set }) => inMemory(run, set) ?? null) : found?.key === key ? found.answers : undefined,
  );
}

/** The same list as long as the same is in it. */
function useSteady<Item>(list: readonly Item[] | undefined): readonly Item[] | undefined {
  const before = useRef(list);
  const isSame = list?.length === before.current?.length && list?.every((item, i) => item === before.current?.[i]);
  if (!isSame) before.current = list;
  return before.current;
}

/** The answers of one run; undefined while they are being read. */
export function useAnswersOf(run: Run | null, set: AnsweredSet): Evaluation | null | undefined {
  const answers = useAnswers(run === null ? [] : [{ run, set }]);
  return run === null ? null : answers?.[0];
}

/** Answers as far as they are known without reading them; undefined where they have to be read. */
function inMemory(run: Run, set: AnsweredSet): Evaluation | null | undefined {
  const outcome = run[set];
  return outcome === null || hasAnswers(outcome) ? outcome : undefined;
}

function keyOf(run: Run, set: AnsweredSet): string {
  const outcome = run[set];
  return [run.number, set, outcome?.loss, outcome?.accuracy].join(' ');
}
