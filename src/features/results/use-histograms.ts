import { useEffect, useState } from 'react';
import type { EpochHistograms } from '../../core/explaining/layer-histograms.ts';
import { useQuestions, useRun } from '../lab.tsx';

/** What came of the question: of which run, and its histograms; null where the network is too large. */
export interface RunSpread {
  readonly run: number;
  readonly epochs: readonly EpochHistograms[] | null;
}

/** The histograms of the run in training, asked for again after each epoch; null before they are there. */
export function useHistograms(): RunSpread | null {
  const { ask, reportRefusal } = useQuestions();
  const run = useRun((current) => current?.number);
  const epochs = useRun((current) => current?.epochs.length ?? 0);
  const [spread, setSpread] = useState<RunSpread | null>(null);
  useEffect(() => {
    if (run === undefined || epochs === 0) return setSpread(null);
    const waiting = new AbortController();
    ask('histograms', { run }, { signal: waiting.signal }).then(
      (answer) => setSpread({ run, epochs: answer }),
      (error) => !waiting.signal.aborted && reportRefusal(error),
    );
    return () => waiting.abort();
  }, [ask, reportRefusal, run, epochs]);
  return spread?.run === run ? spread : null;
}
