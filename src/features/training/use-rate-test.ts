import { useEffect, useRef, useState } from 'react';
import { type RateRange, rateRangeOf } from '../../core/training/rate-range.ts';
import { isAbort } from '../../state/requests.ts';
import { useLab, useQuestions } from '../lab.tsx';

/** How far the range test is. */
export interface RateTest {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  /** What the losses so far show. */
  readonly range: RateRange;
  /** Why it failed, as a sentence. */
  readonly problem: string | null;
  readonly start: () => void;
  readonly stop: () => void;
}

const NOTHING = rateRangeOf([]);

/** The range test of the draft; it ends when its dialog does. */
export function useRateTest(): RateTest {
  const { draft } = useLab();
  const { ask } = useQuestions();
  const [result, setResult] = useState<Pick<RateTest, 'state' | 'range' | 'problem'>>({
    state: 'idle',
    range: NOTHING,
    problem: null,
  });
  const waiting = useRef(new AbortController());
  useEffect(() => () => waiting.current.abort(), []);
  const start = () => {
    const own = new AbortController();
    waiting.current.abort();
    waiting.current = own;
    const show = (state: RateTest['state'], losses: readonly number[]) => {
      if (!own.signal.aborted) setResult({ state, range: rateRangeOf(losses), problem: null });
    };
    show('running', []);
    const { dataset, network, recipe } = draft.store.getState();
    const onProgress = (losses: readonly number[]) => show('running', losses);
    ask('learningRateRange', { dataset, network, recipe }, { signal: own.signal, onProgress }).then(
      (losses) => show('done', losses),
      (error) => {
        if (!own.signal.aborted) setResult({ state: 'failed', range: NOTHING, problem: sentenceOf(error) });
      },
    );
  };
  const stop = () => {
    waiting.current.abort();
    setResult({ state: 'idle', range: NOTHING, problem: null });
  };
  return { ...result, start, stop };
}

function sentenceOf(error: unknown): string {
  if (isAbort(error)) return 'The test made way for a run. Start it again when nothing trains.';
  return error instanceof Error ? error.message : String(error);
}
