import { useEffect, useRef, useState } from 'react';
import type { NetworkInspection } from '../../core/explaining/inspection.ts';
import { type Run, stepOf } from '../../state/run.ts';
import { useQuestions, useRun } from '../lab.tsx';

/** What a network made of a sample. */
export interface Insight {
  readonly sample: Uint8Array;
  /** Null where there is no network. */
  readonly inspection: NetworkInspection | null;
}

/**
 * The newest inspection of the network, null before the first. It asks again when the sample, the layer or the epoch is
 * another one, and when training stops: never at each step. One question is open at a time, and only the newest waits.
 */
export function useInspection(sample: Uint8Array | undefined, layerId: string | null): Insight | null {
  const { ask, reportRefusal } = useQuestions();
  const moment = useRun(momentOf);
  const [insight, setInsight] = useState<Insight | null>(null);
  const underWay = useRef<Promise<unknown>>(Promise.resolve());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer to the same question changes while the network trains.
  useEffect(() => {
    let wanted = true;
    const look = async () => {
      if (!wanted || sample === undefined) return;
      const inspection = await ask('inspect', { pixels: sample.slice(), layerId }).catch((error) => {
        reportRefusal(error);
        return null;
      });
      setInsight((before) => (inspection === null && before?.inspection ? before : { sample, inspection }));
    };
    underWay.current = underWay.current.then(look);
    return () => {
      wanted = false;
    };
  }, [ask, reportRefusal, sample, layerId, moment]);
  return insight;
}

/** A text that changes whenever there are new weights to inspect. */
function momentOf(run: Run | null): string {
  if (run === null || stepOf(run) === 0) return 'shipped';
  return [run.number, run.phase === 'training', run.epochs.length, run.restoredEpoch].join();
}
